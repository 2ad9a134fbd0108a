#pragma once

/// \file
/// RocksDB: records and indexes in column families, changed together by write batches; snapshots for reads.

#include <rocksdb/utilities/write_batch_with_index.h>

#include <array>

#include "hand.hpp"
#include "rocksdb_store.hpp"
#include "side.hpp"

namespace suite {

template <class Record>
class RocksSide : public Side<Record> {
  using AnyRow = Row<Record>;
  using View = ViewOf<Record>;
  using Ids = std::span<const std::uint64_t>;
  using Probes = std::span<const Probe>;
  static constexpr std::size_t indexes = AnyRow::indexes.size();
  static constexpr std::size_t at_once = 128;  ///< keys of one MultiGet

 public:
  RocksSide(const Place& place, const std::string& name)
      : store_(place.folder + "/" + name + "_rocksdb", indexes, place) {}

  void clear() override { store_.clear(); }
  void settle() override { store_.settle(); }
  void reopen(const std::function<void()>& while_closed) override { store_.reopen(while_closed); }
  std::vector<std::string> files() override { return store_.files(); }

  /// The batch is indexed, since a put must see those before it.
  std::uint64_t put_loop(std::span<const Record> records) override {
    rocksdb::WriteBatchWithIndex batch(rocksdb::BytewiseComparator(), 0, true);
    const auto get = [&](rocksdb::ColumnFamilyHandle* family, std::string_view key) {
      found_.Reset();
      const rocksdb::Status status =
          batch.GetFromBatchAndDB(&store_.database(), rocksdb::ReadOptions(), family, to_slice(key), &found_);
      if (!status.IsNotFound()) check_rocksdb(status);
      return status.ok();
    };
    for (const Record& record : records) put(batch, view_of<Record>(record), get);
    check_rocksdb(store_.database().Write(store_.options(), batch.GetWriteBatch()));
    return records.size();
  }

  /// Old records are looked up many at once, then everything is written in one plain batch.
  std::uint64_t put_bulk(std::span<const Record> records) override {
    rocksdb::WriteBatch batch;
    std::vector<std::uint64_t> ids;
    for (std::size_t first = 0; first < records.size(); first += at_once) {
      const auto some = records.subspan(first, std::min(at_once, records.size() - first));
      ids.clear();
      for (const Record& record : some) ids.push_back(record.id);
      std::size_t i = 0;
      each_record(ids, rocksdb::ReadOptions(), [&](const rocksdb::PinnableSlice* old) {
        const View view = view_of<Record>(some[i++]);
        store(
            batch, view, old != nullptr ? to_text(*old) : std::string_view(), old != nullptr,
            [&](rocksdb::ColumnFamilyHandle* family, std::string_view key) { return store_.get(family, key, found_); });
      });
    }
    store_.write(batch);
    return records.size();
  }

  std::uint64_t put_each(std::span<const Record> records) override {
    const auto get = [&](rocksdb::ColumnFamilyHandle* family, std::string_view key) {
      return store_.get(family, key, found_);
    };
    for (const Record& record : records) {
      rocksdb::WriteBatch batch;
      put(batch, view_of<Record>(record), get);
      store_.write(batch);
    }
    return records.size();
  }

  Outcome get_owned(Ids ids) override { return get(ids, own); }
  Outcome get_borrowed(Ids ids) override { return get(ids, borrow); }
  Outcome contains(Ids ids) override {
    return get(ids, [](Outcome& outcome, const char*) { outcome.add(0); });
  }
  Outcome get_many(Ids ids) override {
    return read([&](const rocksdb::ReadOptions& options, Outcome& outcome) {
      std::vector<std::optional<Record>> records;
      records.reserve(ids.size());
      each_record(ids, options, [&](const rocksdb::PinnableSlice* value) {
        records.emplace_back();
        if (value != nullptr) records.back().emplace(AnyRow::own(unpack<Record>(value->data())));
      });
      for (const std::optional<Record>& record : records) {
        if (!record) continue;
        keep(*record);
        outcome.add(AnyRow::digest(AnyRow::view(*record)));
      }
    });
  }

  Outcome scan() override {
    return read([&](const rocksdb::ReadOptions& options, Outcome& outcome) { scan(options, outcome); });
  }
  Outcome range(std::span<const std::pair<std::uint64_t, std::uint64_t>> ranges) override {
    return read([&](const rocksdb::ReadOptions& options, Outcome& outcome) {
      const std::unique_ptr<rocksdb::Iterator> at(store_.database().NewIterator(options, store_.records()));
      for (const auto& [from, to] : ranges) {
        const IdKey first(from);
        const IdKey end(to);
        for (at->Seek(to_slice(first.text())); at->Valid() && to_text(at->key()) < end.text(); at->Next()) {
          borrow(outcome, at->value().data());
        }
      }
    });
  }

  Outcome equal_owned(std::size_t index, Probes probes) override { return records_of(index, probes, false, own); }
  Outcome equal_borrowed(std::size_t index, Probes probes) override { return records_of(index, probes, false, borrow); }
  Outcome equal_keys(std::size_t index, Probes probes) override {
    return read([&](const rocksdb::ReadOptions& options, Outcome& outcome) {
      each_id(options, index, probes, false, [&](std::uint64_t id) { outcome.add(id); });
    });
  }
  Outcome count(std::size_t index, Probes probes) override {
    return read([&](const rocksdb::ReadOptions& options, Outcome& outcome) {
      each_id(options, index, probes, false, [&](std::uint64_t) { ++outcome.count; });
    });
  }
  Outcome prefix(std::size_t index, Probes probes) override { return records_of(index, probes, true, borrow); }

  std::uint64_t update_plain(Ids ids) override {
    return update(ids, [](View& view) { AnyRow::change_plain(view); });
  }
  std::uint64_t update_indexed(Ids ids) override {
    return update(ids, [](View& view) { AnyRow::change_indexed(view); });
  }

  std::uint64_t remove(Ids ids) override {
    rocksdb::WriteBatch batch;
    std::uint64_t removed = 0;
    std::size_t i = 0;
    each_record(ids, rocksdb::ReadOptions(), [&](const rocksdb::PinnableSlice* value) {
      const std::uint64_t id = ids[i++];
      if (value == nullptr) return;
      const View view = unpack<Record>(value->data());
      each_number<indexes>([&](auto at) {
        HandKey key;
        if (key.template entry<Record, at>(view)) check_rocksdb(batch.Delete(store_.index(at), to_slice(key.text())));
      });
      check_rocksdb(batch.Delete(store_.records(), to_slice(IdKey(id).text())));
      ++removed;
    });
    store_.write(batch);
    return removed;
  }

  Outcome snapshot_across_removal(Ids ids) override {
    Outcome seen = read([&](const rocksdb::ReadOptions& options, Outcome& outcome) {
      remove(ids);
      scan(options, outcome);
    });
    // RocksDB does not know how many keys it has; a new reader counts.
    seen.sum = scan().count;
    return seen;
  }

  std::uint64_t begin_read(std::uint64_t times) override {
    std::uint64_t begun = 0;
    for (; begun < times; ++begun) read([](const rocksdb::ReadOptions& options, Outcome&) { keep(options); });
    return begun;
  }
  std::function<Outcome(Ids)> reader() override {
    return [this](Ids ids) { return get_borrowed(ids); };
  }

 private:
  static void borrow(Outcome& outcome, const char* record) { outcome.add(AnyRow::digest(unpack<Record>(record))); }
  static void own(Outcome& outcome, const char* record) {
    const Record owned = AnyRow::own(unpack<Record>(record));
    keep(owned);
    outcome.add(AnyRow::digest(AnyRow::view(owned)));
  }

  /// Calls `use` with options that read one snapshot.
  template <class Use>
  Outcome read(Use&& use) {
    Outcome outcome;
    rocksdb::ReadOptions options;
    options.snapshot = store_.database().GetSnapshot();
    use(options, outcome);
    store_.database().ReleaseSnapshot(options.snapshot);
    return outcome;
  }

  template <class Use>
  Outcome get(Ids ids, Use&& use) {
    return read([&](const rocksdb::ReadOptions& options, Outcome& outcome) {
      rocksdb::PinnableSlice value;
      for (const std::uint64_t id : ids) {
        value.Reset();
        const rocksdb::Status status =
            store_.database().Get(options, store_.records(), to_slice(IdKey(id).text()), &value);
        if (status.ok()) use(outcome, value.data());
      }
    });
  }

  void scan(const rocksdb::ReadOptions& options, Outcome& outcome) {
    const std::unique_ptr<rocksdb::Iterator> at(store_.database().NewIterator(options, store_.records()));
    for (at->SeekToFirst(); at->Valid(); at->Next()) borrow(outcome, at->value().data());
  }

  /// Calls `use` with the value of each id in the order given, or null, many at once from RocksDB.
  template <class Use>
  void each_record(Ids ids, const rocksdb::ReadOptions& options, Use&& use) {
    std::vector<IdKey> bytes(at_once, IdKey(0));
    std::array<rocksdb::Slice, at_once> keys;
    std::array<rocksdb::PinnableSlice, at_once> values;
    std::array<rocksdb::Status, at_once> statuses;
    for (std::size_t first = 0; first < ids.size(); first += at_once) {
      const std::size_t count = std::min(at_once, ids.size() - first);
      for (std::size_t i = 0; i < count; ++i) {
        bytes[i] = IdKey(ids[first + i]);
        keys[i] = to_slice(bytes[i].text());
        values[i].Reset();
      }
      store_.database().MultiGet(options, store_.records(), count, keys.data(), values.data(), statuses.data());
      for (std::size_t i = 0; i < count; ++i) {
        if (!statuses[i].IsNotFound()) check_rocksdb(statuses[i]);
        use(statuses[i].ok() ? &values[i] : nullptr);
      }
    }
  }

  /// Calls `use` with the primary keys that an index has under each probe, or under what begins with it.
  template <class Use>
  void each_id(const rocksdb::ReadOptions& options, std::size_t index, Probes probes, bool prefixes, Use&& use) {
    const Kind kind = AnyRow::asked == 0 ? Kind::text : AnyRow::indexes[index].kind;
    std::unique_ptr<rocksdb::Iterator> at;
    rocksdb::PinnableSlice value;
    for (const Probe& probe : probes) {
      HandKey key;
      key.value(prefixes ? Kind::unique_text : kind, {probe.number, probe.text});
      if (kind == Kind::unique_text && !prefixes) {
        value.Reset();
        const rocksdb::Status status =
            store_.database().Get(options, store_.index(index), to_slice(key.text()), &value);
        if (status.ok()) use(id_of(value.data()));
        continue;
      }
      if (at == nullptr) at.reset(store_.database().NewIterator(options, store_.index(index)));
      for (at->Seek(to_slice(key.text())); at->Valid() && to_text(at->key()).starts_with(key.text()); at->Next()) {
        use(id_of(kind == Kind::unique_text ? at->value().data()
                                            : at->key().data() + at->key().size() - sizeof(std::uint64_t)));
      }
    }
  }

  template <class Use>
  Outcome records_of(std::size_t index, Probes probes, bool prefixes, Use&& use) {
    return read([&](const rocksdb::ReadOptions& options, Outcome& outcome) {
      std::vector<std::uint64_t> ids;
      const auto flush = [&] {
        each_record(ids, options, [&](const rocksdb::PinnableSlice* value) { use(outcome, value->data()); });
        ids.clear();
      };
      each_id(options, index, probes, prefixes, [&](std::uint64_t id) {
        ids.push_back(id);
        if (ids.size() == at_once) flush();
      });
      flush();
    });
  }

  /// Adds a record and the change of its index entries to a batch.
  template <class Batch, class Get>
  void store(Batch& batch, const View& view, std::string_view old_bytes, bool replaces, Get&& get) {
    packed_.resize(packed_size(view));
    pack(view, packed_.data());
    View old;
    if (replaces) old = unpack<Record>(old_bytes.data());
    each_number<indexes>([&](auto i) {
      constexpr bool unique = AnyRow::indexes[i].kind == Kind::unique_text;
      HandKey key;
      HandKey old_key;
      const bool has = key.template entry<Record, i>(view);
      const bool had = replaces && old_key.template entry<Record, i>(old);
      if (has && had && key.text() == old_key.text()) return;
      if (had) check_rocksdb(batch.Delete(store_.index(i), to_slice(old_key.text())));
      if (!has) return;
      const IdKey id(view.id);
      if (unique && get(store_.index(i), key.text())) {
        require(id_of(found_.data()) == view.id, "RocksDB: a unique key is taken");
      }
      check_rocksdb(batch.Put(store_.index(i), to_slice(key.text()), unique ? to_slice(id.text()) : rocksdb::Slice()));
    });
    check_rocksdb(batch.Put(store_.records(), to_slice(IdKey(view.id).text()), packed_));
  }

  template <class Batch, class Get>
  void put(Batch& batch, const View& view, Get&& get) {
    const bool replaces = get(store_.records(), IdKey(view.id).text());
    if (replaces) old_.assign(found_.data(), found_.size());
    store(batch, view, old_, replaces, get);
  }

  template <class Change>
  std::uint64_t update(Ids ids, Change&& change) {
    rocksdb::WriteBatch batch;
    std::uint64_t updated = 0;
    each_record(ids, rocksdb::ReadOptions(), [&](const rocksdb::PinnableSlice* value) {
      if (value == nullptr) return;
      View view = unpack<Record>(value->data());
      change(view);
      store(batch, view, to_text(*value), true,
            [&](rocksdb::ColumnFamilyHandle* family, std::string_view key) { return store_.get(family, key, found_); });
      ++updated;
    });
    store_.write(batch);
    return updated;
  }

  RocksStore store_;
  rocksdb::PinnableSlice found_;
  std::string packed_;
  std::string old_;
};

}  // namespace suite
