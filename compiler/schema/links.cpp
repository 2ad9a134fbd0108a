#include "compiler/schema/links.hpp"

namespace netabase::compiler::schema {

const char* name_of(OnDelete policy) {
  switch (policy) {
    case OnDelete::restrict_:
      return "restrict";
    case OnDelete::cascade:
      return "cascade";
    case OnDelete::set_null:
      return "set_null";
  }
  return "";
}

std::vector<std::size_t> models_named(const Definition& definition, const std::string& name) {
  const std::string end = name.starts_with("::") ? name : "::" + name;
  const std::string scope = definition.cpp_namespace.empty() ? "" : "::" + definition.cpp_namespace;
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < definition.models.size(); ++i) {
    const std::string& qualified = definition.models[i].structure->qualified_name;
    if (qualified == (name.starts_with("::") ? name : scope + end)) return {i};
    if (!name.starts_with("::") && qualified.ends_with(end)) found.push_back(i);
  }
  return found;
}

void resolve_links(Schema& schema) {
  for (Definition& definition : schema.definitions) {
    for (Model& model : definition.models) {
      for (Key& key : model.secondary) {
        if (!key.link) continue;
        const std::vector<std::size_t> found = models_named(definition, key.link->target);
        if (found.size() == 1) key.link->model = found[0];
      }
    }
  }
}

}  // namespace netabase::compiler::schema
