#include "tools/store/walk.hpp"

#include "netabase/error.hpp"
#include "netabase/key/stored.hpp"
#include "tools/key/part.hpp"
#include "tools/key/record_keys.hpp"

namespace netabase::tools {

RecordWalk::RecordWalk(const Lmdb::Transaction& transaction, const StoreFile& file, const Model& model,
                       Interval interval)
    : model_(model),
      walk_(transaction.cursor(table_of(transaction, model.name, file)), std::move(interval),
            key::hashed_record_key_prefix) {}

bool RecordWalk::start(bool backward) {
  return walk_.start(backward, [this](key::Buffer& out) { whole_key(out); });
}

bool RecordWalk::advance() {
  return walk_.advance([this](key::Buffer& out) { whole_key(out); });
}

void RecordWalk::whole_key(key::Buffer& out) const {
  const Record record(walk_.value(), *model_.shape);
  guard_capnp([&] { append_primary(out, record.root(), model_); });
}

IndexWalk::IndexWalk(const Lmdb::Transaction& transaction, const StoreFile& file, const Model& model, const Key& index,
                     Interval interval)
    : transaction_(transaction),
      model_(model),
      index_(index),
      records_(table_of(transaction, model.name, file)),
      walk_(transaction.cursor(table_of(transaction, index.table, file)), std::move(interval),
            index.unique ? key::unique_key_limit : key::index_part_limit) {}

bool IndexWalk::start(bool backward) {
  return walk_.start(backward, [this](key::Buffer& out) { whole_key(out); });
}

bool IndexWalk::advance() {
  return walk_.advance([this](key::Buffer& out) { whole_key(out); });
}

Bytes IndexWalk::record_key() const {
  if (index_.unique || !walk_.value().empty()) return walk_.value();
  Bytes rest = walk_.key();
  std::string unused;
  for (const Part& part : index_.parts) {
    unused.clear();
    decode_part(rest, part, unused);
  }
  return rest;
}

bool IndexWalk::record(Bytes& value) const { return transaction_.get(records_, record_key(), value); }

void IndexWalk::whole_key(key::Buffer& out) const {
  if (index_.computed || !index_.readable) {
    throw Error(ErrorCode::invalid_argument, "the index " + index_.table + " " + index_.obstacle +
                                                 ", so that long keys of it cannot be told apart here");
  }
  Bytes value;
  if (!record(value)) {
    throw Corrupt("the index " + index_.table + " names a record that is not there: netabase check says more");
  }
  const Bytes entry = walk_.key();
  const Record record(value, *model_.shape);
  guard_capnp([&] {
    each_key(record.root(), index_, [&](key::Buffer& stored) {
      const key::Buffer whole = stored;
      if (index_.unique) {
        key::seal_unique_key(stored);
      } else {
        key::seal_index_part(stored);
      }
      if (out.size() == 0 && starts_with(entry, stored.bytes())) out.append(whole.data(), whole.size());
    });
  });
}

bool find_record(const Lmdb::Transaction& transaction, Table records, const Model& model, key::Buffer& key,
                 Bytes& value) {
  const key::Buffer whole = key;
  key::seal_record_key(key);
  if (!transaction.get(records, key.bytes(), value)) return false;
  if (!key::is_hashed_record_key(key.bytes())) return true;
  const Record record(value, *model.shape);
  return guard_capnp([&] { return has_key(record.root(), model.primary, whole.bytes()); });
}

}  // namespace netabase::tools
