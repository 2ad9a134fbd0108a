#include "tests/evolution/value.hpp"

#include <algorithm>
#include <limits>

namespace random_evolution {

namespace {

template <class T>
Wide limited(Random& random) {
  if (random.one_in(12)) return std::numeric_limits<T>::max();
  if (random.one_in(12)) return std::numeric_limits<T>::min();
  if (random.one_in(3)) return static_cast<T>(random.bits());
  return Wide{1} + static_cast<Wide>(random.below(100));
}

Wide random_integer(Kind kind, Random& random) {
  switch (kind) {
    case Kind::boolean:
      return random.one_in(4) ? 0 : 1;
    case Kind::int8:
      return limited<std::int8_t>(random);
    case Kind::int16:
      return limited<std::int16_t>(random);
    case Kind::int32:
      return limited<std::int32_t>(random);
    case Kind::uint8:
      return limited<std::uint8_t>(random);
    case Kind::uint16:
      return limited<std::uint16_t>(random);
    case Kind::uint32:
      return limited<std::uint32_t>(random);
    case Kind::uint64:
      return limited<std::uint64_t>(random);
    case Kind::int128:
      return (limited<std::int64_t>(random) << 40) + 3;
    case Kind::uint128:
      return Wide{limited<std::uint64_t>(random)} << 50 | 5;
    case Kind::days_point:
      return static_cast<Wide>(random.below(40'000)) - 10'000;
    case Kind::seconds:
    case Kind::milliseconds:
      return static_cast<Wide>(random.below(2'000'000'000)) - 1'000'000'000;
    default:
      return limited<std::int64_t>(random);
  }
}

std::string random_text(Random& random) {
  static const std::vector<std::string> choices = {
      "a", "ab", "b", "zebra", "Köln", "two words", "\"q\"", "back\\slash", "?", "a longer text, for more than a word"};
  return random.one_in(10) ? std::string() : random.of(choices) + std::to_string(random.below(50));
}

std::string random_bytes(Random& random, std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(random.below(256));
  return out;
}

bool same_key(const Value& left, const Value& right) {
  return left.integer == right.integer && left.text == right.text;
}

bool key_less(const Value& left, const Value& right) {
  if (left.integer != right.integer) return left.integer < right.integer;
  return left.text < right.text;  // std::string compares bytes
}

}  // namespace

Value zero_value(const Draft& draft, const Type& type) {
  Value out;
  switch (type.kind) {
    case Kind::optional:
      out.absent = true;
      break;
    case Kind::pair:
    case Kind::tuple:
      for (const Type& argument : type.arguments) out.items.push_back(zero_value(draft, argument));
      break;
    case Kind::variant:
      out.items.push_back(zero_value(draft, type.arguments[0]));
      break;
    default:
      break;
  }
  return out;
}

Value random_value(const Draft& draft, const Type& type, Random& random, unsigned depth) {
  Value out;
  const std::size_t count = depth > 2 ? 0 : random.one_in(6) ? 0 : 1 + random.below(3);
  switch (type.kind) {
    case Kind::float32:
    case Kind::float64:
      out.real = (static_cast<double>(random.below(4000)) - 1999) / 8;
      break;
    case Kind::enumeration:
      out.integer = random.of(draft.enumeration(type.id).enumerators).value;
      break;
    case Kind::text:
    case Kind::path:
      out.text = random_text(random);
      break;
    case Kind::bytes:
      out.text = random_bytes(random, random.below(12));
      break;
    case Kind::fixed_bytes:
      out.text = random_bytes(random, type.extent);
      break;
    case Kind::structure:
      return random_struct(draft, draft.structure(type.id), random, depth + 1);
    case Kind::optional:
      if (random.one_in(4)) {
        out.absent = true;
        break;
      }
      return random_value(draft, type.arguments[0], random, depth);
    case Kind::vector:
      for (std::size_t i = 0; i < count; ++i)
        out.items.push_back(random_value(draft, type.arguments[0], random, depth));
      break;
    case Kind::array:
      for (std::size_t i = 0; i < type.extent; ++i) {
        out.items.push_back(random_value(draft, type.arguments[0], random, depth));
      }
      break;
    case Kind::set:
    case Kind::hashed_set:
      for (std::size_t i = 0; i < count; ++i)
        out.items.push_back(random_value(draft, type.arguments[0], random, depth));
      std::sort(out.items.begin(), out.items.end(), key_less);
      out.items.erase(std::unique(out.items.begin(), out.items.end(), same_key), out.items.end());
      break;
    case Kind::map:
    case Kind::hashed_map: {
      const auto key = [](const Value& entry) -> const Value& { return entry.items[0]; };
      for (std::size_t i = 0; i < count; ++i) {
        Value& entry = out.items.emplace_back();
        for (const Type& argument : type.arguments) entry.items.push_back(random_value(draft, argument, random, depth));
      }
      std::sort(out.items.begin(), out.items.end(),
                [&](const Value& left, const Value& right) { return key_less(key(left), key(right)); });
      out.items.erase(
          std::unique(out.items.begin(), out.items.end(),
                      [&](const Value& left, const Value& right) { return same_key(key(left), key(right)); }),
          out.items.end());
      break;
    }
    case Kind::pair:
    case Kind::tuple:
      for (const Type& argument : type.arguments) out.items.push_back(random_value(draft, argument, random, depth));
      break;
    case Kind::variant:
      out.choice = random.below(type.arguments.size());
      out.items.push_back(random_value(draft, type.arguments[out.choice], random, depth));
      break;
    default:
      out.integer = random_integer(type.kind, random);
  }
  return out;
}

Value random_struct(const Draft& draft, const Struct& structure, Random& random, unsigned depth) {
  Value out;
  for (const Field& field : structure.fields)
    out.fields.emplace(field.id, random_value(draft, field.type, random, depth));
  return out;
}

}  // namespace random_evolution
