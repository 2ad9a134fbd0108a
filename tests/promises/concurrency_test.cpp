/// \file
/// Promise: any number of threads read while one writes; each reader sees one committed state for its whole life, and
/// nobody waits for readers. Meant to be run under ThreadSanitizer as well.

#include <atomic>
#include <thread>

#include "promises/blog_support.hpp"

using namespace promises;

namespace {

/// Bounds of the work, such that a run takes about a second, also under ThreadSanitizer.
constexpr int commits = 300;
constexpr std::uint64_t records = 60;

/// A number that depends on every byte that a reader can see of the users, through records and an index.
template <class Transaction>
std::uint64_t hash_of(Transaction& txn) {
  const auto users = txn.template open_tree<blog::User>();
  std::uint64_t hash = users.len();
  const auto mix = [&hash](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  };
  for (const auto user : users.iter_borrowed()) {
    hash = (hash ^ user.id()) * 1099511628211ULL;
    mix(user.username());
    mix(user.city().value_or("none"));
  }
  for (const auto user : users.template by<&blog::User::city>().all()) mix(user.email());
  return hash;
}

/// Every record carries the number of the commit that wrote it, so a mix of two commits is noticed.
blog::User numbered(std::uint64_t id, int commit) {
  blog::User out = user(id, "city" + std::to_string(commit));
  out.username = std::to_string(commit) + std::string(static_cast<std::size_t>(commit % 400), '.');
  return out;
}

}  // namespace

ON_BOTH_ENGINES("each reader sees one commit, whole, as long as it lives") {
  const auto store = BlogStore<Engine>::temp();
  const auto write = [&](int commit) {
    store.with_write_transaction([&](auto& txn) {
      auto users = txn.template open_tree<blog::User>();
      for (std::uint64_t id = 1; id <= records; ++id) users.put(numbered(id, commit));
      if (commit % 7 == 0) users.clear();
      if (commit % 7 == 0) users.put(numbered(1, commit));
    });
  };
  write(1);

  std::atomic<bool> done{false};
  std::atomic<int> mismatches{0};
  std::atomic<int> snapshots{0};
  const auto reader = [&] {
    while (!done.load()) {
      auto txn = store.begin_read();
      const auto users = txn.template open_tree<blog::User>();
      const std::optional<blog::User> first = users.get(1);
      if (!first) ++mismatches;
      const std::uint64_t before = hash_of(txn);
      for (const auto user : users.iter_borrowed()) {
        if (!first || user.city() != first->city) ++mismatches;
      }
      if (first && users.template by<&blog::User::city>().count(*first->city) != users.len()) ++mismatches;
      std::this_thread::yield();
      if (hash_of(txn) != before) ++mismatches;
      ++snapshots;
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) threads.emplace_back(reader);
  // At least a few snapshots are read while the writer is at work, however the threads are scheduled.
  for (int commit = 2; commit <= commits || snapshots.load() < 20; ++commit) write(commit);
  done = true;
  for (std::thread& thread : threads) thread.join();
  CHECK(mismatches == 0);
  CHECK(snapshots >= 20);
  require_sound(store);
}

ON_BOTH_ENGINES("an old snapshot stays exact while others write and read") {
  const auto store = BlogStore<Engine>::temp();
  std::vector<blog::User> all;
  for (std::uint64_t id = 1; id <= records; ++id) all.push_back(numbered(id, 0));
  store_users(store, all);
  auto old = store.begin_read();
  const std::uint64_t hash = hash_of(old);
  std::thread writer([&] {
    for (int commit = 1; commit <= commits; ++commit) {
      store.with_write_transaction([&](auto& txn) {
        auto users = txn.template open_tree<blog::User>();
        users.put(numbered(1 + static_cast<std::uint64_t>(commit) % records, commit));
        users.remove(1 + static_cast<std::uint64_t>(commit * 7) % records);
      });
    }
  });
  int mismatches = 0;
  for (int round = 0; round < 50; ++round) mismatches += hash_of(old) == hash ? 0 : 1;
  writer.join();
  CHECK(mismatches == 0);
  CHECK(hash_of(old) == hash);
}

ON_BOTH_ENGINES("many threads begin, read and end transactions of both kinds") {
  const auto store = BlogStore<Engine>::temp();
  std::atomic<int> failures{0};
  const auto work = [&](std::uint64_t thread) {
    for (std::uint64_t round = 0; round < 60; ++round) {
      const std::uint64_t id = thread * 1000 + round;
      store.quick_put(user(id, "Paris"));
      if (store.template quick_get<blog::User>(id) != user(id, "Paris")) ++failures;
      bool is_removed = false;
      if (auto txn = store.try_begin_write()) {
        txn->template open_tree<blog::User>().remove(id);
        if (round % 2 == 0) txn->commit();
        is_removed = round % 2 == 0;
      }
      auto outer = store.begin_read();
      auto inner = store.begin_read();
      // Nobody else writes this one.
      if (outer.template open_tree<blog::User>().contains(id) == is_removed) ++failures;
      if (inner.template open_tree<blog::User>().contains(id) == is_removed) ++failures;
    }
  };
  std::vector<std::thread> threads;
  for (std::uint64_t thread = 1; thread <= 6; ++thread) threads.emplace_back(work, thread);
  for (std::thread& thread : threads) thread.join();
  CHECK(failures == 0);
  CHECK(store.stats().readers == 0);
  require_sound(store);
}

ON_BOTH_ENGINES("writers of many threads lose no update") {
  const auto store = BlogStore<Engine>::temp();
  store.quick_put(post(1, 1));
  constexpr int threads_count = 4;
  constexpr int rounds = 100;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < threads_count; ++thread) {
    threads.emplace_back([&store] {
      for (int round = 0; round < rounds; ++round) {
        store.with_write_transaction([](auto& txn) {
          txn.template open_tree<blog::Post>().update(1, [](blog::Post& counter) { ++counter.created; });
        });
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(store.template quick_get<blog::Post>(1)->created == threads_count * rounds);
}
