/// \file
/// From the bytes in the file to a Schema. They may be damaged or hostile: everything is looked at before it is used.

#include <capnp/dynamic.h>
#include <capnp/message.h>
#include <capnp/serialize.h>
#include <kj/exception.h>

#include <cstring>
#include <optional>
#include <set>

#include "netabase/error.hpp"
#include "tools/schema/meaning.hpp"
#include "tools/schema/schema.hpp"

namespace netabase::tools {

namespace {

/// What is wrong with the stored schema; becomes Corrupt.
struct Damage {
  std::string what;
};

/// A name. Names are printed as they are, so what steers a terminal is no part of one.
std::string text_of(capnp::Text::Reader text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) throw Damage{"a name has control characters"};
  }
  return {text.begin(), text.size()};
}

/// Reads everything there is. SchemaLoader names the field that it is at when it throws, and where that very name
/// cannot be read it never ends: so whatever throws has to throw before.
void read_everything(const capnp::DynamicValue::Reader& value) {
  if (value.getType() == capnp::DynamicValue::LIST) {
    for (const capnp::DynamicValue::Reader& element : value.as<capnp::DynamicList>()) read_everything(element);
  } else if (value.getType() == capnp::DynamicValue::STRUCT) {
    const auto holder = value.as<capnp::DynamicStruct>();
    for (const auto field : holder.getSchema().getNonUnionFields()) read_everything(holder.get(field));
    KJ_IF_MAYBE (active, holder.which()) {
      read_everything(holder.get(*active));
    }
  }
}

}  // namespace

class Schema::Builder {
 public:
  Builder(Schema& schema, stored::StoredSchema::Reader root) : schema_(schema), root_(root) {}

  void build() {
    schema_.definition_ = text_of(root_.getDefinition());
    schema_.version_ = root_.getSchemaVersion();
    read_enumerations();
    load_nodes();
    for (const auto structure : root_.getStructs()) descriptors_.emplace(structure.getId(), structure);
    for (const auto node : root_.getNodes()) {
      const StructShape& shape = shape_of(schema_.loader_.get(node.getId()).asStruct());
      if (!node.getStruct().getIsGroup()) schema_.structs_.push_back(&shape);
    }
    for (const auto model : root_.getModels()) schema_.models_.push_back(read_model(model));
  }

 private:
  void read_enumerations() {
    for (const auto enumeration : root_.getEnums()) {
      Enumeration out;
      out.cpp_name = text_of(enumeration.getCppName());
      for (const auto enumerator : enumeration.getEnumerators()) {
        out.enumerators.push_back({text_of(enumerator.getName()), enumerator.getValue()});
      }
      schema_.enumerations_[out.cpp_name] = std::move(out);
    }
  }

  void load_nodes() {
    std::set<std::uint64_t> ids;
    for (const auto node : root_.getNodes()) {
      if (!node.isStruct()) throw Damage{"a node is no struct"};
      if (text_of(node.getDisplayName()).size() < node.getDisplayNamePrefixLength()) throw Damage{"a node has no name"};
      if (!ids.insert(node.getId()).second) throw Damage{"a node is there twice"};
      schema_.loader_.load(node);
    }
    for (const auto node : root_.getNodes()) {
      for (const auto field : node.getStruct().getFields()) check_field(field, ids);
    }
  }

  static void check_field(capnp::schema::Field::Reader field, const std::set<std::uint64_t>& ids) {
    if (field.isGroup()) {
      if (!ids.contains(field.getGroup().getTypeId())) throw Damage{"a node that a field needs is missing"};
      return;
    }
    auto type = field.getSlot().getType();
    for (int depth = 0; type.isList(); type = type.getList().getElementType()) {
      if (++depth > 64) throw Damage{"lists are nested more than 64 deep"};
    }
    if (type.isStruct() && !ids.contains(type.getStruct().getTypeId())) {
      throw Damage{"a node that a field needs is missing"};
    }
  }

  /// The shape of a struct or group; made when it is asked for first.
  const StructShape& shape_of(const capnp::StructSchema& schema) {
    const std::uint64_t id = schema.getProto().getId();
    const auto [place, is_new] = schema_.shapes_.try_emplace(id);
    StructShape& shape = place->second;
    if (!is_new) return shape;  // also in the middle of making it: structs may be recursive
    shape.schema = schema;
    const auto descriptor = descriptors_.find(id);
    const bool known = descriptor != descriptors_.end();
    shape.cpp_name = known ? text_of(descriptor->second.getCppName()) : schema.getShortDisplayName().cStr();
    shape.wrapper = known && descriptor->second.getWrapper();
    for (const auto field : schema.getFields()) {
      stored::Field::Reader notes;
      if (known && field.getIndex() < descriptor->second.getFields().size()) {
        notes = descriptor->second.getFields()[field.getIndex()];
      }
      shape.fields.push_back(field_shape(field, notes));
    }
    return shape;
  }

  FieldShape field_shape(const capnp::StructSchema::Field& field, stored::Field::Reader notes) {
    FieldShape out;
    out.capnp_name = text_of(field.getProto().getName());
    out.name = notes.getCppName().size() != 0 ? text_of(notes.getCppName()) : out.capnp_name;
    out.removed = notes.getRemoved();
    out.field = field;
    out.in_union = field.getProto().getDiscriminantValue() != capnp::schema::Field::NO_DISCRIMINANT;
    const Enumeration* enumeration = nullptr;
    if (notes.getEnumeration().size() != 0) {
      const auto found = schema_.enumerations_.find(text_of(notes.getEnumeration()));
      if (found != schema_.enumerations_.end()) enumeration = &found->second;
    }
    capnp::StructSchema::Field value = field;
    if (field.getProto().isGroup()) {
      const auto members = field.getType().asStruct().getFields();
      const bool first_absent = members.size() == 2 && members[0].getType().isVoid();
      if (members.size() != 2 || first_absent == members[1].getType().isVoid()) {
        out.shape = struct_shape(field.getType(), enumeration);
        return out;
      }
      out.optional = true;
      out.absent = members[first_absent ? 0 : 1];
      out.present = members[first_absent ? 1 : 0];
      value = out.present;
    }
    out.has_default = value.getProto().isSlot() && value.getProto().getSlot().getHadExplicitDefault();
    out.shape = shape_of_value(value.getType(), enumeration);
    out.meaning = text_of(notes.getMeaning());
    apply_meaning(out.shape, out.meaning);
    return out;
  }

  /// Whether the wrapper is of an integer of 128 bits.
  static std::optional<Shape::Kind> wide_integer(const StructShape& shape, const capnp::StructSchema& schema) {
    const bool is_signed = shape.cpp_name == "netabase::Int128";
    if (!shape.wrapper || (!is_signed && shape.cpp_name != "netabase::UInt128")) return std::nullopt;
    const auto fields = schema.getFields();
    using capnp::schema::Type;
    if (fields.size() != 2 || fields[0].getType().which() != Type::UINT64 ||
        fields[1].getType().which() != (is_signed ? Type::INT64 : Type::UINT64)) {
      return std::nullopt;
    }
    return is_signed ? Shape::Kind::wide_signed : Shape::Kind::wide_unsigned;
  }

  Shape struct_shape(const capnp::Type& type, const Enumeration* enumeration) {
    Shape out;
    out.type = type;
    out.enumeration = enumeration;
    out.structure = &shape_of(type.asStruct());
    // The shape itself may be unfinished here, so the node is asked how many fields there are.
    const bool is_one = out.structure->wrapper && type.asStruct().getFields().size() == 1;
    out.kind =
        wide_integer(*out.structure, type.asStruct()).value_or(is_one ? Shape::Kind::wrapper : Shape::Kind::structure);
    return out;
  }

  Shape shape_of_value(const capnp::Type& type, const Enumeration* enumeration) {
    using capnp::schema::Type;
    Shape out;
    out.type = type;
    out.enumeration = enumeration;
    switch (type.which()) {
      case Type::VOID:
        out.kind = Shape::Kind::nothing;
        break;
      case Type::BOOL:
        out.kind = Shape::Kind::boolean;
        break;
      case Type::INT8:
      case Type::INT16:
      case Type::INT32:
      case Type::INT64:
        out.kind = Shape::Kind::signed_integer;
        break;
      case Type::UINT8:
      case Type::UINT16:
      case Type::UINT32:
      case Type::UINT64:
        out.kind = Shape::Kind::unsigned_integer;
        break;
      case Type::FLOAT32:
        out.kind = Shape::Kind::float32;
        break;
      case Type::FLOAT64:
        out.kind = Shape::Kind::float64;
        break;
      case Type::TEXT:
        out.kind = Shape::Kind::text;
        break;
      case Type::DATA:
        out.kind = Shape::Kind::bytes;
        break;
      case Type::LIST:
        out.kind = Shape::Kind::list;
        out.element = std::make_shared<Shape>(shape_of_value(type.asList().getElementType(), enumeration));
        break;
      case Type::STRUCT:
        return struct_shape(type, enumeration);
      default:
        throw Damage{"a field has a type that netabase does not use"};
    }
    return out;
  }

  Model read_model(stored::Model::Reader in) {
    Model out;
    out.name = text_of(in.getName());
    out.cpp_name = text_of(in.getCppName());
    out.number = in.getNumber();
    const auto shape = schema_.shapes_.find(in.getStructId());
    if (shape == schema_.shapes_.end()) throw Damage{"the struct of model " + out.name + " is missing"};
    out.shape = &shape->second;
    out.primary = read_key(in.getPrimaryKey(), out);
    out.primary.table = out.name;
    out.primary.unique = true;
    if (out.primary.automatic && out.primary.computed) throw Damage{"the key of " + out.name + " is given twice"};
    for (const auto index : in.getIndexes()) {
      Key key = read_key(index, out);
      key.table = out.name + "." + key.name;
      out.indexes.push_back(std::move(key));
    }
    return out;
  }

  static Key read_key(stored::Index::Reader in, const Model& model) {
    Key out;
    out.name = text_of(in.getName());
    out.number = in.getNumber();
    out.unique = in.getUnique();
    out.sparse = in.getSparse();
    out.per_element = in.getPerElement();
    out.automatic = in.getAutomatic();
    out.max_length = in.getMaxLength();
    for (const auto part : in.getParts()) {
      out.parts.push_back(read_part(part, model, out));
      const Part& made = out.parts.back();
      if (made.type > KeyType::UINT128) {
        out.obstacle = "has a part of a type that this netabase does not know";
        out.readable = false;
      } else if (made.computed && out.obstacle.empty()) {
        out.obstacle = "is computed by the program's function " + made.name;
      }
      out.computed = out.computed || made.computed;
    }
    read_where(text_of(in.getWhere()), model, out);
    out.link = text_of(in.getLink());
    out.on_delete = in.getOnDelete();
    if (out.parts.empty()) throw Damage{"key " + out.name + " of " + model.name + " has no parts"};
    return out;
  }

  static void read_where(const std::string& where, const Model& model, Key& out) {
    if (where.empty()) return;
    out.where = where;
    const FieldShape* field = model.shape->find(where);
    if (field != nullptr && !field->optional && !field->in_union && field->shape.kind == Shape::Kind::boolean) {
      out.where_field = field;
    } else if (out.obstacle.empty()) {
      out.obstacle = "has only records for which the program's " + where + " says yes";
    }
  }

  static Part read_part(stored::Part::Reader in, const Model& model, const Key& key) {
    Part out;
    out.type = in.getKeyType();
    out.descending = in.getDescending();
    out.optional = in.getOptional();
    out.length = in.getLength();
    if (in.getComputed().size() != 0) {
      out.computed = true;
      out.name = text_of(in.getComputed()) + "()";
      return out;
    }
    const StructShape* holder = model.shape;
    for (const auto name : in.getField()) {
      const FieldShape* field = holder == nullptr ? nullptr : holder->find_capnp(text_of(name));
      if (field == nullptr) throw Damage{"a field of key " + key.name + " of " + model.name + " is missing"};
      out.path.push_back(field);
      // The key of a map's entries has no name in C++.
      if (out.path.size() == 1 || !holder->wrapper) out.name += (out.name.empty() ? "" : ".") + field->name;
      const Shape* shape = &field->shape;
      while (shape->kind == Shape::Kind::list) shape = shape->element.get();
      holder = shape->structure;
      out.enumeration = shape->enumeration;
    }
    if (out.path.empty()) throw Damage{"a part of key " + key.name + " of " + model.name + " has no field"};
    return out;
  }

  Schema& schema_;
  stored::StoredSchema::Reader root_;
  std::map<std::uint64_t, stored::Struct::Reader> descriptors_;
};

Schema::Schema() = default;
Schema::~Schema() = default;

std::shared_ptr<const Schema> Schema::decode(Bytes bytes, const std::string& where) {
  const auto damaged = [&](const std::string& what) {
    return Corrupt(where + ": the stored schema is damaged (" + what + "): restore a backup");
  };
  if (bytes.empty() || bytes.size() % sizeof(capnp::word) != 0) throw damaged("its length is no multiple of 8");
  std::vector<capnp::word> words(bytes.size() / sizeof(capnp::word));
  std::memcpy(words.data(), bytes.data(), bytes.size());
  const kj::ArrayPtr<const capnp::word> segment(words.data(), words.size());
  auto out = std::make_shared<Schema>();
  try {
    capnp::SegmentArrayMessageReader message(kj::arrayPtr(&segment, 1));
    const auto root = message.getRoot<stored::StoredSchema>();
    read_everything(capnp::DynamicValue::Reader(root));
    if (root.getFormatVersion() == 0) throw Damage{"it has no version"};
    if (root.getFormatVersion() != 1) {
      throw FormatMismatch(where + ": the stored schema has version " + std::to_string(root.getFormatVersion()) +
                           ", and this netabase reads 1: use a newer one");
    }
    Builder(*out, root).build();
  } catch (const Damage& damage) {
    throw damaged(damage.what);
  } catch (const kj::Exception& exception) {
    throw damaged(exception.getDescription().cStr());
  }
  return out;
}

}  // namespace netabase::tools
