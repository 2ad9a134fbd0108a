/// Damaged records: whatever the bytes are, reading gives values or throws Corrupt. It never leaves the record, never
/// hangs and never makes a copy that is much larger than the record. Run it under ASan and UBSan as well.

#include <doctest/doctest.h>

#include <cstring>
#include <utility>
#include <vector>

#include "netabase/error.hpp"
#include "table_codec.hpp"

namespace netabase::test {

namespace {

using wire::ElementSize;
using wire::Word;

/// A record's value from body words.
Block record_of(const std::vector<std::uint64_t>& words) {
  Block block(record::header_size + words.size() * 8);
  std::memset(block.data(), 0, record::header_size);
  std::memcpy(block.data() + record::header_size, words.data(), words.size() * 8);
  return block;
}

/// A record of Inner whose pointer `index` is `pointer`, with `behind` behind the pointer section.
Block inner_with(std::size_t index, Word pointer, const std::vector<std::uint64_t>& behind) {
  std::vector<std::uint64_t> words{Word::to_struct(0, 1, 4).bits(), 0, 0, 0, 0, 0};
  words[2 + index] = pointer.bits();
  words.insert(words.end(), behind.begin(), behind.end());
  return record_of(words);
}

/// Whether reading gave values, for a copy and through views.
template <class T>
bool reads(Bytes value) {
  bool owned = true;
  bool walked = true;
  try {
    decode<T>(value);
  } catch (const Corrupt&) {
    owned = false;
  }
  try {
    walk<T>(value);
  } catch (const Corrupt&) {
    walked = false;
  }
  CHECK(owned == walked);
  return owned;
}

/// A struct that holds one of its own kind.
struct Chain {};
struct ChainCodec;
struct ChainRef {
  wire::StructView view;
  ChainRef next() const;
};
struct ChainCodec {
  using Owned = Chain;
  using View = ChainRef;
  static ChainRef read(const wire::StructView& view) { return {view}; }
};
ChainRef ChainRef::next() const { return view.pointer<wire::Struct<ChainCodec>>(0); }

}  // namespace

TEST_CASE("one to three flipped bits, or a cut, give values or Corrupt") {
  Random random(21);
  std::vector<Block> records;
  for (int i = 0; i < 100; ++i) records.push_back(encode(random_record<All>(random)));
  std::size_t values = 0;
  std::size_t refused = 0;
  for (int i = 0; i < 300'000; ++i) {
    const Block& whole = records[random.below(records.size())];
    const std::size_t size = random.one_in(20) ? random.below(whole.size() + 1) : whole.size();
    const Block damaged{Bytes(whole.data(), size)};
    // Half of the flips hit the root's pointers and sections, where most of a record's structure is.
    const std::size_t reach = random.one_in(2) ? size : std::min<std::size_t>(size, 320);
    for (std::size_t flips = size == 0 ? 0 : 1 + random.below(3); flips > 0; --flips) {
      damaged.data()[random.below(reach)] ^= std::byte{1} << random.below(8);
    }
    try {
      if (i % 2 == 0) {
        decode<All>(damaged);
      } else {
        walk<All>(damaged);
      }
      ++values;
    } catch (const Corrupt&) {
      ++refused;
    }
  }
  CHECK(values + refused == 300'000);
  CHECK(values > 30'000);  // both kinds were met
  CHECK(refused > 30'000);
}

TEST_CASE("random words as a body give values or Corrupt") {
  Random random(22);
  std::size_t values = 0;
  for (int i = 0; i < 100'000; ++i) {
    std::vector<std::uint64_t> words{Word::to_struct(0, 1, 4).bits()};
    const std::size_t size = 5 + random.below(40);
    while (words.size() < size) {
      // Pointers that are nearly right lead furthest.
      const auto offset = static_cast<std::int64_t>(random.below(24)) - 4;
      switch (random.below(4)) {
        case 0:
          words.push_back(random.bits());
          break;
        case 1:
          words.push_back(Word::to_struct(offset, static_cast<std::uint16_t>(random.below(3)),
                                          static_cast<std::uint16_t>(random.below(5)))
                              .bits());
          break;
        case 2:
          words.push_back(Word::to_list(offset, static_cast<ElementSize>(random.below(8)), random.below(12)).bits());
          break;
        default:
          words.push_back(0);
      }
    }
    const Block value = record_of(words);
    try {
      walk<Inner>(value);
      decode<Inner>(value);
      ++values;
    } catch (const Corrupt&) {
    }
  }
  CHECK(values > 100);
}

TEST_CASE("every truncation of a record is refused or read, and never read past") {
  Random random(23);
  const Block whole = encode(random_record<All>(random));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Block cut{Bytes(whole.data(), size)};
    if (size % 8 != 0 || size < 16) {
      CHECK_THROWS_AS(walk<All>(cut), Corrupt);
    } else {
      reads<All>(cut);
    }
  }
}

TEST_CASE("each contradiction is refused") {
  // The counterparts that are whole, so that what follows fails for its own reason.
  CHECK(reads<Inner>(inner_with(0, Word::to_list(3, ElementSize::byte, 2), {'a'})));
  CHECK(reads<Inner>(inner_with(1, Word::to_list(2, ElementSize::bit, 64), {~0ULL})));
  CHECK(reads<Inner>(inner_with(2, Word::to_struct(1, 1, 0), {1})));
  CHECK(reads<Inner>(inner_with(3, Word::to_list(0, ElementSize::structs, 2), {Word::tag(2, 1, 0).bits(), 1, 2})));

  SUBCASE("a pointer behind the record") {
    CHECK_FALSE(reads<Inner>(inner_with(0, Word::to_list(4, ElementSize::byte, 2), {'a'})));
    CHECK_FALSE(reads<Inner>(inner_with(0, Word::to_list(536870911, ElementSize::byte, 2), {'a'})));
  }
  SUBCASE("a pointer before the record") {
    CHECK_FALSE(reads<Inner>(inner_with(0, Word::to_list(-4, ElementSize::byte, 2), {'a'})));
    CHECK_FALSE(reads<Inner>(inner_with(0, Word::to_list(-536870912, ElementSize::byte, 2), {'a'})));
  }
  SUBCASE("a list that ends behind the record") {
    CHECK_FALSE(reads<Inner>(inner_with(0, Word::to_list(3, ElementSize::byte, 9), {'a'})));
    CHECK_FALSE(reads<Inner>(inner_with(1, Word::to_list(2, ElementSize::bit, 65), {0})));
    CHECK_FALSE(reads<Inner>(inner_with(0, Word::to_list(3, ElementSize::byte, wire::max_count), {'a'})));
  }
  SUBCASE("a struct that ends behind the record") {
    CHECK_FALSE(reads<Inner>(inner_with(2, Word::to_struct(1, 1, 1), {1})));
    CHECK_FALSE(reads<Inner>(inner_with(2, Word::to_struct(1, 65535, 65535), {1})));
  }
  SUBCASE("a text without its end") {
    CHECK_FALSE(reads<Inner>(inner_with(0, Word::to_list(3, ElementSize::byte, 1), {'a'})));
    CHECK_FALSE(reads<Inner>(inner_with(0, Word::to_list(3, ElementSize::byte, 0), {'a'})));
  }
  SUBCASE("other elements than the schema's") {
    CHECK_FALSE(reads<Inner>(inner_with(0, Word::to_list(3, ElementSize::two_bytes, 2), {'a'})));
    CHECK_FALSE(reads<Inner>(inner_with(1, Word::to_list(2, ElementSize::byte, 2), {'a'})));
    CHECK_FALSE(reads<Inner>(inner_with(3, Word::to_list(0, ElementSize::bit, 2), {1})));
  }
  SUBCASE("a struct for a list, and a list for a struct") {
    CHECK_FALSE(reads<Inner>(inner_with(0, Word::to_struct(3, 1, 0), {'a'})));
    CHECK_FALSE(reads<Inner>(inner_with(2, Word::to_list(1, ElementSize::byte, 2), {'a'})));
  }
  SUBCASE("pointers into other segments, and capabilities") {
    for (const std::uint64_t kind : {2U, 3U}) {
      for (std::size_t index = 0; index < 4; ++index) CHECK_FALSE(reads<Inner>(inner_with(index, Word(kind), {0})));
    }
  }
  SUBCASE("more structs than the list has words") {
    CHECK_FALSE(
        reads<Inner>(inner_with(3, Word::to_list(0, ElementSize::structs, 2), {Word::tag(3, 1, 0).bits(), 1, 2})));
    CHECK_FALSE(reads<Inner>(inner_with(3, Word::to_list(0, ElementSize::structs, 2), {1, 1, 2})));
  }
  SUBCASE("very many structs of no size") {
    CHECK(reads<Inner>(inner_with(3, Word::to_list(0, ElementSize::structs, 0), {Word::tag(1024, 0, 0).bits()})));
    CHECK_FALSE(reads<Inner>(inner_with(3, Word::to_list(0, ElementSize::structs, 0), {Word::tag(1025, 0, 0).bits()})));
    CHECK_FALSE(
        reads<Inner>(inner_with(3, Word::to_list(0, ElementSize::structs, 0), {Word::tag(1 << 29, 0, 0).bits()})));
    CHECK_FALSE(reads<Inner>(inner_with(3, Word::to_list(0, ElementSize::none, 1 << 28), {})));
  }
  SUBCASE("the head") {
    Block value = encode(Leaf{});
    CHECK(reads<Leaf>(value));
    value.data()[6] = std::byte{1};
    CHECK_FALSE(reads<Leaf>(value));
    CHECK_THROWS_AS(record::schema_version(Bytes(value.data(), 7)), Corrupt);
    CHECK_FALSE(record::checksum_matches(Bytes(value.data(), 7)));
  }
  SUBCASE("an odd address") {
    const Block value = encode(Leaf{1, "t", 2});
    const Block moved(value.size() + 8);
    for (std::size_t shift = 1; shift < 8; ++shift) {
      std::memcpy(moved.data() + shift, value.data(), value.size());
      CHECK_THROWS_AS(walk<Leaf>(Bytes(moved.data() + shift, value.size())), Corrupt);
    }
  }
  SUBCASE("fixed bytes of another number") {
    All all;
    const Block value = encode(all);
    // Pointer 4 of the root is uuid's: its count is in the upper bits.
    const std::size_t at =
        record::header_size + 8 + Word(wire::detail::load<std::uint64_t>(value.data() + 8)).data_words() * 8 + 4 * 8;
    const auto pointer = wire::detail::load<std::uint64_t>(value.data() + at);
    CHECK(Word(pointer).count() == 16);
    wire::detail::store(value.data() + at, Word::to_list(Word(pointer).offset(), ElementSize::byte, 15).bits());
    CHECK_FALSE(reads<All>(value));
  }
}

TEST_CASE("structs in each other are followed 64 deep, and no further") {
  // Each leads to the next, and the last to itself.
  std::vector<std::uint64_t> words(100, Word::to_struct(0, 0, 1).bits());
  words.back() = Word::to_struct(-1, 0, 1).bits();
  const Block value = record_of(words);
  ChainRef at{record::root(value, Lifetime())};
  for (int depth = 2; depth <= wire::max_depth; ++depth) at = at.next();
  CHECK(at.view.has(0));
  CHECK_THROWS_AS(at.next(), Corrupt);
}

TEST_CASE("a copy of parts that share their bytes is refused before it grows") {
  // A list of n lists of n texts, all of them the same: n * n copies out of 2 n words.
  constexpr std::size_t n = 4000;
  All all;
  all.words.assign(1, std::vector<std::string>(1, "x"));
  const Block small = encode(all);
  const auto words_at = [](const Block& value) {
    return record::header_size + 8 + Word(wire::detail::load<std::uint64_t>(value.data() + 8)).data_words() * 8 +
           20 * 8;
  };
  std::vector<std::uint64_t> body;
  for (std::size_t at = record::header_size; at < small.size(); at += 8) {
    body.push_back(wire::detail::load<std::uint64_t>(small.data() + at));
  }
  const std::size_t pointer = words_at(small) / 8 - 1;
  const auto outer = static_cast<std::int64_t>(body.size());
  body[pointer] = Word::to_list(outer - static_cast<std::int64_t>(pointer) - 1, ElementSize::pointer, n).bits();
  for (std::size_t i = 0; i < n; ++i) {
    body.push_back(Word::to_list(static_cast<std::int64_t>(n - i - 1), ElementSize::pointer, n).bits());
  }
  for (std::size_t i = 0; i < n; ++i) {
    body.push_back(Word::to_list(static_cast<std::int64_t>(n - i - 1), ElementSize::byte, 2).bits());
  }
  body.push_back('x');
  const Block value = record_of(body);
  const std::size_t before = allocations();
  CHECK_THROWS_AS(decode<All>(value), Corrupt);
  CHECK(allocations() - before < 100);
  // Through views, each part is read in its own right.
  const TableRef<All> ref = record::read<TableCodec<All>>(value, Lifetime());
  CHECK(ref.view.pointer<wire::List<wire::List<wire::Text>>>(20)[n - 1][n - 1] == "x");
}

}  // namespace netabase::test
