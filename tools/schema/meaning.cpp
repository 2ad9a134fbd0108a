#include "tools/schema/meaning.hpp"

#include <charconv>

namespace netabase::tools {

namespace {

std::uint32_t number_of(std::string_view digits) {
  std::uint32_t number = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return result.ec == std::errc() && result.ptr == digits.data() + digits.size() ? number : 0;
}

Shape::Order order_of(std::string_view name) {
  if (name == "std::set" || name == "std::map") return Shape::Order::own;
  if (name == "std::unordered_set" || name == "std::unordered_map") return Shape::Order::as_keys;
  return Shape::Order::none;
}

}  // namespace

void apply_meaning(Shape& shape, std::string_view meaning) {
  if (meaning.empty() || meaning == "_") return;
  const std::size_t bracket = meaning.find('<');
  const std::string_view name = meaning.substr(0, bracket);
  std::string_view inner;
  if (bracket != std::string_view::npos && meaning.ends_with('>')) {
    inner = meaning.substr(bracket + 1, meaning.size() - bracket - 2);
  }
  if (name == "std::array") {
    const std::size_t comma = inner.rfind(", ");
    if (comma == std::string_view::npos) return;
    shape.extent = number_of(inner.substr(comma + 2));
    inner = inner.substr(0, comma);
  }
  shape.meaning = shape.kind == Shape::Kind::list ? name : meaning;
  if (shape.kind == Shape::Kind::text) shape.path = name == "std::filesystem::path";
  if (shape.kind != Shape::Kind::list) return;
  shape.order = order_of(name);
  if (inner.empty()) return;
  auto element = std::make_shared<Shape>(*shape.element);
  apply_meaning(*element, inner);
  shape.element = std::move(element);
}

}  // namespace netabase::tools
