#include "tests/evolution/value.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <stdexcept>

#include "netabase/bytes.hpp"
#include "tools/json/parse.hpp"
#include "tools/json/text.hpp"

namespace random_evolution {

namespace json = netabase::tools::json;

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

// ---- JSON

namespace {

void append_value(std::string& out, const Draft& draft, const Type& type, const Value& value);

void append_list(std::string& out, const Draft& draft, const Type& element, const std::vector<Value>& items) {
  out += '[';
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i != 0) out += ',';
    append_value(out, draft, element, items[i]);
  }
  out += ']';
}

void append_value(std::string& out, const Draft& draft, const Type& type, const Value& value) {
  switch (type.kind) {
    case Kind::boolean:
      out += value.integer != 0 ? "true" : "false";
      break;
    case Kind::float32:
      json::append_number(out, static_cast<float>(value.real));
      break;
    case Kind::float64:
      json::append_number(out, value.real);
      break;
    case Kind::enumeration: {
      const auto& all = draft.enumeration(type.id).enumerators;
      const auto found =
          std::find_if(all.begin(), all.end(), [&](const auto& it) { return it.value == value.integer; });
      if (found == all.end()) {
        json::append_number(out, static_cast<std::int64_t>(value.integer));
      } else {
        json::append_string(out, found->name);
      }
      break;
    }
    case Kind::text:
    case Kind::path:
      json::append_text(out, value.text);
      break;
    case Kind::bytes:
    case Kind::fixed_bytes:
      json::append_bytes(out, netabase::as_bytes(value.text));
      break;
    case Kind::structure:
      out += json_of(draft, draft.structure(type.id), value);
      break;
    case Kind::optional:
      if (value.absent) {
        out += "null";
      } else {
        append_value(out, draft, type.arguments[0], value);
      }
      break;
    case Kind::vector:
    case Kind::array:
    case Kind::set:
    case Kind::hashed_set:
      append_list(out, draft, type.arguments[0], value.items);
      break;
    case Kind::map:
    case Kind::hashed_map:
      out += '[';
      for (std::size_t i = 0; i < value.items.size(); ++i) {
        out += i == 0 ? "{\"key\":" : ",{\"key\":";
        append_value(out, draft, type.arguments[0], value.items[i].items[0]);
        out += ",\"value\":";
        append_value(out, draft, type.arguments[1], value.items[i].items[1]);
        out += '}';
      }
      out += ']';
      break;
    case Kind::pair:
    case Kind::tuple:
      for (std::size_t i = 0; i < type.arguments.size(); ++i) {
        out += i == 0 ? '{' : ',';
        json::append_string(out, type.kind == Kind::tuple ? "e" + std::to_string(i) : i == 0 ? "first" : "second");
        out += ':';
        append_value(out, draft, type.arguments[i], value.items.at(i));
      }
      out += '}';
      break;
    case Kind::variant:
      out += "{\"a" + std::to_string(value.choice) + "\":";
      append_value(out, draft, type.arguments.at(value.choice), value.items.at(0));
      out += '}';
      break;
    default:
      json::append_number(out, netabase::Int128{value.integer});
  }
}

void append_sorted(std::string& out, const json::Value& value) {
  switch (value.kind) {
    case json::Value::Kind::null:
      out += "null";
      break;
    case json::Value::Kind::boolean:
      out += value.boolean ? "true" : "false";
      break;
    case json::Value::Kind::number:
      out += value.text;
      break;
    case json::Value::Kind::string:
      json::append_string(out, value.text);
      break;
    case json::Value::Kind::array:
      out += '[';
      for (std::size_t i = 0; i < value.items.size(); ++i) {
        if (i != 0) out += ',';
        append_sorted(out, value.items[i]);
      }
      out += ']';
      break;
    case json::Value::Kind::object: {
      std::map<std::string, const json::Value*> members;
      for (const auto& [name, member] : value.members) members.emplace(name, &member);
      char separator = '{';
      if (members.empty()) out += '{';
      for (const auto& [name, member] : members) {
        out += separator;
        separator = ',';
        json::append_string(out, name);
        out += ':';
        append_sorted(out, *member);
      }
      out += '}';
      break;
    }
  }
}

const Value& value_of(const Field& field, const Value& holder) {
  const auto found = holder.fields.find(field.id);
  return found == holder.fields.end() ? field.born : found->second;
}

}  // namespace

std::map<std::string, std::string> json_fields(const Draft& draft, const Struct& structure, const Value& value) {
  std::map<std::string, std::string> out;
  for (const Field& field : structure.fields)
    out.emplace(field.name, json_of(draft, field.type, value_of(field, value)));
  return out;
}

std::string json_of(const Draft& draft, const Struct& structure, const Value& value) {
  std::string out;
  for (const auto& [name, text] : json_fields(draft, structure, value)) {
    out += out.empty() ? '{' : ',';
    json::append_string(out, name);
    out += ':' + text;
  }
  return out.empty() ? "{}" : out + '}';
}

std::string json_of(const Draft& draft, const Type& type, const Value& value) {
  std::string out;
  append_value(out, draft, type, value);
  return out;
}

std::string sorted_json(std::string_view text) {
  std::string out;
  append_sorted(out, json::parse(text));
  return out;
}

// ---- C++

namespace {

std::string cpp_text(const std::string& text) {
  static constexpr char digits[] = "01234567";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 32 && byte < 127 && c != '"' && c != '\\' && c != '?') {
      out += c;
    } else {
      out += '\\';
      for (const unsigned shift : {6U, 3U, 0U}) out += digits[(byte >> shift) & 7U];
    }
  }
  return out + '"';
}

std::string cpp_integer(Wide value) {
  if (value == std::numeric_limits<std::int64_t>::min()) return "std::numeric_limits<std::int64_t>::min()";
  if (value < 0) return '-' + cpp_integer(-value);
  if (value <= std::numeric_limits<std::int32_t>::max()) return std::to_string(static_cast<std::int64_t>(value));
  if (value <= std::numeric_limits<std::int64_t>::max()) return std::to_string(static_cast<std::int64_t>(value)) + "LL";
  return std::to_string(static_cast<std::uint64_t>(value)) + "ULL";
}

std::string cpp_wide(Wide value) {
  if (value < 0) return "-(" + cpp_wide(-value) + ")";
  return "(netabase::Int128{" + std::to_string(static_cast<std::uint64_t>(value >> 64)) + "U} << 64 | " +
         std::to_string(static_cast<std::uint64_t>(value)) + "ULL)";
}

std::string cpp_real(double value) {
  char digits[64];
  const auto end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
  std::string out(digits, end);
  return out.find_first_of(".e") == std::string::npos ? out + ".0" : out;
}

std::string joined(const Draft& draft, const Type& element, const std::vector<Value>& items) {
  std::string out;
  for (const Value& item : items) out += (out.empty() ? "" : ", ") + cpp_of(draft, element, item);
  return out;
}

std::string cpp_struct(const Draft& draft, const Struct& structure, const Value& value) {
  std::string out;
  for (const Field& field : structure.fields) {
    out += (out.empty() ? "" : ", ") + cpp_of(draft, field.type, value_of(field, value));
  }
  return structure.name + "{" + out + "}";
}

}  // namespace

std::string cpp_of(const Draft& draft, const Type& type, const Value& value) {
  const std::string name = cpp_type(draft, type);
  switch (type.kind) {
    case Kind::boolean:
      return value.integer != 0 ? "true" : "false";
    case Kind::int128:
    case Kind::uint128:
      return "static_cast<" + name + ">(" + cpp_wide(value.integer) + ")";
    case Kind::float32:
    case Kind::float64:
      return name + "(" + cpp_real(value.real) + (type.kind == Kind::float32 ? "F)" : ")");
    case Kind::milliseconds:
    case Kind::seconds:
      return name + "(" + cpp_integer(value.integer) + ")";
    case Kind::days_point:
      return name + "(std::chrono::days(" + cpp_integer(value.integer) + "))";
    case Kind::text:
    case Kind::path:
      return name + "(std::string(" + cpp_text(value.text) + ", " + std::to_string(value.text.size()) + "))";
    case Kind::bytes:
    case Kind::fixed_bytes: {
      std::string out = name + "{";
      for (std::size_t i = 0; i < value.text.size(); ++i) {
        out += (i == 0 ? "" : ", ") + ("std::byte{" + std::to_string(static_cast<unsigned char>(value.text[i])) + "}");
      }
      return out + "}";
    }
    case Kind::structure:
      return cpp_struct(draft, draft.structure(type.id), value);
    case Kind::optional:
      return value.absent ? name + "()" : name + "(" + cpp_of(draft, type.arguments[0], value) + ")";
    case Kind::vector:
    case Kind::set:
    case Kind::hashed_set:
    case Kind::array:
      return name + "{" + joined(draft, type.arguments[0], value.items) + "}";
    case Kind::map:
    case Kind::hashed_map: {
      std::string out;
      for (const Value& entry : value.items) {
        out += (out.empty() ? "{" : ", {") + cpp_of(draft, type.arguments[0], entry.items[0]) + ", " +
               cpp_of(draft, type.arguments[1], entry.items[1]) + "}";
      }
      return name + "{" + out + "}";
    }
    case Kind::pair:
    case Kind::tuple: {
      std::string out;
      for (std::size_t i = 0; i < type.arguments.size(); ++i) {
        out += (i == 0 ? "" : ", ") + cpp_of(draft, type.arguments[i], value.items.at(i));
      }
      return name + "(" + out + ")";
    }
    case Kind::variant:
      return name + "(std::in_place_index<" + std::to_string(value.choice) + ">, " +
             cpp_of(draft, type.arguments.at(value.choice), value.items.at(0)) + ")";
    default:
      return "static_cast<" + name + ">(" + cpp_integer(value.integer) + ")";
  }
}

std::string cpp_initialiser(const Draft& draft, const Type& type, const Value& value) {
  switch (type.kind) {
    case Kind::text:
      return cpp_text(value.text);
    case Kind::enumeration: {
      for (const Enumerator& enumerator : draft.enumeration(type.id).enumerators) {
        if (enumerator.value == value.integer) return draft.enumeration(type.id).name + "::" + enumerator.name;
      }
      return "static_cast<" + cpp_type(draft, type) + ">(" + cpp_integer(value.integer) + ")";
    }
    default:
      return cpp_of(draft, type, value);
  }
}

}  // namespace random_evolution
