// Pairs, tuples, variants and maps: their bytes against libcapnp's, and what their views give.

#include <doctest/doctest.h>

#include <algorithm>
#include <span>
#include <stdexcept>
#include <vector>

#include "compounds.netabase.hpp"
#include "tests/compiler/codegen/damage.hpp"
#include "tests/compiler/codegen/oracle.hpp"

namespace compounds {

template <class F>
void each_field(Point& v, F&& f) {
  f("x", v.x), f("y", v.y);
}
std::type_identity<PointCodec> codec_of(const Point&);

template <class F>
void each_field(Place& v, F&& f) {
  f("name", v.name), f("position", v.position), f("labels", v.labels);
}
std::type_identity<PlaceCodec> codec_of(const Place&);

template <class F>
void each_field(Products& v, F&& f) {
  f("id", v.id), f("nameAndAge", v.name_and_age), f("flags", v.flags), f("single", v.single), f("mixed", v.mixed);
  f("structs", v.structs), f("maybes", v.maybes), f("moreMaybes", v.more_maybes), f("maybePair", v.maybe_pair);
  f("pairs", v.pairs), f("scalars", v.scalars), f("nested", v.nested), f("table", v.table);
}

template <class F>
void each_field(Variants& v, F&& f) {
  f("id", v.id), f("numberOrText", v.number_or_text), f("scalar", v.scalar), f("same", v.same), f("large", v.large);
  f("composed", v.composed), f("nested", v.nested), f("nothing", v.nothing), f("maybe", v.maybe), f("many", v.many);
  f("inPair", v.in_pair);
}

template <class F>
void each_field(Maps& v, F&& f) {
  f("id", v.id), f("scores", v.scores), f("names", v.names), f("places", v.places), f("colours", v.colours);
  f("switches", v.switches), f("measures", v.measures), f("blobs", v.blobs), f("digests", v.digests);
  f("lists", v.lists), f("byPoint", v.by_point), f("byPair", v.by_pair), f("nested", v.nested), f("many", v.many);
  f("maybe", v.maybe), f("either", v.either);
}

template <class F>
void each_field(Json& v, F&& f) {
  f("value", v.value);
}
std::type_identity<JsonCodec> codec_of(const Json&);

template <class F>
void each_field(Outline& v, F&& f) {
  f("title", v.title), f("chapters", v.chapters), f("notes", v.notes);
}
std::type_identity<OutlineCodec> codec_of(const Outline&);

template <class F>
void each_field(Documents& v, F&& f) {
  f("id", v.id), f("root", v.root), f("outline", v.outline);
}

template <class F>
void each_view(JsonRef v, F&& f) {
  f(v.value());
}
template <class F>
void each_view(OutlineRef v, F&& f) {
  f(v.title()), f(v.chapters()), f(v.notes());
}
template <class F>
void each_view(DocumentsRef v, F&& f) {
  f(v.root()), f(v.outline());
}
template <class F>
void each_view(PointRef v, F&& f) {
  f(v.x()), f(v.y());
}
template <class F>
void each_view(PlaceRef v, F&& f) {
  f(v.name()), f(v.position()), f(v.labels());
}
template <class F>
void each_view(ProductsRef v, F&& f) {
  f(v.name_and_age()), f(v.flags()), f(v.single()), f(v.mixed()), f(v.structs()), f(v.maybes()), f(v.more_maybes());
  f(v.maybe_pair()), f(v.pairs()), f(v.scalars()), f(v.nested()), f(v.table());
}
template <class F>
void each_view(VariantsRef v, F&& f) {
  f(v.number_or_text()), f(v.scalar()), f(v.same()), f(v.large()), f(v.composed()), f(v.nested()), f(v.nothing());
  f(v.maybe()), f(v.many()), f(v.in_pair());
}
template <class F>
void each_view(MapsRef v, F&& f) {
  f(v.scores()), f(v.names()), f(v.places()), f(v.colours()), f(v.switches()), f(v.measures()), f(v.blobs());
  f(v.digests()), f(v.lists()), f(v.by_point()), f(v.by_pair()), f(v.nested()), f(v.many()), f(v.maybe());
  f(v.either());
}

}  // namespace compounds

using namespace netabase::compiler::test;
using compounds::Colour;
using compounds::Maps;
using compounds::Products;
using compounds::Variants;

namespace {

template <class Codec>
std::span<std::uint64_t> words_of(Stored<Codec>& stored) {
  return {reinterpret_cast<std::uint64_t*>(stored.begin()), stored.size() / 8};
}

/// Loses its variant's value.
struct ThrowsOnConversion {
  operator compounds::Place() const { throw std::runtime_error("no place"); }
};

}  // namespace

TEST_CASE("pairs, tuples, variants and maps are written and read as libcapnp does") {
  const std::uint64_t number = seed();
  INFO("NETABASE_TEST_SEED=", number);
  Random random(number);
  const auto file = golden_file("compounds.capnp");
  check_model<compounds::ProductsModel>(file, "Products", random, 400);
  check_model<compounds::VariantsModel>(file, "Variants", random, 600);
  check_model<compounds::MapsModel>(file, "Maps", random, 400);
  check_model<compounds::DocumentsModel>(file, "Documents", random, 300);
}

TEST_CASE("damaged pairs, tuples, variants and maps are read as values or are Corrupt") {
  const std::uint64_t number = seed();
  INFO("NETABASE_TEST_SEED=", number);
  Random random(number);
  check_damage<compounds::ProductsModel>(random, 150);
  check_damage<compounds::VariantsModel>(random, 150);
  check_damage<compounds::MapsModel>(random, 150);
  check_damage<compounds::DocumentsModel>(random, 100);
}

TEST_CASE("what has nothing set takes no bytes") {
  // One word for each fixed number of bytes, which are always written, and the sections that lead there.
  Products products;
  products.maybe_pair.reset();
  CHECK(compounds::CompoundDefinitionWrappers::PairTextInt32::is_null(products.name_and_age));
  CHECK_FALSE(compounds::CompoundDefinitionWrappers::PairTextInt32::is_null({"", 1}));
  CHECK(netabase::record::size<compounds::MapsCodec>(Maps()) == netabase::record::header_size + 8);
  Variants variants;
  variants.composed = std::optional<std::string>();
  CHECK(netabase::record::size<compounds::VariantsCodec>(variants) > netabase::record::header_size + 8);
  CHECK(compounds::CompoundDefinitionWrappers::VariantInt32Text::is_null(0));
  CHECK_FALSE(compounds::CompoundDefinitionWrappers::VariantInt32Text::is_null(""));
}

TEST_CASE("views of pairs and tuples are pairs and tuples of views") {
  Products products;
  products.name_and_age = {"ann", 41};
  products.mixed = {std::int8_t{-3}, "text", {1, 2, 3}, {4, 5, 6, 7}, {std::byte{8}}, 0.5};
  products.maybes = {std::nullopt, "there"};
  products.maybe_pair = {"maybe", true};
  products.pairs = {{"a", 1.5F}, {"b", 2.5F}};
  products.structs.second.labels = {{"k", "v"}};
  Stored<compounds::ProductsCodec> stored(products);
  const compounds::ProductsRef ref = stored.view();

  const auto [name, age] = ref.name_and_age();
  static_assert(std::is_same_v<decltype(name), const std::string_view>);
  CHECK(name == "ann");
  CHECK(age == 41);
  CHECK(std::get<1>(ref.mixed()) == "text");
  CHECK(std::ranges::equal(std::get<2>(ref.mixed()), std::vector<std::uint16_t>{1, 2, 3}));
  CHECK(std::get<3>(ref.mixed()) == compounds::Digest{4, 5, 6, 7});
  CHECK(std::get<5>(ref.mixed()) == 0.5);
  CHECK_FALSE(ref.maybes().first.has_value());
  CHECK(ref.maybes().second == "there");
  CHECK(ref.maybe_pair() == std::pair<std::string_view, bool>("maybe", true));
  CHECK(ref.pairs().size() == 2);
  CHECK(ref.pairs()[1] == std::pair<std::string_view, float>("b", 2.5F));
  CHECK(ref.structs().second.labels().find("k") == "v");
  CHECK(ref.structs().first.y() == -1);
  CHECK(ref.to_owned().mixed == products.mixed);
}

TEST_CASE("the view of a variant is a variant of views") {
  Variants variants;
  variants.number_or_text = "seven";
  variants.same.emplace<2>("third");
  variants.large = compounds::Place{"there", {}, {}};
  variants.many = {std::monostate(), std::uint64_t{5}, "text", compounds::Point{1, 2}};
  Stored<compounds::VariantsCodec> stored(variants);
  const compounds::VariantsRef ref = stored.view();

  CHECK(std::get<std::string_view>(ref.number_or_text()) == "seven");
  CHECK(ref.same().index() == 2);
  CHECK(std::get<2>(ref.same()) == "third");
  CHECK(ref.scalar().index() == 0);
  const auto large = ref.large();
  REQUIRE(std::get_if<compounds::PlaceRef>(&large) != nullptr);
  CHECK(std::get<compounds::PlaceRef>(large).name() == "there");
  CHECK(ref.many().size() == 4);
  std::size_t index = 0;
  for (const auto& one : ref.many()) CHECK(one.index() == index++);
  CHECK(std::get<3>(ref.many()[3]).y() == 2);
  CHECK(ref.to_owned().same == variants.same);
}

TEST_CASE("an alternative that the schema does not have is Corrupt where it is read") {
  Variants variants;
  variants.id = 3;
  variants.scalar = Colour::green;
  Stored<compounds::VariantsCodec> stored(variants);
  // The discriminant in the low half, the value behind it.
  const auto words = words_of(stored);
  const auto word = std::find(words.begin(), words.end(), 2U << 16U | 1U);
  REQUIRE(word != words.end());
  *word = 2U << 16U | 5U;
  CHECK(stored.view().id() == 3);
  CHECK_THROWS_WITH_AS(static_cast<void>(stored.view().scalar()),
                       doctest::Contains("holds an alternative that the schema does not have"), netabase::Corrupt);
  CHECK_THROWS_AS(static_cast<void>(stored.view().to_owned()), netabase::Corrupt);
}

TEST_CASE("a variant that lost its value is no value to store") {
  Variants variants;
  CHECK_THROWS_AS(variants.large.emplace<2>(ThrowsOnConversion()), std::runtime_error);
  REQUIRE(variants.large.valueless_by_exception());
  CHECK_THROWS_WITH_AS(static_cast<void>(netabase::record::size<compounds::VariantsCodec>(variants)),
                       doctest::Contains("a variant of the record has no value"), netabase::Error);
}

TEST_CASE("the view of a map finds by key, and iterates in the order of the keys") {
  Maps maps;
  for (int i = 0; i < 200; ++i) {
    maps.names[i % 2 == 0 ? i : -i] = std::to_string(i);
    maps.scores[std::to_string(i)] = i;
  }
  maps.measures = {{-1.5, 1.0F}, {0.0, 2.0F}, {1e9, 3.0F}};
  maps.blobs = {{{std::byte{200}}, {std::byte{1}}}, {{std::byte{7}, std::byte{0}}, {}}};
  maps.by_point[{1, 2}] = {"point", true};
  Stored<compounds::MapsCodec> stored(maps);
  const compounds::MapsRef ref = stored.view();

  CHECK(ref.scores().size() == 200);
  for (int i = 0; i < 200; ++i) {
    REQUIRE(ref.scores().find(std::to_string(i)) == i);
    REQUIRE(ref.names().find(i % 2 == 0 ? i : -i) == std::to_string(i));
  }
  CHECK_FALSE(ref.scores().find("200").has_value());
  CHECK_FALSE(ref.scores().find("").has_value());
  CHECK_FALSE(ref.names().find(1).has_value());
  CHECK(ref.names().contains(-1));
  CHECK_FALSE(ref.colours().contains(Colour::red));
  CHECK(std::ranges::is_sorted(ref.names().keys()));
  CHECK(std::ranges::equal(ref.measures().keys(), std::vector<double>{-1.5, 0.0, 1e9}));
  CHECK(std::ranges::equal(ref.measures().values(), std::vector<float>{1, 2, 3}));
  CHECK(ref.blobs().find(std::vector<std::byte>{std::byte{7}, std::byte{0}}).has_value());
  CHECK_FALSE(ref.blobs().contains(std::vector<std::byte>{std::byte{7}}));
  int sum = 0;
  for (const auto [key, value] : ref.scores()) sum += value;
  CHECK(sum == 199 * 100);
  for (const auto [point, value] : ref.by_point()) CHECK(value.first == "point");
}

TEST_CASE("equal unordered maps have equal bytes") {
  Maps maps;
  Maps other;
  other.names.reserve(1000);
  for (int i = 0; i < 100; ++i) {
    maps.names[i * 7] = "x";
    other.names[(99 - i) * 7] = "x";
  }
  CHECK(encode(maps, std::type_identity<compounds::MapsCodec>()) ==
        encode(other, std::type_identity<compounds::MapsCodec>()));
}

TEST_CASE("a map whose bytes have a key twice is Corrupt") {
  Maps maps;
  maps.names = {{5, ""}, {6, ""}};
  Stored<compounds::MapsCodec> stored(maps);
  const auto words = words_of(stored);
  const auto six = std::find(words.begin(), words.end(), 6U);
  REQUIRE(six != words.end());
  *six = 5;
  CHECK_THROWS_WITH_AS(static_cast<void>(stored.view().to_owned()), doctest::Contains("has an element twice"),
                       netabase::Corrupt);
}

TEST_CASE("an index on a map has an entry for each key") {
  Maps maps;
  maps.scores = {{"b", 1}, {"a", 2}};
  maps.names = {{9, "nine"}};
  Stored<compounds::MapsCodec> stored(maps);
  const auto check = [&](const auto& record) {
    std::vector<std::string> scores;
    compounds::MapsScoresIndex::each_key(record, [&](std::string_view key) { scores.emplace_back(key); });
    CHECK(scores == std::vector<std::string>{"a", "b"});
    std::vector<std::int64_t> names;
    compounds::MapsNamesIndex::each_key(record, [&](std::int64_t key) { names.push_back(key); });
    CHECK(names == std::vector<std::int64_t>{9});
  };
  check(maps);
  check(stored.view());
}
