/// \file
/// The store with every type that there is.

#include <limits>

#include "kitchen_sink.netabase.hpp"
#include "tests/tools/stores.hpp"

namespace netabase::tools::test {

namespace {

using kitchen::Nested;
using kitchen::Status;
using kitchen::Switch;

auto open(const std::string& path) {
  Config config;
  config.path = path;
  config.durability = Durability::none;
  return Store<kitchen::KitchenDefinition>::open(config);
}

Nested everything() {
  Nested out;
  out.name = "everything \xc3\xa9";
  out.bytes = {std::byte{0}, std::byte{0xff}};
  out.octets = {1, 2, 3};
  out.fixed = {std::byte{1}, std::byte{2}};
  out.digest[15] = 0xab;
  out.home = {"street", "city", {{1.5, -2}, {}}, Status::withdrawn};
  out.place = {0.1, -0.0};
  out.numbers = {-1, 0, std::numeric_limits<std::int32_t>::min()};
  out.bits = {true, false, true};
  out.doubles = {0.1, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()};
  out.statuses = {Status::published, static_cast<Status>(77)};
  out.toggles = {Switch::on, Switch::off};
  out.words = {"", "a\nb\"c\\", "\xff"};
  out.blobs = {{}, {std::byte{7}}};
  out.addresses.resize(3);
  out.addresses[1].street = "second";
  out.matrix = {{}, {1, 65535}};
  out.table = {{"x", ""}, {}};
  out.bit_table = {{true}, {}, {false, true}};
  out.maybe_words = {std::nullopt, "", "word"};
  out.maybe_numbers = {std::nullopt, 0, std::numeric_limits<std::int64_t>::min()};
  out.maybe_addresses = {std::nullopt, kitchen::Address{}};
  out.maybe_bits = {{std::nullopt, false, true}, {}};
  out.maybe_flag = false;
  out.maybe_float = 0.1F;
  out.maybe_status = Status::draft;
  out.maybe_toggle = Switch::on;
  out.maybe_text = "";
  out.maybe_bytes.emplace();
  out.maybe_fixed = {std::byte{0}, std::byte{0}, std::byte{9}};
  out.maybe_address.emplace();
  out.maybe_list = {"", "one"};
  out.maybe_maybe_text.emplace();
  out.maybe_maybe_maybe_number.emplace().emplace();
  out.maybe_maybe_toggles = {std::nullopt, std::optional<Switch>(), std::optional<Switch>(Switch::on)};
  return out;
}

Nested nested_optionals() {
  Nested out;
  out.name = "nested optionals";
  out.maybe_maybe_text = std::optional<std::string>("text");
  out.maybe_maybe_maybe_number = std::optional<std::optional<std::int32_t>>(std::optional<std::int32_t>(-5));
  out.maybe_address = {"there", std::nullopt, {}, Status::published};
  return out;
}

}  // namespace

void make_kitchen_with_long_lists(const std::string& path) {
  const auto store = open(path);
  Nested long_lists;
  long_lists.addresses.resize(3000);
  long_lists.maybe_addresses.resize(1500);
  long_lists.words.resize(5000);
  store.quick_put(long_lists);
}

std::string kitchen_schema() { return std::string(kitchen::KitchenDefinition::schema()); }

void make_empty_kitchen(const std::string& path) { open(path); }

void make_kitchen(const std::string& path) {
  const auto store = open(path);
  auto txn = store.begin_write();
  auto scalars = txn.open_tree<kitchen::Scalars>();
  kitchen::Scalars extreme;
  extreme.flag = true;
  extreme.i8 = std::numeric_limits<std::int8_t>::min();
  extreme.i16 = std::numeric_limits<std::int16_t>::max();
  extreme.i32 = std::numeric_limits<std::int32_t>::min();
  extreme.i64 = std::numeric_limits<std::int64_t>::min();
  extreme.u8 = 255;
  extreme.u32 = std::numeric_limits<std::uint32_t>::max();
  extreme.f32 = std::numeric_limits<float>::denorm_min();
  extreme.f64 = std::numeric_limits<double>::max();
  extreme.status = Status::withdrawn;
  extreme.balance = kitchen::Balance::debt;
  extreme.toggle = Switch::on;
  extreme.flags = static_cast<kitchen::Flags>(3);
  scalars.put(extreme);
  scalars.put(kitchen::Scalars{});
  auto defaults = txn.open_tree<kitchen::Defaults>();
  defaults.put(kitchen::Defaults{});
  kitchen::Defaults zeros{};
  zeros = {.id = 0,
           .flag = false,
           .i8 = 0,
           .smallest = 0,
           .largest = 0,
           .third = 0,
           .tiny = 0,
           .status = Status::draft,
           .balance = kitchen::Balance::none,
           .toggle = Switch::off,
           .title = ""};
  defaults.put(zeros);
  auto nested = txn.open_tree<Nested>();
  nested.put(Nested{});
  nested.put(everything());
  nested.put(nested_optionals());
  auto keyed = txn.open_tree<kitchen::Keyed>();
  for (int i = 0; i < 6; ++i) {
    kitchen::Keyed out;
    out.year = static_cast<std::uint32_t>(i);
    out.name = i % 2 == 0 ? "even" : std::string("o\0d", 3);
    out.day = static_cast<std::int16_t>(i - 3);
    out.rank = i - 2.5;
    if (i % 3 != 0) out.city = "city" + std::to_string(i);
    out.token[0] = static_cast<std::byte>(i);
    out.numbers = {i, -i, i};
    out.tags = {"tag", ""};
    if (i % 2 == 0) out.balance = static_cast<kitchen::Balance>(i - 1);
    out.content = {0, 255};
    out.weight = -1.5F;
    out.status = Status::published;
    keyed.put(out);
  }
  txn.open_tree<kitchen::audit_entry>().put({.at = -1, .user_name = "root", .cache = 0, .note = "x"});
  txn.open_tree<kitchen::Lonely>().put({.id = 0});
  txn.commit();
}

std::string problems_of_kitchen(const std::string& path) {
  std::string out;
  for (const std::string& problem : open(path).check().problems) out += problem + '\n';
  return out;
}

}  // namespace netabase::tools::test
