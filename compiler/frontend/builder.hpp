#pragma once

/// \file
/// Puts definitions, models and keys together from the declarations that carry their attributes.

#include <set>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/frontend/declarations.hpp"
#include "compiler/frontend/run.hpp"
#include "compiler/frontend/structs.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::frontend {

class Builder {
 public:
  Builder(Run& run, const Declarations& declarations, schema::Schema& schema, Diagnostics& diagnostics)
      : run_(run),
        declarations_(declarations),
        schema_(schema),
        diagnostics_(diagnostics),
        structs_(run, declarations, schema, diagnostics) {}

  void build();

 private:
  void add_definition(const Owner& owner, const Attribute& attribute);
  void add_model(const Owner& owner, const Attribute& attribute);
  schema::Model model(CXCursor definition, const Owner& owner, const Attribute& attribute);
  void check_models();
  void choose_header(std::size_t number);
  void check_headers();

  Run& run_;
  const Declarations& declarations_;
  schema::Schema& schema_;
  Diagnostics& diagnostics_;
  StructReader structs_;
  CursorMap<std::size_t> by_namespace_;       ///< canonical namespace to its place in Schema::definitions
  std::vector<std::set<std::string>> files_;  ///< canonical paths of the files each definition stands in
};

}  // namespace netabase::compiler::frontend
