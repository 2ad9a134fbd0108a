/// \file
/// A process that is killed at any call of an upgrade in batches that writes the file, or at any moment, leaves a file
/// that readers see as the old store or the new one, that the old program opens or is told of, and with which the new
/// program goes on.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <thread>

#include "runtime/evolution/journal_upgrade.hpp"
#include "runtime/evolution/kill_switch.hpp"

using namespace evolution_test;

namespace {

constexpr std::uint64_t count = 40;
constexpr std::uint64_t batch = 25;

/// What a kill left.
enum class Left { untouched, under_way, upgraded };

struct Found {
  Left left = Left::untouched;
  std::uint64_t done = 0;
};

void require_old(const Journal1& store) {
  require_sound(store);
  auto txn = store.begin_read();
  const auto authors = txn.open_tree<journal_v1::Author>();
  REQUIRE(authors.len() == count);
  for (std::uint64_t id = 1; id <= count; ++id) {
    REQUIRE(authors.get(id)->name == "name " + std::to_string(id));
    REQUIRE(authors.get(id)->age == author(id).age);
  }
  REQUIRE(authors.by<&journal_v1::Author::city>().count("Lyon") == count / 2);
  REQUIRE(txn.open_tree<journal_v1::Entry>().by<&journal_v1::Entry::author>().count() == count);
  REQUIRE(txn.open_tree<journal_v1::Draft>().len() == count);
}

/// Looks at a file as the old program, then goes on with it as the new one, which must not repeat what was done.
Found look_and_go_on(const std::string& path) {
  Found found;
  REQUIRE(netabase::Lmdb::check_file(path).empty());
  try {
    require_old(Journal1::open(reading(path)));
    try {
      require_old(Journal1::open(path));
    } catch (const netabase::UpgradeUnderWay& error) {
      found.left = Left::under_way;
      found.done = error.done();
    }
  } catch (const netabase::SchemaNewer&) {
    found.left = Left::upgraded;
    require_migrated(Journal3::open(reading(path)), count);
    REQUIRE(code_of([&] { Journal1::open(path); }) == netabase::ErrorCode::schema_newer);
  }
  int calls = 0;
  netabase::Config config = migrating(path, batch);
  count_author_migrations(config, calls);
  { require_migrated(Journal3::open(config), count); }
  REQUIRE(static_cast<std::uint64_t>(calls) ==
          (found.left == Left::upgraded ? 0 : count - std::min(count, found.done)));
  for (const auto& [name, entries] : tables_of(path)) REQUIRE_FALSE(name.starts_with("upgrade/"));
  REQUIRE(netabase::Lmdb::check_file(path).empty());
  return found;
}

}  // namespace

TEST_CASE("a kill at each call that writes the file, whole or half-way") {
  if (!kill_switch_works) {
    MESSAGE("not with sanitizers, which stand between the program and these calls themselves");
    return;
  }
  const TemporaryFolder folder;
  const std::string original = folder.file("original.mdb");
  write_journal(original, count);
  const std::string path = folder.file("journal.mdb");
  const auto restore = [&] {
    std::filesystem::copy_file(original, path, std::filesystem::copy_options::overwrite_existing);
  };

  restore();
  const std::uint64_t before = file_calls();
  { Journal3::open(migrating(path, batch)); }
  const std::uint64_t calls = file_calls() - before;
  const auto expected = tables_of(path);
  REQUIRE(calls >= 30);

  int by_kind[3] = {};
  for (const bool halfway : {false, true}) {
    std::uint64_t done = 0;
    int last = 0;
    for (std::uint64_t call = 0; call < calls; ++call) {
      CAPTURE(call);
      CAPTURE(halfway);
      restore();
      const pid_t child = ::fork();
      REQUIRE(child >= 0);
      if (child == 0) {
        kill_after(call, halfway);
        try {
          Journal3::open(migrating(path, batch));
        } catch (...) {
          ::_exit(1);
        }
        ::_exit(0);
      }
      int status = 0;
      REQUIRE(::waitpid(child, &status, 0) == child);
      REQUIRE(WIFSIGNALED(status));
      const Found found = look_and_go_on(path);
      // A later kill finds no less done.
      REQUIRE(static_cast<int>(found.left) >= last);
      REQUIRE((found.left != Left::under_way || found.done >= done));
      last = static_cast<int>(found.left);
      done = found.done;
      ++by_kind[last];
      REQUIRE(tables_of(path) == expected);
    }
  }
  MESSAGE((2 * calls) << " kills: " << by_kind[0] << " left the old store, " << by_kind[1] << " an upgrade under way, "
                      << by_kind[2] << " the new store");
  CHECK(by_kind[0] > 0);
  CHECK(by_kind[1] >= 20);
  CHECK(by_kind[2] > 0);
}

TEST_CASE("kills at any moment, again and again, until it is done") {
  const char* given = std::getenv("NETABASE_TEST_SEED");
  const std::uint32_t seed = given != nullptr ? static_cast<std::uint32_t>(std::stoul(given)) : std::random_device()();
  MESSAGE("NETABASE_TEST_SEED=", seed);
  std::mt19937 random(seed);
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, count);
  int kills = 0;
  int left_under_way = 0;
  constexpr std::uint64_t upgraded = ~std::uint64_t{0};
  std::uint64_t done = 0;  // what the last kill left: records, or `upgraded`
  // Microseconds within which a child is killed. So few at first that a quick machine is not done with the whole, and
  // more for each (20 s for the last), so that a slow one comes to open the store, commit a batch, or do what is next.
  std::uint64_t most = 2000;
  for (int run = 0;; ++run, most += most / 32) {
    REQUIRE_MESSAGE(run < 300, "it does not come to an end; done: " << done);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      try {
        Journal3::open(migrating(path, 3));
      } catch (...) {
        ::_exit(1);
      }
      ::_exit(0);
    }
    std::this_thread::sleep_for(std::chrono::microseconds(random() % most));
    ::kill(child, SIGKILL);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    if (WIFEXITED(status)) {
      REQUIRE(WEXITSTATUS(status) == 0);
      break;
    }
    ++kills;
    REQUIRE(netabase::Lmdb::check_file(path).empty());
    std::uint64_t done_now = 0;
    try {
      require_old(Journal1::open(reading(path)));
      try {
        Journal1::open(path);
      } catch (const netabase::UpgradeUnderWay& error) {
        ++left_under_way;
        done_now = error.done();
      }
    } catch (const netabase::SchemaNewer&) {
      require_migrated(Journal3::open(reading(path)), count);
      done_now = upgraded;
    }
    REQUIRE(done_now >= done);  // no kill undoes what was committed before it
    done = done_now;
  }
  MESSAGE(kills << " kills, " << left_under_way << " in the middle");
  require_migrated(Journal3::open(path), count);
  for (const auto& [name, entries] : tables_of(path)) CHECK_FALSE(name.starts_with("upgrade/"));
}
