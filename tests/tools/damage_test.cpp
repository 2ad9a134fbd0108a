// check names what is broken, repair-indexes mends what it can.

#include <functional>

#include "netabase/codec/record.hpp"
#include "tests/tools/stores.hpp"
#include "tests/tools/support.hpp"

using namespace netabase::tools;
using namespace netabase::tools::test;

namespace {

using Transaction = Lmdb::WriteTransaction;
using TableOf = std::function<netabase::engine::Table(const std::string&)>;

/// Key and value of the `number`-th entry of a table.
std::pair<std::string, std::string> entry(const Transaction& transaction, netabase::engine::Table table,
                                          int number = 0) {
  auto cursor = transaction.cursor(table);
  REQUIRE(cursor.first());
  for (; number > 0; --number) REQUIRE(cursor.next());
  return {std::string(netabase::as_text(cursor.key())), std::string(netabase::as_text(cursor.value()))};
}

struct Fault {
  const char* name;
  std::function<void(Transaction&, const TableOf&)> make;
  const char* expected;
};

const std::vector<Fault>& index_faults() {
  static const std::vector<Fault> faults = {
      {"a missing entry of a unique index",
       [](Transaction& txn, const TableOf& of) {
         txn.erase(of("User.email"), netabase::as_bytes(entry(txn, of("User.email"), 1).first));
       },
       "record 2 of User: index User.email lacks its entry"},
      {"a missing entry of one element",
       [](Transaction& txn, const TableOf& of) {
         txn.erase(of("Post.tags"), netabase::as_bytes(entry(txn, of("Post.tags")).first));
       },
       "record 1 of Post: index Post.tags lacks its entry"},
      {"an empty index", [](Transaction& txn, const TableOf& of) { txn.clear(of("Post.by_author_date")); },
       "record 3 of Post: index Post.by_author_date lacks its entry"},
      {"a unique entry that names another record",
       [](Transaction& txn, const TableOf& of) {
         put(txn, of("User.email"), entry(txn, of("User.email")).first, entry(txn, of("User.email"), 1).second);
       },
       "record 1 of User: its entry in index User.email names another record"},
      {"an entry of no record",
       [](Transaction& txn, const TableOf& of) {
         auto [key, value] = entry(txn, of("User.city"));
         key.back() = 99;
         put(txn, of("User.city"), key, value);
       },
       "entry x'5061726973000100000000000000"},
      {"an entry that is too short", [](Transaction& txn, const TableOf& of) { put(txn, of("User.city"), "x", ""); },
       "entry x'78' of index User.city: "},
      {"an entry with a value that belongs to none",
       [](Transaction& txn, const TableOf& of) {
         auto [key, value] = entry(txn, of("User.city"));
         put(txn, of("User.city"), key, key.substr(key.size() - 8));
       },
       "record 1 of User: its entry in index User.city names another record"},
  };
  return faults;
}

}  // namespace

TEST_CASE("check names what contradicts itself in an index, and repair-indexes mends it") {
  for (const Fault& fault : index_faults()) {
    INFO(fault.name);
    const Folder folder;
    make_blog(folder / "store");
    make_blog(folder / "whole");
    damage(folder / "store", fault.make);
    const Result found = run({"check", folder / "store"});
    CHECK(found.code == exit_found);
    INFO(found.out);
    CHECK(contains(found.out, fault.expected));
    output({"repair-indexes", folder / "store"});
    check_same(folder / "store", folder / "whole");
    CHECK(contains(output({"check", folder / "store"}), "all is well"));
  }
}

TEST_CASE("repair-indexes makes every index of long keys anew as it was") {
  INFO("NETABASE_TEST_SEED=", seed());
  const Folder folder;
  make_random_places(folder / "store", seed(), 200);
  const auto before = dump(folder / "store");
  damage(folder / "store", [](Transaction& txn, const TableOf& of) {
    for (const char* name : {"Place.slug", "Place.name", "Place.labels", "Visit.tickets"}) txn.clear(of(name));
  });
  CHECK(run({"check", folder / "store"}).code == exit_found);
  CHECK(contains(output({"repair-indexes", folder / "store", "Place"}), "6 indexes made anew"));
  CHECK(run({"check", folder / "store"}).code == exit_found);
  output({"repair-indexes", folder / "store", "Visit"});
  CHECK(dump(folder / "store") == before);
}

TEST_CASE("check names broken records, which repair-indexes does not hide") {
  const Folder folder;
  make_blog(folder / "store");
  damage(folder / "store", [](Transaction& txn, const TableOf& of) {
    auto [key, value] = entry(txn, of("User"));
    value[40] = static_cast<char>(value[40] ^ 1);
    put(txn, of("User"), key, value);
  });
  const Result found = run({"check", folder / "store"});
  CHECK(found.code == exit_found);
  CHECK(contains(found.out, "record 1 of User: its bytes do not match their checksum"));
  const auto before = dump(folder / "store");
  const Result repaired = run({"repair-indexes", folder / "store"});
  CHECK(repaired.code == exit_file);
  CHECK(contains(repaired.err, "record 1 of User: its bytes do not match their checksum"));
  CHECK(dump(folder / "store") == before);
  CHECK(run({"check", folder / "store", "--json"}).out.starts_with(R"({"ok":false,"records":6,)"));
}

TEST_CASE("check names a record under another key, and two with one unique key cannot be repaired") {
  const Folder folder;
  make_blog(folder / "store");
  damage(folder / "store", [](Transaction& txn, const TableOf& of) {
    auto [key, value] = entry(txn, of("User"));
    key.back() = 99;
    put(txn, of("User"), key, value);
  });
  CHECK(contains(run({"check", folder / "store"}).out,
                 "record 99 of User: holds another primary key than it is stored under"));
  const Result repaired = run({"repair-indexes", folder / "store"});
  CHECK(repaired.code == exit_found);
  CHECK(contains(repaired.err, "the records 1 and 99 of User have the same key of the unique index email"));
}

TEST_CASE("check finds a sequence that would give a number twice") {
  const Folder folder;
  make_shop(folder / "store");
  damage(folder / "store", [](Transaction& txn, const TableOf& of) {
    put(txn, of("netabase"), "sequence/Customer", std::string("\2\0\0\0\0\0\0\0", 8));
  });
  const Result found = run({"check", folder / "store"});
  CHECK(found.code == exit_found);
  CHECK(contains(found.out, "the sequence of Customer stands at 2"));
}

TEST_CASE("records of random bytes are named, and none of them does harm") {
  INFO("NETABASE_TEST_SEED=", seed());
  std::mt19937_64 random(seed());
  const Folder folder;
  make_kitchen(folder / "store");
  for (int round = 0; round < 150; ++round) {
    damage(folder / "store", [&](Transaction& txn, const TableOf& of) {
      auto [key, value] = entry(txn, of("nested_things"), 1);
      for (auto changes = 1 + random() % 4; changes-- > 0;) {
        value[8 + random() % (value.size() - 8)] = static_cast<char>(random());
      }
      // With a checksum that is right, so that what reads the record has to find out.
      const auto sum = netabase::record::detail::checksum(netabase::as_bytes(value).subspan(8));
      std::memcpy(value.data(), &sum, sizeof(sum));
      put(txn, of("nested_things"), key, value);
    });
    run({"check", folder / "store"});
    run({"scan", folder / "store", "Nested"});
    run({"export", folder / "store"});
  }
  CHECK(run({"count", folder / "store", "Lonely"}).out == "1\n");
}

TEST_CASE("damaged pages are found before LMDB meets them") {
  const Folder folder;
  make_blog(folder / "store");
  std::string bytes = read_file(folder / "store");
  for (std::size_t page = 2; page * 4096 + 16 < bytes.size(); ++page) bytes[page * 4096 + 10] = '\x77';
  write_file(folder / "store", bytes);
  const Result found = run({"check", folder / "store"});
  CHECK(found.code == exit_found);
  CHECK(contains(found.out, "page"));
}
