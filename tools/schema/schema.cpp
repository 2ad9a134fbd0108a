#include "tools/schema/schema.hpp"

#include <algorithm>

#include "netabase/error.hpp"
#include "tools/errors.hpp"

namespace netabase::tools {

const Enumeration::Enumerator* Enumeration::find(std::int64_t value) const {
  for (const Enumerator& enumerator : enumerators) {
    if (enumerator.value == value) return &enumerator;
  }
  return nullptr;
}

const Enumeration::Enumerator* Enumeration::find(std::string_view name) const {
  for (const Enumerator& enumerator : enumerators) {
    if (enumerator.name == name) return &enumerator;
  }
  return nullptr;
}

const FieldShape* StructShape::find(std::string_view name) const {
  for (const FieldShape& field : fields) {
    if (!field.removed && field.name == name) return &field;
  }
  return nullptr;
}

const FieldShape* StructShape::find_capnp(std::string_view name) const {
  for (const FieldShape& field : fields) {
    if (field.capnp_name == name) return &field;
  }
  return nullptr;
}

namespace {

template <class Named>
std::string join_names(const std::vector<Named>& all) {
  std::string out;
  for (const Named& one : all) out += (out.empty() ? "" : ", ") + one.name;
  return out.empty() ? "none" : out;
}

/// "User" of "blog::User".
std::string_view last_name(std::string_view cpp_name) {
  const std::size_t colon = cpp_name.rfind(':');
  return colon == std::string_view::npos ? cpp_name : cpp_name.substr(colon + 1);
}

}  // namespace

std::string names_of(const std::vector<Model>& models) { return join_names(models); }
std::string names_of(const std::vector<Key>& indexes) { return join_names(indexes); }

const Key& Model::index(std::string_view wanted) const {
  for (const Key& index : indexes) {
    if (index.name == wanted) return index;
  }
  throw UsageError(name + " has no index " + std::string(wanted) + "; its indexes: " + names_of(indexes));
}

const Model& Schema::model(std::string_view name) const {
  for (const Model& model : models_) {
    if (model.name == name || model.cpp_name == name) return model;
  }
  for (const Model& model : models_) {
    if (last_name(model.cpp_name) == name) return model;
  }
  throw UsageError(definition_ + " has no model " + std::string(name) + "; its models: " + names_of(models_));
}

const Model& Schema::target_of(const Key& link) const {
  for (const Model& model : models_) {
    if (model.name == link.link) return model;
  }
  throw Corrupt("the link " + link.table + " names the model " + link.link + ", which the stored schema does not have");
}

std::size_t Schema::table_count() const {
  std::size_t count = models_.size();
  for (const Model& model : models_) count += model.indexes.size();
  return count;
}

}  // namespace netabase::tools
