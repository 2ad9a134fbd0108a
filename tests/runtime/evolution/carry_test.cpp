/// \file
/// Old and new programs on one file: an old reader sees what it knows of new records, and an old writer keeps what it
/// does not know; a new reader gives defaults for what old records lack.

#include <random>

#include "runtime/evolution/support.hpp"

using namespace evolution_test;

namespace {

using Old = letters_v1::Letter;
using New = letters_v2::Letter;

/// Random letters, with many empty and default values, since these take other ways through the codec.
class Letters {
 public:
  explicit Letters(std::uint32_t seed) : random_(seed) {}

  New letter(std::uint64_t id) {
    New out;
    out.id = id;
    out.subject = text();
    out.read = coin();
    out.small = static_cast<std::int8_t>(number());
    out.number = static_cast<std::int32_t>(number());
    out.weight = static_cast<double>(number());
    out.mood = static_cast<letters_v2::Mood>(random_() % 3);
    if (coin()) out.reply_to = text();
    if (coin()) out.pages = static_cast<std::int16_t>(number());
    out.seal.resize(random_() % 12, std::byte{7});
    out.code = {1, 2, static_cast<std::uint8_t>(number()), 4};
    out.marks.resize(random_() % 4, 5);
    out.flags.resize(random_() % 70, true);
    out.lines.resize(random_() % 3, text());
    out.from = address();
    if (coin()) out.to = address();
    out.stamps.resize(random_() % 3);
    for (letters_v2::Stamp& stamp : out.stamps) stamp = {2, "s", 1999, {}};
    out.urgent = coin();
    out.priority = static_cast<std::uint16_t>(number());
    if (coin()) out.sent = number();
    if (coin()) out.cost = 4;
    out.mood_after = static_cast<letters_v2::Mood>(random_() % 3);
    if (coin()) out.note = text();
    if (coin()) out.room = static_cast<std::uint32_t>(number());
    if (coin()) out.nick = text();
    out.photo.resize(random_() % 12, std::byte{9});
    out.pair = {static_cast<std::uint8_t>(number()), 2};
    out.ratios.resize(random_() % 4, 0.5);
    out.copies.resize(random_() % 3, text());
    out.ticks.resize(random_() % 70, true);
    if (coin()) out.sender = address();
    if (coin()) out.extra = stamp();
    for (std::uint64_t i = random_() % 3; i != 0; --i) out.via.push_back(address());
    return out;
  }

  bool coin() { return random_() % 2 == 0; }
  std::string text() { return std::string(random_() % 3 * 5, 'x'); }

 private:
  std::int64_t number() { return static_cast<std::int64_t>(random_() % 200) - 100; }
  letters_v2::Stamp stamp() {
    return {static_cast<std::uint16_t>(random_() % 3), text(), static_cast<std::uint16_t>(coin() ? 1999 : 2026),
            text()};
  }
  letters_v2::Address address() {
    letters_v2::Address out{text(), coin(), coin() ? stamp() : letters_v2::Stamp(), coin(), {}};
    if (coin()) out.box = text();
    return out;
  }

  std::mt19937 random_;
};

letters_v1::Stamp known(const letters_v2::Stamp& stamp) { return {stamp.cents, stamp.motif}; }
letters_v1::Address known(const letters_v2::Address& address) {
  return {address.street, address.is_home, known(address.stamp)};
}

/// What the old program knows of a new letter.
Old known(const New& letter) {
  Old out;
  out.id = letter.id;
  out.subject = letter.subject;
  out.read = letter.read;
  out.small = letter.small;
  out.number = letter.number;
  out.weight = letter.weight;
  out.mood = static_cast<letters_v1::Mood>(letter.mood);
  out.reply_to = letter.reply_to;
  out.pages = letter.pages;
  out.seal = letter.seal;
  out.code = letter.code;
  out.marks = letter.marks;
  out.flags = letter.flags;
  out.lines = letter.lines;
  out.from = known(letter.from);
  if (letter.to) out.to = known(*letter.to);
  for (const letters_v2::Stamp& stamp : letter.stamps) out.stamps.push_back(known(stamp));
  return out;
}

/// What is left of `letter` when the old program has put `put` in its place.
New merged(const New& letter, const Old& put) {
  New out = letter;
  const auto merge_stamp = [](letters_v2::Stamp& into, const letters_v1::Stamp& from) {
    into.cents = from.cents;
    into.motif = from.motif;
  };
  const auto merge_address = [&](letters_v2::Address& into, const letters_v1::Address& from) {
    into.street = from.street;
    into.is_home = from.is_home;
    merge_stamp(into.stamp, from.stamp);
  };
  out.subject = put.subject;
  out.read = put.read;
  out.small = put.small;
  out.number = put.number;
  out.weight = put.weight;
  out.mood = static_cast<letters_v2::Mood>(put.mood);
  out.reply_to = put.reply_to;
  out.pages = put.pages;
  out.seal = put.seal;
  out.code = put.code;
  out.marks = put.marks;
  out.flags = put.flags;
  out.lines = put.lines;
  merge_address(out.from, put.from);
  if (!put.to) {
    out.to.reset();
  } else {
    if (!out.to) out.to.emplace();
    merge_address(*out.to, *put.to);
  }
  out.stamps.clear();  // elements of lists have only what the old program knows
  for (const letters_v1::Stamp& stamp : put.stamps) merge_stamp(out.stamps.emplace_back(), stamp);
  return out;
}

std::uint32_t seed() {
  const char* given = std::getenv("NETABASE_TEST_SEED");
  const std::uint32_t seed = given != nullptr ? static_cast<std::uint32_t>(std::stoul(given)) : std::random_device()();
  MESSAGE("NETABASE_TEST_SEED=", seed);
  return seed;
}

}  // namespace

TEST_CASE("an old program reads, changes and puts new records, and what it does not know of them survives") {
  const TemporaryFolder folder;
  const std::string path = folder.file("letters.mdb");
  Letters random(seed());
  std::vector<New> letters;
  for (std::uint64_t id = 1; id <= 400; ++id) letters.push_back(random.letter(id));
  {
    const auto store = Letters2::open(path);
    store.with_write_transaction([&](auto& txn) { txn.template open_tree<New>().put_many(letters); });
  }
  {
    const auto store = Letters1::open(path);
    std::vector<Old> puts;
    for (New& letter : letters) {
      const auto read = store.quick_get<Old>(letter.id);
      REQUIRE(read.has_value());
      REQUIRE(*read == known(letter));
      Old changed = known(random.letter(letter.id));
      if (letter.id % 4 == 0) changed = *read;
      letter = merged(letter, changed);
      if (letter.id % 4 == 1) {
        puts.push_back(changed);
      } else if (letter.id % 4 == 2) {
        store.with_write_transaction([&](auto& txn) {
          txn.template open_tree<Old>().update(letter.id, [&](Old& record) { record = changed; });
        });
      } else {
        store.quick_put(changed);
      }
    }
    store.with_write_transaction([&](auto& txn) { txn.template open_tree<Old>().put_many(puts); });
    // A second time: what was carried once is still marked as newer.
    store.with_write_transaction([&](auto& txn) {
      for (const New& letter : letters) txn.template open_tree<Old>().put(known(letter));
    });
    require_sound(store);
  }
  const auto store = Letters2::open(path);
  require_sound(store);
  auto txn = store.begin_read();
  for (const New& letter : letters) {
    New expected = letter;
    for (letters_v2::Stamp& stamp : expected.stamps) stamp = {stamp.cents, stamp.motif, 1999, {}};
    REQUIRE(*txn.open_tree<New>().get(letter.id) == expected);
  }
}

TEST_CASE("a new program gives defaults for what an old record lacks, and so for what an old program put anew") {
  const TemporaryFolder folder;
  const std::string path = folder.file("letters.mdb");
  Letters random(seed());
  std::vector<Old> letters;
  for (std::uint64_t id = 1; id <= 50; ++id) letters.push_back(known(random.letter(id)));
  {
    Letters1::open(path).with_write_transaction([&](auto& txn) { txn.template open_tree<Old>().put_many(letters); });
  }
  { Letters2::open(path); }
  letters.push_back(known(random.letter(51)));
  { Letters1::open(path).quick_put(letters.back()); }
  const auto store = Letters2::open(path);
  require_sound(store);
  for (const Old& letter : letters) {
    New bare;
    bare.id = letter.id;
    CHECK(*store.quick_get<New>(letter.id) == merged(bare, letter));
  }
}

TEST_CASE("a record that is removed and put again is the old program's alone") {
  const TemporaryFolder folder;
  const std::string path = folder.file("letters.mdb");
  New letter;
  letter.id = 1;
  letter.note = "new";
  { Letters2::open(path).quick_put(letter); }
  {
    const auto store = Letters1::open(path);
    store.quick_remove<Old>(1);
    store.quick_put(known(letter));
  }
  CHECK(Letters2::open(path).quick_get<New>(1)->note == "none");
}

TEST_CASE("a damaged newer record is not merged with: put says so and leaves it") {
  const TemporaryFolder folder;
  const std::string path = folder.file("letters.mdb");
  New letter;
  letter.id = 1;
  letter.note = std::string(100, 'n');
  { Letters2::open(path).quick_put(letter); }
  {
    // A pointer far beyond the record's end.
    const auto engine = netabase::Lmdb::open(at(path), 8);
    auto txn = engine->begin_write();
    const auto table = *txn.find_table("Letter");
    auto cursor = txn.cursor(table);
    REQUIRE(cursor.first());
    std::vector<std::byte> key(cursor.key().begin(), cursor.key().end());
    std::vector<std::byte> value(cursor.value().begin(), cursor.value().end());
    for (std::size_t at = 16; at + 8 <= value.size(); at += 8) {
      netabase::wire::Word word(netabase::wire::detail::load<std::uint64_t>(value.data() + at));
      if (word.is_list() && word.count() == 101) value[at + 2] = std::byte{0xff};
    }
    netabase::engine::put(txn, table, key, value.size(), netabase::engine::PutMode::upsert,
                          [&](std::byte* space) { std::memcpy(space, value.data(), value.size()); });
    txn.commit();
  }
  const auto store = Letters1::open(path);
  CHECK(code_of([&] { store.quick_put(known(letter)); }) == netabase::ErrorCode::corrupt);
}
