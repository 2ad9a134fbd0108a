/// \file
/// A stored schema that is damaged, of a later form, or of another definition: clear errors, and never a crash.

#include <random>

#include "runtime/evolution/support.hpp"

using namespace evolution_test;

namespace {

/// Reads, or puts in place, an entry of the table `netabase`.
std::string entry_of(const std::string& path, const std::string& name) {
  const auto engine = netabase::Lmdb::open(at(path), 16);
  const auto txn = engine->begin_read();
  netabase::Bytes value;
  REQUIRE(txn.get(*txn.find_table("netabase"), netabase::as_bytes(name), value));
  return std::string(netabase::as_text(value));
}

void set_entry(const std::string& path, const std::string& name, const std::string& value) {
  const auto engine = netabase::Lmdb::open(at(path), 16);
  auto txn = engine->begin_write();
  netabase::engine::put(txn, *txn.find_table("netabase"), netabase::as_bytes(name), value.size(),
                        netabase::engine::PutMode::upsert,
                        [&](std::byte* space) { std::memcpy(space, value.data(), value.size()); });
  txn.commit();
}

}  // namespace

TEST_CASE("a schema that is cut off or empty is damaged, and a backup is advised") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 5);
  const std::string schema = entry_of(path, "schema");
  for (const std::string& damaged : {schema.substr(0, schema.size() / 2), schema.substr(0, schema.size() / 16 * 8),
                                     schema.substr(0, 13), std::string("x"), std::string(64, '\xff')}) {
    set_entry(path, "schema", damaged);
    for (const bool read_only : {false, true}) {
      netabase::Config config = at(path);
      config.read_only = read_only;
      CHECK(code_of([&] { Journal2::open(config); }) == netabase::ErrorCode::corrupt);
      CHECK(contains(message_of([&] { Journal2::open(config); }), path));
      CHECK(contains(message_of([&] { Journal2::open(config); }), "restore a backup"));
    }
  }
  netabase::Config config = at(path);
  config.recreate = netabase::Recreate::OnValidationFail;
  require_sound(Journal2::open(config));
}

TEST_CASE("a schema in a later form is refused by its form") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 5);
  std::string schema = entry_of(path, "schema");
  schema[8] = 2;  // formatVersion: the first field behind the root pointer
  set_entry(path, "schema", schema);
  CHECK(code_of([&] { Journal2::open(path); }) == netabase::ErrorCode::format_mismatch);
  CHECK(contains(message_of([&] { Journal2::open(path); }), "form 2"));
}

TEST_CASE("a later file format and a missing entry are refused before the schema is looked at") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 5);
  set_entry(path, "schema_version", "abc");
  CHECK(code_of([&] { Journal1::open(path); }) == netabase::ErrorCode::format_mismatch);
  set_entry(path, "format", std::string("\2\0\0\0", 4));
  set_entry(path, "schema_version", std::string("\1\0", 2));
  CHECK(contains(message_of([&] { Journal1::open(path); }), "file format 2"));
}

TEST_CASE("another definition is refused by its name") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 5);
  CHECK(contains(message_of([&] { Letters1::open(path); }), "holds the definition JournalDefinition"));
}

TEST_CASE("whatever bits of a stored schema are flipped, open() throws an Error or gives a sound store") {
  const char* given = std::getenv("NETABASE_TEST_SEED");
  const std::uint32_t seed = given != nullptr ? static_cast<std::uint32_t>(std::stoul(given)) : std::random_device()();
  MESSAGE("NETABASE_TEST_SEED=", seed);
  std::mt19937 random(seed);
  const TemporaryFolder folder;
  const std::string original = folder.file("journal.mdb");
  write_journal(original, 5);
  const std::string schema = entry_of(original, "schema");
  int refused = 0;
  for (int run = 0; run < 300; ++run) {
    const std::string path = folder.file("damaged.mdb");
    std::filesystem::copy_file(original, path, std::filesystem::copy_options::overwrite_existing);
    std::string damaged = schema;
    for (auto flips = 1 + random() % 3; flips != 0; --flips) {
      damaged[random() % damaged.size()] ^= static_cast<char>(1U << random() % 8);
    }
    CAPTURE(run);
    set_entry(path, "schema", damaged);
    try {
      require_sound(Journal2::open(path));
    } catch (const netabase::Error&) {
      ++refused;
    }
  }
  CHECK(refused > 100);
}
