// Times, integers of 128 bits, paths, arrays and sets against libcapnp, as oracle_test.cpp does for the other types.

#include <doctest/doctest.h>

#include <chrono>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "tests/compiler/codegen/damage.hpp"
#include "tests/compiler/codegen/oracle.hpp"
#include "tests/compiler/driver/scratch.hpp"
#include "values_and_sets.netabase.hpp"

using netabase::compiler::layout::CapnpFile;
using netabase::compiler::test::check_model;
using netabase::compiler::test::encode;
using netabase::compiler::test::Random;
using netabase::compiler::test::seed;
using netabase::compiler::test::Stored;

namespace goods {

template <class F>
void each_field(Mark& v, F&& f) {
  f("weight", v.weight), f("name", v.name);
}
std::type_identity<MarkCodec> codec_of(const Mark&);

template <class F>
void each_field(Values& v, F&& f) {
  f("at", v.at), f("timeout", v.timeout), f("grace", v.grace), f("step", v.step), f("wait", v.wait), f("age", v.age);
  f("frames", v.frames), f("length", v.length), f("lag", v.lag), f("thirds", v.thirds), f("day", v.day);
  f("exact", v.exact), f("maybeDay", v.maybe_day), f("maybeLength", v.maybe_length), f("balance", v.balance);
  f("serial", v.serial), f("maybeBalance", v.maybe_balance), f("place", v.place), f("home", v.home);
  f("maybePlace", v.maybe_place);
}
std::type_identity<ValuesCodec> codec_of(const Values&);

template <class F>
void each_field(Shelves& v, F&& f) {
  f("id", v.id), f("numbers", v.numbers), f("doubles", v.doubles), f("bits", v.bits), f("grades", v.grades);
  f("switches", v.switches), f("words", v.words), f("marks", v.marks), f("times", v.times), f("grid", v.grid);
  f("maybeWords", v.maybe_words), f("balances", v.balances), f("numberSet", v.number_set), f("wordSet", v.word_set);
  f("bitSet", v.bit_set), f("gradeSet", v.grade_set), f("markSet", v.mark_set), f("timeSet", v.time_set);
  f("blobSet", v.blob_set), f("tokenSet", v.token_set), f("maybeSet", v.maybe_set), f("setSet", v.set_set);
  f("serialSet", v.serial_set), f("hashedNumbers", v.hashed_numbers), f("hashedWords", v.hashed_words);
  f("hashedDoubles", v.hashed_doubles), f("hashedGrades", v.hashed_grades), f("hashedMaybes", v.hashed_maybes);
  f("setList", v.set_list), f("pairList", v.pair_list), f("timeList", v.time_list), f("maybeTimes", v.maybe_times);
  f("placeList", v.place_list), f("balanceList", v.balance_list), f("hashedList", v.hashed_list);
  f("maybeNumbers", v.maybe_numbers), f("maybePair", v.maybe_pair), f("maybeSets", v.maybe_sets);
}
std::type_identity<ShelvesCodec> codec_of(const Shelves&);

template <class F>
void each_view(MarkRef v, F&& f) {
  f(v.weight()), f(v.name());
}

template <class F>
void each_view(ValuesRef v, F&& f) {
  f(v.at()), f(v.timeout()), f(v.grace()), f(v.step()), f(v.wait()), f(v.age()), f(v.frames()), f(v.length()),
      f(v.lag()), f(v.thirds()), f(v.day()), f(v.exact()), f(v.maybe_day()), f(v.maybe_length()), f(v.balance()),
      f(v.serial()), f(v.maybe_balance()), f(v.place()), f(v.home()), f(v.maybe_place());
}

template <class F>
void each_view(ShelvesRef v, F&& f) {
  f(v.id()), f(v.numbers()), f(v.doubles()), f(v.bits()), f(v.grades()), f(v.switches()), f(v.words()), f(v.marks()),
      f(v.times()), f(v.grid()), f(v.maybe_words()), f(v.balances()), f(v.number_set()), f(v.word_set()),
      f(v.bit_set()), f(v.grade_set()), f(v.mark_set()), f(v.time_set()), f(v.blob_set()), f(v.token_set()),
      f(v.maybe_set()), f(v.set_set()), f(v.serial_set()), f(v.hashed_numbers()), f(v.hashed_words()),
      f(v.hashed_doubles()), f(v.hashed_grades()), f(v.hashed_maybes()), f(v.set_list()), f(v.pair_list()),
      f(v.time_list()), f(v.maybe_times()), f(v.place_list()), f(v.balance_list()), f(v.hashed_list()),
      f(v.maybe_numbers()), f(v.maybe_pair()), f(v.maybe_sets());
}

}  // namespace goods

TEST_CASE("codecs of times, wide integers, paths, arrays and sets write and read what libcapnp does") {
  const std::uint64_t number = seed();
  INFO("NETABASE_TEST_SEED=", number);
  Random random(number);
  const CapnpFile file("values_and_sets.capnp", netabase::compiler::test::Scratch::read_file(
                                                    std::string(NETABASE_GOLDENS_DIR) + "/values_and_sets.capnp"));
  REQUIRE(file.ok());
  check_model<goods::ValuesModel>(file, "Values", random, 400);
  check_model<goods::ShelvesModel>(file, "Shelves", random, 400);
}

TEST_CASE("damaged records of these types give values or Corrupt") {
  const std::uint64_t number = seed();
  INFO("NETABASE_TEST_SEED=", number);
  Random random(number);
  netabase::compiler::test::check_damage<goods::ValuesModel>(random, 400);
  netabase::compiler::test::check_damage<goods::ShelvesModel>(random, 1000);
}

TEST_CASE("a record without these fields has the defaults of their initialisers") {
  using namespace std::chrono_literals;
  const goods::Values made;
  const goods::ValuesRef empty;
  CHECK(empty.timeout() == made.timeout);
  CHECK(empty.grace() == 2s);
  CHECK(empty.step() == -5us);
  CHECK(empty.wait() == 2min);
  CHECK(empty.age().count() == 0);
  CHECK(empty.frames() == made.frames);
  CHECK(empty.length() == 1500ms);
  CHECK(empty.lag() == made.lag);
  CHECK(empty.thirds() == made.thirds);
  CHECK(empty.day() == made.day);
  CHECK(empty.home() == "/home");
  CHECK(empty.balance() == 0);
  CHECK(goods::ValuesCodec::size(made).data_words == 0);

  const goods::ShelvesRef shelves;
  CHECK(shelves.numbers().size() == 3);
  CHECK(shelves.numbers()[2] == 0);
  CHECK(shelves.bits().size() == 9);
  CHECK_FALSE(shelves.bits()[8]);
  CHECK(shelves.switches()[1] == goods::Switch::off);
  CHECK(shelves.words()[1].empty());
  CHECK(shelves.marks()[1].name().empty());
  CHECK(shelves.times()[1] == 0ms);
  CHECK(shelves.grid().size() == 3);
  CHECK(shelves.grid()[2][1] == 0);
  CHECK_FALSE(shelves.maybe_words()[1].has_value());
  CHECK(shelves.balances()[1] == 0);
  CHECK(encode(shelves.to_owned(), std::type_identity<goods::ShelvesCodec>()) ==
        encode(goods::Shelves(), std::type_identity<goods::ShelvesCodec>()));
}

TEST_CASE("numbers are spans over the record, everything else a lazy list") {
  using goods::ShelvesRef;
  static_assert(std::is_same_v<decltype(ShelvesRef().numbers()), std::span<const std::int32_t, 3>>);
  static_assert(std::is_same_v<decltype(ShelvesRef().number_set()), std::span<const std::int32_t>>);
  static_assert(std::is_same_v<decltype(ShelvesRef().grade_set()), std::span<const goods::Grade>>);
  static_assert(std::ranges::random_access_range<decltype(ShelvesRef().time_list())>);
  static_assert(std::ranges::random_access_range<decltype(ShelvesRef().set_set())>);
  goods::Shelves shelves;
  shelves.numbers = {7, 8, 9};
  shelves.number_set = {3, 1, 2};
  shelves.time_list = {std::chrono::milliseconds(5), std::chrono::milliseconds(-1)};
  shelves.hashed_words = {"b", "a", "", "c"};
  shelves.hashed_maybes = {"x", std::nullopt};
  Stored<goods::ShelvesCodec> stored(shelves);
  const ShelvesRef view = stored.view();
  CHECK(reinterpret_cast<std::uintptr_t>(view.numbers().data()) % 8 == 0);
  CHECK(std::vector<std::int32_t>(view.numbers().begin(), view.numbers().end()) == std::vector{7, 8, 9});
  CHECK(std::vector<std::int32_t>(view.number_set().begin(), view.number_set().end()) == std::vector{1, 2, 3});
  CHECK(view.time_list()[1] == std::chrono::milliseconds(-1));
  std::vector<std::string> words;
  for (const std::string_view word : view.hashed_words()) words.emplace_back(word);
  CHECK(words == std::vector<std::string>{"", "a", "b", "c"});
  CHECK_FALSE(view.hashed_maybes()[0].has_value());
}

TEST_CASE("equal hashed sets have equal bytes, however they were filled") {
  goods::Shelves one;
  goods::Shelves two;
  two.hashed_words.reserve(1000);
  for (int i = 0; i < 100; ++i) one.hashed_words.insert(std::to_string(i));
  for (int i = 99; i >= 0; --i) two.hashed_words.insert(std::to_string(i));
  CHECK(encode(one, std::type_identity<goods::ShelvesCodec>()) ==
        encode(two, std::type_identity<goods::ShelvesCodec>()));
}

TEST_CASE("an array of another length and a set with an element twice are Corrupt") {
  using namespace netabase::wire;
  // A list of n 32-bit numbers behind its pointer.
  const auto with_list = [](std::uint32_t count) {
    std::vector<std::uint64_t> words{Word::to_list(0, ElementSize::four_bytes, count).bits(), 0x0000000700000007, 7};
    return words;
  };
  const auto pointer = [](const std::vector<std::uint64_t>& words) {
    const auto* begin = reinterpret_cast<const std::byte*>(words.data());
    return PointerView(begin, {begin, begin + words.size() * 8}, 1, {});
  };
  const auto three = with_list(3);
  const auto two = with_list(2);
  using Three = Array<Scalar<std::int32_t>, 3>;
  CHECK(Three::read(pointer(three))[2] == 7);
  CHECK_THROWS_WITH_AS(Three::read(pointer(two)), doctest::Contains("bytes or elements of a fixed number"),
                       netabase::Corrupt);
  using LazyThree = Array<Scalar<std::chrono::duration<std::int32_t>>, 3>;
  CHECK(LazyThree::read(pointer(three))[2].count() == 7);
  CHECK_THROWS_AS(LazyThree::read(pointer(two)), netabase::Corrupt);

  using Numbers = List<Scalar<std::int32_t>>;
  std::set<std::int32_t> set;
  std::unordered_set<std::int32_t> hashed;
  std::vector<std::int32_t> vector;
  Numbers::own(Numbers::read(pointer(two)), vector);
  CHECK(vector == std::vector{7, 7});
  CHECK_THROWS_WITH_AS(Numbers::own(Numbers::read(pointer(two)), set), doctest::Contains("an element twice"),
                       netabase::Corrupt);
  CHECK_THROWS_AS(Numbers::own(Numbers::read(pointer(two)), hashed), netabase::Corrupt);
}
