#include "netabase/query/explanation.hpp"

#include <algorithm>

namespace netabase {

namespace query {

namespace {

std::string join_conditions(std::span<const std::string> conditions, Conditions which) {
  std::string out;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if ((which & bit_of(i)) == 0) continue;
    if (!out.empty()) out += " && ";
    out += conditions[i];
  }
  return out;
}

std::string index_names(const Request& request, const Plan& plan) {
  std::string out;
  std::string last;
  for (const Step& step : plan.steps) {
    const std::string name(request.indexes[step.index].name);
    if (name == last) continue;
    if (!out.empty()) out += plan.access == Access::both ? " and " : ", then ";
    out += name;
    last = name;
  }
  return out;
}

std::string order_words(const Request& request, const Plan& plan, std::uint64_t offset) {
  if (request.order.empty()) return {};
  std::string out;
  for (const OrderInfo& part : request.order) {
    if (!out.empty()) out += ", ";
    part.name(out);
    if (part.descending) out += " descending";
  }
  if (plan.access == Access::nothing) return out;
  if (!plan.sorts) {
    out += plan.direction == Direction::forward ? ": as the index has it" : ": as the index has it, backward";
  } else if (request.has_limit) {
    out += ": sorted in memory, the first " + std::to_string(request.wanted) + " kept";
    if (offset != 0) out += " and " + std::to_string(offset) + " of them left out";
  } else {
    out += ": sorted in memory";
  }
  return out;
}

}  // namespace

Explanation explain_plan(const Request& request, const Plan& plan, std::span<const std::string> conditions,
                         std::uint64_t offset) {
  Explanation out;
  if (plan.access != Access::nothing) out.index = index_names(request, plan);
  out.looked_up = join_conditions(conditions, plan.covered);
  out.filtered = join_conditions(conditions, request.conditions & ~plan.covered);
  out.order = order_words(request, plan, offset);
  out.sorts = plan.sorts;
  out.reads_all = plan.access == Access::everything;
  out.needs_scan = plan.needs_scan;
  out.entries = plan.entries;
  out.entries_at_least = plan.entries_at_least;
  if (plan.needs_scan) out.advice = scan_advice(request);
  return out;
}

}  // namespace query

std::string to_string(const Explanation& explanation) {
  std::string out;
  const auto line = [&out](std::string_view label, const std::string& text) {
    if (text.empty()) return;
    if (!out.empty()) out += '\n';
    out += label;
    out += text;
  };
  if (explanation.index.empty() && !explanation.reads_all) {
    line("nothing: ",
         explanation.looked_up.empty() ? "no key can match" : "no record can match " + explanation.looked_up);
    return out;
  }
  const std::string entries = (explanation.entries_at_least ? "at least " : "") + std::to_string(explanation.entries) +
                              (explanation.entries == 1 ? " entry" : " entries");
  line("index: ", explanation.index + (explanation.reads_all ? ", all of it" : "") + ", " + entries);
  line("looked up: ", explanation.looked_up);
  line("filtered: ", explanation.filtered);
  line("order: ", explanation.order);
  if (explanation.needs_scan) line("refused: it would read every record: ", explanation.advice);
  return out;
}

}  // namespace netabase
