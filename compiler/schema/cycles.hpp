#pragma once

/// \file
/// Structs that contain themselves, through containers: by value C++ has none.

#include <vector>

#include "compiler/schema/schema.hpp"

namespace netabase::compiler::schema {

/// The structs of a definition in groups: those of a group contain each other, and groups come after those that they
/// contain. A struct that does not lead back to itself is a group alone.
struct StructGroup {
  std::vector<const Struct*> structs;
  bool is_recursive = false;
};
std::vector<StructGroup> struct_groups(const Definition& definition);

}  // namespace netabase::compiler::schema
