#pragma once

/// \file
/// Member functions that indexes call: found by name, refused where generated code could not call them.

#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/frontend/attribute.hpp"
#include "compiler/frontend/clang.hpp"
#include "compiler/frontend/run.hpp"
#include "compiler/frontend/types.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::frontend {

class FunctionReader {
 public:
  FunctionReader(Run& run, TypeReader& types, Diagnostics& diagnostics)
      : run_(run), types_(types), diagnostics_(diagnostics) {}

  /// Whether the class declares a member function of that name, usable or not.
  static bool has(CXCursor definition, const std::string& name);

  /// The names of those that could be called, for suggestions.
  static std::vector<std::string> names(CXCursor definition);

  /// The function as a part of a key. `use`: its name, and where the schema asks for it. Nullopt after an error.
  std::optional<schema::Computed> computed(CXCursor definition, const PlacedName& use);

  /// The function as a predicate. Returns whether it can be one; false after an error.
  bool is_predicate(CXCursor definition, const PlacedName& use);

 private:
  std::optional<CXCursor> usable(CXCursor definition, const PlacedName& use);
  void refuse(CXCursor function, const PlacedName& use, const std::string& why, const std::string& mend);

  Run& run_;
  TypeReader& types_;
  Diagnostics& diagnostics_;
};

}  // namespace netabase::compiler::frontend
