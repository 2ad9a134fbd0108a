#include "tools/store/index_build.hpp"

#include <cstring>

#include "netabase/codec/record.hpp"
#include "netabase/error.hpp"
#include "tools/key/record_keys.hpp"
#include "tools/record/record.hpp"
#include "tools/store/walk.hpp"

namespace netabase::tools {

void IndexBuild::collect(Progress& progress) {
  RecordWalk walk(transaction_, file_, model_);
  for (bool more = walk.start(); more; more = walk.advance()) {
    progress.step();
    try {
      if (!record::checksum_matches(walk.value())) throw Corrupt("its bytes do not match their checksum");
      const Record record(walk.value(), *model_.shape);
      bool carried = false;
      guard_capnp([&] {
        each_entry(record.root(), index_, walk.key(), [&](const IndexEntry& entry) {
          entries_.add(entry.key, static_cast<std::uint32_t>(record_keys_.size()), !entry.value.empty());
          carried = true;
        });
      });
      if (carried) record_keys_.add(walk.key(), false);
    } catch (const KeyTooLong& error) {
      throw KeyTooLong(error, model_.name + ' ' + key_json(walk.key(), model_));
    } catch (const Error& error) {
      throw Corrupt("record " + key_json(walk.key(), model_) + " of " + model_.name + ": " + error.what() +
                    ": its index entries cannot be made; nothing was changed. Put the record anew or remove it, or "
                    "restore a backup");
    }
  }
  entries_.sort();
}

std::optional<std::string> IndexBuild::twins() const {
  if (!index_.unique) return std::nullopt;
  for (std::size_t i = 1; i < entries_.size(); ++i) {
    if (entries_.operation(i - 1) == entries_.operation(i) || compare(entries_[i - 1], entries_[i]) != 0) continue;
    return "the records " + key_json(record_keys_[entries_.operation(i - 1)], model_) + " and " +
           key_json(record_keys_[entries_.operation(i)], model_) + " of " + model_.name +
           " have the same key of the unique index " + index_.name;
  }
  return std::nullopt;
}

std::size_t IndexBuild::write(Lmdb::WriteTransaction& transaction) const {
  const Table table = transaction.make_table(index_.table);
  transaction.clear(table);
  std::size_t made = 0;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (i > 0 && compare(entries_[i - 1], entries_[i]) == 0) continue;  // one record's key twice
    const Bytes value = entries_.has_value(i) ? record_keys_[entries_.operation(i)] : Bytes{};
    engine::put(transaction, table, entries_[i], value.size(), engine::PutMode::append, [&](std::byte* space) {
      if (!value.empty()) std::memcpy(space, value.data(), value.size());
    });
    ++made;
  }
  return made;
}

}  // namespace netabase::tools
