#include "tools/store/links.hpp"

#include "netabase/error.hpp"
#include "tools/key/record_keys.hpp"
#include "tools/record/record.hpp"
#include "tools/store/walk.hpp"

namespace netabase::tools {

namespace {

/// The record with the whole encoded primary key; false when there is none.
bool find_whole(const Lmdb::Transaction& transaction, const StoreFile& file, const Model& model, Bytes whole,
                Bytes& value) {
  key::Buffer key;
  key.append(whole.data(), whole.size());
  return find_record(transaction, table_of(transaction, model.name, file), model, key, value);
}

}  // namespace

void each_dangling(const Lmdb::Transaction& transaction, const StoreFile& file, capnp::DynamicStruct::Reader record,
                   const Key& index, const std::function<void(Bytes)>& use) {
  if (index.link.empty() || !index.obstacle.empty()) return;
  const Model& target = file.schema().target_of(index);
  each_key(record, index, [&](key::Buffer& whole) {
    Bytes value;
    if (!find_whole(transaction, file, target, whole.bytes(), value)) use(whole.bytes());
  });
}

void PendingLinks::add(const Lmdb::Transaction& transaction, const StoreFile& file, const Model& model, Bytes value,
                       std::uint64_t number) {
  const Record record(value, *model.shape);
  guard_capnp([&] {
    for (const Key& index : model.indexes) {
      each_dangling(transaction, file, record.root(), index, [&](Bytes target) {
        key::Buffer own;
        append_primary(own, record.root(), model);
        pending_.push_back({&model, &index, number, std::string(as_text(own.bytes())), std::string(as_text(target))});
      });
    }
  });
}

std::optional<PendingLinks::Dangling> PendingLinks::find(const Lmdb::Transaction& transaction,
                                                         const StoreFile& file) const {
  for (const Pending& one : pending_) {
    Bytes value;
    if (find_whole(transaction, file, file.schema().target_of(*one.link), as_bytes(one.target), value)) continue;
    // The record may have been replaced by one with another link.
    if (!find_whole(transaction, file, *one.model, as_bytes(one.record_key), value)) continue;
    const Record record(value, *one.model->shape);
    if (!guard_capnp([&] { return has_key(record.root(), *one.link, as_bytes(one.target)); })) continue;
    const LinkViolation violation(one.link->table, whole_key_json(as_bytes(one.record_key), one.model->primary),
                                  one.link->link, whole_key_json(as_bytes(one.target), *one.link));
    return Dangling{one.number, violation.what()};
  }
  return std::nullopt;
}

}  // namespace netabase::tools
