/// \file
/// A process that is killed at any moment of an upgrade with migrations leaves the old store or the new one.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <thread>

#include "runtime/evolution/journal_upgrade.hpp"

using namespace evolution_test;

namespace {

constexpr std::uint64_t count = 3000;
constexpr int most_runs = 400;

/// Upgrades in a child that is killed after `delay`, unless it is done before.
void upgrade_and_kill(const std::string& path, std::chrono::microseconds delay) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    try {
      Journal3::open(migrating(path));
    } catch (...) {
      ::_exit(1);
    }
    ::_exit(0);
  }
  std::this_thread::sleep_for(delay);
  ::kill(child, SIGKILL);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE((WIFSIGNALED(status) || WEXITSTATUS(status) == 0));
}

}  // namespace

TEST_CASE("an upgrade that is killed has happened or has not") {
  const char* given = std::getenv("NETABASE_TEST_SEED");
  const std::uint32_t seed = given != nullptr ? static_cast<std::uint32_t>(std::stoul(given)) : std::random_device()();
  MESSAGE("NETABASE_TEST_SEED=", seed);
  std::mt19937 random(seed);
  const TemporaryFolder folder;
  const std::string original = folder.file("original.mdb");
  write_journal(original, count);
  const std::string path = folder.file("journal.mdb");
  const auto restore = [&] {
    std::filesystem::copy_file(original, path, std::filesystem::copy_options::overwrite_existing);
  };

  // When the commit comes, in microseconds: at first, how long an upgrade takes undisturbed. Since the machine may be
  // busier or idler by the next one, it is guessed anew after each.
  restore();
  const auto begin = std::chrono::steady_clock::now();
  { Journal3::open(migrating(path)); }
  double guess = std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count();

  int old_ones = 0;
  int new_ones = 0;
  for (int run = 0; run < 40 || (run < most_runs && (old_ones == 0 || new_ones == 0)); ++run) {
    restore();
    // Half of them around the end, where the commit is.
    const auto most = static_cast<std::uint64_t>(guess) + 1;
    const bool is_late = run % 2 != 0;
    const std::uint64_t delay = is_late ? most * 3 / 4 + random() % (most / 2 + 1) : random() % most;
    upgrade_and_kill(path, std::chrono::microseconds(delay));
    CAPTURE(run);
    bool is_new = true;
    try {
      const auto store = Journal3::open(path);  // without migrations: it is the new one or refused
      require_sound(store);
      auto txn = store.begin_read();
      REQUIRE(txn.open_tree<journal_v3::Author>().len() == count);
      REQUIRE(txn.open_tree<journal_v3::Entry>().len() == count);
      REQUIRE(txn.open_tree<journal_v3::Author>().get(count)->full_name == "migrated");
    } catch (const netabase::SchemaMismatch&) {
      is_new = false;
    }
    if (!is_new) {
      const auto store = Journal1::open(path);
      require_sound(store);
      auto txn = store.begin_read();
      REQUIRE(txn.open_tree<journal_v1::Author>().len() == count);
      REQUIRE(txn.open_tree<journal_v1::Author>().get(1)->name == "name 1");
      REQUIRE(txn.open_tree<journal_v1::Draft>().len() == count);
    }
    ++(is_new ? new_ones : old_ones);
    if (is_new) {
      guess *= 0.8;
    } else if (is_late) {
      guess *= 1.25;
    }
  }
  MESSAGE(old_ones << " killed before the commit, " << new_ones << " after it");
  CHECK(old_ones > 0);
  CHECK(new_ones > 0);
}
