#include "netabase/evolution/schema.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>

#include "evolution/tree.hpp"
#include "netabase/codec/wire.hpp"
#include "netabase/error.hpp"

namespace netabase::evolution {

namespace {

/// A struct whose fields are read by their places: those of stored_schema.capnp and Cap'n Proto's schema.capnp, which
/// never change.
struct Raw {
  using Owned = int;
  using View = wire::StructView;
  static View read(const wire::StructView& view) noexcept { return view; }
};
using Structs = wire::List<wire::Struct<Raw>>;
using Texts = wire::List<wire::Text>;

std::string text(const wire::StructView& view, std::uint16_t pointer) {
  return std::string(view.pointer<wire::Text>(pointer));
}

[[noreturn]] void throw_damaged(const std::string& what) { throw Corrupt("the schema contradicts itself: " + what); }

constexpr std::uint16_t no_choice = 0xffff;
constexpr int deepest_type = 32;

Type read_type(const wire::StructView& view, int depth = 0) {
  const auto which = view.scalar<std::uint16_t>(0);
  if (which > static_cast<std::uint16_t>(TypeKind::structure) || depth > deepest_type) {
    throw_damaged("a field has a type that netabase does not write");
  }
  Type type;
  type.kind = static_cast<TypeKind>(which);
  if (type.kind == TypeKind::list) {
    type.element.push_back(read_type(view.pointer<wire::Struct<Raw>>(0), depth + 1));
  } else if (type.kind == TypeKind::structure || type.kind == TypeKind::enumeration) {
    type.id = view.scalar<std::uint64_t>(8);
  }
  return type;
}

std::uint64_t read_default(const wire::StructView& value, TypeKind kind) {
  switch (data_bits(kind)) {
    case 1:
      return value.boolean(16) ? 1 : 0;
    case 8:
      return value.scalar<std::uint8_t>(2);
    case 16:
      return value.scalar<std::uint16_t>(2);
    case 32:
      return value.scalar<std::uint32_t>(4);
    case 64:
      return value.scalar<std::uint64_t>(8);
    default:
      return 0;
  }
}

/// The value's place, type and default, of a Field of schema.capnp that is a slot.
void read_slot(const wire::StructView& node_field, Field& out) {
  out.ordinal = node_field.scalar<std::uint16_t>(12);
  out.offset = node_field.scalar<std::uint32_t>(4);
  out.type = read_type(node_field.pointer<wire::Struct<Raw>>(2));
  const auto value = node_field.pointer<wire::Struct<Raw>>(3);
  out.default_bits = read_default(value, out.type.kind);
  if (out.type.kind == TypeKind::text) out.default_bytes = text(value, 0);
  if (out.type.kind == TypeKind::data) out.default_bytes = as_text(value.pointer<wire::Data<>>(0));
}

class Parser {
 public:
  explicit Parser(Bytes bytes) : words_(bytes.size() / wire::word_size) {
    if (bytes.size() % wire::word_size != 0 || bytes.empty()) throw_damaged("its length is no number of words");
    std::memcpy(words_.data(), bytes.data(), bytes.size());
    segment_ = {reinterpret_cast<const std::byte*>(words_.data()),
                reinterpret_cast<const std::byte*>(words_.data() + words_.size())};
  }

  Schema run() {
    // Lists that share bytes would let a small schema take long.
    wire::detail::check_content(segment_, {segment_.begin, 1, wire::word_size, 1}, 0);
    const wire::PointerView pointer(segment_.begin, segment_, 0, Lifetime());
    const wire::StructView root = wire::Struct<Raw>::read(pointer);
    const auto format = root.scalar<std::uint16_t>(0);
    if (format != 1) {
      throw FormatMismatch("the schema is written in form " + std::to_string(format) +
                           ", and this program reads form 1: use a program built with a newer netabase");
    }
    schema_.version = root.scalar<std::uint16_t>(2);
    schema_.definition = text(root, 0);
    for (const wire::StructView node : root.pointer<Structs>(4)) nodes_[node.scalar<std::uint64_t>(0)] = node;
    for (const wire::StructView structure : root.pointer<Structs>(2)) read_struct(structure);
    const auto models = root.pointer<Structs>(1);
    for (const wire::StructView model : models) read_model(model);
    for (const wire::StructView enumeration : root.pointer<Structs>(3)) {
      Enum out;
      out.cpp_name = text(enumeration, 0);
      for (const wire::StructView enumerator : enumeration.pointer<Structs>(1)) {
        out.enumerators.push_back({text(enumerator, 0), enumerator.scalar<std::int64_t>(0)});
      }
      schema_.enums.push_back(std::move(out));
    }
    check_types();
    return std::move(schema_);
  }

 private:
  void read_struct(const wire::StructView& view) {
    Struct out;
    out.id = view.scalar<std::uint64_t>(0);
    out.cpp_name = text(view, 0);
    out.wrapper = view.boolean(64);
    const wire::StructView node = node_of(out.id);
    out.data_words = node.scalar<std::uint16_t>(14);
    out.pointers = node.scalar<std::uint16_t>(24);
    out.is_union = node.scalar<std::uint16_t>(30) != 0;
    out.tag_offset = node.scalar<std::uint32_t>(32);
    const auto node_fields = node.pointer<Structs>(3);
    const auto fields = view.pointer<Structs>(1);
    if (fields.size() > node_fields.size()) throw_damaged(out.cpp_name + " has more names than fields");
    for (std::size_t i = 0; i < node_fields.size(); ++i) {
      Field field = read_field(node_fields[i]);
      const wire::StructView notes = i < fields.size() ? fields[i] : wire::StructView();
      field.cpp_name = text(notes, 0);
      if (field.cpp_name.empty()) field.cpp_name = field.name;
      field.enumeration = text(notes, 1);
      field.meaning = text(notes, 2);
      field.successor = text(notes, 3);
      field.removed = notes.boolean(0);
      check_place(out, field);
      out.fields.push_back(std::move(field));
    }
    schema_.structs.push_back(std::move(out));
  }

  Field read_field(const wire::StructView& view) {
    Field field;
    field.name = text(view, 0);
    const auto choice = view.scalar<std::uint16_t>(2, no_choice);
    if (choice != no_choice) field.choice = choice;
    if (view.scalar<std::uint16_t>(8) == 0) {
      read_slot(view, field);
      return field;
    }
    const wire::StructView group = node_of(view.scalar<std::uint64_t>(16));
    const auto members = group.pointer<Structs>(3);
    if (members.size() != 2 || group.scalar<std::uint16_t>(30) != 2) {
      throw_damaged(field.name + " is a group that netabase does not write");
    }
    Field absent;
    read_slot(members[0], absent);
    const bool first_is_absent = absent.type.kind == TypeKind::nothing;
    const wire::StructView value = members[first_is_absent ? 1 : 0];
    read_slot(value, field);
    field.optional = true;
    field.tag_offset = group.scalar<std::uint32_t>(32);
    field.present = value.scalar<std::uint16_t>(2, no_choice);
    return field;
  }

  /// A place beyond the struct's sections could only come from damage.
  static void check_place(const Struct& structure, const Field& field) {
    const std::uint64_t bits = data_bits(field.type.kind);
    const bool inside = is_pointer(field.type.kind)
                            ? field.offset < structure.pointers
                            : (std::uint64_t{field.offset} + 1) * bits <= std::uint64_t{structure.data_words} * 64;
    if (!inside || (field.optional && field.tag_offset / 4 >= structure.data_words)) {
      throw_damaged(structure.cpp_name + "." + field.cpp_name + " lies outside its struct");
    }
  }

  void read_model(const wire::StructView& view) {
    Model model;
    model.name = text(view, 0);
    model.cpp_name = text(view, 1);
    model.struct_id = view.scalar<std::uint64_t>(0);
    if (model.name.empty() || schema_.find_struct(model.struct_id) == nullptr) {
      throw_damaged("the model " + model.name + " has no struct");
    }
    // Read as a list of one, so that both kinds of keys are read alike.
    const wire::StructView primary = view.pointer<wire::Struct<Raw>>(2);
    const auto list = view.pointer<Structs>(3);
    model.primary = read_index(primary, *schema_.find_struct(model.struct_id));
    for (std::size_t i = 0; i < list.size(); ++i) {
      Index index = read_index(list[i], *schema_.find_struct(model.struct_id));
      Object object = read_element(list.elements(), i, list.segment());
      put_ordinals(object, index);
      index.all_bytes = to_bytes(object);
      model.indexes.push_back(std::move(index));
    }
    schema_.models.push_back(std::move(model));
  }

  Index read_index(const wire::StructView& view, const Struct& structure) {
    Index index;
    index.name = text(view, 0);
    index.unique = view.boolean(16);
    index.automatic = view.boolean(19);
    index.has_rules = index.unique || view.scalar<std::uint64_t>(8) != 0 || !text(view, 2).empty();
    const auto parts = view.pointer<Structs>(1);
    Object list;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      Part part;
      part.descending = parts[i].boolean(0);
      const Struct* at = &structure;
      for (const std::string_view name : parts[i].pointer<Texts>(0)) {
        if (at == nullptr) throw_damaged("a key of " + structure.cpp_name + " leads into something that is no struct");
        const auto field = std::find_if(at->fields.begin(), at->fields.end(),
                                        [&](const Field& candidate) { return candidate.name == name; });
        if (field == at->fields.end()) throw_damaged(at->cpp_name + " has no field " + std::string(name) + ", a key");
        part.text += (part.text.empty() ? "" : ".") + field->cpp_name;
        part.ordinals.push_back(field->ordinal);
        const Type* type = &field->type;
        while (type->kind == TypeKind::list) type = &type->element[0];
        at = type->kind == TypeKind::structure ? find_read(type->id) : nullptr;
      }
      Object object = read_element(parts.elements(), i, parts.segment());
      put_ordinals(object, part);
      index.part_bytes += to_bytes(object) + '\n';
      index.parts.push_back(std::move(part));
    }
    return index;
  }

  /// Names may change, ordinals may not: what is compared has these.
  static void put_ordinals(Object& object, const Part& part) {
    if (part.ordinals.empty()) return;
    Object ordinals;
    ordinals.kind = Object::Kind::list;
    ordinals.size = wire::ElementSize::eight_bytes;
    ordinals.count = static_cast<std::uint32_t>(part.ordinals.size());
    ordinals.data.assign(part.ordinals.begin(), part.ordinals.end());
    object.pointers[0] = std::move(ordinals);
  }
  static void put_ordinals(Object& object, const Index& index) {
    if (index.parts.empty()) return;
    std::vector<Object>& parts = object.pointers[1].pointers;
    // A list of numbers can be read as one of structs, but has no such elements.
    if (parts.size() != index.parts.size()) throw_damaged("the parts of the index " + index.name + " are no structs");
    for (std::size_t i = 0; i < index.parts.size(); ++i) put_ordinals(parts[i], index.parts[i]);
  }

  static std::string to_bytes(const Object& object) {
    const std::vector<std::uint64_t> words = write_body(object);
    return {reinterpret_cast<const char*>(words.data()), words.size() * wire::word_size};
  }

  const wire::StructView& node_of(std::uint64_t id) {
    const auto found = nodes_.find(id);
    if (found == nodes_.end() || found->second.scalar<std::uint16_t>(12) != 1) {
      throw_damaged("it names a struct that it does not describe");
    }
    return found->second;
  }

  /// The struct, whether it was read already or comes later.
  const Struct* find_read(std::uint64_t id) const { return schema_.find_struct(id); }

  void check_types() const {
    for (const Struct& structure : schema_.structs) {
      for (const Field& field : structure.fields) {
        const Type* type = &field.type;
        while (type->kind == TypeKind::list) type = &type->element[0];
        if (type->kind == TypeKind::structure && schema_.find_struct(type->id) == nullptr) {
          throw_damaged(structure.cpp_name + "." + field.cpp_name + " is of a struct that it does not describe");
        }
      }
    }
  }

  std::vector<std::uint64_t> words_;
  wire::Segment segment_;
  std::map<std::uint64_t, wire::StructView> nodes_;
  Schema schema_;
};

template <class List, class Predicate>
const auto* find_in(const List& list, Predicate&& same) {
  const auto found = std::find_if(list.begin(), list.end(), same);
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

std::uint32_t data_bits(TypeKind kind) noexcept {
  constexpr std::array<std::uint32_t, 17> bits{0, 1, 8, 16, 32, 64, 8, 16, 32, 64, 32, 64, 0, 0, 0, 16, 0};
  return bits[static_cast<std::size_t>(kind)];
}

bool is_pointer(TypeKind kind) noexcept {
  return kind == TypeKind::text || kind == TypeKind::data || kind == TypeKind::list || kind == TypeKind::structure;
}

const Field* Struct::find(std::string_view field) const {
  return find_in(fields, [&](const Field& candidate) { return !candidate.removed && candidate.cpp_name == field; });
}
const Index* Model::find(std::string_view index) const {
  return find_in(indexes, [&](const Index& candidate) { return candidate.name == index; });
}
const Model* Schema::find_model(std::string_view name) const {
  return find_in(models, [&](const Model& candidate) { return candidate.name == name; });
}
const Struct* Schema::find_struct(std::uint64_t id) const {
  return find_in(structs, [&](const Struct& candidate) { return candidate.id == id; });
}
const Enum* Schema::find_enum(std::string_view cpp_name) const {
  return find_in(enums, [&](const Enum& candidate) { return candidate.cpp_name == cpp_name; });
}

Schema parse(Bytes bytes) { return Parser(bytes).run(); }

std::string to_string(const Schema& schema, const Type& type) {
  constexpr std::array<std::string_view, 14> names{"Void",   "Bool",   "Int8",   "Int16",   "Int32",   "Int64", "UInt8",
                                                   "UInt16", "UInt32", "UInt64", "Float32", "Float64", "Text",  "Data"};
  if (type.kind == TypeKind::list) return "List(" + to_string(schema, type.element[0]) + ")";
  if (type.kind == TypeKind::structure) {
    const Struct* structure = schema.find_struct(type.id);
    return structure == nullptr ? "a struct" : structure->cpp_name;
  }
  const auto place = static_cast<std::size_t>(type.kind);
  return place < names.size() ? std::string(names[place]) : "Enum";
}

std::shared_ptr<const Schema> parse_shared(Bytes bytes) { return std::make_shared<const Schema>(parse(bytes)); }

}  // namespace netabase::evolution
