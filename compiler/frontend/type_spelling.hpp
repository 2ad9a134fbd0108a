#pragma once

/// \file
/// What Clang's types are called, and what their templates' arguments are.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/frontend/clang.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::frontend {

/// One byte of bytes: std::byte, or an unsigned char by whatever name.
inline bool is_byte(CXType type) {
  const CXType canonical = clang_getCanonicalType(type);
  return canonical.kind == CXType_UChar || qualified_name(clang_getTypeDeclaration(canonical)) == "std::byte";
}

inline CXType canonical_argument(CXType type, int index) {
  return clang_Type_getTemplateArgumentAsType(clang_getCanonicalType(type), static_cast<unsigned>(index));
}

/// Whether a template's argument stands in the type as the user wrote it: not so when an alias template has others.
inline bool is_written(CXType type, int index) {
  if (index >= clang_Type_getNumTemplateArguments(type)) return false;
  const CXType written = clang_Type_getTemplateArgumentAsType(type, static_cast<unsigned>(index));
  return clang_equalTypes(clang_getCanonicalType(written), canonical_argument(type, index)) != 0;
}

/// A template argument as the user wrote it where that can be told, else the canonical one.
inline CXType argument(CXType type, int index) {
  return is_written(type, index) ? clang_Type_getTemplateArgumentAsType(type, static_cast<unsigned>(index))
                                 : canonical_argument(type, index);
}

/// The number at the end of "std::array<unsigned char, 16>": libclang before 16 has no other way to ask.
inline std::uint64_t last_number(const std::string& spelling) {
  const std::size_t end = spelling.find_last_of("0123456789");
  if (end == std::string::npos) return 0;
  std::size_t begin = end;
  while (begin > 0 && spelling[begin - 1] >= '0' && spelling[begin - 1] <= '9') --begin;
  std::uint64_t number = 0;
  for (std::size_t i = begin; i <= end; ++i) number = number * 10 + static_cast<std::uint64_t>(spelling[i] - '0');
  return number;
}

/// A type as the user wrote it, for messages; Clang names what has no name by its place on this machine.
inline std::string shown(CXType type) {
  const std::string spelling = spelling_of(type);
  for (const char* kind : {"struct", "union", "enum", "class"}) {
    for (const char* how : {"(unnamed ", "(anonymous "}) {
      if (spelling.find(std::string(how) + kind) != std::string::npos) return std::string("an unnamed ") + kind;
    }
  }
  return "`" + spelling + "`";
}

inline bool is_standard(CXType type, std::string_view name) {
  return qualified_name(clang_getTypeDeclaration(clang_getCanonicalType(type))) == name;
}

/// The two numbers of "std::ratio<1, 1000>", as it is written; nullopt for anything else.
inline std::optional<schema::Period> ratio(CXType type) {
  if (!is_standard(type, "std::ratio")) return std::nullopt;
  const std::string spelling = spelling_of(clang_getCanonicalType(type));
  const std::size_t comma = spelling.find(',');
  if (comma == std::string::npos) return std::nullopt;
  return schema::Period{static_cast<std::int64_t>(last_number(spelling.substr(0, comma))),
                        static_cast<std::int64_t>(last_number(spelling.substr(comma)))};
}

}  // namespace netabase::compiler::frontend
