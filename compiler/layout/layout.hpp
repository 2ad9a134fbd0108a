#pragma once

/// \file
/// Where every field lies in a message, asked from Cap'n Proto's own parser: no rule of its layout is known here.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/evolution/lock.hpp"
#include "compiler/layout/capnp_file.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::layout {

/// Where the number lies that says whether an optional has a value.
struct UnionLayout {
  std::uint32_t offset = 0;  ///< bytes from the begin of the data section, of a 16-bit number
  std::uint16_t present = 0;
  std::uint16_t absent = 0;
};

struct FieldLayout {
  /// Of a pointer: its index. Of a bool: bits from the begin of the data section. Else: bytes.
  std::uint32_t offset = 0;
  bool pointer = false;
  std::optional<UnionLayout> optional;
  std::uint16_t alternative = 0;  ///< of a union struct's field: the discriminant that selects it
  /// What a missing field reads as: monostate for zero, empty, null. Enums: int64_t or uint64_t.
  schema::DefaultValue default_value;
};

struct StructLayout {
  std::uint16_t data_words = 0;
  std::uint16_t pointers = 0;
  /// Of a struct that is one union: where its discriminant lies, as UnionLayout::offset.
  std::uint32_t discriminant = 0;
  std::map<std::string, FieldLayout, std::less<>> fields;  ///< by Cap'n Proto's name
};

/// The layout of the struct of that name in the file.
StructLayout struct_layout(const CapnpFile& file, const std::string& name);

}  // namespace netabase::compiler::layout
