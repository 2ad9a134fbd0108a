/// Records against libcapnp: what we write is byte for byte its canonical form, what we write it reads, what it writes
/// we read, for random values of every type. Otherwise "any Cap'n Proto reader can read the records" would be a claim.

#include <capnp/serialize.h>
#include <doctest/doctest.h>

#include "stock.hpp"

namespace netabase::test {

namespace {

constexpr std::size_t plenty = 1 << 15;  // words; every message of the test fits into one segment

struct Stock {
  using Root = stock::All;
  capnp::MallocMessageBuilder message{plenty, capnp::AllocationStrategy::FIXED_SIZE};

  Stock(const All& value, std::mt19937_64* shuffle) {
    StockFill::fill(capnp::toDynamic(message.initRoot<Root>()), value, shuffle);
  }
};

bool same_body(const Block& record, kj::ArrayPtr<const capnp::word> words) {
  const auto body = body_words(record);
  return body.size() == words.size() && std::memcmp(body.begin(), words.begin(), words.asBytes().size()) == 0;
}

}  // namespace

TEST_CASE("random records have the bytes of libcapnp's canonical form, and are equal through it") {
  Random random(1);
  int not_canonical = 0;
  int unread = 0;
  for (int i = 0; i < 3000; ++i) {
    const All value = random_record<All>(random);
    const Block ours = encode(value);

    Stock theirs(value, nullptr);
    const kj::Array<capnp::word> canonical = capnp::canonicalize(theirs.message.getRoot<stock::All>().asReader());
    not_canonical += same_body(ours, canonical) ? 0 : 1;

    const kj::ArrayPtr<const capnp::word> segments[] = {body_words(ours)};
    capnp::SegmentArrayMessageReader reader(kj::arrayPtr(segments, 1));
    unread += reader.isCanonical() && StockEqual::check(capnp::toDynamic(reader.getRoot<stock::All>()), value) ? 0 : 1;
  }
  CHECK(not_canonical == 0);
  CHECK(unread == 0);
}

TEST_CASE("what libcapnp writes, in any order and with holes, reads as the same record") {
  Random random(2);
  std::mt19937_64 shuffle(random.bits());
  int different = 0;
  int written_otherwise = 0;
  for (int i = 0; i < 3000; ++i) {
    const All value = random_record<All>(random);
    Stock theirs(value, &shuffle);
    const auto segments = theirs.message.getSegmentsForOutput();
    REQUIRE(segments.size() == 1);
    const Block record = as_record(segments[0]);
    const Block ours = encode(value);
    written_otherwise += same_body(ours, segments[0]) ? 0 : 1;
    const Block again = encode(decode<All>(record));
    // Canonical bytes are equal exactly when values are, NaNs included.
    different += compare(again, ours) == 0 && walk<All>(record) == walk<All>(ours) ? 0 : 1;
  }
  CHECK(different == 0);
  CHECK(written_otherwise > 2900);  // the messages did differ from ours
}

TEST_CASE("a record of defaults alone is an empty struct") {
  const All value = [] {
    All record;
    record.textd.clear();
    return record;
  }();
  // uuid and textd are always written; without such fields nothing is left.
  CHECK(encode(value).size() > record::header_size + 8);
  const Block leaf = encode(Leaf{});
  CHECK(leaf.size() == record::header_size + 8);
  capnp::MallocMessageBuilder message;
  message.initRoot<stock::Leaf>();
  CHECK(same_body(leaf, capnp::canonicalize(message.getRoot<stock::Leaf>().asReader())));
  CHECK(decode<Leaf>(leaf).tag.empty());
}

TEST_CASE("lists of structs that are zero throughout keep their number, also long ones") {
  for (const std::size_t count : {std::size_t{1}, std::size_t{1024}, std::size_t{1025}, std::size_t{100'000}}) {
    Inner value;
    value.leaves.resize(count);
    const Block ours = encode(value);
    CHECK(decode<Inner>(ours).leaves.size() == count);
    const kj::ArrayPtr<const capnp::word> segments[] = {body_words(ours)};
    capnp::SegmentArrayMessageReader reader(kj::arrayPtr(segments, 1));
    CHECK(reader.getRoot<stock::Inner>().getLeaves().size() == count);
  }
}

}  // namespace netabase::test
