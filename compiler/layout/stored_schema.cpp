#include "compiler/layout/stored_schema.hpp"

#include <capnp/message.h>

#include <algorithm>
#include <set>
#include <vector>

#include "compiler/evolution/capnp_names.hpp"
#include "compiler/evolution/wrappers.hpp"
#include "compiler/schema/key_parts.hpp"
#include "compiler/schema/types.hpp"
#include "format/stored_schema.capnp.h"

namespace netabase::compiler::layout {

namespace {

using evolution::LockedEnum;
using evolution::LockedField;
using evolution::LockedIndex;
using evolution::LockedModel;
using evolution::LockedStruct;
using schema::Type;
using schema::TypeKind;

unsigned count_of(std::size_t size) { return static_cast<unsigned>(size); }

template <class List, class Predicate>
const auto* find(const List& list, Predicate&& same) {
  const auto found = std::find_if(list.begin(), list.end(), same);
  return found == list.end() ? nullptr : &*found;
}

stored::KeyType key_type(const Type& type) {
  switch (schema::number_kind(type)) {
    case TypeKind::boolean:
      return stored::KeyType::BOOLEAN;
    case TypeKind::int8:
      return stored::KeyType::INT8;
    case TypeKind::int16:
      return stored::KeyType::INT16;
    case TypeKind::int32:
      return stored::KeyType::INT32;
    case TypeKind::int64:
      return stored::KeyType::INT64;
    case TypeKind::uint8:
      return stored::KeyType::UINT8;
    case TypeKind::uint16:
      return stored::KeyType::UINT16;
    case TypeKind::uint32:
      return stored::KeyType::UINT32;
    case TypeKind::uint64:
      return stored::KeyType::UINT64;
    case TypeKind::float32:
      return stored::KeyType::FLOAT32;
    case TypeKind::float64:
      return stored::KeyType::FLOAT64;
    case TypeKind::int128:
      return stored::KeyType::INT128;
    case TypeKind::uint128:
      return stored::KeyType::UINT128;
    case TypeKind::bytes:
      return type.extent == 0 ? stored::KeyType::BYTES : stored::KeyType::FIXED_BYTES;
    default:
      return stored::KeyType::TEXT;
  }
}

stored::OnDelete on_delete(schema::OnDelete policy) {
  switch (policy) {
    case schema::OnDelete::cascade:
      return stored::OnDelete::CASCADE;
    case schema::OnDelete::set_null:
      return stored::OnDelete::SET_NULL;
    case schema::OnDelete::restrict_:
      break;
  }
  return stored::OnDelete::RESTRICT;
}

bool is_map(const Type& type) { return type.kind == TypeKind::map; }

class Builder {
 public:
  Builder(const schema::Definition& definition, const evolution::Lock& lock, const CapnpFile& file)
      : definition_(definition), lock_(lock), file_(file) {}

  std::string build() {
    capnp::MallocMessageBuilder message;
    auto root = message.initRoot<stored::StoredSchema>();
    root.setFormatVersion(1);
    root.setDefinition(definition_.name.c_str());
    const auto* locked = find(lock_.definitions, [&](const auto& it) { return it.name == definition_.name; });
    root.setSchemaVersion(locked->schema_version);

    std::vector<const LockedModel*> models;
    for (const LockedModel& model : locked->models) {
      if (!model.removed) models.push_back(&model);
    }
    auto out = root.initModels(count_of(models.size()));
    for (unsigned i = 0; i < models.size(); ++i) fill_model(*models[i], out[i]);
    fill_structs(root);
    fill_enums(root);
    fill_nodes(root);

    const kj::Array<capnp::word> words = capnp::canonicalize(root.asReader());
    const auto bytes = words.asBytes();
    return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
  }

 private:
  void fill_model(const LockedModel& locked, stored::Model::Builder out) {
    const auto* model =
        find(definition_.models, [&](const schema::Model& it) { return it.stored_name == locked.table; });
    const LockedStruct& structure = *lock_.find_struct(locked.record);
    out.setName(locked.table.c_str());
    out.setCppName(structure.cpp_name.c_str());
    out.setStructId(structure.id);
    out.setNumber(locked.number);
    fill_index(model->primary, locked.primary, *model->structure, out.initPrimaryKey());

    std::vector<const LockedIndex*> indexes;
    for (const LockedIndex& index : locked.indexes) {
      if (!index.removed) indexes.push_back(&index);
    }
    auto list = out.initIndexes(count_of(indexes.size()));
    for (unsigned i = 0; i < indexes.size(); ++i) {
      const auto* key = find(model->secondary, [&](const schema::Key& it) { return it.name == indexes[i]->name; });
      fill_index(*key, *indexes[i], *model->structure, list[i]);
    }
    visit(file_.nested(locked.record).asStruct());
  }

  /// The Cap'n Proto names of the fields that lead to the part.
  void fill_path(const schema::Struct& structure, const schema::KeyPart& part, stored::Part::Builder out) const {
    const std::vector<const schema::Field*> fields = schema::fields_of(structure, part);
    const bool of_map = is_map(fields.back()->type);
    auto names = out.initField(count_of(fields.size() + (of_map ? 1 : 0)));
    std::string holder = evolution::plain_name(structure.qualified_name);
    for (unsigned i = 0; i < fields.size(); ++i) {
      const auto* in =
          find(lock_.structs, [&](const LockedStruct& it) { return !it.wrapper && it.cpp_name == holder; });
      const auto* locked =
          find(in->fields, [&](const LockedField& it) { return !it.removed && it.cpp_name == fields[i]->name; });
      names.set(i, locked->name.c_str());
      const Type& type = fields[i]->type.kind == TypeKind::optional ? fields[i]->type.arguments[0] : fields[i]->type;
      if (type.structure != nullptr) holder = evolution::plain_name(type.structure->qualified_name);
    }
    if (of_map) {
      names.set(count_of(fields.size()), evolution::wrapper_members(fields.back()->type)[0].name.c_str());
    }
  }

  void fill_index(const schema::Key& key, const LockedIndex& locked, const schema::Struct& structure,
                  stored::Index::Builder out) {
    out.setName(locked.name.c_str());
    out.setNumber(locked.number);
    out.setUnique(locked.unique);
    out.setSparse(locked.sparse);
    out.setPerElement(locked.per_element);
    out.setMaxLength(locked.max_length);
    out.setAutomatic(locked.automatic);
    if (!locked.where.empty()) out.setWhere(locked.where.c_str());
    if (key.link) {
      out.setLink(locked.link.c_str());
      out.setOnDelete(on_delete(key.link->on_delete));
    }
    auto parts = out.initParts(count_of(key.parts.size()));
    for (unsigned i = 0; i < key.parts.size(); ++i) {
      const schema::KeyPart& part = key.parts[i];
      Type type = schema::entry_type(structure, key, part);
      if (type.kind == TypeKind::optional) {
        parts[i].setOptional(true);
        Type inner = type.arguments[0];
        type = std::move(inner);
      }
      if (part.computed) {
        parts[i].setComputed(part.computed->name.c_str());
      } else {
        fill_path(structure, part, parts[i]);
      }
      parts[i].setDescending(part.descending);
      parts[i].setKeyType(key_type(type));
      if (type.kind == TypeKind::bytes) parts[i].setLength(static_cast<std::uint32_t>(type.extent));
    }
  }

  /// Notes the struct and everything it refers to.
  void visit(const capnp::StructSchema& schema) {
    const auto proto = schema.getProto();
    if (!seen_.insert(proto.getId()).second) return;
    nodes_.push_back(proto);
    for (const auto field : schema.getFields()) visit(field.getType());
  }
  void visit(const capnp::Type& type) {
    if (type.isStruct()) visit(type.asStruct());
    if (type.isList()) visit(type.asList().getElementType());
  }

  void fill_nodes(stored::StoredSchema::Builder root) {
    auto out = root.initNodes(count_of(nodes_.size()));
    for (unsigned i = 0; i < nodes_.size(); ++i) {
      out.setWithCaveats(i, nodes_[i]);
      out[i].disownAnnotations();
      for (auto field : out[i].getStruct().getFields()) field.disownAnnotations();
    }
  }

  void fill_structs(stored::StoredSchema::Builder root) {
    std::vector<const LockedStruct*> structs;
    for (const auto& node : nodes_) {
      const auto* structure = find(lock_.structs, [&](const LockedStruct& it) { return it.id == node.getId(); });
      if (structure != nullptr) structs.push_back(structure);
    }
    auto out = root.initStructs(count_of(structs.size()));
    for (unsigned i = 0; i < structs.size(); ++i) {
      const LockedStruct& structure = *structs[i];
      out[i].setId(structure.id);
      out[i].setCppName(structure.cpp_name.c_str());
      out[i].setWrapper(structure.wrapper);
      const auto fields = file_.nested(structure.name).getProto().getStruct().getFields();
      auto list = out[i].initFields(fields.size());
      for (unsigned j = 0; j < fields.size(); ++j) {
        const auto* field =
            find(structure.fields, [&](const LockedField& it) { return fields[j].getName() == it.name.c_str(); });
        if (field->cpp_name != field->name) list[j].setCppName(field->cpp_name.c_str());
        if (!field->enumeration.empty()) {
          list[j].setEnumeration(field->enumeration.c_str());
          enums_.insert(field->enumeration);
        }
        if (!field->meaning.empty()) list[j].setMeaning(field->meaning.c_str());
        list[j].setRemoved(field->removed);
        if (!field->successor.empty()) list[j].setSuccessor(field->successor.c_str());
      }
    }
  }

  void fill_enums(stored::StoredSchema::Builder root) {
    std::vector<const LockedEnum*> enums;
    for (const LockedEnum& enumeration : lock_.enums) {
      if (enums_.contains(enumeration.cpp_name)) enums.push_back(&enumeration);
    }
    auto out = root.initEnums(count_of(enums.size()));
    for (unsigned i = 0; i < enums.size(); ++i) {
      out[i].setCppName(enums[i]->cpp_name.c_str());
      auto list = out[i].initEnumerators(count_of(enums[i]->enumerators.size()));
      for (unsigned j = 0; j < list.size(); ++j) {
        list[j].setName(enums[i]->enumerators[j].name.c_str());
        list[j].setValue(enums[i]->enumerators[j].value);
      }
    }
  }

  const schema::Definition& definition_;
  const evolution::Lock& lock_;
  const CapnpFile& file_;
  std::vector<capnp::schema::Node::Reader> nodes_;
  std::set<std::uint64_t> seen_;
  std::set<std::string> enums_;
};

}  // namespace

std::string stored_schema(const schema::Definition& definition, const evolution::Lock& lock, const CapnpFile& file) {
  return Builder(definition, lock, file).build();
}

}  // namespace netabase::compiler::layout
