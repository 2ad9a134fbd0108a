#include "compiler/schema/names.hpp"

namespace netabase::compiler::schema {

namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }
char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string pascal_case(std::string_view name) {
  std::string out;
  bool start = true;
  for (const char c : name) {
    if (c == '_') {
      start = true;
      continue;
    }
    out += start ? to_upper(c) : c;
    start = false;
  }
  return out;
}

std::string camel_case(std::string_view name) {
  std::string out = pascal_case(name);
  // A leading run of capitals is one word: "ID" -> "id", "URLPath" -> "urlPath".
  for (std::size_t i = 0; i < out.size() && is_upper(out[i]); ++i) {
    if (i > 0 && i + 1 < out.size() && is_lower(out[i + 1])) break;
    out[i] = to_lower(out[i]);
  }
  return out;
}

std::string join_name(const Struct& structure, std::string_view middle, std::string_view suffix) {
  if (!structure.snake_case) return structure.name + pascal_case(middle) + pascal_case(suffix);
  std::string out = structure.name;
  if (!middle.empty()) out.append("_").append(middle);
  if (!suffix.empty()) out.append("_").append(suffix);
  return out;
}

std::string ref_name(const Struct& structure) { return join_name(structure, "", "ref"); }
std::string codec_name(const Struct& structure) { return join_name(structure, "", "codec"); }
std::string model_name(const Struct& structure) { return join_name(structure, "", "model"); }
std::string key_enum_name(const Struct& structure) { return join_name(structure, "", "key"); }
std::string primary_key_name(const Struct& structure) { return join_name(structure, "primary", "key"); }
std::string secondary_key_name(const Struct& structure, const Key& key) {
  return join_name(structure, key.name, "secondary_key");
}
std::string secondary_keys_name(const Struct& structure) { return join_name(structure, "secondary", "keys"); }
std::string keys_name(const Struct& structure) { return join_name(structure, "", "keys"); }
std::string index_name(const Struct& structure, const Key& key) { return join_name(structure, key.name, "index"); }
std::string model_enum_name(const Definition& definition) { return definition.name + "Model"; }
std::string wrapper_namespace_name(const Definition& definition) { return definition.name + "Wrappers"; }

}  // namespace netabase::compiler::schema
