/// Records of an older schema read by a newer one and the other way round: what both know is equal, what the older did
/// not know has its default. Nothing stored is rewritten when a schema gains fields, so this is what keeps old stores
/// readable.

#include <doctest/doctest.h>

#include "table_codec.hpp"

namespace netabase::test {

TEST_CASE("a newer schema reads what an older one wrote: new fields have their defaults") {
  Random random(11);
  for (int i = 0; i < 2000; ++i) {
    const Before before = random_record<Before>(random);
    const Block record = encode(before);
    const After after = decode<After>(record);
    CHECK(after.a == before.a);
    CHECK(after.t == before.t);
    CHECK(after.item.x == before.item.x);
    CHECK(after.item.y == 9);
    REQUIRE(after.items.size() == before.items.size());
    for (std::size_t n = 0; n < before.items.size(); ++n) {
      CHECK(after.items[n].x == before.items[n].x);
      CHECK(after.items[n].y == 9);
      CHECK(after.items[n].name.empty());
    }
    // Lists of scalars and texts that became lists of structs.
    REQUIRE(after.numbers.size() == before.numbers.size());
    for (std::size_t n = 0; n < before.numbers.size(); ++n) {
      CHECK(after.numbers[n].x == before.numbers[n]);
      CHECK(after.numbers[n].y == 9);
    }
    REQUIRE(after.names.size() == before.names.size());
    for (std::size_t n = 0; n < before.names.size(); ++n) {
      CHECK(after.names[n].name == before.names[n]);
      CHECK(after.names[n].z == 3);
    }
    CHECK(after.b == 77);
    CHECK(after.flag);
    CHECK(after.u == "new");
    CHECK(after.more.empty());
  }
}

TEST_CASE("an older schema reads what a newer one wrote: it does not see what it does not know") {
  Random random(12);
  for (int i = 0; i < 2000; ++i) {
    After after = random_record<After>(random);
    after.numbers.clear();  // lists of structs are no lists of scalars
    after.names.clear();
    const Block record = encode(after);
    const Before before = decode<Before>(record);
    CHECK(before.a == after.a);
    CHECK(before.t == after.t);
    CHECK(before.item.x == after.item.x);
    REQUIRE(before.items.size() == after.items.size());
    for (std::size_t n = 0; n < before.items.size(); ++n) CHECK(before.items[n].x == after.items[n].x);
  }
}

}  // namespace netabase::test
