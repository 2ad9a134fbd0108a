#include "tools/record/order.hpp"

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <optional>
#include <string_view>

#include "tools/errors.hpp"
#include "tools/key/part.hpp"
#include "tools/record/record.hpp"

namespace netabase::tools {

namespace {

using capnp::DynamicStruct;
using capnp::DynamicValue;

/// What a set or map is ordered by; nothing for structs and lists.
std::optional<Datum> key_of(const DynamicValue::Reader& value, const Shape& shape, bool of_map) {
  switch (shape.kind) {
    case Shape::Kind::boolean:
      return Datum(value.as<bool>());
    case Shape::Kind::signed_integer:
      return Datum(value.as<std::int64_t>());
    case Shape::Kind::unsigned_integer:
      return Datum(value.as<std::uint64_t>());
    case Shape::Kind::float32:
    case Shape::Kind::float64:
      return Datum(value.as<double>());
    case Shape::Kind::wide_signed:
      return Datum(wide_integer<Int128>(value.as<DynamicStruct>()));
    case Shape::Kind::wide_unsigned:
      return Datum(wide_integer<UInt128>(value.as<DynamicStruct>()));
    case Shape::Kind::text: {
      const auto text = value.as<capnp::Text>();
      return Datum(std::string_view(text.begin(), text.size()));
    }
    case Shape::Kind::bytes: {
      const auto bytes = value.as<capnp::Data>();
      return Datum(std::string_view(reinterpret_cast<const char*>(bytes.begin()), bytes.size()));
    }
    case Shape::Kind::structure: {
      if (!of_map || shape.structure->fields[0].optional) return std::nullopt;
      const FieldShape& key = shape.structure->fields[0];
      return key_of(value.as<DynamicStruct>().get(key.field), key.shape, false);
    }
    default:
      return std::nullopt;
  }
}

bool before(const Datum& a, const Datum& b, bool as_paths) {
  if (const auto* left = std::get_if<double>(&a)) {
    const double right = std::get<double>(b);
    if (*left != *left || right != right) return *left == *left;  // NaN last
  }
  if (as_paths) return std::filesystem::path(std::get<std::string_view>(a)) < std::get<std::string_view>(b);
  return a < b;
}

}  // namespace

std::vector<unsigned> stored_order(capnp::DynamicList::Reader list, const Shape& shape) {
  std::vector<unsigned> order(list.size());
  std::iota(order.begin(), order.end(), 0U);
  if (shape.order == Shape::Order::none || order.empty()) return order;
  const StructShape* entry = shape.element->kind == Shape::Kind::structure ? shape.element->structure : nullptr;
  const bool of_map = entry != nullptr && entry->wrapper && entry->fields.size() == 2 && entry->fields[0].name == "key";
  const bool is_path = of_map ? entry->fields[0].shape.path : shape.element->path;
  const bool as_paths = is_path && shape.order == Shape::Order::own;
  std::vector<Datum> keys;
  for (const DynamicValue::Reader& element : list) {
    const auto key = key_of(element, *shape.element, of_map);
    if (!key) return order;
    keys.push_back(*key);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](unsigned a, unsigned b) { return before(keys[a], keys[b], as_paths); });
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (before(keys[order[i - 1]], keys[order[i]], as_paths)) continue;
    throw InputError(std::string(of_map ? "a map has a key" : "a set has an element") + " twice: the elements " +
                     std::to_string(order[i - 1]) + " and " + std::to_string(order[i]));
  }
  return order;
}

}  // namespace netabase::tools
