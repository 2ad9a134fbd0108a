#pragma once

/// \file
/// From Clang's types to the schema's: aliases resolved, the standard library's templates recognised by their canonical
/// declarations, everything else refused with what to use instead.

#include <optional>
#include <string>

#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/frontend/clang.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::frontend {

/// Where a type's structs and enums come from.
class Records {
 public:
  /// The schema's struct for a definition. Known while it is still being read: a struct may contain vectors of itself.
  virtual const schema::Struct* structure(CXCursor definition) = 0;
  virtual const schema::Enum* enumeration(CXCursor definition) = 0;

 protected:
  ~Records() = default;
};

class TypeReader {
 public:
  TypeReader(Records& records, Diagnostics& diagnostics) : records_(records), diagnostics_(diagnostics) {}

  /// The schema's type of a field; nullopt after an error at `place`.
  std::optional<schema::Type> read(CXType type, const SourceLocation& place);

  /// The schema's type of what a function returns, which may be const; nullopt after an error at `place`.
  std::optional<schema::Type> read_returned(CXType type, const SourceLocation& place);

 private:
  std::optional<schema::Type> refuse(CXType type, const std::string& mend);
  std::optional<schema::Type> read(CXType type);
  std::optional<schema::Type> integer(CXType type);
  std::optional<schema::Type> enumeration(CXType type);
  std::optional<schema::Type> record(CXType type);
  std::optional<schema::Type> standard(CXType type, const std::string& name);
  std::optional<schema::Type> container(CXType type, schema::TypeKind kind, const std::string& name, int arguments);
  std::optional<schema::Type> array(CXType type);
  std::optional<schema::Type> ordered_map(CXType type);
  std::optional<schema::Type> unordered_map(CXType type);
  std::optional<schema::Type> alternatives(CXType type, schema::TypeKind kind, const std::string& name);
  std::optional<schema::Type> ordered_set(CXType type);
  std::optional<schema::Type> unordered_set(CXType type);
  std::optional<schema::Type> duration(CXType type);
  std::optional<schema::Type> time_point(CXType type);

  Records& records_;
  Diagnostics& diagnostics_;
  SourceLocation place_;
  int nesting_ = 0;
  bool returned_ = false;  ///< reading what a function returns
  /// Inside an alias template whose arguments are not those of the type it names: how integers were written is lost.
  bool spelling_lost_ = false;
  /// The type being read is one of a variant's.
  bool in_variant_ = false;
};

/// The integer kind of an enum's underlying type; nullopt for wide characters and 128 bits.
std::optional<schema::TypeKind> integer_kind(CXType canonical);

/// Whether an integer kind, or bool, has no negative values.
bool is_unsigned(schema::TypeKind kind);

}  // namespace netabase::compiler::frontend
