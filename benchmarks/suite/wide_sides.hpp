#pragma once

/// \file
/// The sides of the wide workload. Those that know bytes only store the record packed by hand (hand_everything.hpp).
/// SQLite has a document's fields as columns, so that it can read one of them; a record with every type of field, which
/// has no columns of SQL for its lists and maps, as a blob of the same packed bytes.

#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hand_everything.hpp"
#include "lmdb_store.hpp"
#include "netabase/config.hpp"
#include "side.hpp"
#ifdef SUITE_SQLITE
#include "sqlite_store.hpp"
#endif
#ifdef SUITE_ROCKSDB
#include "rocksdb_store.hpp"
#endif

namespace suite {

/// The records have the ids 1 to their number, put and read in this order.
template <class Record>
class WideSide {
 public:
  virtual ~WideSide() = default;
  virtual void clear() = 0;
  virtual void settle() {}
  /// In one transaction.
  virtual Outcome put(std::vector<Record>& records) = 0;
  /// Whole structs; `digest` reads from them.
  virtual Outcome get(std::uint64_t count) = 0;
  /// A document's number, and nothing else of it.
  virtual Outcome field(std::uint64_t count) = 0;
};

std::uint64_t digest(const wide::Everything& all);
std::uint64_t digest(const wide::Document& document);

template <class Record>
std::size_t packed_size_of(Record& record) {
  Sizer sizer;
  suite::field(sizer, record);
  return sizer.size;
}

template <class Record>
void pack_into(Record& record, void* space) {
  Writer writer{static_cast<char*>(space)};
  suite::field(writer, record);
}

/// The digest of a record unpacked.
template <class Record>
std::uint64_t unpacked_digest(const char* bytes) {
  Reader reader{bytes};
  Record record;
  suite::field(reader, record);
  return digest(record);
}

/// The number of a packed document, behind its id.
inline std::uint64_t packed_number(const char* bytes) {
  std::uint64_t number = 0;
  std::memcpy(&number, bytes + sizeof(std::uint64_t), sizeof(number));
  return number;
}

template <class Record>
class WideNetabase : public WideSide<Record> {
 public:
  WideNetabase(const Place& place, const std::string& name) : path_(place.folder + "/" + name + "_netabase.mdb") {
    netabase::Config config;
    config.path = path_;
    config.truncate = true;
    config.durability = place.full_durability ? netabase::Durability::full : netabase::Durability::none;
    store_.emplace(Store::open(config));
  }
  ~WideNetabase() override {
    store_.reset();
    std::filesystem::remove(path_);
    std::filesystem::remove(path_ + "-lock");
  }
  WideNetabase(const WideNetabase&) = delete;
  WideNetabase& operator=(const WideNetabase&) = delete;

  void clear() override {
    store_->with_write_transaction([](auto& txn) { txn.template open_tree<Record>().clear(); });
  }
  Outcome put(std::vector<Record>& records) override {
    Outcome outcome;
    auto txn = store_->begin_write();
    auto tree = txn.template open_tree<Record>();
    for (const Record& record : records) {
      tree.put(record);
      outcome.add(record.id);
    }
    txn.commit();
    return outcome;
  }
  Outcome get(std::uint64_t count) override {
    Outcome outcome;
    auto txn = store_->begin_read();
    const auto tree = txn.template open_tree<Record>();
    for (std::uint64_t id = 1; id <= count; ++id) {
      const std::optional<Record> record = tree.get(id);
      if (record) outcome.add(digest(*record));
    }
    return outcome;
  }
  Outcome field(std::uint64_t count) override {
    Outcome outcome;
    if constexpr (std::is_same_v<Record, wide::Document>) {
      auto txn = store_->begin_read();
      const auto tree = txn.template open_tree<Record>();
      for (std::uint64_t id = 1; id <= count; ++id) {
        if (const auto document = tree.get_borrowed(id)) outcome.add(document->number());
      }
    }
    return outcome;
  }

 private:
  using Store = netabase::Store<wide::WideDefinition>;
  std::string path_;
  std::optional<Store> store_;
};

template <class Record>
class WideLmdb : public WideSide<Record> {
 public:
  WideLmdb(const Place& place, const std::string& name)
      : store_(place.folder + "/" + name + "_lmdb.mdb", 0, place.full_durability) {}

  void clear() override { store_.clear(); }
  Outcome put(std::vector<Record>& records) override {
    Outcome outcome;
    LmdbWrite txn(store_);
    for (Record& record : records) {
      MDB_val value{packed_size_of(record), nullptr};
      txn.reserve(record.id, value, 0);
      pack_into(record, value.mv_data);
      outcome.add(record.id);
    }
    txn.commit();
    return outcome;
  }
  Outcome get(std::uint64_t count) override {
    Outcome outcome;
    LmdbRead txn(store_);
    for (std::uint64_t id = 1; id <= count; ++id) {
      if (const char* record = txn.get(id)) outcome.add(unpacked_digest<Record>(record));
    }
    return outcome;
  }
  Outcome field(std::uint64_t count) override {
    Outcome outcome;
    LmdbRead txn(store_);
    for (std::uint64_t id = 1; id <= count; ++id) {
      if (const char* record = txn.get(id)) outcome.add(packed_number(record));
    }
    return outcome;
  }

 private:
  LmdbStore store_;
};

#ifdef SUITE_SQLITE
template <class Record>
class WideSqlite : public WideSide<Record> {
  static constexpr bool columns = std::is_same_v<Record, wide::Document>;

 public:
  WideSqlite(const Place& place, const std::string& name)
      : store_(place.folder + "/" + name + "_sqlite.db", place.full_durability) {
    store_.execute(columns ? "CREATE TABLE rows(id INTEGER PRIMARY KEY, number INTEGER NOT NULL, text TEXT NOT NULL, "
                             "vector BLOB NOT NULL)"
                           : "CREATE TABLE rows(id INTEGER PRIMARY KEY, record BLOB NOT NULL)");
    begin_ = SqliteStatement(store_.database, "BEGIN");
    commit_ = SqliteStatement(store_.database, "COMMIT");
    put_ = SqliteStatement(store_.database, columns ? "INSERT OR REPLACE INTO rows VALUES(?1, ?2, ?3, ?4)"
                                                    : "INSERT OR REPLACE INTO rows VALUES(?1, ?2)");
    get_ = SqliteStatement(store_.database, "SELECT * FROM rows WHERE id = ?1");
    if (columns) field_ = SqliteStatement(store_.database, "SELECT number FROM rows WHERE id = ?1");
  }

  void clear() override {
    store_.execute("DELETE FROM rows");
    store_.settle();
  }
  void settle() override { store_.settle(); }
  Outcome put(std::vector<Record>& records) override {
    Outcome outcome;
    begin_.run();
    for (Record& record : records) {
      put_.bind(1, record.id);
      if constexpr (columns) {
        put_.bind(2, record.number);
        put_.bind(3, std::string_view(record.text));
        put_.bind_blob(4, {reinterpret_cast<const char*>(record.vector.data()), record.vector.size() * sizeof(float)});
      } else {
        packed_.resize(packed_size_of(record));
        pack_into(record, packed_.data());
        put_.bind_blob(2, packed_);
      }
      put_.run();
      outcome.add(record.id);
    }
    commit_.run();
    return outcome;
  }
  Outcome get(std::uint64_t count) override {
    return read(get_, count, [](const SqliteStatement& row) {
      if constexpr (columns) {
        Record record;
        record.id = row.number(0);
        record.number = row.number(1);
        record.text = row.text(2);
        const std::string_view floats = row.blob(3);
        record.vector.resize(floats.size() / sizeof(float));
        if (!floats.empty()) std::memcpy(record.vector.data(), floats.data(), floats.size());
        return digest(record);
      } else {
        return unpacked_digest<Record>(row.blob(1).data());
      }
    });
  }
  Outcome field(std::uint64_t count) override {
    return read(field_, count, [](const SqliteStatement& row) { return row.number(0); });
  }

 private:
  template <class Use>
  Outcome read(SqliteStatement& statement, std::uint64_t count, Use&& use) {
    Outcome outcome;
    begin_.run();
    for (std::uint64_t id = 1; id <= count; ++id) {
      statement.bind(1, id);
      if (statement.step()) outcome.add(use(statement));
      statement.reset();
    }
    commit_.run();
    return outcome;
  }

  SqliteStore store_;
  SqliteStatement begin_, commit_, put_, get_, field_;
  std::string packed_;
};
#endif

#ifdef SUITE_ROCKSDB
template <class Record>
class WideRocks : public WideSide<Record> {
 public:
  WideRocks(const Place& place, const std::string& name) : store_(place.folder + "/" + name + "_rocksdb", 0, place) {}

  void clear() override { store_.clear(); }
  void settle() override { store_.settle(); }
  Outcome put(std::vector<Record>& records) override {
    Outcome outcome;
    rocksdb::WriteBatch batch;
    for (Record& record : records) {
      packed_.resize(packed_size_of(record));
      pack_into(record, packed_.data());
      check_rocksdb(batch.Put(store_.records(), to_slice(IdKey(record.id).text()), packed_));
      outcome.add(record.id);
    }
    store_.write(batch);
    return outcome;
  }
  Outcome get(std::uint64_t count) override { return read(count, unpacked_digest<Record>); }
  Outcome field(std::uint64_t count) override { return read(count, packed_number); }

 private:
  Outcome read(std::uint64_t count, std::uint64_t (*use)(const char*)) {
    Outcome outcome;
    rocksdb::PinnableSlice value;
    for (std::uint64_t id = 1; id <= count; ++id) {
      if (store_.get(store_.records(), IdKey(id).text(), value)) outcome.add(use(value.data()));
    }
    return outcome;
  }

  RocksStore store_;
  std::string packed_;
};
#endif

template <class Record>
struct WideContest {
  std::vector<std::string> names;
  std::vector<std::unique_ptr<WideSide<Record>>> sides;
};

/// All that were built and are wanted, each with an empty store.
template <class Record>
WideContest<Record> open_wide_sides(const Suite& suite, const std::string& name) {
  WideContest<Record> contest;
  const auto add = [&]<class AnySide>(const char* side, std::type_identity<AnySide>) {
    if (!suite.wants_side(side)) return;
    contest.names.push_back(side);
    contest.sides.push_back(std::make_unique<AnySide>(in_memory(suite), name));
  };
  add("netabase", std::type_identity<WideNetabase<Record>>());
  add("LMDB", std::type_identity<WideLmdb<Record>>());
#ifdef SUITE_SQLITE
  add("SQLite", std::type_identity<WideSqlite<Record>>());
#endif
#ifdef SUITE_ROCKSDB
  add("RocksDB", std::type_identity<WideRocks<Record>>());
#endif
  return contest;
}

}  // namespace suite
