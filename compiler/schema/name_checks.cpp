#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/schema/checks.hpp"
#include "compiler/schema/names.hpp"

namespace netabase::compiler::schema {
namespace {

/// A name that generated code declares in the definition's namespace, and what asks for it.
struct Generated {
  std::string name;
  std::string owner;  ///< "model `User`"
  SourceLocation location;
};

bool has_own_name(const Key& key, const Model& model) {
  const auto same = std::count_if(model.secondary.begin(), model.secondary.end(),
                                  [&](const Key& other) { return other.name == key.name; });
  return same == 1 && key.name != model.primary.name;
}

std::vector<Generated> generated_names(const Definition& definition) {
  std::vector<Generated> out;
  const std::string of_definition = "definition `" + definition.name + "`";
  out.push_back({definition.name, of_definition, definition.location});
  out.push_back({definition.keys_name, "the keys of " + of_definition, definition.location});
  out.push_back({model_enum_name(definition), of_definition, definition.location});
  // Whether or not this schema needs it yet: a field that does may come with any change.
  out.push_back({wrapper_namespace_name(definition), of_definition, definition.location});
  for (const Struct* structure : definition.structs) {
    const std::string owner = "struct `" + structure->name + "`";
    out.push_back({ref_name(*structure), owner, structure->location});
    out.push_back({codec_name(*structure), owner, structure->location});
  }
  for (const Model& model : definition.models) {
    const Struct& structure = *model.structure;
    const std::string owner = "model `" + structure.name + "`";
    for (std::string name :
         {model_name(structure), key_enum_name(structure), primary_key_name(structure), secondary_keys_name(structure),
          keys_name(structure), index_name(structure, model.primary)}) {
      out.push_back({std::move(name), owner, structure.location});
    }
    for (const Key& key : model.secondary) {
      if (!has_own_name(key, model)) continue;  // reported with the model's keys
      const std::string of_key = "key `" + key.name + "` of " + owner;
      out.push_back({secondary_key_name(structure, key), of_key, key.location});
      out.push_back({index_name(structure, key), of_key, key.location});
    }
  }
  return out;
}

/// Structs and enums of one Cap'n Proto file, whose names must differ there. True: they do.
bool check_type_names(const Definition& definition, Diagnostics& diagnostics) {
  struct Named {
    std::string qualified;
    SourceLocation location;
  };
  std::map<std::string, Named> by_name;
  bool good = true;
  const auto add = [&](const std::string& name, Named named) {
    const auto [other, is_new] = by_name.try_emplace(pascal_case(name), named);
    if (is_new) return;
    good = false;
    Diagnostic& error = diagnostics.error(
        named.location,
        "`" + other->second.qualified + "` and `" + named.qualified + "` would have the same generated names",
        "rename one of them: generated code and Cap'n Proto call both `" + pascal_case(name) + "`");
    error.notes.insert(error.notes.begin(), {Severity::note, other->second.location, "the other one is here", {}});
  };
  for (const Struct* structure : definition.structs) {
    add(structure->name, {structure->qualified_name.substr(2), structure->location});
  }
  for (const Enum* enumeration : definition.enums) {
    add(enumeration->name, {enumeration->qualified_name.substr(2), enumeration->location});
  }
  return good;
}

void clash(const Generated& generated, const Generated& other, Diagnostics& diagnostics) {
  Diagnostic& error = diagnostics.error(
      generated.location,
      "`" + generated.name + "` would be generated twice: for " + other.owner + " and for " + generated.owner,
      "rename one of them");
  if (other.location.known()) {
    error.notes.insert(error.notes.begin(), {Severity::note, other.location, "the other one is here", {}});
  }
}

/// Generated code says `std::` and `netabase::` inside the user's namespace: neither may mean something else there.
void check_namespace(const Definition& definition, const DeclaredNames& declared, Diagnostics& diagnostics) {
  const std::string space = "::" + definition.cpp_namespace + "::";
  if (space.find("::netabase::") != std::string::npos) {
    diagnostics.error(definition.location, "a definition cannot stand in a namespace named `netabase`",
                      "that is the runtime's own name: choose another");
    return;
  }
  std::string outer = definition.cpp_namespace;
  while (!outer.empty()) {
    if (const auto names = declared.find(outer); names != declared.end()) {
      for (const DeclaredName& name : names->second) {
        if (name.name != "std" && name.name != "netabase") continue;
        diagnostics.error(name.location,
                          "`" + name.name + "` here hides the namespace that generated code in `" +
                              definition.cpp_namespace + "` uses",
                          "rename it");
      }
    }
    const std::size_t end = outer.rfind("::");
    outer = end == std::string::npos ? std::string() : outer.substr(0, end);
  }
}

}  // namespace

void check_names(const Definition& definition, const DeclaredNames& declared, Diagnostics& diagnostics) {
  check_namespace(definition, declared, diagnostics);
  if (!check_type_names(definition, diagnostics)) return;  // every generated name would clash again
  std::map<std::string, Generated> by_name;
  std::set<std::pair<std::string, std::string>> reported;  // owners: two that clash do so in several names
  for (const Generated& generated : generated_names(definition)) {
    const auto [other, is_new] = by_name.try_emplace(generated.name, generated);
    const bool same_owner = other->second.location.line == generated.location.line &&
                            other->second.location.column == generated.location.column;
    if (is_new || same_owner) continue;
    if (reported.emplace(other->second.owner, generated.owner).second) clash(generated, other->second, diagnostics);
  }
  const auto names = declared.find(definition.cpp_namespace);
  if (names == declared.end()) return;
  for (const DeclaredName& name : names->second) {
    const auto found = by_name.find(name.name);
    if (found == by_name.end()) continue;
    Diagnostic& error = diagnostics.error(
        name.location, "`" + name.name + "` is the name of what netabase-gen generates for " + found->second.owner,
        "rename it");
    error.notes.insert(error.notes.begin(),
                       {Severity::note, found->second.location, "the generated name comes from here", {}});
  }
}

}  // namespace netabase::compiler::schema
