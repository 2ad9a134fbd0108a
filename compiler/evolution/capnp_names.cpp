#include "compiler/evolution/capnp_names.hpp"

#include "compiler/schema/names.hpp"

namespace netabase::compiler::evolution {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_name_character(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

}  // namespace

std::set<std::string> reserved_type_names() {
  return {"Void",   "Bool",    "Int8",    "Int16", "Int32", "Int64", "UInt8",      "UInt16",     "UInt32",
          "UInt64", "Float32", "Float64", "Text",  "Data",  "List",  "AnyPointer", "Capability", "Netabase"};
}

std::string capnp_identifier(std::string_view name, std::string_view fallback) {
  std::string out;
  for (const char c : name) {
    if (is_name_character(c)) out += c;
  }
  if (out.empty() || !is_letter(out[0])) out.insert(0, fallback);
  return out;
}

std::string unique_name(const std::string& name, const std::set<std::string>& taken) {
  if (!taken.contains(name)) return name;
  for (unsigned number = 2;; ++number) {
    std::string candidate = name + std::to_string(number);
    if (!taken.contains(candidate)) return candidate;
  }
}

std::string field_name(const std::string& cpp_name, const std::set<std::string>& taken) {
  std::string name = capnp_identifier(schema::camel_case(cpp_name), "field");
  if (name == "union") name = "unionField";
  return unique_name(name, taken);
}

std::string plain_name(std::string_view qualified_name) {
  // Every "::" that does not stand behind a name is the global namespace's.
  std::string out;
  for (std::size_t i = 0; i < qualified_name.size(); ++i) {
    const bool global = qualified_name.substr(i, 2) == "::" &&
                        (i == 0 || !(is_name_character(qualified_name[i - 1]) || qualified_name[i - 1] == '_' ||
                                     qualified_name[i - 1] == '>'));
    if (global) {
      ++i;
    } else {
      out += qualified_name[i];
    }
  }
  return out;
}

std::string last_name(const std::string& cpp_name) {
  const std::size_t place = cpp_name.rfind("::");
  return place == std::string::npos ? cpp_name : cpp_name.substr(place + 2);
}

}  // namespace netabase::compiler::evolution
