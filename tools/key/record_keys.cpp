#include "tools/key/record_keys.hpp"

#include <kj/exception.h>

#include "netabase/check.hpp"
#include "netabase/error.hpp"
#include "netabase/key/stored.hpp"
#include "tools/errors.hpp"
#include "tools/key/part.hpp"
#include "tools/record/record.hpp"

namespace netabase::tools {

namespace {

using capnp::DynamicList;
using capnp::DynamicStruct;
using capnp::DynamicValue;

/// Walks from a value down a part's path to the values of the key.
class Walk {
 public:
  Walk(const Part& part, const std::function<void(const Datum&)>& use) : part_(part), use_(use) {}

  void field(DynamicStruct::Reader holder, std::size_t at) const {
    const FieldShape& field = *part_.path[at];
    if (!field.optional) {
      value(holder.get(field.field), field.shape, at);
      return;
    }
    const auto choice = holder.get(field.field).as<DynamicStruct>();
    bool present = false;
    KJ_IF_MAYBE (active, choice.which()) {
      present = *active == field.present;
    }
    if (present) {
      value(choice.get(field.present), field.shape, at);
    } else {
      absent();
    }
  }

 private:
  void absent() const {
    if (part_.optional) use_(Datum{});
  }

  void value(const DynamicValue::Reader& value_, const Shape& shape, std::size_t at) const {
    switch (shape.kind) {
      case Shape::Kind::list:
        elements(value_.as<DynamicList>(), shape, at);
        break;
      case Shape::Kind::wide_signed:
        use_(Datum(wide_integer<Int128>(value_.as<DynamicStruct>())));
        break;
      case Shape::Kind::wide_unsigned:
        use_(Datum(wide_integer<UInt128>(value_.as<DynamicStruct>())));
        break;
      case Shape::Kind::wrapper:
        wrapped(value_.as<DynamicStruct>(), shape, at);
        break;
      case Shape::Kind::structure:
        if (at + 1 == part_.path.size()) throw Corrupt("the field " + part_.name + " is a struct, which is no key");
        field(value_.as<DynamicStruct>(), at + 1);
        break;
      case Shape::Kind::nothing:
        break;
      case Shape::Kind::boolean:
        use_(Datum(value_.as<bool>()));
        break;
      case Shape::Kind::signed_integer:
        use_(Datum(value_.as<std::int64_t>()));
        break;
      case Shape::Kind::unsigned_integer:
        use_(Datum(value_.as<std::uint64_t>()));
        break;
      case Shape::Kind::float32:
      case Shape::Kind::float64:
        use_(Datum(value_.as<double>()));
        break;
      case Shape::Kind::text: {
        const auto text = value_.as<capnp::Text>();
        use_(Datum(std::string_view(text.begin(), text.size())));
        break;
      }
      case Shape::Kind::bytes: {
        const auto bytes = value_.as<capnp::Data>();
        std::string_view content(reinterpret_cast<const char*>(bytes.begin()), bytes.size());
        // A fixed array of a record that is older than the field reads as zeros.
        const std::string zeros(content.empty() ? part_.length : 0, '\0');
        if (part_.type == KeyType::FIXED_BYTES && content.empty()) content = zeros;
        use_(Datum(content));
        break;
      }
    }
  }

  void elements(DynamicList::Reader list, const Shape& shape, std::size_t at) const {
    for (const DynamicValue::Reader& element : list) value(element, *shape.element, at);
    if (list.size() != 0 || shape.extent == 0) return;
    // An array of a record that is older than the field: its elements have their defaults.
    capnp::MallocMessageBuilder message;
    const auto type = list.getSchema();
    const auto defaults = message.initRoot<capnp::AnyPointer>().initAs<DynamicList>(type, 1).asReader();
    value(defaults[0], *shape.element, at);
  }

  /// The value in a wrapper; the wrapper's only field stands for the one that led to it.
  void wrapped(DynamicStruct::Reader holder, const Shape& shape, std::size_t at) const {
    const FieldShape& only = shape.structure->fields[0];
    if (!only.optional) {
      value(holder.get(only.field), only.shape, at);
      return;
    }
    const auto choice = holder.get(only.field).as<DynamicStruct>();
    KJ_IF_MAYBE (active, choice.which()) {
      if (*active == only.present) value(choice.get(only.present), only.shape, at);
    }
  }

  const Part& part_;
  const std::function<void(const Datum&)>& use_;
};

void check_length(const Key& key, const Datum& value) {
  if (key.max_length == 0) return;
  if (const auto* text = std::get_if<std::string_view>(&value); text != nullptr && text->size() > key.max_length) {
    throw KeyTooLong(key.table + (key.number == 0 ? ".primary" : ""), text->size(), key.max_length);
  }
}

/// Appends part number `at` and those behind it, once for each combination of values.
void append_parts(key::Buffer& buffer, DynamicStruct::Reader record, const Key& key, std::size_t at,
                  const std::function<void(key::Buffer&)>& use) {
  if (at == key.parts.size()) {
    use(buffer);
    return;
  }
  const Part& part = key.parts[at];
  const std::size_t begin = buffer.size();
  const std::function<void(const Datum&)> each = [&](const Datum& value) {
    check_length(key, value);
    buffer.truncate(begin);
    append_part(buffer, part, value);
    append_parts(buffer, record, key, at + 1, use);
  };
  Walk(part, each).field(record, 0);
}

std::string parts_json(Bytes& rest, const Key& key) {
  std::string out;
  if (key.parts.size() > 1) out += '[';
  for (const Part& part : key.parts) {
    if (&part != key.parts.data()) out += ',';
    decode_part(rest, part, out);
  }
  if (key.parts.size() > 1) out += ']';
  return out;
}

}  // namespace

void each_key(DynamicStruct::Reader record, const Key& key, const std::function<void(key::Buffer&)>& use) {
  if (key.where_field != nullptr && !record.get(key.where_field->field).as<bool>()) return;
  key::Buffer buffer;
  append_parts(buffer, record, key, 0, [&](key::Buffer& whole) {
    // The caller may seal it; what follows in the record needs the parts before.
    key::Buffer own;
    own.append(whole.data(), whole.size());
    use(own);
  });
}

void append_primary(key::Buffer& out, DynamicStruct::Reader record, const Model& model) {
  bool found = false;
  each_key(record, model.primary, [&](key::Buffer& whole) {
    if (!found) out.append(whole.data(), whole.size());
    found = true;
  });
  if (!found) throw Corrupt("the record has no primary key");
}

void each_entry(DynamicStruct::Reader record, const Key& index, Bytes record_key,
                const std::function<void(const IndexEntry&)>& use) {
  each_key(record, index, [&](key::Buffer& buffer) {
    if (index.unique) {
      key::seal_unique_key(buffer);
      use({buffer.bytes(), record_key});
    } else {
      const bool hashed_part = key::seal_index_part(buffer);
      const bool hashed_key = key::append_record_key_part(buffer, record_key);
      use({buffer.bytes(), hashed_part || hashed_key ? record_key : Bytes{}});
    }
  });
}

bool has_key(DynamicStruct::Reader record, const Key& key, Bytes whole) {
  bool found = false;
  each_key(record, key, [&](key::Buffer& own) { found = found || compare(own.bytes(), whole) == 0; });
  return found;
}

void append_words(key::Buffer& out, const Key& key, const std::vector<std::string>& words) {
  if (words.size() > key.parts.size()) {
    std::string parts;
    for (const Part& part : key.parts) parts += (parts.empty() ? "" : ", ") + part.name;
    throw UsageError(std::to_string(words.size()) + " values are given, and the key of " + key.table + " has " +
                     std::to_string(key.parts.size()) + ": " + parts);
  }
  std::string storage;
  for (std::size_t i = 0; i < words.size(); ++i) {
    append_part(out, key.parts[i], parse_part(key.parts[i], words[i], storage));
  }
}

void append_text_prefix(key::Buffer& out, const Key& key, const std::vector<std::string>& words,
                        const std::string& prefix) {
  append_words(out, key, words);
  const Part* part = words.size() < key.parts.size() ? &key.parts[words.size()] : nullptr;
  if (part == nullptr || (part->type != KeyType::TEXT && part->type != KeyType::BYTES)) {
    throw UsageError("--prefix wants a text or bytes behind the values that are given, and " + key.table + " has " +
                     (part == nullptr ? "no more parts" : part->name + " there"));
  }
  std::string storage;
  const Datum value = parse_part(*part, prefix, storage);
  if (std::holds_alternative<std::monostate>(value)) throw UsageError("--prefix null: nothing begins with no value");
  const std::size_t begin = out.size();
  append_part(out, *part, value);
  if (out.size() >= begin + 2) out.truncate(out.size() - 2);  // without the end of the text
}

std::string whole_key_json(Bytes whole, const Key& key) { return parts_json(whole, key); }

std::string key_json(DynamicStruct::Reader record, const Model& model) {
  key::Buffer whole;
  append_primary(whole, record, model);
  return whole_key_json(whole.bytes(), model.primary);
}

std::string key_json(Bytes record_key, const Model& model) {
  if (!key::is_hashed_record_key(record_key) && model.primary.obstacle.empty()) {
    try {
      Bytes rest = record_key;
      std::string out = parts_json(rest, model.primary);
      if (key::is_padding(rest)) return out;
    } catch (const Corrupt&) {
      // Not a key: its bytes say more than nothing.
    }
  }
  return detail::describe_key(record_key);
}

}  // namespace netabase::tools
