#include <algorithm>

#include "netabase/bytes.hpp"
#include "tests/evolution/value.hpp"
#include "tools/json/parse.hpp"
#include "tools/json/text.hpp"

namespace random_evolution {

namespace json = netabase::tools::json;

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

}  // namespace

std::map<std::string, std::string> json_fields(const Draft& draft, const Struct& structure, const Value& value) {
  std::map<std::string, std::string> out;
  for (const Field& field : structure.fields) out.emplace(field.name, json_of(draft, field.type, value.of(field)));
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

}  // namespace random_evolution
