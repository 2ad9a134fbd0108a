/// \file
/// Promise: what was committed is there when the file is opened again, and a file of another shape is refused and left
/// as it is.

#include <fstream>
#include <iterator>

#include "promises/blog_support.hpp"
#include "shop.netabase.hpp"

using namespace promises;

namespace {

using Blog = netabase::Store<blog::BlogDefinition>;

/// BlogDefinition under another name.
struct RenamedBlog : blog::BlogDefinition {
  static constexpr std::string_view name = "Journal";
};

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

netabase::Config at(const std::string& path) {
  netabase::Config config;
  config.path = path;
  return config;
}

}  // namespace

TEST_CASE("committed records and indexes are there after the file is opened again") {
  const TemporaryFolder folder;
  const std::string path = folder.file("blog.mdb");
  {
    const auto store = Blog::open(path);
    store_users(store, {user(1, "Paris"), user(2)});
    auto txn = store.begin_write();
    txn.open_tree<blog::User>().put(user(3, "Paris"));  // never committed
  }
  const auto store = Blog::open(path);
  auto txn = store.begin_read();
  const auto users = txn.open_tree<blog::User>();
  CHECK(ids(users.iter()) == Ids{1, 2});
  CHECK(in_city(users, "Paris") == Ids{1});
  CHECK(users.by<&blog::User::email>().find("user2@example.com")->id() == 2);
  CHECK(store.path() == path);
  require_sound(store);
}

TEST_CASE("a file whose last pages were taken and given back in one transaction opens again") {
  const TemporaryFolder folder;
  const std::string path = folder.file("blog.mdb");
  {
    const auto store = Blog::open(path);
    store.with_write_transaction([](auto& txn) {
      auto users = txn.template open_tree<blog::User>();
      blog::User large = user(1);
      large.username = std::string(1000000, 'x');
      users.put(large);
      users.put(user(1));
    });
    require_sound(store);
  }
  const auto store = Blog::open(path);
  CHECK(store.quick_get<blog::User>(1) == user(1));
  require_sound(store);
  store.quick_put(user(2));
}

TEST_CASE("a file that was cut off is refused") {
  const TemporaryFolder folder;
  const std::string path = folder.file("blog.mdb");
  {
    const auto store = Blog::open(path);
    for (std::uint64_t id = 1; id <= 50; ++id) store.quick_put(user(id));
  }
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  CHECK_THROWS_AS(Blog::open(path), netabase::Corrupt);
}

TEST_CASE("a store of another definition is refused and stays as it is") {
  const TemporaryFolder folder;
  const std::string path = folder.file("blog.mdb");
  {
    const auto store = Blog::open(path);
    store.quick_put(user(1));
  }
  const std::string before = bytes_of(path);

  CHECK_THROWS_AS(netabase::Store<shop::ShopDefinition>::open(path), netabase::SchemaMismatch);
  CHECK_THROWS_AS(netabase::Store<RenamedBlog>::open(path), netabase::SchemaMismatch);
  try {
    netabase::Store<shop::ShopDefinition>::open(path);
  } catch (const netabase::SchemaMismatch& mismatch) {
    CHECK(std::string(mismatch.what()).find(path) != std::string::npos);
    CHECK(std::string(mismatch.what()).find("BlogDefinition") != std::string::npos);
    CHECK(mismatch.difference().find("ShopDefinition") != std::string::npos);
  }
  CHECK(bytes_of(path) == before);
  CHECK(Blog::open(path).quick_get<blog::User>(1) == user(1));
}

TEST_CASE("options say what happens to files that are missing, present or read-only") {
  const TemporaryFolder folder;
  const std::string path = folder.file("blog.mdb");
  netabase::Config config = at(path);
  config.create_if_missing = false;
  CHECK(code_of([&] { Blog::open(config); }) == netabase::ErrorCode::not_found);
  CHECK_FALSE(std::filesystem::exists(path));
  { Blog::open(path).quick_put(user(1)); }

  config.read_only = true;
  {
    const auto store = Blog::open(config);
    CHECK(store.quick_get<blog::User>(1) == user(1));
    CHECK(code_of([&] { store.quick_put(user(2)); }) == netabase::ErrorCode::read_only);
  }

  config = at(path);
  config.truncate = true;
  {
    const auto store = Blog::open(config);
    CHECK_FALSE(store.quick_get<blog::User>(1).has_value());
    store.quick_put(user(2));
  }
  CHECK(Blog::open(path).quick_get<blog::User>(2) == user(2));
}

TEST_CASE("a second open of a file in one process is refused, and the first handle is unharmed") {
  const TemporaryFolder folder;
  const std::string path = folder.file("blog.mdb");
  const auto store = Blog::open(path);
  store.quick_put(user(1));
  auto snapshot = store.begin_read();
  CHECK_THROWS_AS(Blog::open(path), netabase::AlreadyOpen);
  store.quick_put(user(2));
  CHECK(ids(snapshot.open_tree<blog::User>().iter()) == Ids{1});
}

TEST_CASE("a backup is a store of its own, taken while a writer and readers go on") {
  const TemporaryFolder folder;
  const auto store = Blog::open(folder.file("blog.mdb"));
  store_users(store, {user(1, "Paris"), user(2)});
  {
    auto reader = store.begin_read();
    store.backup(folder.file("copy.mdb"));
    store.quick_put(user(3));
    CHECK(reader.open_tree<blog::User>().len() == 2);
  }
  CHECK_THROWS_AS(store.backup(folder.file("copy.mdb")), netabase::Error);

  const auto copy = Blog::open(folder.file("copy.mdb"));
  auto txn = copy.begin_read();
  CHECK(ids(txn.open_tree<blog::User>().iter()) == Ids{1, 2});
  CHECK(in_city(txn.open_tree<blog::User>(), "Paris") == Ids{1});
  require_sound(copy);
  require_sound(store);
}

TEST_CASE("compact makes the file smaller and keeps every record and index") {
  const TemporaryFolder folder;
  const std::string path = folder.file("blog.mdb");
  const auto store = Blog::open(path);
  std::vector<blog::User> many;
  for (std::uint64_t id = 1; id <= 5000; ++id) many.push_back(user(id, "city" + std::to_string(id % 10)));
  store_users(store, many);
  store.with_write_transaction([](auto& txn) {
    auto users = txn.template open_tree<blog::User>();
    for (std::uint64_t id = 1; id <= 5000; ++id) {
      if (id % 50 != 0) users.remove(id);
    }
  });
  const auto before = std::filesystem::file_size(path);
  store.compact();
  CHECK(std::filesystem::file_size(path) < before / 2);
  CHECK(store.quick_get<blog::User>(100) == user(100, "city0"));
  store.quick_put(user(1, "city0"));
  {
    auto txn = store.begin_read();
    CHECK(txn.open_tree<blog::User>().len() == 101);
    CHECK(txn.open_tree<blog::User>().by<&blog::User::city>().count("city0") == 101);
  }
  require_sound(store);
}

TEST_CASE("stats tell size, readers and how far the oldest reader is behind") {
  const TemporaryFolder folder;
  const auto store = Blog::open(folder.file("blog.mdb"));
  const netabase::Stats fresh = store.stats();
  CHECK(fresh.file_bytes > 0);
  CHECK(fresh.used_bytes <= fresh.file_bytes);
  CHECK(fresh.page_size > 0);
  CHECK(fresh.readers == 0);
  CHECK(fresh.max_readers == 1024);
  auto reader = store.begin_read();
  for (std::uint64_t id = 1; id <= 3; ++id) store.quick_put(user(id));
  const netabase::Stats stats = store.stats();
  CHECK(stats.readers == 1);
  CHECK(stats.oldest_reader_lag == 3);
  CHECK(stats.last_transaction == fresh.last_transaction + 3);
}

TEST_CASE("a full store says so, keeps what it has, and has room again after a removal") {
  const TemporaryFolder folder;
  netabase::Config config = at(folder.file("blog.mdb"));
  config.max_size = 1 << 20;
  const auto store = Blog::open(config);
  std::uint64_t stored = 0;
  const auto fill = [&] {
    for (;;) {
      blog::User large = user(stored + 1, "Paris");
      large.username = std::string(20000, 'x');
      store.quick_put(large);
      ++stored;
    }
  };
  CHECK_THROWS_AS(fill(), netabase::MapFull);
  CHECK(stored > 10);
  {
    auto txn = store.begin_read();
    CHECK(txn.open_tree<blog::User>().len() == stored);
    CHECK(txn.open_tree<blog::User>().by<&blog::User::city>().count("Paris") == stored);
  }
  require_sound(store);
  for (std::uint64_t id = 1; id <= 5; ++id) CHECK(store.quick_remove<blog::User>(id));
  store.quick_put(user(1));
  require_sound(store);
}
