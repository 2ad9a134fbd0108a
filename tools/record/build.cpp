#include "tools/record/build.hpp"

#include <capnp/any.h>

#include <algorithm>
#include <cstring>

#include "netabase/codec/word.hpp"
#include "tools/errors.hpp"
#include "tools/record/order.hpp"

namespace netabase::tools {

namespace {

using capnp::DynamicList;
using capnp::DynamicStruct;
using capnp::DynamicValue;

/// Elements and bytes that Cap'n Proto can count in one list.
constexpr std::size_t most_elements = (1U << 29U) - 1;

unsigned checked_size(std::size_t size) {
  if (size >= most_elements) throw InputError("a value is larger than 512 MiB, which no record can hold");
  return static_cast<unsigned>(size);
}

bool has_nothing_set(DynamicStruct::Reader value) {
  const capnp::AnyStruct::Reader any = value;
  for (const kj::byte byte : any.getDataSection()) {
    if (byte != 0) return false;
  }
  for (const auto pointer : any.getPointerSection()) {
    if (!pointer.isNull()) return false;
  }
  return true;
}

}  // namespace

void Slot::set_null() const {
  if (!in_list_) holder_.clear(field_);
}

void Slot::set(const DynamicValue::Reader& value) const {
  if (in_list_) {
    list_.set(index_, value);
  } else {
    holder_.set(field_, value);
  }
}

void Slot::set_text(std::string_view text) const {
  if (text.empty() && !has_default_) return set_null();
  const unsigned size = checked_size(text.size());
  auto out = in_list_ ? list_.init(index_, size).as<capnp::Text>() : holder_.init(field_, size).as<capnp::Text>();
  std::copy(text.begin(), text.end(), out.begin());
}

void Slot::set_bytes(std::string_view bytes) const {
  if (bytes.empty()) return set_null();
  const unsigned size = checked_size(bytes.size());
  auto out = in_list_ ? list_.init(index_, size).as<capnp::Data>() : holder_.init(field_, size).as<capnp::Data>();
  std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(out.begin()));
}

void Slot::set_struct(const std::function<void(DynamicStruct::Builder)>& fill) const {
  if (in_list_) {
    fill(list_[index_].as<DynamicStruct>());
    return;
  }
  auto inner = holder_.init(field_).as<DynamicStruct>();
  fill(inner);
  if (!field_.getProto().isGroup() && has_nothing_set(inner.asReader())) set_null();
}

void Slot::set_list(std::size_t size, const std::function<void(const Slot&, std::size_t)>& fill) const {
  if (size == 0) return set_null();
  const unsigned count = checked_size(size);
  auto list = in_list_ ? list_.init(index_, count).as<DynamicList>() : holder_.init(field_, count).as<DynamicList>();
  if (count > wire::max_empty_elements && list.getSchema().whichElementType() == capnp::schema::Type::STRUCT &&
      list.getSchema().getStructElementType().getFields().size() == 0) {
    throw InputError("a list has more than " + std::to_string(wire::max_empty_elements) + " structs without fields");
  }
  for (unsigned i = 0; i < count; ++i) fill(Slot(list, i), i);
}

void check_extent(const Shape& shape, std::size_t size) {
  if (size == 0 || shape.extent == 0 || size == shape.extent) return;
  throw InputError("an array has " + std::to_string(size) + " elements instead of " + std::to_string(shape.extent));
}

namespace {

void copy_value(const Slot& slot, const DynamicValue::Reader& value, const Shape& shape) {
  switch (shape.kind) {
    case Shape::Kind::text: {
      const auto text = value.as<capnp::Text>();
      slot.set_text({text.begin(), text.size()});
      break;
    }
    case Shape::Kind::bytes: {
      const auto bytes = value.as<capnp::Data>();
      check_extent(shape, bytes.size());
      slot.set_bytes({reinterpret_cast<const char*>(bytes.begin()), bytes.size()});
      break;
    }
    case Shape::Kind::list: {
      const auto list = value.as<DynamicList>();
      check_extent(shape, list.size());
      const std::vector<unsigned> order = stored_order(list, shape);
      slot.set_list(list.size(),
                    [&](const Slot& element, std::size_t i) { copy_value(element, list[order[i]], *shape.element); });
      break;
    }
    case Shape::Kind::structure:
    case Shape::Kind::wrapper:
    case Shape::Kind::wide_signed:
    case Shape::Kind::wide_unsigned:
      slot.set_struct(
          [&](DynamicStruct::Builder inner) { copy_normalised(inner, value.as<DynamicStruct>(), *shape.structure); });
      break;
    default:
      slot.set(value);
  }
}

bool holds(DynamicStruct::Reader value, const capnp::StructSchema::Field& field) {
  KJ_IF_MAYBE (active, value.which()) {
    return *active == field;
  }
  return false;
}

}  // namespace

void copy_normalised(DynamicStruct::Builder out, DynamicStruct::Reader in, const StructShape& shape) {
  for (const FieldShape& field : shape.fields) {
    if (field.in_union && !holds(in, field.field)) continue;
    if (!field.optional) {
      copy_value(Slot(out, field), in.get(field.field), field.shape);
      continue;
    }
    const auto choice = in.get(field.field).as<DynamicStruct>();
    auto copy = out.init(field.field).as<DynamicStruct>();
    if (holds(choice, field.present)) {
      copy_value(Slot(copy, field.present, field.has_default), choice.get(field.present), field.shape);
    } else {
      copy.set(field.absent, capnp::VOID);
    }
  }
}

namespace {

bool has_long_empty_list(DynamicStruct::Reader holder, const StructShape& shape);

bool has_long_empty_list(const DynamicValue::Reader& value, const Shape& shape) {
  if (shape.kind == Shape::Kind::structure || shape.kind == Shape::Kind::wrapper) {
    return has_long_empty_list(value.as<DynamicStruct>(), *shape.structure);
  }
  if (shape.kind != Shape::Kind::list) return false;
  const auto list = value.as<DynamicList>();
  const bool of_structs = shape.element->structure != nullptr;
  bool all_empty = of_structs && list.size() > wire::max_empty_elements;
  for (const DynamicValue::Reader& element : list) {
    if (has_long_empty_list(element, *shape.element)) return true;
    all_empty = all_empty && has_nothing_set(element.as<DynamicStruct>());
  }
  return all_empty;
}

bool has_long_empty_list(DynamicStruct::Reader holder, const StructShape& shape) {
  for (const FieldShape& field : shape.fields) {
    if (field.in_union && !holds(holder, field.field)) continue;
    if (!field.optional) {
      if (has_long_empty_list(holder.get(field.field), field.shape)) return true;
      continue;
    }
    const auto choice = holder.get(field.field).as<DynamicStruct>();
    if (holds(choice, field.present) && has_long_empty_list(choice.get(field.present), field.shape)) return true;
  }
  return false;
}

}  // namespace

kj::Array<capnp::word> record_body(capnp::MallocMessageBuilder& message, DynamicStruct::Builder root,
                                   const StructShape& shape) {
  // A shorter message has no such list.
  const std::size_t words = message.sizeInWords();
  if (words > wire::max_empty_elements && has_long_empty_list(root.asReader(), shape)) {
    capnp::MallocMessageBuilder flat(static_cast<unsigned>(words + 1));
    flat.setRoot(root.asReader());
    const auto segment = flat.getSegmentsForOutput()[0];
    auto copy = kj::heapArray<capnp::word>(segment.size());
    std::memcpy(copy.begin(), segment.begin(), segment.size() * sizeof(capnp::word));
    return copy;
  }
  capnp::AnyStruct::Reader any = root.asReader();
  return any.canonicalize();
}

}  // namespace netabase::tools
