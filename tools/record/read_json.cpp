#include "tools/record/read_json.hpp"

#include <capnp/any.h>
#include <capnp/message.h>

#include <charconv>
#include <cstring>
#include <vector>

#include "tools/errors.hpp"
#include "tools/json/text.hpp"
#include "tools/record/build.hpp"
#include "tools/record/order.hpp"

namespace netabase::tools {

namespace {

using capnp::DynamicStruct;
using json::Value;
using Kind = json::Value::Kind;

/// The names that lead to a value, for messages.
class Path {
 public:
  explicit Path(const Path* outer, std::string name) : outer_(outer), name_(std::move(name)) {}
  std::string text() const {
    const std::string before = outer_ == nullptr ? "" : outer_->text();
    if (before.empty() || name_.starts_with('[')) return before + name_;
    return before + "." + name_;
  }
  [[noreturn]] void fail(const std::string& wanted, const Value& value) const {
    std::string shown(json::name_of(value.kind));
    if (value.kind == Kind::number || value.kind == Kind::string) {
      shown = value.text.size() > 40 ? value.text.substr(0, 40) + "..." : value.text;
      if (value.kind == Kind::string) shown = '"' + shown + '"';
    }
    throw InputError("the field " + text() + " takes " + wanted + ", not " + shown);
  }

 private:
  const Path* outer_;
  std::string name_;
};

/// The least and the greatest value of a Cap'n Proto integer.
struct Range {
  std::int64_t least = 0;
  std::uint64_t greatest = 0;
};

Range range_of(const capnp::Type& type) {
  using capnp::schema::Type;
  switch (type.which()) {
    case Type::INT8:
      return {INT8_MIN, INT8_MAX};
    case Type::INT16:
      return {INT16_MIN, INT16_MAX};
    case Type::INT32:
      return {INT32_MIN, INT32_MAX};
    case Type::INT64:
      return {INT64_MIN, INT64_MAX};
    case Type::UINT8:
      return {0, UINT8_MAX};
    case Type::UINT16:
      return {0, UINT16_MAX};
    case Type::UINT32:
      return {0, UINT32_MAX};
    default:
      return {0, UINT64_MAX};
  }
}

template <class Integer>
std::optional<Integer> to_integer(const Value& value) {
  if (value.kind != Kind::number && value.kind != Kind::string) return std::nullopt;
  Integer number = 0;
  const char* const end = value.text.data() + value.text.size();
  const auto result = std::from_chars(value.text.data(), end, number);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return number;
}

class Setter {
 public:
  static void fields(DynamicStruct::Builder out, const Value& object, const StructShape& shape, const Path* outer) {
    for (const auto& [name, value] : object.members) {
      if (outer == nullptr && name == "$model") continue;
      const FieldShape* field = shape.find(name);
      const Path path(outer, name);
      if (field == nullptr) throw InputError(shape.cpp_name + " has no field " + path.text());
      set_field(out, *field, value, path);
    }
  }

 private:
  static void set_field(DynamicStruct::Builder out, const FieldShape& field, const Value& value, const Path& path) {
    if (!field.optional) {
      set_value(Slot(out, field), field.shape, value, path, false);
      return;
    }
    auto choice = out.init(field.field).as<DynamicStruct>();
    if (value.kind == Kind::null) {
      choice.set(field.absent, capnp::VOID);
    } else {
      set_value(Slot(choice, field.present, field.has_default), field.shape, value, path, true);
    }
  }

  static void set_value(const Slot& slot, const Shape& shape, const Value& value, const Path& path, bool in_optional) {
    switch (shape.kind) {
      case Shape::Kind::nothing:
        if (value.kind != Kind::null) path.fail("null", value);
        slot.set(capnp::VOID);
        break;
      case Shape::Kind::boolean:
        slot.set(boolean(shape, value, path));
        break;
      case Shape::Kind::signed_integer:
        slot.set(signed_integer(shape, value, path));
        break;
      case Shape::Kind::unsigned_integer:
        slot.set(unsigned_integer(shape, value, path));
        break;
      case Shape::Kind::wide_signed:
        set_wide<Int128>(slot, value, path);
        break;
      case Shape::Kind::wide_unsigned:
        set_wide<UInt128>(slot, value, path);
        break;
      case Shape::Kind::float32:
        slot.set(floating<float>(value, path));
        break;
      case Shape::Kind::float64:
        slot.set(floating<double>(value, path));
        break;
      case Shape::Kind::text:
        slot.set_text(text(value, path));
        break;
      case Shape::Kind::bytes: {
        std::optional<std::string> bytes;
        if (value.kind == Kind::string) bytes = json::from_base64(value.text);
        if (!bytes) path.fail("bytes as base64", value);
        if (shape.extent != 0 && !bytes->empty() && bytes->size() != shape.extent) {
          path.fail(std::to_string(shape.extent) + " bytes as base64", value);
        }
        slot.set_bytes(*bytes);
        break;
      }
      case Shape::Kind::list:
        set_list(slot, shape, value, path);
        break;
      case Shape::Kind::structure:
        if (value.kind != Kind::object) path.fail("an object", value);
        slot.set_struct([&](DynamicStruct::Builder inner) { fields(inner, value, *shape.structure, &path); });
        break;
      case Shape::Kind::wrapper:
        set_wrapped(slot, shape, value, path, in_optional);
        break;
    }
  }

  static void set_wrapped(const Slot& slot, const Shape& shape, const Value& value, const Path& path,
                          bool in_optional) {
    const FieldShape& only = shape.structure->fields[0];
    const Value* inner = &value;
    if (in_optional && only.optional) {
      inner = value.find("value");
      if (inner == nullptr || value.members.size() != 1) path.fail("{\"value\": ...} or null", value);
    }
    slot.set_struct([&](DynamicStruct::Builder out) { set_field(out, only, *inner, path); });
  }

  static void set_list(const Slot& slot, const Shape& shape, const Value& value, const Path& path) {
    if (value.kind != Kind::array) path.fail("an array", value);
    if (shape.extent != 0 && !value.items.empty() && value.items.size() != shape.extent) {
      throw InputError("the field " + path.text() + " takes an array of " + std::to_string(shape.extent) +
                       " elements, not of " + std::to_string(value.items.size()));
    }
    const auto set_element = [&](const Slot& element, std::size_t i) {
      set_value(element, *shape.element, value.items[i], Path(&path, "[" + std::to_string(i) + "]"), false);
    };
    if (shape.order == Shape::Order::none || value.items.empty()) return slot.set_list(value.items.size(), set_element);
    const std::vector<unsigned> order = order_of(shape, value, set_element, path);
    slot.set_list(order.size(), [&](const Slot& element, std::size_t i) { set_element(element, order[i]); });
  }

  /// Where the elements of a set or map are in `value`, in the order in which they are stored.
  template <class SetElement>
  static std::vector<unsigned> order_of(const Shape& shape, const Value& value, const SetElement& set_element,
                                        const Path& path) {
    capnp::MallocMessageBuilder message;
    const auto size = static_cast<unsigned>(value.items.size());
    auto list = message.initRoot<capnp::AnyPointer>().initAs<capnp::DynamicList>(shape.type.asList(), size);
    for (unsigned i = 0; i < size; ++i) set_element(Slot(list, i), i);
    try {
      return stored_order(list.asReader(), shape);
    } catch (const InputError& error) {
      throw InputError("the field " + path.text() + ": " + error.what());
    }
  }

  static const Enumeration::Enumerator* enumerator(const Shape& shape, const Value& value, const Path& path) {
    if (shape.enumeration == nullptr || value.kind != Kind::string) return nullptr;
    const auto* found = shape.enumeration->find(std::string_view(value.text));
    if (found != nullptr || to_integer<std::int64_t>(value) || to_integer<std::uint64_t>(value)) return found;
    std::string names;
    for (const auto& one : shape.enumeration->enumerators) names += one.name + ", ";
    path.fail(names + "or a number", value);
  }

  static bool boolean(const Shape& shape, const Value& value, const Path& path) {
    if (const auto* named = enumerator(shape, value, path)) return named->value != 0;
    if (value.kind != Kind::boolean) path.fail("true or false", value);
    return value.boolean;
  }

  static std::int64_t signed_integer(const Shape& shape, const Value& value, const Path& path) {
    if (const auto* named = enumerator(shape, value, path)) return named->value;
    const auto number = to_integer<std::int64_t>(value);
    const Range range = range_of(shape.type);
    if (!number || *number < range.least || *number > static_cast<std::int64_t>(range.greatest)) {
      path.fail("an integer from " + std::to_string(range.least) + " to " + std::to_string(range.greatest), value);
    }
    return *number;
  }

  static std::uint64_t unsigned_integer(const Shape& shape, const Value& value, const Path& path) {
    if (const auto* named = enumerator(shape, value, path)) return static_cast<std::uint64_t>(named->value);
    const auto number = to_integer<std::uint64_t>(value);
    const Range range = range_of(shape.type);
    if (!number || *number > range.greatest) {
      path.fail("an integer from 0 to " + std::to_string(range.greatest), value);
    }
    return *number;
  }

  template <class Wide>
  static void set_wide(const Slot& slot, const Value& value, const Path& path) {
    std::optional<Wide> number;
    if (value.kind == Kind::number || value.kind == Kind::string) number = json::to_wide<Wide>(value.text);
    if (!number) path.fail("an integer from " + json::least_wide<Wide>() + " to " + json::greatest_wide<Wide>(), value);
    slot.set_struct([&](DynamicStruct::Builder out) {
      using High = std::conditional_t<std::is_same_v<Wide, Int128>, std::int64_t, std::uint64_t>;
      const auto fields = out.getSchema().getFields();
      out.set(fields[0], static_cast<std::uint64_t>(*number));
      out.set(fields[1], static_cast<High>(static_cast<std::uint64_t>(static_cast<UInt128>(*number) >> 64)));
    });
  }

  template <class Float>
  static Float floating(const Value& value, const Path& path) {
    std::optional<Float> number;
    if (value.kind == Kind::number || value.kind == Kind::string) number = json::to_float<Float>(value.text);
    if (!number) path.fail("a number", value);
    return *number;
  }

  static std::string text(const Value& value, const Path& path) {
    if (value.kind == Kind::string) return value.text;
    const Value* encoded = value.find("$base64");
    std::optional<std::string> bytes;
    if (encoded != nullptr && value.members.size() == 1) bytes = json::from_base64(encoded->text);
    if (!bytes) path.fail("a text", value);
    return *bytes;
  }
};

}  // namespace

void set_from_json(DynamicStruct::Builder out, const Value& object, const StructShape& shape) {
  if (object.kind != Kind::object) {
    throw InputError("a record of " + shape.cpp_name + " is an object, not " + std::string(json::name_of(object.kind)));
  }
  Setter::fields(out, object, shape, nullptr);
}

}  // namespace netabase::tools
