#include "tools/schema/stored_of_capnp.hpp"

#include <capnp/dynamic.h>
#include <capnp/message.h>
#include <capnp/schema-parser.h>
#include <kj/exception.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "netabase/error.hpp"
#include "tools/errors.hpp"

namespace netabase::tools {

namespace {

using capnp::DynamicList;
using capnp::DynamicStruct;

std::string text_of(capnp::Text::Reader text) { return {text.begin(), text.size()}; }

/// Empty in files of versions that did not have the field.
std::string text_in(DynamicStruct::Reader value, const char* field) {
  if (value.getSchema().findFieldByName(field) == nullptr) return {};
  return text_of(value.get(field).as<capnp::Text>());
}

/// The text of a file under the name by which nodes remember it: without its folder, as netabase-gen does.
class TextFile final : public capnp::SchemaFile {
 public:
  TextFile(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {}

  kj::StringPtr getDisplayName() const override { return name_.c_str(); }
  kj::Array<const char> readContent() const override { return kj::heapArray<const char>(text_.data(), text_.size()); }
  kj::Maybe<kj::Own<capnp::SchemaFile>> import(kj::StringPtr) const override { return nullptr; }
  bool operator==(const SchemaFile& other) const override { return this == &other; }
  bool operator!=(const SchemaFile& other) const override { return this != &other; }
  std::size_t hashCode() const override { return 0; }
  void reportError(SourcePos start, SourcePos, kj::StringPtr message) const override {
    throw UsageError("line " + std::to_string(start.line + 1) + ": " + message.cStr());
  }

 private:
  std::string name_;
  std::string text_;
};

/// A key's type, and what goes with it.
struct PartType {
  KeyType type = KeyType::TEXT;
  bool optional = false;
  std::uint32_t length = 0;
};

/// "_, 4" of "std::array<_, 4>"; empty where there are no arguments.
std::string_view arguments_of(std::string_view type) {
  const std::size_t bracket = type.find('<');
  if (bracket == std::string_view::npos || !type.ends_with('>')) return {};
  return type.substr(bracket + 1, type.size() - bracket - 2);
}

std::uint32_t extent_of(std::string_view type) {
  std::uint32_t extent = 0;
  const std::string_view arguments = arguments_of(type);
  const std::size_t comma = arguments.rfind(", ");
  if (!type.starts_with("std::array<") || comma == std::string_view::npos) return 0;
  std::from_chars(arguments.data() + comma + 2, arguments.data() + arguments.size(), extent);
  return extent;
}

/// What the elements of a container of that meaning mean.
std::string_view element_meaning(std::string_view meaning) {
  const std::string_view arguments = arguments_of(meaning);
  return meaning.starts_with("std::array<") ? arguments.substr(0, arguments.rfind(", ")) : arguments;
}

std::optional<KeyType> number_type(capnp::schema::Type::Which which) {
  using capnp::schema::Type;
  switch (which) {
    case Type::BOOL:
      return KeyType::BOOLEAN;
    case Type::INT8:
      return KeyType::INT8;
    case Type::INT16:
      return KeyType::INT16;
    case Type::INT32:
      return KeyType::INT32;
    case Type::INT64:
      return KeyType::INT64;
    case Type::UINT8:
      return KeyType::UINT8;
    case Type::UINT16:
      return KeyType::UINT16;
    case Type::UINT32:
      return KeyType::UINT32;
    case Type::UINT64:
      return KeyType::UINT64;
    case Type::FLOAT32:
      return KeyType::FLOAT32;
    case Type::FLOAT64:
      return KeyType::FLOAT64;
    default:
      return std::nullopt;
  }
}

/// The type of a key that a function gives, from its C++ type; nothing for one that is not known.
std::optional<PartType> type_of_function(std::string_view type, bool is_part_optional, bool is_element) {
  PartType out;
  if (type.starts_with("std::optional<")) {
    out.optional = is_part_optional;
    type = arguments_of(type);
  } else if (is_element && type.find('<') != std::string_view::npos) {
    const std::string_view arguments = arguments_of(type);
    type = type.starts_with("std::array<") ? arguments.substr(0, arguments.rfind(", ")) : arguments;
  }
  static const std::pair<std::string_view, KeyType> known[] = {
      {"bool", KeyType::BOOLEAN},          {"std::int8_t", KeyType::INT8},
      {"std::int16_t", KeyType::INT16},    {"std::int32_t", KeyType::INT32},
      {"std::int64_t", KeyType::INT64},    {"std::uint8_t", KeyType::UINT8},
      {"std::uint16_t", KeyType::UINT16},  {"std::uint32_t", KeyType::UINT32},
      {"std::uint64_t", KeyType::UINT64},  {"float", KeyType::FLOAT32},
      {"double", KeyType::FLOAT64},        {"std::string", KeyType::TEXT},
      {"std::string_view", KeyType::TEXT}, {"std::filesystem::path", KeyType::TEXT},
      {"__int128", KeyType::INT128},       {"unsigned __int128", KeyType::UINT128}};
  for (const auto& [name, number] : known) {
    if (name != type) continue;
    out.type = number;
    return out;
  }
  if (type == "std::vector<std::uint8_t>" || type == "std::vector<std::byte>") {
    out.type = KeyType::BYTES;
    return out;
  }
  if (type.starts_with("std::array<std::uint8_t, ") || type.starts_with("std::array<std::byte, ")) {
    out.type = KeyType::FIXED_BYTES;
    out.length = extent_of(type);
    return out;
  }
  return std::nullopt;
}

class Reader {
 public:
  Reader(const capnp::ParsedSchema& file, const Schema& stored) : file_(file), before_(stored) {
    const capnp::ParsedSchema notes = file.getNested("Netabase");
    cpp_ = notes.getNested("cpp").getProto().getId();
    enumeration_ = notes.getNested("enumeration").getProto().getId();
    KJ_IF_MAYBE (found, notes.findNested("meaning")) meaning_ = found->getProto().getId();
    wrapper_ = notes.getNested("wrapper").getProto().getId();
    removed_ = notes.getNested("removed").getProto().getId();
  }

  std::string read(const std::string& wanted) {
    const DynamicStruct::Reader definition = choose(wanted);
    capnp::MallocMessageBuilder message;
    auto root = message.initRoot<stored::StoredSchema>();
    root.setFormatVersion(1);
    root.setDefinition(text_in(definition, "name").c_str());
    root.setSchemaVersion(definition.get("schemaVersion").as<std::uint16_t>());
    const std::vector<DynamicStruct::Reader> models = present(definition, "models");
    auto list = root.initModels(static_cast<unsigned>(models.size()));
    for (unsigned i = 0; i < models.size(); ++i) fill_model(models[i], list[i]);
    fill_structs(root);
    fill_enums(root);
    auto nodes = root.initNodes(static_cast<unsigned>(nodes_.size()));
    for (unsigned i = 0; i < nodes_.size(); ++i) {
      nodes.setWithCaveats(i, nodes_[i].getProto());
      nodes[i].disownAnnotations();
      for (auto field : nodes[i].getStruct().getFields()) field.disownAnnotations();
    }
    const kj::Array<capnp::word> words = capnp::canonicalize(root.asReader());
    const auto bytes = words.asBytes();
    return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
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

  /// What is in the list and was not removed.
  static std::vector<DynamicStruct::Reader> present(DynamicStruct::Reader holder, const char* list) {
    std::vector<DynamicStruct::Reader> out;
    for (const auto one : holder.get(list).as<DynamicList>()) {
      const auto value = one.as<DynamicStruct>();
      if (!value.get("removed").as<bool>()) out.push_back(value);
    }
    return out;
  }

  void fill_model(DynamicStruct::Reader in, stored::Model::Builder out) {
    const std::string table = text_in(in, "table");
    const capnp::StructSchema record = file_.getNested(text_in(in, "record")).asStruct();
    out.setName(table.c_str());
    out.setCppName(cpp_name(record.getProto()).c_str());
    out.setStructId(record.getProto().getId());
    out.setNumber(in.get("number").as<std::uint16_t>());
    const auto before = std::find_if(before_.models().begin(), before_.models().end(),
                                     [&](const Model& model) { return model.name == table; });
    const bool known = before != before_.models().end();
    fill_key(in.get("primaryKey").as<DynamicStruct>(), record, known ? &before->primary : nullptr,
             out.initPrimaryKey());
    const std::vector<DynamicStruct::Reader> indexes = present(in, "indexes");
    auto list = out.initIndexes(static_cast<unsigned>(indexes.size()));
    for (unsigned i = 0; i < indexes.size(); ++i) {
      const Key* key = nullptr;
      if (known) {
        const std::string name = text_in(indexes[i], "name");
        for (const Key& index : before->indexes) key = index.name == name ? &index : key;
      }
      fill_key(indexes[i], record, key, list[i]);
    }
    // The primary key is noted as unique everywhere.
    out.getPrimaryKey().setUnique(true);
    visit(record);
  }

  void fill_key(DynamicStruct::Reader in, const capnp::StructSchema& record, const Key* before,
                stored::Index::Builder out) const {
    out.setName(text_in(in, "name").c_str());
    out.setNumber(in.get("number").as<std::uint16_t>());
    out.setUnique(in.get("unique").as<bool>());
    const bool sparse = in.get("sparse").as<bool>();
    const bool per_element = in.get("perElement").as<bool>();
    out.setSparse(sparse);
    out.setPerElement(per_element);
    out.setMaxLength(in.get("maxLength").as<std::uint64_t>());
    out.setAutomatic(in.get("automatic").as<bool>());
    if (const std::string where = text_in(in, "where"); !where.empty()) out.setWhere(where.c_str());
    if (const std::string link = text_in(in, "link"); !link.empty()) {
      out.setLink(link.c_str());
      const std::string policy = text_in(in, "onDelete");
      if (policy == "cascade") out.setOnDelete(stored::OnDelete::CASCADE);
      if (policy == "set_null") out.setOnDelete(stored::OnDelete::SET_NULL);
    }
    const auto parts = in.get("parts").as<DynamicList>();
    auto list = out.initParts(parts.size());
    for (unsigned i = 0; i < parts.size(); ++i) {
      const auto part = parts[i].as<DynamicStruct>();
      const std::string field = text_in(part, "field");
      const std::string computed = text_in(part, "computed");
      PartType type;
      if (computed.empty()) {
        type = fill_path(field, record, sparse, per_element, list[i]);
      } else {
        list[i].setComputed(field.c_str());
        type = type_of_function(computed, !sparse && !per_element, per_element)
                   .value_or(type_before(before, i, field + "()"));
      }
      list[i].setOptional(type.optional);
      list[i].setDescending(part.get("descending").as<bool>());
      list[i].setKeyType(type.type);
      list[i].setLength(type.length);
    }
  }

  static PartType type_before(const Key* before, unsigned place, const std::string& name) {
    if (before == nullptr || place >= before->parts.size() || before->parts[place].name != name) return {};
    const Part& part = before->parts[place];
    return {part.type, part.optional, part.length};
  }

  /// Fills the names that lead to the part, and gives what is there.
  PartType fill_path(const std::string& path, const capnp::StructSchema& record, bool sparse, bool per_element,
                     stored::Part::Builder out) const {
    std::vector<std::string> names;
    bool optional = false;
    capnp::StructSchema holder = record;
    capnp::Type type;
    std::string meaning;
    for (std::size_t start = 0; start <= path.size();) {
      const std::size_t end = std::min(path.find('.', start), path.size());
      const capnp::StructSchema::Field field = find_field(holder, path.substr(start, end - start));
      names.push_back(text_of(field.getProto().getName()));
      meaning = note(field, meaning_).value_or("");
      type = field.getType();
      if (field.getProto().isGroup()) {
        const auto members = type.asStruct().getFields();
        type = members[members[0].getType().isVoid() ? 1 : 0].getType();
        optional = true;
      }
      if (type.isStruct()) holder = type.asStruct();
      start = end + 1;
    }
    if (per_element && type.isList()) {
      type = type.asList().getElementType();
      meaning = std::string(element_meaning(meaning));
      if (type.isStruct() && type.asStruct().getFields().size() == 2 && is_entry(type.asStruct())) {
        const capnp::StructSchema::Field key = type.asStruct().getFields()[0];
        names.push_back(text_of(key.getProto().getName()));
        meaning = note(key, meaning_).value_or("");
        type = key.getType();
      }
    }
    auto list = out.initField(static_cast<unsigned>(names.size()));
    for (unsigned i = 0; i < names.size(); ++i) list.set(i, names[i].c_str());
    PartType found = type_of(type, meaning);
    found.optional = optional && !sparse && !per_element;
    return found;
  }

  /// The wrapper of a map's entries, and not of an integer of 128 bits.
  bool is_entry(const capnp::StructSchema& schema) const {
    return cpp_name(schema.getProto()).starts_with("std::pair<");
  }

  PartType type_of(const capnp::Type& type, const std::string& meaning) const {
    if (type.isStruct()) {
      // An integer of 128 bits, or an enum where Cap'n Proto nests none.
      const std::string name = cpp_name(type.asStruct().getProto());
      if (name == "netabase::Int128") return {KeyType::INT128, false, 0};
      if (name == "netabase::UInt128") return {KeyType::UINT128, false, 0};
      return type_of(type.asStruct().getFields()[0].getType(), meaning);
    }
    if (type.isData()) {
      const std::uint32_t length = extent_of(meaning);
      return {length == 0 ? KeyType::BYTES : KeyType::FIXED_BYTES, false, length};
    }
    return {number_type(type.which()).value_or(KeyType::TEXT), false, 0};
  }

  capnp::StructSchema::Field find_field(const capnp::StructSchema& holder, const std::string& name) const {
    for (const auto field : holder.getFields()) {
      if (!note(field, removed_) && cpp_name(field) == name) return field;
    }
    throw UsageError("a key names the field " + name + ", which is not there");
  }

  /// Notes the struct and everything it refers to.
  void visit(const capnp::StructSchema& schema) {
    if (!seen_.insert(schema.getProto().getId()).second) return;
    nodes_.push_back(schema);
    for (const auto field : schema.getFields()) visit(field.getType());
  }
  void visit(const capnp::Type& type) {
    if (type.isStruct()) visit(type.asStruct());
    if (type.isList()) visit(type.asList().getElementType());
  }

  void fill_structs(stored::StoredSchema::Builder root) {
    std::vector<capnp::StructSchema> structs;
    for (const capnp::StructSchema& node : nodes_) {
      if (!node.getProto().getStruct().getIsGroup()) structs.push_back(node);
    }
    auto out = root.initStructs(static_cast<unsigned>(structs.size()));
    for (unsigned i = 0; i < structs.size(); ++i) {
      const auto proto = structs[i].getProto();
      out[i].setId(proto.getId());
      out[i].setCppName(cpp_name(proto).c_str());
      out[i].setWrapper(annotation(proto.getAnnotations(), wrapper_).has_value());
      const auto fields = structs[i].getFields();
      auto list = out[i].initFields(fields.size());
      for (unsigned j = 0; j < fields.size(); ++j) {
        const std::optional<std::string> removed = note(fields[j], removed_);
        const std::string name = removed && !removed->empty() ? *removed : cpp_name(fields[j]);
        if (name != text_of(fields[j].getProto().getName())) list[j].setCppName(name.c_str());
        if (const auto enumeration = note(fields[j], enumeration_); enumeration && !enumeration->empty()) {
          list[j].setEnumeration(enumeration->c_str());
          enums_.insert(*enumeration);
        }
        if (const auto meaning = note(fields[j], meaning_); meaning && !meaning->empty()) {
          list[j].setMeaning(meaning->c_str());
        }
        list[j].setRemoved(removed.has_value());
      }
    }
  }

  void fill_enums(stored::StoredSchema::Builder root) const {
    std::vector<DynamicStruct::Reader> enums;
    for (const auto one : file_.getNested("enumerations").asConst().as<DynamicList>()) {
      if (enums_.contains(text_in(one.as<DynamicStruct>(), "cpp"))) enums.push_back(one.as<DynamicStruct>());
    }
    auto out = root.initEnums(static_cast<unsigned>(enums.size()));
    for (unsigned i = 0; i < enums.size(); ++i) {
      out[i].setCppName(text_in(enums[i], "cpp").c_str());
      const auto enumerators = enums[i].get("enumerators").as<DynamicList>();
      auto list = out[i].initEnumerators(enumerators.size());
      for (unsigned j = 0; j < enumerators.size(); ++j) {
        list[j].setName(text_in(enumerators[j].as<DynamicStruct>(), "name").c_str());
        list[j].setValue(enumerators[j].as<DynamicStruct>().get("value").as<std::int64_t>());
      }
    }
  }

  /// Of a struct, or of what it wraps.
  std::string cpp_name(capnp::schema::Node::Reader node) const {
    if (const auto wrapped = annotation(node.getAnnotations(), wrapper_)) return *wrapped;
    const std::string name = text_of(node.getDisplayName());
    return annotation(node.getAnnotations(), cpp_).value_or(name.substr(node.getDisplayNamePrefixLength()));
  }
  std::string cpp_name(const capnp::StructSchema::Field& field) const {
    return note(field, cpp_).value_or(text_of(field.getProto().getName()));
  }
  /// Those of a union may stand at its node.
  static std::optional<std::string> note(const capnp::StructSchema::Field& field, std::uint64_t id) {
    const auto proto = field.getProto();
    std::optional<std::string> found;
    if (proto.isGroup()) found = annotation(field.getType().asStruct().getProto().getAnnotations(), id);
    return found ? found : annotation(proto.getAnnotations(), id);
  }
  static std::optional<std::string> annotation(capnp::List<capnp::schema::Annotation>::Reader list, std::uint64_t id) {
    for (const auto one : list) {
      if (id != 0 && one.getId() == id) {
        return one.getValue().isText() ? text_of(one.getValue().getText()) : std::string();
      }
    }
    return std::nullopt;
  }

  const capnp::ParsedSchema& file_;
  const Schema& before_;
  std::vector<capnp::StructSchema> nodes_;
  std::set<std::uint64_t> seen_;
  std::set<std::string> enums_;
  std::uint64_t cpp_ = 0;
  std::uint64_t enumeration_ = 0;
  std::uint64_t meaning_ = 0;
  std::uint64_t wrapper_ = 0;
  std::uint64_t removed_ = 0;
};

}  // namespace

std::string stored_of_capnp(const std::string& path, const std::string& definition, const Schema& stored) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(ErrorCode::not_found, "there is no file '" + path + "', or it cannot be read");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const auto refuse = [&](const std::string& why) {
    return UsageError("'" + path + "' is not a .capnp that netabase-gen wrote: " + why);
  };
  try {
    capnp::SchemaParser parser;
    const capnp::ParsedSchema parsed =
        parser.parseFile(kj::heap<TextFile>(std::filesystem::path(path).filename().string(), text));
    return Reader(parsed, stored).read(definition);
  } catch (const kj::Exception& exception) {
    throw refuse(exception.getDescription().cStr());
  }
}

}  // namespace netabase::tools
