/// \file
/// Promise: iteration is in key order, and a range gives exactly what lies between its ends.

#include <algorithm>
#include <iterator>
#include <limits>
#include <ranges>

#include "promises/blog_support.hpp"
#include "shop.netabase.hpp"

using namespace promises;

namespace {

using Texts = std::vector<std::string>;

template <class Store>
void store_ids(const Store& store, const Ids& wanted) {
  std::vector<blog::User> users;
  for (const std::uint64_t id : wanted) users.push_back(user(id));
  store_users(store, users);
}

}  // namespace

ON_BOTH_ENGINES("records come in the order of their numbers, not of their digits") {
  const auto store = BlogStore<Engine>::temp();
  const Ids sorted{0, 2, 10, 255, 256, 65536, 1ULL << 40, std::numeric_limits<std::uint64_t>::max()};
  store_ids(store, {256, 0, 1ULL << 40, 10, 2, 65536, std::numeric_limits<std::uint64_t>::max(), 255});
  auto txn = store.begin_read();
  const auto users = txn.template open_tree<blog::User>();
  CHECK(ids(users.iter()) == sorted);
  CHECK(ids(users.iter_borrowed()) == sorted);
  CHECK(collect(users.keys(), [](const blog::UserPrimaryKey& key) { return key.id; }) == sorted);
  CHECK(ids(users.iter_borrowed().reverse()) == Ids(sorted.rbegin(), sorted.rend()));
}

ON_BOTH_ENGINES("negative numbers come before positive ones") {
  const auto store = netabase::Store<shop::ShopDefinition, Engine>::temp();
  using Limits = std::numeric_limits<std::int64_t>;
  auto txn = store.begin_write();
  auto temperatures = txn.template open_tree<shop::Temperature>();
  for (const std::int64_t time : {5L, -1L, 0L, Limits::max(), -300L, Limits::min(), 300L}) {
    shop::Temperature temperature;
    temperature.time = time;
    temperatures.put(temperature);
  }
  const auto time = [](const auto& ref) { return ref.time(); };
  using Times = std::vector<std::int64_t>;
  CHECK(collect(temperatures.iter_borrowed(), time) == Times{Limits::min(), -300, -1, 0, 5, 300, Limits::max()});
  CHECK(collect(temperatures.range_borrowed(-300, 5), time) == Times{-300, -1, 0});
  CHECK(collect(temperatures.range_borrowed(netabase::excluding(-1), netabase::unbounded), time) ==
        Times{0, 5, 300, Limits::max()});
}

ON_BOTH_ENGINES("texts come in the order of their bytes, zeros and prefixes included") {
  const auto store = netabase::Store<shop::ShopDefinition, Engine>::temp();
  const Texts sorted{"",
                     std::string("\0", 1),
                     std::string("\0\0", 2),
                     std::string("\0\x01", 2),
                     std::string("\0\xff", 2),
                     "a",
                     std::string("a\0", 2),
                     std::string("a\0b", 3),
                     "a\x01",
                     "aa",
                     "b",
                     "\xc3\xa9",
                     "\xff"};
  auto txn = store.begin_write();
  auto products = txn.template open_tree<shop::Product>();
  for (auto sku = sorted.rbegin(); sku != sorted.rend(); ++sku) {
    shop::Product product;
    product.sku = *sku;
    products.put(product);
  }
  const auto sku = [](const auto& ref) { return std::string(ref.sku()); };
  CHECK(collect(products.iter_borrowed(), sku) == sorted);
  CHECK(collect(products.keys(), [](const auto& key) { return key.sku; }) == sorted);
  for (const std::string& one : sorted) CHECK(products.get(one)->sku == one);
  CHECK(collect(products.range_borrowed("a", "b"), sku) ==
        Texts{"a", std::string("a\0", 2), std::string("a\0b", 3), "a\x01", "aa"});
  CHECK(collect(products.prefix("a"), sku) == Texts{"a", std::string("a\0", 2), std::string("a\0b", 3), "a\x01", "aa"});
  CHECK(collect(products.range_borrowed(netabase::excluding("a"), netabase::including("a\x01")), sku) ==
        Texts{std::string("a\0", 2), std::string("a\0b", 3), "a\x01"});
}

ON_BOTH_ENGINES("composite keys sort part by part, and leading parts select a range") {
  const auto store = netabase::Store<shop::ShopDefinition, Engine>::temp();
  using Line = std::pair<std::uint64_t, std::string>;
  const std::vector<Line> sorted{{1, ""}, {1, "a"}, {1, std::string("a\0", 2)}, {1, "b"}, {2, "a"}, {256, ""}};
  auto txn = store.begin_write();
  auto lines = txn.template open_tree<shop::OrderLine>();
  for (auto line = sorted.rbegin(); line != sorted.rend(); ++line) {
    shop::OrderLine record;
    record.order = line->first;
    record.sku = line->second;
    lines.put(record);
  }
  const auto key = [](const auto& ref) { return Line(ref.order(), ref.sku()); };
  const auto slice = [&](std::size_t from, std::size_t to) {
    return std::vector<Line>(sorted.begin() + static_cast<std::ptrdiff_t>(from),
                             sorted.begin() + static_cast<std::ptrdiff_t>(to));
  };
  CHECK(collect(lines.iter_borrowed(), key) == sorted);
  CHECK(collect(lines.range_borrowed(1, 2), key) == slice(0, 4));
  CHECK(collect(lines.range_borrowed(1, netabase::including(2)), key) == slice(0, 5));
  CHECK(collect(lines.range_borrowed(netabase::excluding(1), netabase::unbounded), key) == slice(4, 6));
  CHECK(collect(lines.range_borrowed(std::tuple(1, "a"), std::tuple(2, "a")), key) == slice(1, 4));
  CHECK(collect(lines.range_borrowed(netabase::excluding(shop::OrderLinePrimaryKey(1, "a")),
                                     netabase::including(std::tuple(2, "a"))),
                key) == slice(2, 5));
}

ON_BOTH_ENGINES("a range has every kind of end") {
  const auto store = BlogStore<Engine>::temp();
  store_ids(store, {1, 3, 5, 7, 9});
  auto txn = store.begin_read();
  const auto users = txn.template open_tree<blog::User>();
  using netabase::excluding;
  using netabase::including;
  using netabase::unbounded;
  CHECK(ids(users.range(3, 7)) == Ids{3, 5});
  CHECK(ids(users.range_borrowed(3, 7)) == Ids{3, 5});
  CHECK(ids(users.range(2, 8)) == Ids{3, 5, 7});
  CHECK(ids(users.range(including(3), including(7))) == Ids{3, 5, 7});
  CHECK(ids(users.range(excluding(3), excluding(7))) == Ids{5});
  CHECK(ids(users.range(excluding(2), excluding(8))) == Ids{3, 5, 7});
  CHECK(ids(users.range(unbounded, 5)) == Ids{1, 3});
  CHECK(ids(users.range(5, unbounded)) == Ids{5, 7, 9});
  CHECK(ids(users.range(unbounded, unbounded)) == Ids{1, 3, 5, 7, 9});
  CHECK(ids(users.range(7, 3)).empty());
  CHECK(ids(users.range(7, 3).reverse()).empty());
  CHECK(ids(users.range(5, 5)).empty());
  CHECK(ids(users.range(10, 20)).empty());
  CHECK(ids(users.range(10, 20).reverse()).empty());
  CHECK(ids(users.range(0, 1)).empty());
  CHECK(ids(users.range(0, 1).reverse()).empty());
  const auto greatest = std::numeric_limits<std::uint64_t>::max();
  CHECK(ids(users.range(including(greatest), unbounded)).empty());
  CHECK(ids(users.range(excluding(greatest), unbounded)).empty());
  CHECK(ids(users.range(9, including(greatest))) == Ids{9});
  CHECK(ids(users.range(3, 9).reverse()) == Ids{7, 5, 3});
  CHECK(ids(users.range(3, including(9)).reverse().limit(2)) == Ids{9, 7});
}

ON_BOTH_ENGINES("limit, reverse and after go together, and pages join without gaps") {
  const auto store = BlogStore<Engine>::temp();
  Ids all;
  for (std::uint64_t id = 1; id <= 25; ++id) all.push_back(id * 3);
  store_ids(store, all);
  auto txn = store.begin_read();
  const auto users = txn.template open_tree<blog::User>();

  CHECK(ids(users.iter().limit(0)).empty());
  CHECK(ids(users.iter().limit(2)) == Ids{3, 6});
  CHECK(ids(users.iter().after(6).limit(2)) == Ids{9, 12});
  CHECK(ids(users.iter().after(7).limit(2)) == Ids{9, 12});
  CHECK(ids(users.iter().reverse().after(9)) == Ids{6, 3});
  CHECK(ids(users.iter().after(75)).empty());
  CHECK(ids(users.iter().reverse().after(3)).empty());
  CHECK(ids(users.range(10, 20).after(3)) == Ids{12, 15, 18});
  CHECK(ids(users.range(10, 20).after(15)) == Ids{18});
  CHECK(ids(users.range(10, 20).after(40)).empty());
  CHECK(ids(users.range(10, 20).after(15).reverse()) == Ids{12});
  CHECK(ids(users.range(10, 20).reverse().after(2)).empty());
  CHECK(ids(users.range(10, 20).reverse().after(40)) == Ids{18, 15, 12});
  CHECK(users.iter().limit(7).count() == 7);
  CHECK(users.iter().count() == 25);
  CHECK(users.range(10, 20).count() == 3);
  CHECK(users.range(10, 20).limit(2).count() == 2);
  CHECK(users.iter().after(6).count() == 23);

  for (const bool backward : {false, true}) {
    Ids paged;
    for (;;) {
      auto range = users.iter().limit(4);
      if (backward) range = std::move(range).reverse();
      if (!paged.empty()) range = std::move(range).after(paged.back());
      const Ids page = ids(std::move(range));
      if (page.empty()) break;
      paged.insert(paged.end(), page.begin(), page.end());
    }
    CHECK(paged == (backward ? Ids(all.rbegin(), all.rend()) : all));
  }
}

ON_BOTH_ENGINES("a range can be walked again, and turned into keys, records and views") {
  const auto store = BlogStore<Engine>::temp();
  store_ids(store, {1, 2, 3});
  auto txn = store.begin_read();
  const auto users = txn.template open_tree<blog::User>();
  auto range = users.iter();
  CHECK(ids(range) == Ids{1, 2, 3});
  CHECK(ids(range) == Ids{1, 2, 3});
  CHECK(collect(users.range(2, 9).keys(), [](const auto& key) { return key.id; }) == Ids{2, 3});
  CHECK(ids(users.iter_borrowed().owned()) == Ids{1, 2, 3});
  CHECK(ids(users.iter().borrowed().reverse()) == Ids{3, 2, 1});
  CHECK(users.iter().first()->id == 1);
  CHECK(users.iter().reverse().first()->id == 3);
  CHECK_FALSE(users.range(9, 10).first().has_value());
}

ON_BOTH_ENGINES("ranges are input ranges of the standard library") {
  const auto store = BlogStore<Engine>::temp();
  store_ids(store, {1, 2, 3, 4});
  auto txn = store.begin_read();
  const auto users = txn.template open_tree<blog::User>();
  static_assert(std::ranges::input_range<decltype(users.iter())>);
  static_assert(std::ranges::input_range<decltype(users.iter_borrowed())>);
  static_assert(std::ranges::input_range<decltype(users.template by<&blog::User::city>().all())>);
  auto range = users.iter_borrowed();
  CHECK(std::ranges::count_if(range, [](const blog::UserRef& ref) { return ref.id() % 2 == 0; }) == 2);
  Ids doubled;
  std::ranges::transform(range, std::back_inserter(doubled), [](const blog::UserRef& ref) { return ref.id() * 2; });
  CHECK(doubled == Ids{2, 4, 6, 8});
}

ON_BOTH_ENGINES("a number that no key can be is refused, not wrapped round") {
  const auto store = BlogStore<Engine>::temp();
  auto txn = store.begin_read();
  const auto users = txn.template open_tree<blog::User>();
  CHECK(code_of([&] { users.get(-1); }) == netabase::ErrorCode::invalid_argument);
  CHECK(code_of([&] { users.range(-5, 5); }) == netabase::ErrorCode::invalid_argument);
}
