#include "netabase/evolution/carry.hpp"

#include <algorithm>

#include "evolution/tree.hpp"
#include "netabase/codec/damage.hpp"
#include "netabase/codec/record.hpp"
#include "netabase/error.hpp"

namespace netabase::evolution {

namespace {

std::uint16_t tag_of(const Object& structure, std::uint32_t offset) {
  const std::size_t word = offset / 4;
  if (word >= structure.data.size()) return 0;
  return static_cast<std::uint16_t>(structure.data[word] >> (offset % 4 * 16));
}

/// The bits of a struct's data section and its pointers that fields of the schema claim.
struct Known {
  std::vector<std::uint64_t> data;
  std::vector<bool> pointers;

  explicit Known(const Struct& structure) : data(structure.data_words), pointers(structure.pointers) {
    if (structure.is_union) claim(std::uint64_t{structure.tag_offset} * 16, 16);
    for (const Field& field : structure.fields) {
      if (field.optional) claim(std::uint64_t{field.tag_offset} * 16, 16);
      const std::uint32_t bits = data_bits(field.type.kind);
      if (bits != 0) claim(std::uint64_t{field.offset} * bits, bits);
      if (is_pointer(field.type.kind)) pointers[field.offset] = true;
    }
  }
  void claim(std::uint64_t first, std::uint32_t bits) {
    const std::uint64_t mask = bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
    if (first / 64 < data.size()) data[first / 64] |= mask << (first % 64);
  }
};

/// Whether the field's value is there in the struct.
bool is_there(const Struct& structure, const Field& field, const Object& object) {
  if (field.optional && tag_of(object, field.tag_offset) != field.present) return false;
  return !structure.is_union || tag_of(object, structure.tag_offset) == field.choice;
}

void carry(const Schema& schema, const Struct& structure, const Object& before, Object& now) {
  const Known known(structure);
  for (std::size_t i = 0; i < before.data.size(); ++i) {
    const std::uint64_t unknown = before.data[i] & ~(i < known.data.size() ? known.data[i] : 0);
    if (unknown == 0) continue;
    if (now.data.size() <= i) now.data.resize(i + 1);
    now.data[i] |= unknown;
  }
  for (std::size_t i = 0; i < before.pointers.size(); ++i) {
    if (before.pointers[i].is_null() || (i < known.pointers.size() && known.pointers[i])) continue;
    if (now.pointers.size() <= i) now.pointers.resize(i + 1);
    now.pointers[i] = before.pointers[i];
  }
  for (const Field& field : structure.fields) {
    if (field.type.kind != TypeKind::structure || field.removed || field.offset >= before.pointers.size()) continue;
    const Object& inner = before.pointers[field.offset];
    if (inner.kind != Object::Kind::structure || !is_there(structure, field, before) ||
        !is_there(structure, field, now)) {
      continue;
    }
    if (now.pointers.size() <= field.offset) now.pointers.resize(field.offset + 1);
    Object& target = now.pointers[field.offset];
    target.kind = Object::Kind::structure;  // a null one has nothing but defaults
    carry(schema, *schema.find_struct(field.type.id), inner, target);
    trim(target, true);
  }
  trim(now, false);
}

}  // namespace

std::vector<std::uint64_t> carry_unknown(const Schema& schema, std::string_view model, Bytes existing, Bytes record) {
  if (existing.size() < record::header_size) wire::throw_damaged(wire::Damage::truncated);
  Object now = read_body(record.subspan(record::header_size));
  const Object before = read_body(existing.subspan(record::header_size));
  carry(schema, *schema.find_struct(schema.find_model(model)->struct_id), before, now);
  std::vector<std::uint64_t> out = write_body(now);
  out.insert(out.begin(), 0);
  auto* const bytes = reinterpret_cast<std::byte*>(out.data());
  record::seal({bytes, out.size() * wire::word_size},
               std::max(record::schema_version(existing), record::schema_version(record)));
  return out;
}

}  // namespace netabase::evolution
