/// \file
/// Promise: a store without a limit makes room for whatever is put into it. The map begins so small here that it really
/// has to grow.

#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "netabase/detail/store_check.hpp"
#include "netabase/detail/store_opening.hpp"
#include "promises/blog_support.hpp"

using namespace promises;

namespace {

constexpr std::uint64_t first_map = 256 << 10;

/// Lmdb with a first map of 256 KiB.
class SmallLmdb {
 public:
  using Transaction = netabase::Lmdb::Transaction;
  using ReadTransaction = netabase::Lmdb::ReadTransaction;
  using WriteTransaction = netabase::Lmdb::WriteTransaction;
  using Cursor = netabase::Lmdb::Cursor;
  using Initialise = netabase::engine::Initialise<WriteTransaction>;

  explicit SmallLmdb(std::shared_ptr<netabase::Lmdb> base) : base_(std::move(base)) {}
  static std::shared_ptr<SmallLmdb> open(const netabase::Config& config, std::uint32_t max_tables,
                                         const Initialise& initialise) {
    return std::make_shared<SmallLmdb>(netabase::Lmdb::open(config, max_tables, initialise, first_map));
  }
  static std::shared_ptr<SmallLmdb> temp(std::uint32_t max_tables, const Initialise& initialise) {
    return std::make_shared<SmallLmdb>(netabase::Lmdb::temp(max_tables, initialise));
  }

  ReadTransaction begin_read() { return base_->begin_read(); }
  WriteTransaction begin_write() { return base_->begin_write(); }
  std::optional<WriteTransaction> try_begin_write() { return base_->try_begin_write(); }
  void grow() { base_->grow(); }
  bool is_full(const netabase::MapFull& error) const { return base_->is_full(error); }
  void flush() { base_->flush(); }
  void backup(const std::string& path) { base_->backup(path); }
  void compact() { base_->compact(); }
  netabase::Stats stats() { return base_->stats(); }
  const std::string& path() const { return base_->path(); }
  bool read_only() const { return base_->read_only(); }
  bool is_writing() const { return base_->is_writing(); }

 private:
  std::shared_ptr<netabase::Lmdb> base_;
};

using Small = netabase::Store<blog::BlogDefinition, SmallLmdb>;

netabase::Config unsynced(const std::string& path) {
  netabase::Config config;
  config.path = path;
  config.durability = netabase::Durability::none;
  return config;
}

/// A record of some 2 KiB.
blog::User wide(std::uint64_t id) {
  blog::User out = user(id, id % 2 == 0 ? "even" : "odd");
  out.username = std::string(2000, static_cast<char>('a' + id % 26));
  return out;
}

void require_users(const netabase::Store<blog::BlogDefinition>& store, std::uint64_t count) {
  require_sound(store);
  auto txn = store.begin_read();
  const auto users = txn.open_tree<blog::User>();
  REQUIRE(users.len() == count);
  for (std::uint64_t id = 1; id <= count; ++id) REQUIRE(users.get(id) == wide(id));
  CHECK(users.by<&blog::User::city>().count("even") == count / 2);
}

}  // namespace

TEST_CASE("with_write_transaction makes the map grow until its function fits") {
  const TemporaryFolder folder;
  const std::string file = folder.file("blog.mdb");
  {
    const auto store = Small::open(unsynced(file));
    CHECK(store.stats().max_bytes == first_map);
    int runs = 0;
    store.with_write_transaction([&](auto& txn) {
      ++runs;
      auto users = txn.template open_tree<blog::User>();
      REQUIRE(users.is_empty());
      for (std::uint64_t id = 1; id <= 500; ++id) users.put(wide(id));
      auto nested = txn.begin_nested();
      std::vector<blog::User> more;
      for (std::uint64_t id = 501; id <= 1000; ++id) more.push_back(wide(id));
      nested.template open_tree<blog::User>().put_many(more);
      nested.commit();
    });
    CHECK(runs >= 4);  // 2 MB in maps of 256 KiB, 512 KiB, ...
    CHECK(store.stats().max_bytes == first_map << (runs - 1));
    // Many small ones as well.
    for (std::uint64_t id = 1001; id <= 2000; ++id) store.quick_put(wide(id));
    CHECK(store.stats().file_bytes > 16 * first_map);
  }
  require_users(netabase::Store<blog::BlogDefinition>::open(file), 2000);
}

TEST_CASE("an explicit transaction that met a full map stores nothing, and the next one has room") {
  const TemporaryFolder folder;
  const std::string file = folder.file("blog.mdb");
  std::uint64_t stored = 0;
  {
    const auto store = Small::open(unsynced(file));
    int full = 0;
    while (stored < 1000) {
      auto txn = store.begin_write();
      auto users = txn.open_tree<blog::User>();
      REQUIRE(users.len() == stored);
      try {
        for (std::uint64_t id = stored + 1; id <= stored + 20; ++id) users.put(wide(id));
        txn.commit();
        stored += 20;
      } catch (const netabase::MapFull&) {
        REQUIRE(++full < 10);
        if (txn.is_open()) CHECK_THROWS_AS(txn.commit(), netabase::MapFull);
        CHECK_FALSE(txn.is_open());
      }
    }
    CHECK(full >= 3);
  }
  require_users(netabase::Store<blog::BlogDefinition>::open(file), stored);
}

TEST_CASE("the map grows between readers of other threads, who see whole commits") {
  const TemporaryFolder folder;
  const std::string file = folder.file("blog.mdb");
  {
    const auto store = Small::open(unsynced(file));
    std::atomic<bool> done{false};
    std::atomic<int> wrong{0};
    std::vector<std::thread> readers;
    for (int i = 0; i < 2; ++i) {
      readers.emplace_back([&] {
        while (!done) {
          auto txn = store.begin_read();
          const auto users = txn.open_tree<blog::User>();
          const std::uint64_t count = users.len();
          if (count % 10 != 0 || (count != 0 && users.get(count) != wide(count))) ++wrong;
        }
      });
    }
    for (std::uint64_t first = 1; first <= 1000; first += 10) {
      store.with_write_transaction([&](auto& txn) {
        auto users = txn.template open_tree<blog::User>();
        for (std::uint64_t id = first; id < first + 10; ++id) users.put(wide(id));
      });
    }
    done = true;
    for (auto& reader : readers) reader.join();
    CHECK(wrong.load() == 0);
    CHECK(store.stats().max_bytes > first_map);
  }
  require_users(netabase::Store<blog::BlogDefinition>::open(file), 1000);
}

TEST_CASE("functions that share a commit make the map grow until they fit") {
  const TemporaryFolder folder;
  const std::string file = folder.file("blog.mdb");
  constexpr std::uint64_t functions = 10;
  constexpr std::uint64_t users_of_each = 50;
  {
    const auto store = Small::open(unsynced(file));
    std::atomic<int> runs{0};
    std::vector<std::future<void>> futures;
    std::promise<void> all_queued;
    std::promise<void> writing;
    std::thread holder([&] {
      const auto txn = store.begin_write();
      writing.set_value();
      all_queued.get_future().wait();
    });
    writing.get_future().wait();
    for (std::uint64_t i = 0; i < functions; ++i) {
      futures.push_back(store.write_async([&runs, i](auto& txn) {
        ++runs;
        auto users = txn.template open_tree<blog::User>();
        for (std::uint64_t id = 1; id <= users_of_each; ++id) users.put(wide(i * users_of_each + id));
      }));
    }
    all_queued.set_value();
    holder.join();
    for (auto& future : futures) future.get();
    CHECK(runs > static_cast<int>(functions));
    CHECK(store.stats().max_bytes > first_map);
  }
  require_users(netabase::Store<blog::BlogDefinition>::open(file), functions * users_of_each);
}
