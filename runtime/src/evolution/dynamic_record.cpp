#include "netabase/dynamic_record.hpp"

#include <algorithm>
#include <bit>

#include "netabase/codec/wire.hpp"
#include "netabase/error.hpp"

namespace netabase {

using detail::DynamicNumber;
using evolution::Field;
using evolution::Type;
using evolution::TypeKind;

namespace {

struct Raw {
  using Owned = int;
  using View = wire::StructView;
  static View read(const wire::StructView& view) noexcept { return view; }
};

template <class Number>
DynamicNumber number_of(TypeKind kind, Number value) {
  DynamicNumber out;
  out.kind = kind;
  if constexpr (std::is_floating_point_v<Number>) {
    out.real = static_cast<double>(value);
  } else if constexpr (std::is_signed_v<Number>) {
    out.integer = value;
  } else {
    out.natural = value;
  }
  return out;
}

/// Calls `use.operator()<T>()` with the C++ type of a kind that has whole bytes.
template <class Use>
DynamicNumber with_type(TypeKind kind, Use&& use) {
  switch (kind) {
    case TypeKind::int8:
      return use.template operator()<std::int8_t>();
    case TypeKind::int16:
      return use.template operator()<std::int16_t>();
    case TypeKind::int32:
      return use.template operator()<std::int32_t>();
    case TypeKind::int64:
      return use.template operator()<std::int64_t>();
    case TypeKind::uint8:
      return use.template operator()<std::uint8_t>();
    case TypeKind::uint16:
      return use.template operator()<std::uint16_t>();
    case TypeKind::uint32:
      return use.template operator()<std::uint32_t>();
    case TypeKind::uint64:
      return use.template operator()<std::uint64_t>();
    case TypeKind::float32:
      return use.template operator()<float>();
    default:
      return use.template operator()<double>();
  }
}

template <class T>
std::vector<DynamicNumber> list_of(const wire::StructView& view, std::uint16_t pointer, TypeKind kind) {
  std::vector<DynamicNumber> out;
  for (const T value : view.pointer<wire::List<wire::Scalar<T>>>(pointer)) out.push_back(number_of(kind, value));
  return out;
}

std::uint16_t pointer_of(const Field& field) { return static_cast<std::uint16_t>(field.offset); }

}  // namespace

std::vector<std::string> DynamicRecord::fields() const {
  std::vector<std::string> names;
  for (const Field& field : structure_->fields) {
    if (!field.removed) names.push_back(field.cpp_name);
  }
  return names;
}

const Field& DynamicRecord::find(std::string_view field) const {
  const Field* const found = structure_->find(field);
  if (found != nullptr) return *found;
  std::string names;
  for (const std::string& name : fields()) names += (names.empty() ? "" : ", ") + name;
  throw Error(ErrorCode::invalid_argument, "the stored " + structure_->cpp_name + " has no field " +
                                               std::string(field) + ", but " + names + ": ask for one of these");
}

bool DynamicRecord::has(std::string_view field) const {
  const Field& found = find(field);
  if (structure_->is_union && view_.scalar<std::uint16_t>(structure_->tag_offset * 2) != found.choice) return false;
  return !found.optional || view_.scalar<std::uint16_t>(found.tag_offset * 2) == found.present;
}

const Field& DynamicRecord::find_value(std::string_view field, std::initializer_list<TypeKind> kinds,
                                       const char* wanted) const {
  const Field& found = find(field);
  if (std::find(kinds.begin(), kinds.end(), found.type.kind) == kinds.end()) {
    throw Error(ErrorCode::invalid_argument, "the stored " + structure_->cpp_name + "." + std::string(field) + " is " +
                                                 evolution::to_string(*schema_, found.type) + ", not " + wanted +
                                                 ": ask for another type");
  }
  if (!has(field)) {
    throw Error(ErrorCode::invalid_argument, structure_->cpp_name + "." + std::string(field) +
                                                 " has no value in this record: ask has() first, or for an optional");
  }
  return found;
}

void DynamicRecord::throw_range(std::string_view field) const {
  throw Error(ErrorCode::invalid_argument, "the type asked for cannot hold the value of " + structure_->cpp_name + "." +
                                               std::string(field) + ": ask for a wider one");
}

DynamicNumber DynamicRecord::number(std::string_view field) const {
  using enum TypeKind;
  const Field& found = find_value(
      field, {boolean, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float32, float64}, "a number");
  if (found.type.kind == boolean) {
    return number_of(boolean, std::uint64_t{view_.boolean(found.offset, found.default_bits != 0)});
  }
  return with_type(found.type.kind, [&]<class T>() {
    using Bits = wire::detail::BitsOf<T>;
    const T standard = std::bit_cast<T>(static_cast<Bits>(found.default_bits));
    return number_of(found.type.kind, view_.scalar<T>(found.offset * static_cast<std::uint32_t>(sizeof(T)), standard));
  });
}

std::string_view DynamicRecord::text(std::string_view field) const {
  const Field& found = find_value(field, {TypeKind::text}, "text");
  return view_.pointer<wire::Text>(pointer_of(found), found.default_bytes);
}

Bytes DynamicRecord::data(std::string_view field) const {
  const Field& found = find_value(field, {TypeKind::data}, "bytes");
  return view_.pointer<wire::Data<>>(pointer_of(found), as_bytes(found.default_bytes));
}

DynamicRecord DynamicRecord::structure(std::string_view field) const {
  const Field& found = find_value(field, {TypeKind::structure}, "a struct");
  return {*schema_, *schema_->find_struct(found.type.id), view_.pointer<wire::Struct<Raw>>(pointer_of(found))};
}

std::vector<DynamicNumber> DynamicRecord::numbers(std::string_view field) const {
  const Field& found = find_value(field, {TypeKind::list}, "a list");
  const TypeKind kind = found.type.element[0].kind;
  std::vector<DynamicNumber> out;
  if (kind == TypeKind::boolean) {
    for (const bool value : view_.pointer<wire::List<wire::Bit>>(pointer_of(found))) {
      out.push_back(number_of(kind, std::uint64_t{value}));
    }
    return out;
  }
  if (evolution::data_bits(kind) == 0) throw_range(field);
  with_type(kind, [&]<class T>() {
    out = list_of<T>(view_, pointer_of(found), kind);
    return DynamicNumber{};
  });
  return out;
}

std::vector<std::string> DynamicRecord::texts(std::string_view field) const {
  const Field& found = find_value(field, {TypeKind::list}, "a list");
  if (found.type.element[0].kind != TypeKind::text) throw_range(field);
  std::vector<std::string> out;
  for (const std::string_view value : view_.pointer<wire::List<wire::Text>>(pointer_of(found))) {
    out.emplace_back(value);
  }
  return out;
}

std::vector<std::vector<std::byte>> DynamicRecord::blobs(std::string_view field) const {
  const Field& found = find_value(field, {TypeKind::list}, "a list");
  if (found.type.element[0].kind != TypeKind::data) throw_range(field);
  std::vector<std::vector<std::byte>> out;
  for (const Bytes value : view_.pointer<wire::List<wire::Data<>>>(pointer_of(found))) {
    out.emplace_back(value.begin(), value.end());
  }
  return out;
}

std::vector<DynamicRecord> DynamicRecord::structures(std::string_view field) const {
  const Field& found = find_value(field, {TypeKind::list}, "a list");
  if (found.type.element[0].kind != TypeKind::structure) throw_range(field);
  const evolution::Struct& element = *schema_->find_struct(found.type.element[0].id);
  std::vector<DynamicRecord> out;
  for (const wire::StructView view : view_.pointer<wire::List<wire::Struct<Raw>>>(pointer_of(found))) {
    out.emplace_back(*schema_, element, view);
  }
  return out;
}

}  // namespace netabase
