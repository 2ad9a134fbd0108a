#pragma once

/// \file
/// How a query is going to be answered: which index, which of its keys, in which direction, and what is left to filter
/// and sort. Chosen from constraints alone; knows no model's types and no engine.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "netabase/bytes.hpp"
#include "netabase/key/buffer.hpp"
#include "netabase/query/constraints.hpp"

namespace netabase::query {

/// How a field stands in an index's key.
enum class PartForm : std::uint8_t {
  value,     ///< its value
  optional,  ///< 00, or 01 and its value
  sparse,    ///< its value; records without one have no entry
  element,   ///< one of its elements; an entry for each
};

struct PartInfo {
  FieldId field = nullptr;  ///< null for what is no field, such as a computed part
  bool descending = false;
  PartForm form = PartForm::value;
};

struct IndexInfo {
  std::string_view name;
  bool primary = false;
  bool unique = false;
  /// False: not for every record that its parts could speak for (a partial index).
  bool usable = true;
  /// Not in the file, which is of another version and only read; then not usable either.
  bool absent = false;
  std::span<const PartInfo> parts;
};

/// A part of the order that was asked for.
struct OrderInfo {
  FieldId field = nullptr;
  bool descending = false;
  NameField name = nullptr;
};

using Conditions = std::uint64_t;
constexpr Conditions bit_of(std::size_t condition) { return Conditions{1} << condition; }

/// What is asked. `indexes[0]` is the primary one.
struct Request {
  std::string_view model;
  std::span<const IndexInfo> indexes;
  const Constraints* constraints = nullptr;
  std::span<const OrderInfo> order;
  Conditions conditions = 0;  ///< all that the query has
  bool scan = false;
  bool has_limit = false;
  std::uint64_t wanted = 0;  ///< with has_limit: offset and limit together
  bool explain = false;      ///< count also where the choice does not depend on it
};

/// Counts entries of an index in [lower, upper), at most `bound`; an empty `upper` has no end.
struct CountEntries {
  void* context = nullptr;
  std::uint64_t (*count)(void* context, std::size_t index, Bytes lower, Bytes upper, std::uint64_t bound) = nullptr;
};

/// Encoded keys of one index, [lower, upper).
struct Step {
  Slice lower;
  Slice upper;  ///< empty: no end
  std::uint8_t index = 0;
  std::uint8_t alternative = 0;  ///< of the condition Plan::condition, when that has alternatives
};

enum class Access : std::uint8_t {
  nothing,    ///< the conditions contradict each other
  intervals,  ///< each step in turn
  both,       ///< records that both steps name; both deliver primary keys in order
  everything  ///< one step without ends
};

/// Which way a step is walked.
enum class Direction : std::uint8_t {
  forward,
  backward,
  by_groups,  ///< keys backward, and records of one key by primary key ascending
};

struct Plan {
  Access access = Access::nothing;
  Direction direction = Direction::forward;
  bool sorts = false;
  bool needs_scan = false;        ///< reads every record, and nobody said that it may
  bool entries_at_least = false;  ///< `entries` is where counting stopped
  bool entries_known = false;
  std::uint8_t condition = 0;  ///< whose alternatives the steps are
  Conditions covered = 0;      ///< conditions that the steps decide
  std::uint64_t entries = 0;
  SmallList<Step, 4> steps;
  key::Buffer keys;

  Bytes bytes(const Slice& slice) const { return keys.bytes().subspan(slice.at, slice.size); }
};

/// Chooses. `plan` is new. Allocates only for many or long keys.
void make_plan(const Request& request, const CountEntries& count, Plan& plan);

/// The index that would serve, for a plan that needs a scan, if the file had it: its place in `indexes`; or 0.
std::size_t absent_index(const Request& request);

/// "add [[netabase::secondary_key]] to `User::age`, or call .scan()": for the error of a plan that needs it.
std::string scan_advice(const Request& request);

}  // namespace netabase::query
