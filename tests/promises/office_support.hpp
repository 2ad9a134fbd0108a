#pragma once

/// \file
/// People, teams and tasks for the tests on the office schema, and a look at all of a store at once.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "office.netabase.hpp"
#include "promises/support.hpp"

namespace promises {

template <class Engine>
using OfficeStore = netabase::Store<office::OfficeDefinition, Engine>;
template <class Engine>
using DrawerStore = netabase::Store<drawer::DrawerDefinition, Engine>;

using Id = std::uint64_t;
using MaybeId = std::optional<std::uint64_t>;
using MaybeName = std::optional<std::string>;

inline office::Person person(Id id, MaybeId boss = {}) { return {id, "person" + std::to_string(id), boss}; }
inline office::Team team(std::string name, Id lead, std::vector<Id> members = {}, MaybeName within = {}) {
  return {std::move(name), lead, std::move(members), std::move(within)};
}
inline office::Task task(Id id, MaybeName of_team, MaybeId parent = {}, std::vector<Id> waits_for = {},
                         std::vector<Id> reviewers = {}) {
  return {id, std::move(of_team), parent, std::move(waits_for), std::move(reviewers)};
}
inline office::Badge badge(Id of_person, std::string code) { return {of_person, std::move(code)}; }

/// Every record of a model, in key order.
template <class Record, class Transaction>
std::vector<Record> all(Transaction& transaction) {
  return collect(transaction.template open_tree<Record>().iter(), [](const Record& record) { return record; });
}

/// Every record of an office, for comparisons.
struct Office {
  std::vector<office::Person> people;
  std::vector<office::Team> teams;
  std::vector<office::Task> tasks;
  std::vector<office::Badge> badges;
  std::vector<office::Access> accesses;
  std::vector<office::Seat> seats;

  bool operator==(const Office&) const = default;
};

template <class Transaction>
Office office_of(Transaction& transaction) {
  return {all<office::Person>(transaction), all<office::Team>(transaction),   all<office::Task>(transaction),
          all<office::Badge>(transaction),  all<office::Access>(transaction), all<office::Seat>(transaction)};
}

/// The words of the LinkViolation that `action` throws, or "".
template <class Action>
std::string violation_of(Action&& action) {
  try {
    action();
  } catch (const netabase::LinkViolation& violation) {
    return violation.what();
  }
  return "";
}

}  // namespace promises
