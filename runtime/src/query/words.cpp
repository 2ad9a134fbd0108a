/// \file
/// What queries say about themselves: constants in conditions, and what to do where no index helps.

#include <algorithm>

#include "netabase/key/text.hpp"
#include "netabase/query/condition.hpp"
#include "netabase/query/constraints.hpp"
#include "netabase/query/plan.hpp"

namespace netabase::query {

namespace {

/// Bytes of a constant that are said; the rest is counted.
constexpr std::size_t said_bytes = 60;

void describe_rest(std::string& out, std::size_t size) {
  if (size > said_bytes) out += "... (" + std::to_string(size) + " bytes)";
}

}  // namespace

void describe_text(std::string& out, std::string_view text) {
  key::detail::append_text(out, text.substr(0, said_bytes));
  describe_rest(out, text.size());
}

void describe_bytes(std::string& out, Bytes bytes) {
  key::detail::append_text(out, bytes.first(std::min(bytes.size(), said_bytes)));
  describe_rest(out, bytes.size());
}

void Constraints::sort_points() {
  Constraint& points = list_.back();
  Slice* const first = slices_.begin() + points.first;
  Slice* const last = first + points.count;
  std::sort(first, last, [this](const Slice& a, const Slice& b) { return compare(bytes(a), bytes(b)) < 0; });
  Slice* const end =
      std::unique(first, last, [this](const Slice& a, const Slice& b) { return compare(bytes(a), bytes(b)) == 0; });
  points.count = static_cast<std::uint32_t>(end - first);
}

std::size_t absent_index(const Request& request) {
  const auto begins_with = [&](FieldId field) -> std::size_t {
    for (std::size_t index = 1; index < request.indexes.size(); ++index) {
      if (request.indexes[index].absent && request.indexes[index].parts[0].field == field) return index;
    }
    return 0;
  };
  for (const Constraint& constraint : request.constraints->list()) {
    if (const std::size_t index = begins_with(constraint.field); index != 0) return index;
  }
  return request.order.empty() ? 0 : begins_with(request.order[0].field);
}

std::string scan_advice(const Request& request) {
  if (const std::size_t index = absent_index(request); index != 0) {
    return "the file, of another version of the schema, lacks the index " + std::string(request.indexes[index].name) +
           ": open it once for writing, which makes it, or call .scan()";
  }
  NameField name = nullptr;
  const auto consider = [&](FieldId field, NameField its_name) {
    if (name != nullptr) return;
    // An index that begins with the field and still does not serve will not be mended by another one.
    for (const IndexInfo& index : request.indexes) {
      if (index.usable && index.parts[0].field == field) return;
    }
    name = its_name;
  };
  for (const Constraint& constraint : request.constraints->list()) {
    if (constraint.kind != ConstraintKind::absent) consider(constraint.field, constraint.name);
  }
  if (name == nullptr && request.conditions == 0) {
    for (const OrderInfo& part : request.order) consider(part.field, part.name);
  }
  if (name == nullptr && request.conditions != 0) {
    return "no index can serve its conditions: call .scan() to allow that";
  }
  if (name == nullptr && !request.order.empty() && request.has_limit) {
    return "no index has all of them in its order: call .scan() to allow that";
  }
  if (name == nullptr) return "give it a condition or a limit, or call .scan() to allow that";
  std::string field;
  name(field);
  if (field.find('.') == std::string::npos) {
    return "add [[netabase::secondary_key]] to `" + std::string(request.model) + "::" + field +
           "`, or call .scan() to allow that";
  }
  std::string index = "by_" + field;
  std::replace(index.begin(), index.end(), '.', '_');
  return "add [[netabase::index(" + index + ", " + field + ")]] to `" + std::string(request.model) +
         "`, or call .scan() to allow that";
}

}  // namespace netabase::query
