#pragma once

/// \file
/// What one index can do for a set of constraints: leading parts that are equal to something, then one range or prefix.

#include <array>
#include <cstddef>
#include <cstdint>

#include "netabase/query/plan.hpp"

namespace netabase::query {

/// Which constraints: those that `&&` joins (alternative 0), or those of one alternative of one condition.
struct Subset {
  std::uint8_t condition = 0;
  std::uint8_t alternative = 0;
  bool has(const Constraint& constraint) const {
    return constraint.alternative == alternative && (alternative == 0 || constraint.condition == condition);
  }
};

struct Shape {
  static constexpr std::size_t max_parts = 8;
  static constexpr std::uint64_t max_steps = 1024;

  std::size_t index = 0;
  std::size_t equal_parts = 0;
  /// For each leading part with equality, what it is equal to.
  std::array<const Constraint*, max_parts> equal{};
  bool has_range = false;  ///< behind the equal parts, by the ends below; a missing end is null
  const Constraint* lower = nullptr;
  const Constraint* upper = nullptr;
  const Constraint* prefix = nullptr;  ///< behind the equal parts
  Conditions covered = 0;
  std::uint64_t points = 1;  ///< combinations of the equal parts

  bool uses_anything() const { return equal_parts != 0 || has_range || prefix != nullptr; }
};

/// What the index can do. `usable`: false when it may lack records that satisfy the constraints.
Shape shape_of(const Request& request, std::size_t index, const Subset& subset, bool& usable);

/// Appends the shape's steps to the plan, in the order of the index, backward ones from its end.
void append_steps(const Request& request, const Shape& shape, bool backward, std::uint8_t alternative, Plan& plan);

/// Whether walking the shape in some direction gives the order that was asked for, ties by primary key.
bool gives_order(const Request& request, const Shape& shape, Direction& direction);

/// Whether each equal part has one value and that is every part, so that primary keys come in order.
bool is_one_key(const Request& request, const Shape& shape);

}  // namespace netabase::query
