/// \file
/// The outline of a .capnp that netabase-gen wrote, read with Cap'n Proto's parser and without netabase-gen.

#include <capnp/dynamic.h>
#include <capnp/schema-parser.h>
#include <kj/exception.h>
#include <kj/filesystem.h>

#include <filesystem>
#include <set>

#include "netabase/error.hpp"
#include "tools/errors.hpp"
#include "tools/schema/capnp_text.hpp"
#include "tools/schema/outline.hpp"
#include "tools/schema/words.hpp"

namespace netabase::tools {

namespace {

using capnp::DynamicList;
using capnp::DynamicStruct;

std::string text_of(capnp::Text::Reader text) { return {text.begin(), text.size()}; }
std::string text_in(DynamicStruct::Reader value, const char* field) {
  return text_of(value.get(field).as<capnp::Text>());
}

class Reader {
 public:
  Reader(const capnp::ParsedSchema& file, Outline& out) : file_(file), out_(out) {
    const capnp::ParsedSchema notes = file.getNested("Netabase");
    cpp_ = notes.getNested("cpp").getProto().getId();
    enumeration_ = notes.getNested("enumeration").getProto().getId();
    // Not in files of versions that had no type to say it of.
    KJ_IF_MAYBE (found, notes.findNested("meaning")) meaning_ = found->getProto().getId();
    wrapper_ = notes.getNested("wrapper").getProto().getId();
    removed_ = notes.getNested("removed").getProto().getId();
  }

  void read(const std::string& wanted) {
    const DynamicStruct::Reader definition = choose(wanted);
    out_.definition = text_in(definition, "name");
    out_.parts["definition"] = out_.definition;
    out_.parts["schema version"] = std::to_string(definition.get("schemaVersion").as<std::uint16_t>());
    for (const auto model : definition.get("models").as<DynamicList>()) add_model(model.as<DynamicStruct>());
    add_enumerations();
  }

 private:
  DynamicStruct::Reader choose(const std::string& wanted) const {
    std::string names;
    const auto all = file_.getNested("definitions").asConst().as<DynamicList>();
    for (const auto one : all) {
      const std::string name = text_in(one.as<DynamicStruct>(), "name");
      if (name == wanted || (wanted.empty() && all.size() == 1)) return one.as<DynamicStruct>();
      names += (names.empty() ? "" : ", ") + name;
    }
    throw UsageError("the .capnp has " + (wanted.empty() ? "several definitions" : "no definition " + wanted) +
                     "; it has: " + names + " (--definition)");
  }

  void add_model(DynamicStruct::Reader model) {
    if (model.get("removed").as<bool>()) return;
    const std::string table = text_in(model, "table");
    const capnp::StructSchema record = file_.getNested(text_in(model, "record")).asStruct();
    out_.parts["model " + table] = cpp_name(record.getProto());
    add_key("primary key of " + table, model.get("primaryKey").as<DynamicStruct>());
    for (const auto index : model.get("indexes").as<DynamicList>()) {
      const auto key = index.as<DynamicStruct>();
      if (!key.get("removed").as<bool>()) add_key("index " + table + "." + text_in(key, "name"), key);
    }
    add_struct(record);
  }

  void add_key(const std::string& name, DynamicStruct::Reader in) {
    Key key;
    key.number = in.get("number").as<std::uint16_t>();
    key.unique = in.get("unique").as<bool>();
    key.automatic = in.get("automatic").as<bool>();
    key.sparse = in.get("sparse").as<bool>();
    key.per_element = in.get("perElement").as<bool>();
    key.max_length = in.get("maxLength").as<std::uint64_t>();
    key.link = text_in(in, "link");
    const std::string policy = text_in(in, "onDelete");
    if (policy == "cascade") key.on_delete = stored::OnDelete::CASCADE;
    if (policy == "set_null") key.on_delete = stored::OnDelete::SET_NULL;
    key.where = text_in(in, "where");
    for (const auto one : in.get("parts").as<DynamicList>()) {
      Part part;
      part.name = text_in(one.as<DynamicStruct>(), "field");
      if (!text_in(one.as<DynamicStruct>(), "computed").empty()) part.name += "()";
      part.descending = one.as<DynamicStruct>().get("descending").as<bool>();
      key.parts.push_back(part);
    }
    const std::string properties = properties_words(key);
    out_.parts[name] = "(" + parts_words(key) + ")" + (properties.empty() ? "" : ", " + properties);
  }

  void add_struct(const capnp::StructSchema& schema) {
    if (!seen_.insert(schema.getProto().getId()).second) return;
    const bool wrapper = annotation(schema.getProto().getAnnotations(), wrapper_).has_value();
    const std::string name = cpp_name(schema.getProto());
    for (const auto field : schema.getFields()) add_field(name, wrapper, field);
  }

  void add_field(const std::string& holder, bool wrapper, const capnp::StructSchema::Field& field) {
    const auto proto = field.getProto();
    // Those of a union may stand at its node.
    const auto note = [&](std::uint64_t id) {
      auto found = annotation(proto.getAnnotations(), id);
      if (!found && proto.isGroup()) found = annotation(field.getType().asStruct().getProto().getAnnotations(), id);
      return found;
    };
    const bool removed = note(removed_).has_value();
    const std::string name = note(cpp_).value_or(text_of(proto.getName()));
    const std::string enumeration = note(enumeration_).value_or("");
    const std::string meaning = meaning_ == 0 ? "" : note(meaning_).value_or("");
    if (!enumeration.empty()) enumerations_.insert(enumeration);
    std::string text = "group";
    if (!proto.isGroup()) {
      text = field_outline(capnp_type_text(field.getType()), ordinal(field), default_of(field), enumeration, meaning);
      add_type(field.getType());
    } else {
      const auto members = field.getType().asStruct().getFields();
      for (const auto member : members) add_type(member.getType());
      if (members.size() == 2 && members[0].getType().isVoid() != members[1].getType().isVoid()) {
        const auto absent = members[members[0].getType().isVoid() ? 0 : 1];
        const auto present = members[members[0].getType().isVoid() ? 1 : 0];
        text = field_outline("optional " + capnp_type_text(present.getType()), ordinal(absent) + " " + ordinal(present),
                             default_of(present), enumeration, meaning);
      }
    }
    if (!wrapper && !removed) out_.parts["field " + holder + "." + name] = text;
  }

  void add_type(const capnp::Type& type) {
    if (type.isList()) add_type(type.asList().getElementType());
    if (type.isStruct()) add_struct(type.asStruct());
  }

  void add_enumerations() {
    for (const auto one : file_.getNested("enumerations").asConst().as<DynamicList>()) {
      const auto enumeration = one.as<DynamicStruct>();
      const std::string name = text_in(enumeration, "cpp");
      if (!enumerations_.contains(name)) continue;
      for (const auto enumerator : enumeration.get("enumerators").as<DynamicList>()) {
        const auto reader = enumerator.as<DynamicStruct>();
        out_.parts["enumerator " + name + "::" + text_in(reader, "name")] =
            std::to_string(reader.get("value").as<std::int64_t>());
      }
    }
  }

  static std::string ordinal(const capnp::StructSchema::Field& field) {
    return "@" + std::to_string(field.getProto().getOrdinal().getExplicit());
  }
  static std::string default_of(const capnp::StructSchema::Field& field) {
    return capnp_default_text(field.getProto().getSlot().getDefaultValue());
  }
  std::string cpp_name(capnp::schema::Node::Reader node) const {
    return annotation(node.getAnnotations(), cpp_).value_or("");
  }
  static std::optional<std::string> annotation(capnp::List<capnp::schema::Annotation>::Reader list, std::uint64_t id) {
    for (const auto one : list) {
      if (one.getId() == id) return one.getValue().isText() ? text_of(one.getValue().getText()) : std::string();
    }
    return std::nullopt;
  }

  const capnp::ParsedSchema& file_;
  Outline& out_;
  std::set<std::uint64_t> seen_;
  std::set<std::string> enumerations_;
  std::uint64_t cpp_ = 0;
  std::uint64_t enumeration_ = 0;
  std::uint64_t meaning_ = 0;
  std::uint64_t wrapper_ = 0;
  std::uint64_t removed_ = 0;
};

}  // namespace

Outline outline_of_capnp(const std::string& path, const std::string& definition) {
  Outline out;
  try {
    const auto disk = kj::newDiskFilesystem();
    const auto file = disk->getCurrentPath().eval(std::filesystem::absolute(path).c_str());
    if (!disk->getRoot().exists(file)) throw Error(ErrorCode::not_found, "there is no file '" + path + "'");
    capnp::SchemaParser parser;
    const capnp::ParsedSchema parsed = parser.parseFromDirectory(disk->getRoot(), file.clone(), nullptr);
    Reader(parsed, out).read(definition);
  } catch (const kj::Exception& exception) {
    throw UsageError("'" + path + "' is not a .capnp that netabase-gen wrote: " + exception.getDescription().cStr());
  }
  return out;
}

}  // namespace netabase::tools
