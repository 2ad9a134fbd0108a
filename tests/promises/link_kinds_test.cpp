/// \file
/// Promise: whatever can be a primary key can be linked to.

#include <cmath>
#include <limits>

#include "promises/office_support.hpp"

using namespace promises;
using kinds::Colour;

ON_BOTH_ENGINES("links of enums, bytes, numbers and truth values are checked, followed and taken out") {
  const auto store = netabase::Store<kinds::KindsDefinition, Engine>::temp();
  auto txn = store.begin_write();
  auto holders = txn.template open_tree<kinds::Holder>();
  auto enums = txn.template open_tree<kinds::ByEnum>();
  auto fixed = txn.template open_tree<kinds::ByFixedBytes>();
  auto bytes = txn.template open_tree<kinds::ByBytes>();
  auto doubles = txn.template open_tree<kinds::ByDouble>();
  auto flags = txn.template open_tree<kinds::ByBool>();
  auto numbers = txn.template open_tree<kinds::BySigned>();
  const std::array<std::byte, 16> uuid{std::byte{1}, std::byte{0}, std::byte{255}};
  const std::vector<std::uint8_t> blob{0, 1, 0};
  const double nan = std::numeric_limits<double>::quiet_NaN();

  kinds::Holder holder;
  holder.id = 1;
  holder.colours = {Colour::green, Colour::blue, Colour::green};
  holder.fixed = uuid;
  holder.bytes = {blob, {}, blob};
  holder.numbers = {-0.0, nan, 1.5, 0.0};
  holder.flags = {true, false, true};
  holder.number = std::int16_t{-3};
  const auto refused = [&](const std::string& words) {
    for (const std::string& said :
         {violation_of([&] { holders.put(holder); }), violation_of([&] { holders.put_many({holder}); })}) {
      INFO(said);
      CHECK(said.find(words) != std::string::npos);
    }
  };
  refused("Holder 1 links to ByEnum 0 (Holder.colour)");
  enums.put({Colour::red});
  enums.put({Colour::green});
  refused("Holder 1 links to ByEnum 2 (Holder.colours)");
  enums.put({Colour::blue});
  refused("Holder.fixed");
  fixed.put({uuid});
  refused("Holder.bytes");
  bytes.put({blob});
  refused("Holder.bytes");
  bytes.put({{}});
  refused("(Holder.numbers)");
  doubles.put_many({kinds::ByDouble{0.0}, kinds::ByDouble{1.5}});
  refused("(Holder.numbers)");
  doubles.put({-nan});
  refused("Holder.flags");
  flags.put_many({kinds::ByBool{false}, kinds::ByBool{true}});
  refused("Holder 1 links to BySigned -3 (Holder.number)");
  numbers.put({-3});
  holders.put(holder);
  REQUIRE(holders.template target<&kinds::Holder::fixed>(holder).has_value());
  CHECK(holders.template target<&kinds::Holder::colour>(*holders.get_borrowed(1))->id() == Colour::red);
  CHECK(holders.template by<&kinds::Holder::numbers>().count(nan) == 1);

  CHECK(violation_of([&] { enums.remove(Colour::red); }).find("Holder 1 links to it (Holder.colour)") !=
        std::string::npos);
  CHECK(enums.remove(Colour::green));
  CHECK(fixed.remove(uuid));
  CHECK(bytes.remove(blob));
  CHECK(doubles.remove(nan));
  CHECK(doubles.remove(0));
  CHECK(flags.remove(true));
  const auto left = holders.get(1);
  REQUIRE(left.has_value());
  CHECK(left->colours == std::vector{Colour::blue});
  CHECK_FALSE(left->fixed.has_value());
  CHECK(left->bytes == std::vector<std::vector<std::uint8_t>>{{}});
  CHECK(left->numbers == std::vector{1.5});
  CHECK(left->flags == std::vector<bool>{false});
  CHECK(numbers.remove(-3));
  CHECK(holders.is_empty());
  txn.commit();
  require_sound(store);
}
