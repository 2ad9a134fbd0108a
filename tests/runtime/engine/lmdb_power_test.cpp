/// \file
/// Loss of power: whatever of the writes since the last sync reached the medium, the store opens, is sound, and holds a
/// state no older than the last commit that returned.
///
/// Every write and sync of a run is recorded. Then files are made as a medium may hold them after a loss of power at
/// any of these moments: all that was synced, and of the rest nothing, everything, any part, or half of a write, cut
/// between sectors of 512 bytes, which a medium writes whole. NETABASE_TEST_IMAGES (400): how many.

#include "runtime/engine/interposer.hpp"
#include "runtime/engine/support.hpp"

#if !NETABASE_TEST_SANITIZED

namespace netabase::test {

namespace {

using interposer::Event;
using Content = std::map<std::string, std::string>;

/// A store's life: the file it began with, what was written to it, and its content after each commit.
struct Life {
  std::string begin;
  std::vector<Event> events;
  std::vector<Content> states;
};

Life live(std::mt19937_64& random) {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  auto store = engine::Lmdb::open(at(file), 4, [](auto& txn) {
    txn.make_table("t");
    txn.make_table("beside");
  });
  const Table table = *store->begin_read().find_table("t");
  const Table beside = *store->begin_read().find_table("beside");
  Content in_beside;
  Life life;
  life.begin = read_bytes(file);
  life.states.emplace_back();
  interposer::start_recording(file);
  for (int commit = 0; commit < 40; ++commit) {
    Content content = life.states.back();
    if (commit % 5 == 4) {
      std::swap(content, in_beside);
      store->begin_write().commit_exchanging({{table, beside}});
      life.states.push_back(std::move(content));
      interposer::acknowledge();
      continue;
    }
    auto txn = store->begin_write();
    for (int i = 0; i < 12; ++i) {
      const std::string key = std::to_string(random() % 200);
      if (random() % 3 == 0) {
        txn.erase(table, as_bytes(key));
        content.erase(key);
      } else {
        content[key] = std::string(random() % 10 == 0 ? 5000 : random() % 400, static_cast<char>('a' + random() % 26));
        put(txn, table, key, content[key]);
      }
    }
    txn.commit();
    life.states.push_back(std::move(content));
    interposer::acknowledge();
  }
  store.reset();
  life.events = interposer::stop_recording();
  return life;
}

enum class Kept { nothing, everything, some, torn };

/// The file after the first `moment` events. Without `syncs` no sync ever took place.
std::string image(const Life& life, std::size_t moment, Kept kept, bool syncs, std::mt19937_64& random) {
  std::size_t synced = 0;  // writes before this event are on the medium
  for (std::size_t i = 0; i < moment; ++i) {
    if (syncs && life.events[i].kind == Event::Kind::sync) synced = i;
  }
  std::string bytes = life.begin;
  for (std::size_t i = 0; i < moment; ++i) {
    const Event& event = life.events[i];
    if (event.kind != Event::Kind::write) continue;
    std::size_t size = event.data.size();
    if (i >= synced && !(syncs && event.synced)) {
      if (kept == Kept::nothing || (kept != Kept::everything && random() % 2 == 0)) continue;
      if (kept == Kept::torn) {
        const std::size_t sectors = (event.offset % 512 + size + 511) / 512;
        const std::size_t end = (random() % sectors + 1) * 512 - event.offset % 512;
        size = std::min(size, end);
      }
    }
    if (bytes.size() < event.offset + size) bytes.resize(event.offset + size);
    bytes.replace(event.offset, size, event.data, 0, size);
  }
  return bytes;
}

/// What is wrong with the store in `file`, which had a commit return for each state up to `acknowledged`; empty:
/// nothing.
std::string fault_of(const std::string& file, const Life& life, std::size_t acknowledged) {
  try {
    const auto findings = engine::Lmdb::check_file(file);
    if (!findings.empty()) return findings.front();
    auto store = engine::Lmdb::open(at(file), 4);
    const auto table = store->begin_read().find_table("t");
    if (!table) return "the table is gone";
    const Content content = all(store->begin_read(), *table);
    const std::size_t in_flight = std::min(acknowledged + 1, life.states.size() - 1);
    if (content != life.states[acknowledged] && content != life.states[in_flight]) return "a commit is lost or torn";
    auto txn = store->begin_write();
    put(txn, *table, "after", "1");
    txn.commit();
    return store->check_pages().empty() ? "" : "it is damaged by the next write";
  } catch (const Error& error) {
    return error.what();
  }
}

struct Outcome {
  int images = 0;
  int bad = 0;
  std::string first;
};

Outcome lose_power(const Life& life, bool syncs, int images, std::mt19937_64& random) {
  Folder folder;
  const std::string file = folder.file("s.mdb");
  Outcome outcome;
  for (; outcome.images < images; ++outcome.images) {
    const std::size_t moment = random() % (life.events.size() + 1);
    const auto acknowledged = static_cast<std::size_t>(
        std::count_if(life.events.begin(), life.events.begin() + static_cast<std::ptrdiff_t>(moment),
                      [](const Event& event) { return event.kind == Event::Kind::acknowledged; }));
    const auto kept = static_cast<Kept>(random() % 4);
    write_bytes(file, image(life, moment, kept, syncs, random));
    const std::string fault = fault_of(file, life, acknowledged);
    if (fault.empty()) continue;
    ++outcome.bad;
    if (outcome.first.empty()) outcome.first = "moment " + std::to_string(moment) + ": " + fault;
  }
  return outcome;
}

}  // namespace

TEST_CASE("no commit that returned is lost or torn by a loss of power") {
  INFO("NETABASE_TEST_SEED=" << seed());
  const char* const given = std::getenv("NETABASE_TEST_IMAGES");  // NOLINT(concurrency-mt-unsafe)
  const int images = given != nullptr ? std::atoi(given) : 400;
  REQUIRE(images > 0);
  std::mt19937_64 random(seed());
  const Life life = live(random);
  const auto count = [&](Event::Kind kind) {
    return std::count_if(life.events.begin(), life.events.end(), [&](const Event& each) { return each.kind == kind; });
  };
  REQUIRE(count(Event::Kind::acknowledged) == 40);
  REQUIRE(count(Event::Kind::sync) >= 40);
  REQUIRE(count(Event::Kind::write) >= 80);

  const Outcome outcome = lose_power(life, true, images, random);
  MESSAGE("images: " << outcome.images << ", bad: " << outcome.bad);
  CHECK_MESSAGE(outcome.bad == 0, outcome.first);

  // That the same finds fault with a store that is never synced shows that it can.
  const Outcome unsynced = lose_power(life, false, std::max(50, images / 10), random);
  MESSAGE("images without syncs: " << unsynced.images << ", bad: " << unsynced.bad);
  CHECK(unsynced.bad * 100 >= unsynced.images);
}

}  // namespace netabase::test

#endif
