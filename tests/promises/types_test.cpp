/// \file
/// Promise: every type of field is read back as it was put, owned and borrowed, and is found by every key made of it.

#include "promises/support.hpp"
#include "sightings.netabase.hpp"

using namespace promises;
using namespace std::chrono_literals;

namespace {

using sightings::Sighting;
using Days = std::chrono::sys_days;
using Milliseconds = std::chrono::milliseconds;

template <class Engine>
using SightingStore = netabase::Store<sightings::SightingsDefinition, Engine>;

std::chrono::sys_time<Milliseconds> time(std::int64_t milliseconds) {
  return std::chrono::sys_time<Milliseconds>(Milliseconds(milliseconds));
}

Sighting fox() {
  Sighting out;
  out.camera = "/cameras/gate";
  out.at = time(5);
  out.serial = (netabase::UInt128{1} << 100) + 1;
  out.day = Days(std::chrono::days(19'000));
  out.length = sightings::Hours(0.25);
  out.exposure = 8ms;
  out.distance = -(netabase::Int128{1} << 90);
  out.tags = {"fox", "night"};
  out.lenses = {50, 35, 85};
  out.size = {1920, 1080};
  out.returns = {Days(std::chrono::days(1)), Days(std::chrono::days(-1))};
  out.copies = {"/backup/a", "/backup/b"};
  out.uuid = {0xde, 0xad};
  out.parts = {{"head", {1, 2}, {{"ear", {3, 4}, {}}, {"eye", {5, 6}, {{"pupil", {}, {}}}}}}};
  out.groups = {{3, 1, 2}, {}};
  out.matrix = {{1, 0.5}, {}, {2}};
  return out;
}

template <class Range>
std::vector<std::string> cameras(Range&& range) {
  return collect(range, [](const auto& ref) { return std::string(ref.camera()); });
}

}  // namespace

ON_BOTH_ENGINES("times, wide integers, paths, arrays, sets and trees are read back as they were put") {
  const auto store = SightingStore<Engine>::temp();
  auto txn = store.begin_write();
  auto tree = txn.template open_tree<Sighting>();
  tree.put(fox());
  CHECK(tree.get("/cameras/gate", time(5)) == fox());
  const auto ref = tree.get_borrowed(std::filesystem::path("/cameras/gate"), time(5));
  REQUIRE(ref.has_value());
  CHECK(ref->camera() == "/cameras/gate");
  CHECK(ref->at() == time(5));
  CHECK(ref->serial() == fox().serial);
  CHECK(ref->length() == 15min);
  CHECK(ref->distance() == fox().distance);
  CHECK(ref->size()[0] == 1920);
  CHECK(ref->returns()[1] == Days(std::chrono::days(-1)));
  CHECK(collect(ref->tags(), [](std::string_view tag) { return std::string(tag); }) ==
        std::vector<std::string>{"fox", "night"});
  CHECK(collect(ref->lenses(), [](std::int32_t lens) { return lens; }) == std::vector<std::int32_t>{35, 50, 85});
  CHECK(ref->parts()[0].parts()[1].parts()[0].name() == "pupil");
  CHECK(ref->groups()[0].size() == 3);
  CHECK(ref->matrix()[0][1] == 0.5);
}

ON_BOTH_ENGINES("they are found by keys made of them") {
  const auto store = SightingStore<Engine>::temp();
  auto txn = store.begin_write();
  auto tree = txn.template open_tree<Sighting>();
  tree.put(fox());
  Sighting owl = fox();
  owl.camera = "/cameras/barn";
  owl.serial = 7;
  owl.uuid = {1};
  owl.day += std::chrono::days(1);
  owl.distance.reset();
  owl.tags = {"owl", "night"};
  owl.lenses = {50};
  owl.exposure = -1s;
  tree.put(owl);

  using Strings = std::vector<std::string>;
  CHECK(cameras(tree.template by<&Sighting::exposure>().equal(8ms)) == Strings{"/cameras/gate"});
  CHECK(cameras(tree.template by<&Sighting::exposure>().range(-2s, 8ms)) == Strings{"/cameras/barn"});
  CHECK(cameras(tree.template by<&Sighting::distance>().equal(*fox().distance)) == Strings{"/cameras/gate"});
  CHECK(cameras(tree.template by<&Sighting::tags>().equal("night")) == Strings{"/cameras/barn", "/cameras/gate"});
  CHECK(cameras(tree.template by<&Sighting::tags>().prefix("ow")) == Strings{"/cameras/barn"});
  CHECK(cameras(tree.template by<&Sighting::lenses>().equal(85)) == Strings{"/cameras/gate"});
  CHECK(cameras(tree.template by<&Sighting::size>().equal(1080)) == Strings{"/cameras/barn", "/cameras/gate"});
  CHECK(tree.template by<&Sighting::returns>().count(Days(std::chrono::days(1))) == 2);
  CHECK(tree.template by<&Sighting::copies>().count(std::filesystem::path("/backup/b")) == 2);
  CHECK(tree.template by<&Sighting::copies>().prefix("/backup").count() == 4);
  CHECK(cameras(tree.prefix("/cameras/g")) == Strings{"/cameras/gate"});
  CHECK(tree.template by<&Sighting::uuid>().find(owl.uuid)->camera() == "/cameras/barn");
  CHECK(tree.template by<sightings::SightingKey::by_serial>().find(7)->camera() == "/cameras/barn");
  CHECK(cameras(tree.template by<sightings::SightingKey::by_day>().equal(owl.day)) == Strings{"/cameras/barn"});
  CHECK(tree.template by<sightings::SightingKey::by_length>().count(15min) == 2);
  const auto same = tree.get_by_secondary_key(sightings::SightingTagsSecondaryKey{"owl"});
  REQUIRE(same.size() == 1);
  CHECK(same[0] == owl);

  CHECK(tree.remove("/cameras/barn", time(5)));
  CHECK(cameras(tree.template by<&Sighting::tags>().equal("night")) == Strings{"/cameras/gate"});
  CHECK(tree.template by<&Sighting::lenses>().count(50) == 1);
}

ON_BOTH_ENGINES("integers of 128 bits keep their order as primary keys") {
  const auto store = SightingStore<Engine>::temp();
  auto txn = store.begin_write();
  auto accounts = txn.template open_tree<sightings::Account>();
  const netabase::Int128 wide = netabase::Int128{1} << 90;
  for (const netabase::Int128 number : {wide, netabase::Int128{0}, -wide, netabase::Int128{-1}}) {
    accounts.put({number, std::chrono::seconds(1)});
  }
  const auto numbers = collect(accounts.iter_borrowed(), [](const auto& ref) { return ref.number(); });
  CHECK(numbers == std::vector<netabase::Int128>{-wide, -1, 0, wide});
  CHECK(accounts.contains(-1));
  CHECK_FALSE(accounts.contains(1));
}

ON_BOTH_ENGINES("a record that is nested too deep is refused, and nothing is stored") {
  const auto store = SightingStore<Engine>::temp();
  auto txn = store.begin_write();
  auto tree = txn.template open_tree<Sighting>();
  Sighting deep = fox();
  std::vector<sightings::Part>* parts = &deep.parts;
  // The record is 1 deep, each list of parts 1 deeper, and each part's corner is a list of numbers.
  for (int i = 0; i < 63; ++i) parts = &(*parts).emplace_back().parts;
  deep.parts.erase(deep.parts.begin());
  CHECK_NOTHROW(tree.put(deep));
  CHECK(tree.get(deep.camera, deep.at) == deep);
  parts->emplace_back();
  Sighting deeper = deep;
  deeper.camera = "/cameras/other";
  CHECK_THROWS_WITH_AS(tree.put(deeper), doctest::Contains("nested too deep"), netabase::Error);
  CHECK_FALSE(tree.contains(deeper.camera, deeper.at));
  CHECK(tree.len() == 1);
  CHECK(tree.template by<&Sighting::tags>().count("fox") == 1);
}

TEST_CASE("strong keys of these types print, hash and compare") {
  const sightings::SightingPrimaryKey key("/a b", time(1500));
  CHECK(to_string(key) == "(\"/a b\", 1500ms since 1970)");
  CHECK(key < sightings::SightingPrimaryKey("/a b", time(1501)));
  CHECK(std::hash<sightings::SightingPrimaryKey>()(key) ==
        std::hash<sightings::SightingPrimaryKey>()(sightings::SightingPrimaryKey("/a b", time(1500))));
  CHECK(to_string(sightings::AccountPrimaryKey(-5)) == "-5");
}
