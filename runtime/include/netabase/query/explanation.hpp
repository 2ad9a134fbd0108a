#pragma once

/// \file
/// A query's plan in words.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "netabase/query/plan.hpp"

namespace netabase {

/// What a query is going to do. Owns its texts.
struct Explanation {
  /// The indexes it looks in, "city" or "city and age"; "primary" for the records' own order; empty when it can tell
  /// without looking that no record matches.
  std::string index;
  std::string looked_up;      ///< the conditions that the index decides; empty: all of the index is walked
  std::string filtered;       ///< the conditions that are asked of each record; empty: none
  std::string order;          ///< where the order comes from; empty: none was asked for
  bool sorts = false;         ///< the sort keys of what matches are collected in memory first
  bool reads_all = false;     ///< walks an index, or all records, from one end
  bool needs_scan = false;    ///< would throw Error(needs_scan)
  std::uint64_t entries = 0;  ///< of the index in what is looked up; counting stops early
  bool entries_at_least = false;
  std::string advice;  ///< what to do about needs_scan

  /// All of it, a line for each thing, without a line end at the end.
  friend std::string to_string(const Explanation& explanation);
  template <class Stream>
  friend Stream& operator<<(Stream& out, const Explanation& explanation) {
    out << to_string(explanation);
    return out;
  }
};

std::string to_string(const Explanation& explanation);

namespace query {

/// `conditions`: each in words, by number.
Explanation explain_plan(const Request& request, const Plan& plan, std::span<const std::string> conditions,
                         std::uint64_t offset);

}  // namespace query
}  // namespace netabase
