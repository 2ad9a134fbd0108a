// The generated codecs against libcapnp, on random values of every field type: the bytes are those of libcapnp's
// canonical form, libcapnp reads what the codec wrote, and the codec reads what libcapnp wrote.

#include "tests/compiler/codegen/oracle.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <vector>

#include "kitchen_sink.netabase.hpp"
#include "tests/compiler/driver/scratch.hpp"

using netabase::compiler::layout::CapnpFile;
using netabase::compiler::test::check_model;
using netabase::compiler::test::Random;
using netabase::compiler::test::seed;

namespace kitchen::shared {

template <class F>
void each_field(Point& v, F&& f) {
  f("x", v.x), f("y", v.y);
}
std::type_identity<kitchen::PointCodec> codec_of(const Point&);

}  // namespace kitchen::shared

namespace kitchen {

template <class F>
void each_field(Address& v, F&& f) {
  f("street", v.street), f("city", v.city), f("corners", v.corners), f("status", v.status);
}
std::type_identity<AddressCodec> codec_of(const Address&);

template <class F>
void each_field(Scalars& v, F&& f) {
  f("id", v.id), f("flag", v.flag), f("i8", v.i8), f("i16", v.i16), f("i32", v.i32), f("i64", v.i64), f("u8", v.u8);
  f("u16", v.u16), f("u32", v.u32), f("f32", v.f32), f("f64", v.f64), f("status", v.status), f("balance", v.balance);
  f("toggle", v.toggle), f("flags", v.flags);
}
std::type_identity<ScalarsCodec> codec_of(const Scalars&);

template <class F>
void each_field(Defaults& v, F&& f) {
  f("id", v.id), f("flag", v.flag), f("i8", v.i8), f("smallest", v.smallest), f("largest", v.largest),
      f("third", v.third);
  f("tiny", v.tiny), f("status", v.status), f("balance", v.balance), f("toggle", v.toggle), f("title", v.title);
}
std::type_identity<DefaultsCodec> codec_of(const Defaults&);

template <class F>
void each_field(Nested& v, F&& f) {
  f("name", v.name), f("bytes", v.bytes), f("octets", v.octets), f("fixed", v.fixed), f("digest", v.digest);
  f("home", v.home), f("place", v.place), f("numbers", v.numbers), f("bits", v.bits), f("doubles", v.doubles);
  f("statuses", v.statuses), f("toggles", v.toggles), f("words", v.words), f("blobs", v.blobs);
  f("addresses", v.addresses), f("matrix", v.matrix), f("table", v.table), f("bitTable", v.bit_table);
  f("maybeWords", v.maybe_words), f("maybeNumbers", v.maybe_numbers), f("maybeAddresses", v.maybe_addresses);
  f("maybeBits", v.maybe_bits), f("maybeFlag", v.maybe_flag), f("maybeFloat", v.maybe_float);
  f("maybeStatus", v.maybe_status), f("maybeToggle", v.maybe_toggle), f("maybeText", v.maybe_text);
  f("maybeBytes", v.maybe_bytes), f("maybeFixed", v.maybe_fixed), f("maybeAddress", v.maybe_address);
  f("maybeList", v.maybe_list), f("maybeMaybeText", v.maybe_maybe_text);
  f("maybeMaybeMaybeNumber", v.maybe_maybe_maybe_number), f("maybeMaybeToggles", v.maybe_maybe_toggles);
}
std::type_identity<NestedCodec> codec_of(const Nested&);

}  // namespace kitchen

TEST_CASE("generated codecs write and read what libcapnp does") {
  const std::uint64_t number = seed();
  INFO("NETABASE_TEST_SEED=", number);
  Random random(number);
  const CapnpFile file("kitchen_sink.capnp", netabase::compiler::test::Scratch::read_file(
                                                 std::string(NETABASE_GOLDENS_DIR) + "/kitchen_sink.capnp"));
  REQUIRE(file.ok());
  check_model<kitchen::ScalarsModel>(file, "Scalars", random, 300);
  check_model<kitchen::DefaultsModel>(file, "Defaults", random, 300);
  check_model<kitchen::NestedModel>(file, "Nested", random, 400);
}

TEST_CASE("an empty record has every default") {
  const kitchen::DefaultsRef empty;
  CHECK(empty.id() == -7);
  CHECK(empty.flag());
  CHECK(empty.i8() == -128);
  CHECK(empty.smallest() == std::numeric_limits<std::int64_t>::min());
  CHECK(empty.largest() == std::numeric_limits<std::uint64_t>::max());
  CHECK(empty.third() == 0.1F);
  CHECK(empty.tiny() == 1e-300);
  CHECK(empty.status() == kitchen::Status::withdrawn);
  CHECK(empty.balance() == kitchen::Balance::debt);
  CHECK(empty.toggle() == kitchen::Switch::on);
  CHECK(empty.title() == "un\"titled\"\n?");
  CHECK(kitchen::DefaultsCodec::size(kitchen::Defaults()).data_words == 0);
}

TEST_CASE("index entries are those of the record, owned and borrowed") {
  kitchen::Keyed keyed;
  keyed.year = 1999;
  keyed.name = "n";
  keyed.day = 3;
  keyed.numbers = {4, 5, 4};
  std::vector<std::uint64_t> space(netabase::record::size<kitchen::KeyedCodec>(keyed) / 8);
  auto* bytes = reinterpret_cast<std::byte*>(space.data());
  netabase::record::write<kitchen::KeyedCodec>(bytes, space.size() * 8, keyed, 1);
  const auto ref = netabase::record::read<kitchen::KeyedCodec>({bytes, space.size() * 8}, netabase::Lifetime());

  const auto check = [&](const auto& record) {
    int calls = 0;
    kitchen::KeyedCityIndex::each_key(record, [&](const auto&...) { ++calls; });
    CHECK(calls == 0);
    std::vector<std::int32_t> numbers;
    kitchen::KeyedNumbersIndex::each_key(record, [&](std::int32_t number) { numbers.push_back(number); });
    CHECK(numbers == keyed.numbers);
    kitchen::KeyedByDayAndNameIndex::each_key(record, [&](std::uint32_t year, std::int16_t day, std::string_view name) {
      ++calls;
      CHECK(year == 1999);
      CHECK(day == 3);
      CHECK(name == "n");
    });
    CHECK(calls == 1);
    kitchen::KeyedByCityIndex::each_key(record, [&](std::optional<std::string_view> city, kitchen::Status status) {
      ++calls;
      CHECK_FALSE(city.has_value());
      CHECK(status == kitchen::Status::draft);
    });
    CHECK(calls == 2);
  };
  check(keyed);
  check(ref);
}
