#pragma once

/// \file
/// From the attributes of a model, its fields and its functions to its keys.

#include <optional>
#include <string>

#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/frontend/declarations.hpp"
#include "compiler/frontend/functions.hpp"
#include "compiler/frontend/structs.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::frontend {

/// Fills the keys of one model, whose struct is read already.
class KeyReader {
 public:
  KeyReader(Run& run, const Declarations& declarations, StructReader& structs, Diagnostics& diagnostics,
            CXCursor definition, schema::Model& model)
      : declarations_(declarations),
        structs_(structs),
        diagnostics_(diagnostics),
        functions_(run, structs.types(), diagnostics),
        definition_(definition),
        model_(model),
        structure_(*model.structure) {}

  void read(const Owner& owner);

 private:
  void on_fields();
  void on_functions();
  void add(schema::Key key, const Attribute& attribute);
  void composite(const Attribute& attribute);
  std::optional<schema::KeyPart> part(const IndexPart& written);
  bool step(schema::KeyPart& out, const schema::Struct*& holder, const std::string& name, const IndexPart& written);
  std::optional<schema::Predicate> predicate(const PlacedName& name);
  void unknown(const schema::Struct& structure, const std::string& name, const SourceLocation& place,
               const std::string& choices);

  const Declarations& declarations_;
  StructReader& structs_;
  Diagnostics& diagnostics_;
  FunctionReader functions_;
  CXCursor definition_;
  schema::Model& model_;
  const schema::Struct& structure_;
};

}  // namespace netabase::compiler::frontend
