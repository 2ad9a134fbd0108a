/// \file
/// Promise: what goes wrong with a commit that several share is the error of each of them; a future that is ready means
/// a write that outlives the process.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <future>
#include <new>
#include <stdexcept>
#include <thread>
#include <vector>

#include "promises/blog_support.hpp"
#include "promises/one_batch.hpp"
#include "promises/watched_engine.hpp"

using namespace promises;
using netabase::ErrorCode;

namespace {

template <class Base>
using WatchedStore = BlogStore<Watched<Base>>;

auto putting(std::uint64_t id) {
  return [id](auto& txn) { txn.template open_tree<blog::User>().put(user(id)); };
}

}  // namespace

ON_BOTH_ENGINES("a commit that fails is the error of all that share it, and of nobody else") {
  const auto store = WatchedStore<Engine>::temp();
  std::vector<std::future<void>> lost;
  std::future<void> own;
  in_one_batch(store, [&] {
    for (std::uint64_t id = 1; id <= 5; ++id) lost.push_back(store.write_async(putting(id)));
    own = store.write_async([](auto&) { throw std::runtime_error("its own"); });
    // Here, because the one that was queued before them has a commit of its own.
    lost.push_back(store.write_async([](auto& txn) {
      Watched<Engine>::broken_commits() = 1;
      txn.template open_tree<blog::User>().put(user(6));
    }));
  });
  for (auto& future : lost) CHECK(code_of([&] { future.get(); }) == ErrorCode::io);
  CHECK_THROWS_WITH_AS(own.get(), "its own", std::runtime_error);
  CHECK(Watched<Engine>::broken_commits() == 0);
  store.write_async(putting(7)).get();
  auto txn = store.begin_read();
  CHECK(ids(txn.template open_tree<blog::User>().iter_borrowed()) == Ids{7});
}

ON_BOTH_ENGINES("one that hides a write cut in half is refused alone") {
  const auto store = WatchedStore<Engine>::temp();
  std::vector<std::future<void>> futures;
  in_one_batch(store, [&] {
    futures.push_back(store.write_async(putting(1)));
    futures.push_back(store.write_async([](auto& txn) {
      Watched<Engine>::out_of_memory_at(2);
      auto users = txn.template open_tree<blog::User>();
      CHECK_THROWS_AS(users.put(user(2, "Paris")), std::bad_alloc);
    }));
    futures.push_back(store.write_async(putting(3)));
  });
  futures[0].get();
  CHECK(code_of([&] { futures[1].get(); }) == ErrorCode::io);
  futures[2].get();
  auto txn = store.begin_read();
  CHECK(ids(txn.template open_tree<blog::User>().iter_borrowed()) == Ids{1, 3});
  require_sound(store);
}

ON_BOTH_ENGINES("a full map makes room and runs the batch again") {
  const auto store = WatchedStore<Engine>::temp();
  const int grown_before = Watched<Engine>::grown();
  std::vector<std::future<int>> futures;
  std::vector<int> runs(3);
  in_one_batch(store, [&] {
    for (std::size_t i = 0; i < runs.size(); ++i) {
      futures.push_back(store.write_async([&runs, i](auto& txn) {
        if (i == 1 && runs[i] == 0) Watched<Engine>::full_at(1);
        ++runs[i];
        txn.template open_tree<blog::User>().put(user(i + 1));
        return runs[i];
      }));
    }
  });
  CHECK(futures[0].get() == 2);
  CHECK(futures[1].get() == 2);
  CHECK(futures[2].get() == 1);  // did not come to its turn in the first run
  CHECK(Watched<Engine>::grown() == grown_before + 1);
  auto txn = store.begin_read();
  CHECK(ids(txn.template open_tree<blog::User>().iter_borrowed()) == Ids{1, 2, 3});
}

TEST_CASE("a store that is only read gives the error through the future") {
  const TemporaryFolder folder;
  netabase::Config config;
  config.path = folder.file("blog.mdb");
  { const auto made = BlogStore<netabase::Lmdb>::open(config); }
  config.read_only = true;
  const auto store = BlogStore<netabase::Lmdb>::open(config);
  auto future = store.write_async(putting(1));
  CHECK_THROWS_AS(future.get(), netabase::ReadOnly);
}

TEST_CASE("every write whose future was ready is there after the process was killed") {
  constexpr int cycles = 12;
  constexpr std::uint64_t threads_count = 4;
  std::uint64_t acknowledged = 0;
  for (int cycle = 0; cycle < cycles; ++cycle) {
    const TemporaryFolder folder;
    const std::string file = folder.file("blog.mdb");
    { const auto made = BlogStore<netabase::Lmdb>::open(file); }
    std::array<int, 2> acknowledgements{};
    REQUIRE(::pipe(acknowledgements.data()) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      ::close(acknowledgements[0]);
      const auto store = BlogStore<netabase::Lmdb>::open(file);
      std::vector<std::thread> threads;
      for (std::uint64_t thread = 0; thread < threads_count; ++thread) {
        threads.emplace_back([&, thread] {
          for (std::uint64_t i = 1;; ++i) {
            const std::uint64_t id = thread * 1000000 + i;
            store
                .write_async([id](auto& txn) {
                  txn.template open_tree<blog::User>().put(user(id, "Paris"));
                  txn.template open_tree<blog::Post>().put(post(id, id));
                })
                .get();
            if (::write(acknowledgements[1], &id, sizeof(id)) != sizeof(id)) ::_exit(1);
          }
        });
      }
      for (std::thread& thread : threads) thread.join();
      ::_exit(1);
    }
    ::close(acknowledgements[1]);
    // Killed somewhere in the work that follows the first few acknowledgements.
    Ids done;
    std::uint64_t id = 0;
    const auto receive = [&] {
      const bool received = ::read(acknowledgements[0], &id, sizeof(id)) == sizeof(id);
      if (received) done.push_back(id);
      return received;
    };
    for (int i = 0; i < 5; ++i) REQUIRE(receive());
    std::this_thread::sleep_for(std::chrono::milliseconds(3 * cycle));
    ::kill(child, SIGKILL);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    while (receive()) {
    }
    ::close(acknowledgements[0]);
    acknowledged += done.size();
    const auto store = BlogStore<netabase::Lmdb>::open(file);
    auto txn = store.begin_read();
    const auto users = txn.open_tree<blog::User>();
    const auto posts = txn.open_tree<blog::Post>();
    for (const std::uint64_t written : done) REQUIRE(users.get(written) == user(written, "Paris"));
    REQUIRE(ids(users.iter_borrowed()) == ids(posts.iter_borrowed()));
    require_sound(store);
  }
  MESSAGE(acknowledged << " writes acknowledged before " << cycles << " kills");
  CHECK(acknowledged >= 5 * cycles);
}

TEST_CASE("a child made by fork() gets an error, and closing the store there harms nothing") {
  const TemporaryFolder folder;
  std::optional<BlogStore<netabase::Lmdb>> store = BlogStore<netabase::Lmdb>::open(folder.file("blog.mdb"));
  for (const bool used_before : {false, true}) {
    if (used_before) store->write_async(putting(1)).get();
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      const bool refused = code_of([&] { store->write_async(putting(2)).get(); }) == ErrorCode::used_after_fork;
      store.reset();
      ::_exit(refused ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    store->write_async(putting(3)).get();
  }
  auto txn = store->begin_read();
  CHECK(ids(txn.open_tree<blog::User>().iter_borrowed()) == Ids{1, 3});
}
