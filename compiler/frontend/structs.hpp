#pragma once

/// \file
/// From the user's structs and enums to the schema's, members first.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/frontend/declarations.hpp"
#include "compiler/frontend/run.hpp"
#include "compiler/frontend/types.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::frontend {

class StructReader final : public Records {
 public:
  StructReader(Run& run, const Declarations& declarations, schema::Schema& schema, Diagnostics& diagnostics)
      : run_(run),
        declarations_(declarations),
        schema_(schema),
        diagnostics_(diagnostics),
        types_(*this, diagnostics) {}

  const schema::Struct* structure(CXCursor definition) override;
  const schema::Enum* enumeration(CXCursor definition) override;

  /// For types that stand outside of fields.
  TypeReader& types() { return types_; }

  /// The cursors of a struct's stored fields, in the order of Struct::fields.
  const std::vector<CXCursor>& fields_of(const schema::Struct* structure) const;

 private:
  void read(CXCursor definition, schema::Struct& structure);
  /// What the struct was called, and what it no longer has.
  void read_evolution(CXCursor definition, schema::Struct& structure);
  void member(CXCursor cursor, schema::Struct& structure);
  void field(CXCursor cursor, schema::Struct& structure);
  void base(CXCursor cursor);

  Run& run_;
  const Declarations& declarations_;
  schema::Schema& schema_;
  Diagnostics& diagnostics_;
  TypeReader types_;
  CursorMap<schema::Struct*> structs_;
  CursorMap<schema::Enum*> enums_;
  std::map<const schema::Struct*, std::vector<CXCursor>> fields_;
};

/// The name that generated code gives to what belongs to a struct or enum: the names of the classes around it before
/// its own, "UserAddress".
std::string generated_name(CXCursor declaration);

/// What a `dropped` names.
std::vector<schema::DroppedName> dropped_names(const Attribute& dropped);

}  // namespace netabase::compiler::frontend
