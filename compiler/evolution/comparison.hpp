#pragma once

/// \file
/// What the parts of compare() share: the two locks, what of them stored records are made of, and the differences.

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/evolution/difference.hpp"
#include "compiler/evolution/lock.hpp"

namespace netabase::compiler::evolution {

template <class List, class Predicate>
auto* find_in(List& list, Predicate&& same) {
  const auto found = std::find_if(list.begin(), list.end(), same);
  return found == list.end() ? nullptr : &*found;
}

/// "blog.User.age" of "blog::User" and "age".
std::string place_of(const std::string& cpp_name, const std::string& member = {});

/// The two sides of a comparison.
class Comparison {
 public:
  using Pair = std::pair<const LockedStruct*, const LockedStruct*>;

  /// The locks must live as long as this.
  Comparison(const Lock& old, const Lock& now);

  const Lock& old() const noexcept { return old_; }
  const Lock& now() const noexcept { return now_; }

  /// The struct as it was, and as it is, wherever records that exist have one in them; of wrappers, the one that took
  /// another's place.
  const std::set<Pair>& stored() const noexcept { return stored_; }
  bool is_stored(const LockedStruct& now) const;

  /// The model as it was before; null: it is new.
  const LockedModel* before(const LockedModel& model) const;

  void add(Difference difference) { differences_.push_back(std::move(difference)); }
  std::vector<Difference> take() { return std::move(differences_); }

 private:
  void visit(const LockedStruct* before, const LockedStruct* structure);

  const Lock& old_;
  const Lock& now_;
  std::map<const LockedModel*, const LockedModel*> models_;
  std::set<Pair> stored_;
  std::vector<Difference> differences_;
};

/// The definition as it was before; null: it is new.
const LockedDefinition* definition_before(const Lock& old, const Lock& now, const LockedDefinition& definition);

/// The parts of compare(): structs and their fields; enums; definitions, models and indexes.
void compare_structs(Comparison& comparison);
void compare_enums(Comparison& comparison);
void compare_models(Comparison& comparison);

}  // namespace netabase::compiler::evolution
