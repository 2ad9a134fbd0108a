#pragma once

/// \file
/// LMDB called by hand: packed records, cursors kept, records written into LMDB's own page.

#include <lmdb.h>

#include <array>
#include <filesystem>

#include "hand.hpp"
#include "lmdb_store.hpp"
#include "side.hpp"

namespace suite {

template <class Record>
class LmdbSide : public Side<Record> {
  using AnyRow = Row<Record>;
  using View = ViewOf<Record>;
  using Ids = std::span<const std::uint64_t>;
  using Probes = std::span<const Probe>;
  static constexpr std::size_t indexes = AnyRow::indexes.size();

 public:
  LmdbSide(const Place& place, const std::string& name)
      : store_(place.folder + "/" + name + "_lmdb.mdb", indexes, place.full_durability) {}

  void clear() override { store_.clear(); }
  void reopen(const std::function<void()>& while_closed) override { store_.reopen(while_closed); }
  void set_read_ahead(bool on) override { store_.read_ahead = on; }
  std::vector<std::string> files() override { return {store_.path()}; }

  std::uint64_t put_loop(std::span<const Record> records) override {
    LmdbWrite txn(store_);
    std::uint64_t stored = 0;
    for (const Record& record : records) {
      put(txn, view_of<Record>(record));
      ++stored;
    }
    txn.commit();
    return stored;
  }

  /// Sorted by primary key; the entries of each index gathered and sorted, too, and appended where the table is empty.
  std::uint64_t put_bulk(std::span<const Record> records) override {
    LmdbWrite txn(store_);
    const bool empty = txn.is_empty();
    std::vector<View> views;
    views.reserve(records.size());
    for (const Record& record : records) views.push_back(view_of<Record>(record));
    const auto by_id = [](const View& a, const View& b) { return a.id < b.id; };
    if (!std::is_sorted(views.begin(), views.end(), by_id)) std::sort(views.begin(), views.end(), by_id);
    std::vector<LmdbEntries> entries(indexes);
    for (const View& view : views) {
      const bool is_new = put_record(txn, view, empty ? MDB_APPEND : 0U);
      each_number<indexes>([&](auto i) {
        HandKey key;
        const bool has = key.template entry<Record, i>(view);
        HandKey old_key;
        const bool had = !is_new && old_key.template entry<Record, i>(old_);
        if (has && had && key.text() == old_key.text()) return;
        if (had) txn.erase(i, old_key.text());
        if (has) entries[i].add(key.text(), view.id);
      });
    }
    each_number<indexes>([&](auto i) {
      entries[i].sort();
      entries[i].each(
          [&](std::string_view key, std::uint64_t id) { add_entry<i>(txn, key, id, empty ? MDB_APPEND : 0U); });
    });
    txn.commit();
    return views.size();
  }

  std::uint64_t put_each(std::span<const Record> records) override {
    std::uint64_t stored = 0;
    for (const Record& record : records) {
      LmdbWrite txn(store_);
      put(txn, view_of<Record>(record));
      txn.commit();
      ++stored;
    }
    return stored;
  }

  Outcome get_owned(Ids ids) override {
    Outcome outcome;
    LmdbRead txn(store_);
    for (const std::uint64_t id : ids) {
      if (const char* record = txn.get(id)) own(outcome, unpack<Record>(record));
    }
    return outcome;
  }
  Outcome get_borrowed(Ids ids) override {
    Outcome outcome;
    LmdbRead txn(store_);
    for (const std::uint64_t id : ids) {
      if (const char* record = txn.get(id)) outcome.add(AnyRow::digest(unpack<Record>(record)));
    }
    return outcome;
  }
  Outcome contains(Ids ids) override {
    Outcome outcome;
    LmdbRead txn(store_);
    for (const std::uint64_t id : ids) {
      if (txn.get(id) != nullptr) outcome.add(0);
    }
    return outcome;
  }
  Outcome get_many(Ids ids) override {
    Outcome outcome;
    LmdbRead txn(store_);
    std::vector<std::pair<std::uint64_t, std::size_t>> wanted;
    wanted.reserve(ids.size());
    for (const std::uint64_t id : ids) wanted.emplace_back(id, wanted.size());
    if (!std::is_sorted(wanted.begin(), wanted.end())) std::sort(wanted.begin(), wanted.end());
    std::vector<std::optional<Record>> records(ids.size());
    for (const auto& [id, at] : wanted) {
      if (const char* record = txn.get(id)) records[at].emplace(AnyRow::own(unpack<Record>(record)));
    }
    for (const std::optional<Record>& record : records) {
      if (!record) continue;
      keep(*record);
      outcome.add(AnyRow::digest(AnyRow::view(*record)));
    }
    return outcome;
  }

  Outcome scan() override {
    LmdbRead txn(store_);
    return scan(txn);
  }
  Outcome range(std::span<const std::pair<std::uint64_t, std::uint64_t>> ranges) override {
    Outcome outcome;
    LmdbRead txn(store_);
    for (const auto& [from, to] : ranges) {
      const IdKey first(from);
      const IdKey end(to);
      txn.each_record(first.text(), [&](std::string_view key, const char* record) {
        if (key >= end.text()) return false;
        outcome.add(AnyRow::digest(unpack<Record>(record)));
        return true;
      });
    }
    return outcome;
  }

  Outcome equal_owned(std::size_t index, Probes probes) override {
    Outcome outcome;
    LmdbRead txn(store_);
    each_id(txn, index, probes, false, [&](std::uint64_t id) { own(outcome, unpack<Record>(txn.get(id))); });
    return outcome;
  }
  Outcome equal_borrowed(std::size_t index, Probes probes) override {
    Outcome outcome;
    LmdbRead txn(store_);
    each_id(txn, index, probes, false,
            [&](std::uint64_t id) { outcome.add(AnyRow::digest(unpack<Record>(txn.get(id)))); });
    return outcome;
  }
  Outcome equal_keys(std::size_t index, Probes probes) override {
    Outcome outcome;
    LmdbRead txn(store_);
    each_id(txn, index, probes, false, [&](std::uint64_t id) { outcome.add(id); });
    return outcome;
  }
  Outcome count(std::size_t index, Probes probes) override {
    Outcome outcome;
    LmdbRead txn(store_);
    each_id(txn, index, probes, false, [&](std::uint64_t) { ++outcome.count; });
    return outcome;
  }
  Outcome prefix(std::size_t index, Probes probes) override {
    Outcome outcome;
    LmdbRead txn(store_);
    each_id(txn, index, probes, true,
            [&](std::uint64_t id) { outcome.add(AnyRow::digest(unpack<Record>(txn.get(id)))); });
    return outcome;
  }

  std::uint64_t update_plain(Ids ids) override {
    return update(ids, [](View& view) { AnyRow::change_plain(view); });
  }
  std::uint64_t update_indexed(Ids ids) override {
    return update(ids, [](View& view) { AnyRow::change_indexed(view); });
  }

  std::uint64_t remove(Ids ids) override {
    LmdbWrite txn(store_);
    std::uint64_t removed = 0;
    for (const std::uint64_t id : ids) {
      const MDB_val record = txn.seek(id);
      if (record.mv_data == nullptr) continue;
      std::array<HandKey, indexes> keys;
      std::array<bool, indexes> has{};
      const View view = unpack<Record>(static_cast<const char*>(record.mv_data));
      each_number<indexes>([&](auto i) { has[i] = keys[i].template entry<Record, i>(view); });
      txn.erase();
      each_number<indexes>([&](auto i) {
        if (has[i]) txn.erase(i, keys[i].text());
      });
      ++removed;
    }
    txn.commit();
    return removed;
  }

  Outcome snapshot_across_removal(Ids ids) override {
    Outcome outcome;
    {
      LmdbRead before(store_);
      remove(ids);
      outcome.count = scan(before).count;
    }
    LmdbRead after(store_);
    outcome.sum = after.count();
    return outcome;
  }

  /// One transaction, reset and renewed.
  std::uint64_t begin_read(std::uint64_t times) override {
    MDB_txn* txn = nullptr;
    check_lmdb(mdb_txn_begin(store_.env, nullptr, MDB_RDONLY, &txn), "mdb_txn_begin");
    std::uint64_t begun = 0;
    for (; begun < times; ++begun) {
      mdb_txn_reset(txn);
      check_lmdb(mdb_txn_renew(txn), "mdb_txn_renew");
    }
    mdb_txn_abort(txn);
    return begun;
  }
  std::function<Outcome(Ids)> reader() override {
    return [this](Ids ids) { return get_borrowed(ids); };
  }

 private:
  static void own(Outcome& outcome, const View& view) {
    const Record record = AnyRow::own(view);
    keep(record);
    outcome.add(AnyRow::digest(AnyRow::view(record)));
  }

  static Outcome scan(LmdbRead& txn) {
    Outcome outcome;
    txn.each_record({}, [&](std::string_view, const char* record) {
      outcome.add(AnyRow::digest(unpack<Record>(record)));
      return true;
    });
    return outcome;
  }

  /// Stores the record alone. Returns whether it is new; otherwise the one it replaces is in old_.
  bool put_record(LmdbWrite& txn, const View& view, unsigned flags) {
    const std::size_t size = packed_size(view);
    MDB_val value{size, nullptr};
    const bool is_new = txn.reserve(view.id, value, flags | MDB_NOOVERWRITE);
    if (!is_new) {
      old_bytes_.assign(static_cast<const char*>(value.mv_data), value.mv_size);
      old_ = unpack<Record>(old_bytes_.data());
      value.mv_size = size;
      txn.replace(view.id, value);
    }
    pack(view, value.mv_data);
    return is_new;
  }

  template <std::size_t i>
  void add_entry(LmdbWrite& txn, std::string_view key, std::uint64_t id, unsigned flags) {
    if constexpr (AnyRow::indexes[i].kind == Kind::unique_text) {
      const IdKey record(id);
      txn.add(i, key, record.text(), flags | MDB_NOOVERWRITE);
    } else {
      txn.add(i, key, {}, flags);
    }
  }

  void put(LmdbWrite& txn, const View& view) { put_entries(txn, view, put_record(txn, view, 0)); }

  /// The index entries of a record that is new, or in place of old_.
  void put_entries(LmdbWrite& txn, const View& view, bool is_new) {
    each_number<indexes>([&](auto i) {
      HandKey key;
      const bool has = key.template entry<Record, i>(view);
      if (!is_new) {
        HandKey old_key;
        const bool had = old_key.template entry<Record, i>(old_);
        if (has && had && key.text() == old_key.text()) return;
        if (had) txn.erase(i, old_key.text());
      }
      if (has) add_entry<i>(txn, key.text(), view.id, 0);
    });
  }

  template <class Change>
  std::uint64_t update(Ids ids, Change&& change) {
    LmdbWrite txn(store_);
    std::uint64_t updated = 0;
    for (const std::uint64_t id : ids) {
      const MDB_val found = txn.seek(id);
      if (found.mv_data == nullptr) continue;
      // LMDB may move what lies in its pages with the next write.
      old_bytes_.assign(static_cast<const char*>(found.mv_data), found.mv_size);
      old_ = unpack<Record>(old_bytes_.data());
      View view = old_;
      change(view);
      MDB_val value{packed_size(view), nullptr};
      txn.replace(id, value);
      pack(view, value.mv_data);
      put_entries(txn, view, false);
      ++updated;
    }
    txn.commit();
    return updated;
  }

  /// Calls `use` with the primary keys that an index has under each probe, or under what begins with it.
  template <class Use>
  static void each_id(LmdbRead& txn, std::size_t index, Probes probes, bool prefixes, Use&& use) {
    const Kind kind = AnyRow::asked == 0 ? Kind::text : AnyRow::indexes[index].kind;
    for (const Probe& probe : probes) {
      HandKey key;
      key.value(prefixes ? Kind::unique_text : kind, {probe.number, probe.text});
      if (kind == Kind::unique_text && !prefixes) {
        if (const char* id = txn.get(index, key.text())) use(id_of(id));
      } else {
        txn.each_entry(index, key.text(), [&](std::string_view entry, const char* value) {
          use(id_of(kind == Kind::unique_text ? value : entry.data() + entry.size() - sizeof(std::uint64_t)));
        });
      }
    }
  }

  LmdbStore store_;
  std::string old_bytes_;
  View old_;
};

}  // namespace suite
