#include "netabase/detail/descriptor.hpp"

namespace netabase::detail {

namespace {

struct Unique {
  static constexpr bool unique = true;
};
struct NotUnique {
  static constexpr bool unique = false;
};

}  // namespace

wire::StructView stored_root(Bytes record) { return record::root(record, Lifetime()); }

bool seal_entry(const IndexDescriptor& index, key::Buffer& key, Bytes record_key) {
  return index.unique ? seal_entry<Unique>(key, record_key) : seal_entry<NotUnique>(key, record_key);
}

Bytes entry_record_key(const ModelDescriptor& model, const IndexDescriptor& index, Bytes key, Bytes value) {
  if (index.unique || !value.empty()) return value;
  if (model.record_key_size != 0) {
    if (key.size() < model.record_key_size) throw_dangling(index.table, model.name);
    return key.last(model.record_key_size);
  }
  if (!index.skip(key)) throw_dangling(index.table, model.name);
  return key;
}

bool has_stored_key(const IndexDescriptor& index, Bytes record, Bytes key) {
  ByteStrings keys;
  index.add_keys(record, keys);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (compare(keys[i], key) == 0) return true;
  }
  return false;
}

std::string stored_key_text(const ModelDescriptor& model, Bytes record) {
  ByteStrings keys;
  model.primary.add_keys(record, keys);
  return model.primary.text(keys[0]);
}

}  // namespace netabase::detail
