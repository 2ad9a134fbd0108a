/// \file
/// Promise: functions given to write_async share commits and are all the same as if each had one of its own: in order,
/// all or nothing, with their own results and errors.

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "promises/blog_support.hpp"
#include "promises/one_batch.hpp"

#if defined(__SANITIZE_THREAD__)
#define NETABASE_TEST_THREAD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define NETABASE_TEST_THREAD_SANITIZER 1
#endif
#endif

#ifdef NETABASE_TEST_THREAD_SANITIZER
/// An exception that went through a std::promise is freed by the last who lets go of it, which an atomic counter inside
/// libstdc++ decides. ThreadSanitizer does not see that one, since the library is not built with it.
extern "C" const char* __tsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier)
extern "C" const char* __tsan_default_suppressions() {
  return "race:std::__exception_ptr::exception_ptr::_M_release\nrace:std::__future_base::_Result*::_M_destroy\n";
}
#endif

using namespace promises;
using netabase::ErrorCode;

namespace {

/// Holds the store's writer back. What is queued meanwhile comes to one batch or, if the store's thread took some of it
/// before the rest was queued, to two.
template <class Store>
class Hold {
 public:
  explicit Hold(const Store& store) {
    std::promise<void> begun;
    thread_ = std::thread([&store, &begun, release = release_.get_future()]() mutable {
      const auto txn = store.begin_write();
      begun.set_value();
      release.wait();
    });
    begun.get_future().wait();
  }
  void release() {
    if (!thread_.joinable()) return;
    release_.set_value();
    thread_.join();
  }
  ~Hold() { release(); }
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;

 private:
  std::promise<void> release_;
  std::thread thread_;
};

auto putting(blog::User one) {
  return [one = std::move(one)](auto& txn) { txn.template open_tree<blog::User>().put(one); };
}

template <class Store>
std::uint64_t commits_of(const Store& store) {
  return store.stats().last_transaction;
}

bool is_ready(auto& future) { return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }

}  // namespace

ON_BOTH_ENGINES("a future has what the function returned, and its writes are committed by then") {
  const auto store = BlogStore<Engine>::temp();
  std::future<std::string> name = store.write_async([](auto& txn) {
    txn.template open_tree<blog::User>().put(user(1));
    return std::string("a result that is too long for a short string");
  });
  CHECK(name.get() == "a result that is too long for a short string");
  CHECK(store.template quick_get<blog::User>(1) == user(1));
  std::future<void> nothing = store.write_async(putting(user(2)));
  nothing.get();
  CHECK(store.template quick_get<blog::User>(2) == user(2));
  // What cannot be copied: a function, and a result.
  auto owned = std::make_unique<int>(7);
  auto moved = store.write_async([owned = std::move(owned)](auto&) mutable { return std::make_unique<int>(*owned); });
  CHECK(*moved.get() == 7);
}

ON_BOTH_ENGINES("all that waits goes into one commit, in the order in which it came") {
  const auto store = BlogStore<Engine>::temp();
  constexpr std::uint64_t count = 300;
  std::vector<std::future<std::uint64_t>> places;
  // Engines differ in whether they count one that wrote nothing.
  std::uint64_t before = commits_of(store);
  store.write_async([](auto&) {}).get();
  const std::uint64_t commits_of_nothing = commits_of(store) - before;
  in_one_batch(store, [&] {
    before = commits_of(store);
    for (std::uint64_t i = 0; i < count; ++i) {
      places.push_back(store.write_async([i](auto& txn) {
        auto posts = txn.template open_tree<blog::Post>();
        const std::uint64_t place = posts.len();
        posts.put(post(1000 - i, 1));
        return place;
      }));
    }
  });
  for (std::uint64_t i = 0; i < count; ++i) CHECK(places[i].get() == i);
  CHECK(commits_of(store) - before == commits_of_nothing + 1);
  require_sound(store);
}

ON_BOTH_ENGINES("more than a batch takes are done in several, in order") {
  const auto store = BlogStore<Engine>::temp();
  constexpr int count = 3000;
  std::vector<std::future<int>> numbers;
  {
    const Hold hold(store);
    for (int i = 0; i < count; ++i) {
      numbers.push_back(store.write_async([](auto& txn) {
        auto posts = txn.template open_tree<blog::Post>();
        blog::Post counter = posts.get(1).value_or(post(1, 1));
        posts.put(counter = post(1, 1, counter.created + 1));
        return static_cast<int>(counter.created);
      }));
    }
  }
  for (int i = 0; i < count; ++i) REQUIRE(numbers[static_cast<std::size_t>(i)].get() == i + 1);
}

ON_BOTH_ENGINES("one that throws is rolled back alone, and only its caller hears of it") {
  const auto store = BlogStore<Engine>::temp();
  store.quick_put(user(1, "Paris"));
  int runs_of_others = 0;
  std::vector<std::future<void>> futures;
  {
    const Hold hold(store);
    futures.push_back(store.write_async([&](auto& txn) {
      ++runs_of_others;
      txn.template open_tree<blog::User>().put(user(2, "Rome"));
    }));
    futures.push_back(store.write_async([](auto& txn) {
      auto users = txn.template open_tree<blog::User>();
      if (!users.contains(2)) throw std::logic_error("the one before is missing");
      users.put(user(3, "Rome"));
      users.put(user(2, "Oslo"));
      users.remove(1);
      throw std::runtime_error("no");
    }));
    futures.push_back(store.write_async([](auto& txn) {
      auto users = txn.template open_tree<blog::User>();
      users.put(user(4, "Rome"));
      users.put(user_with_email(5, user(1).email));  // taken
    }));
    futures.push_back(store.write_async([&](auto& txn) {
      ++runs_of_others;
      auto users = txn.template open_tree<blog::User>();
      if (users.len() != 2 || users.get(2)->city != "Rome") throw std::logic_error("something was left behind");
      users.put(user(6, "Rome"));
    }));
  }
  futures[0].get();
  CHECK_THROWS_WITH_AS(futures[1].get(), "no", std::runtime_error);
  CHECK_THROWS_AS(futures[2].get(), netabase::UniqueViolation);
  futures[3].get();
  CHECK(runs_of_others == 2);
  auto txn = store.begin_read();
  const auto users = txn.template open_tree<blog::User>();
  CHECK(ids(users.iter_borrowed()) == Ids{1, 2, 6});
  CHECK(in_city(users, "Rome") == Ids{2, 6});
  require_sound(store);
}

ON_BOTH_ENGINES("one alone that throws commits nothing") {
  const auto store = BlogStore<Engine>::temp();
  const std::uint64_t before = commits_of(store);
  auto future = store.write_async([](auto& txn) -> int {
    txn.template open_tree<blog::User>().put(user(1));
    throw std::runtime_error("no");
  });
  CHECK_THROWS_AS(future.get(), std::runtime_error);
  CHECK(store.template quick_get<blog::User>(1) == std::nullopt);
  CHECK(commits_of(store) == before);
}

ON_BOTH_ENGINES("what the function holds is gone before the future is ready") {
  const auto store = BlogStore<Engine>::temp();
  for (const bool fails : {false, true}) {
    auto held = std::make_shared<int>(1);
    const std::weak_ptr<int> watch = held;
    auto future = store.write_async([held = std::move(held), fails](auto&) {
      if (fails) throw std::runtime_error("no");
    });
    future.wait();
    CHECK(watch.expired());
  }
}

ON_BOTH_ENGINES("a function does not end its transaction, but may nest in it") {
  const auto store = BlogStore<Engine>::temp();
  for (const bool together : {false, true}) {
    std::optional<Hold<BlogStore<Engine>>> hold;
    if (together) hold.emplace(store);
    auto commit = store.write_async([](auto& txn) { txn.commit(); });
    auto rollback = store.write_async([](auto& txn) { txn.rollback(); });
    auto moved = store.write_async([](auto& txn) { const auto mine = std::move(txn); });
    auto nested = store.write_async([](auto& txn) {
      auto inner = txn.begin_nested();
      inner.template open_tree<blog::User>().put(user(1));
      inner.commit();
      auto undone = txn.begin_nested();
      undone.template open_tree<blog::User>().put(user(2));
      undone.rollback();
    });
    auto caught = store.write_async([](auto& txn) {
      if (code_of([&] { txn.commit(); }) != ErrorCode::invalid_argument) throw std::logic_error("committed");
      txn.template open_tree<blog::User>().put(user(3));
    });
    hold.reset();
    CHECK(code_of([&] { commit.get(); }) == ErrorCode::invalid_argument);
    CHECK(code_of([&] { rollback.get(); }) == ErrorCode::invalid_argument);
    CHECK(code_of([&] { moved.get(); }) == ErrorCode::transaction_ended);
    nested.get();
    caught.get();
    auto txn = store.begin_read();
    CHECK(ids(txn.template open_tree<blog::User>().iter_borrowed()) == Ids{1, 3});
  }
}

ON_BOTH_ENGINES("who would wait for himself is refused") {
  const auto store = BlogStore<Engine>::temp();
  // In a function on the store's own thread.
  auto inner = store.write_async([&](auto&) {
    CHECK(code_of([&] { store.write_async([](auto&) {}).get(); }) == ErrorCode::invalid_argument);
    CHECK(code_of([&] { store.begin_write(); }) == ErrorCode::invalid_argument);
    CHECK(code_of([&] { store.quick_put(user(9)); }) == ErrorCode::invalid_argument);
    CHECK(!store.try_begin_write());
  });
  inner.get();
  // In a thread with a write transaction.
  auto txn = store.begin_write();
  CHECK(code_of([&] { store.write_async([](auto&) {}).get(); }) == ErrorCode::invalid_argument);
  txn.rollback();
  store.write_async(putting(user(1))).get();
  // Between batches, from the destructor of what a function holds.
  struct Late {
    std::function<void()> action;
    ~Late() {
      if (action) action();
    }
  };
  std::optional<ErrorCode> code;
  auto late = std::make_shared<Late>();
  late->action = [&] { code = code_of([&] { store.write_async([](auto&) {}); }); };
  store.write_async([late = std::move(late)](auto&) {}).get();
  CHECK(code == ErrorCode::invalid_argument);
}

ON_BOTH_ENGINES("closing the store finishes what is queued") {
  std::optional<BlogStore<Engine>> store = BlogStore<Engine>::temp();
  std::vector<std::future<std::uint64_t>> futures;
  {
    Hold hold(*store);
    for (std::uint64_t id = 1; id <= 50; ++id) {
      futures.push_back(store->write_async([id](auto& txn) {
        auto users = txn.template open_tree<blog::User>();
        users.put(user(id));
        return users.len();
      }));
    }
    CHECK(!is_ready(futures[0]));
    std::thread closer([&] { store.reset(); });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    hold.release();
    closer.join();
  }
  for (std::uint64_t id = 1; id <= 50; ++id) {
    REQUIRE(is_ready(futures[id - 1]));
    CHECK(futures[id - 1].get() == id);
  }
}

ON_BOTH_ENGINES("a store closed by who writes to it finishes what is queued afterwards") {
  std::optional<BlogStore<Engine>> store = BlogStore<Engine>::temp();
  std::future<std::uint64_t> future;
  {
    Hold hold(*store);
    future = store->write_async([](auto& txn) {
      auto users = txn.template open_tree<blog::User>();
      users.put(user(1));
      return users.len();
    });
    hold.release();
  }
  future.get();
  // Queued by another thread, while this one writes and then closes the store.
  std::promise<void> queued;
  auto txn = store->begin_write();
  std::thread([&] {
    future = store->write_async([](auto& own) { return own.template open_tree<blog::User>().len(); });
  }).join();
  store.reset();
  CHECK(!is_ready(future));
  txn.template open_tree<blog::User>().put(user(2));
  txn.commit();
  CHECK(future.get() == 2);
}

ON_BOTH_ENGINES("a function may hold the last of the store") {
  std::future<void> future;
  {
    auto store = std::make_shared<BlogStore<Engine>>(BlogStore<Engine>::temp());
    future = store->write_async([store](auto& txn) { txn.template open_tree<blog::User>().put(user(1)); });
  }
  future.get();
}

ON_BOTH_ENGINES("many threads: none is lost, and each thread's come in its order") {
  const auto store = BlogStore<Engine>::temp();
  constexpr std::uint64_t threads_count = 8;
  constexpr std::uint64_t rounds = 60;
  std::atomic<int> wrong{0};
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (std::uint64_t thread = 1; thread <= threads_count; ++thread) {
    threads.emplace_back([&, thread] {
      std::vector<std::future<void>> open;
      for (std::uint64_t round = 1; round <= rounds; ++round) {
        open.push_back(store.write_async([thread, round, &wrong](auto& txn) {
          auto posts = txn.template open_tree<blog::Post>();
          const auto last = posts.get(thread);
          if ((last ? last->created : 0) != static_cast<std::int64_t>(round) - 1) ++wrong;
          posts.put(post(thread, thread, static_cast<std::int64_t>(round)));
          txn.template open_tree<blog::User>().put(user(thread * 1000 + round));
        }));
        if (round % 5 == 0) {
          auto bad = store.write_async([thread](auto& txn) {
            txn.template open_tree<blog::Post>().put(post(thread, thread, -1));
            throw std::runtime_error("no");
          });
          try {
            bad.get();
          } catch (const std::runtime_error&) {
            ++refused;
          }
          for (auto& future : std::exchange(open, {})) future.get();
        }
        if (round % 7 == 0) store.quick_put(user(thread * 1000 + 500 + round));
      }
      for (auto& future : open) future.get();
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong.load() == 0);
  CHECK(refused == threads_count * (rounds / 5));
  auto txn = store.begin_read();
  CHECK(txn.template open_tree<blog::User>().len() == threads_count * (rounds + rounds / 7));
  for (std::uint64_t thread = 1; thread <= threads_count; ++thread) {
    CHECK(txn.template open_tree<blog::Post>().get(thread)->created == rounds);
  }
  require_sound(store);
}

ON_BOTH_ENGINES("a store that is full says so to those for whom there is no room") {
  netabase::Config config;
  const TemporaryFolder folder;
  if constexpr (std::is_same_v<Engine, netabase::Lmdb>) {
    config.path = folder.file("blog.mdb");
    config.durability = netabase::Durability::none;
  }
  config.max_size = 512 << 10;
  const auto store = BlogStore<Engine>::open(config);
  const auto large = [](std::uint64_t id) {
    blog::User out = user(id);
    out.username = std::string(400 << 10, 'x');
    return out;
  };
  std::vector<std::future<void>> futures;
  {
    const Hold hold(store);
    futures.push_back(store.write_async(putting(user(1))));
    futures.push_back(store.write_async(putting(large(2))));
    futures.push_back(store.write_async(putting(large(3))));
    futures.push_back(store.write_async(putting(user(4))));
  }
  futures[0].get();
  futures[1].get();
  CHECK_THROWS_AS(futures[2].get(), netabase::MapFull);
  futures[3].get();
  auto txn = store.begin_read();
  CHECK(ids(txn.template open_tree<blog::User>().iter_borrowed()) == Ids{1, 2, 4});
}
