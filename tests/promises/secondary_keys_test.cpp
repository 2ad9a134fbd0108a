/// \file
/// Promise: a record is found through each of its secondary keys, and through nothing else.

#include "promises/blog_support.hpp"
#include "shop.netabase.hpp"

using namespace promises;

namespace {

shop::Product product(const std::string& sku, double rating = 0, shop::Category category = shop::Category::tools) {
  shop::Product out;
  out.sku = sku;
  out.rating = rating;
  out.category = category;
  return out;
}

template <class Range>
std::vector<std::string> skus(Range&& range) {
  return collect(range, [](const auto& ref) { return std::string(ref.sku()); });
}

using Skus = std::vector<std::string>;

}  // namespace

ON_BOTH_ENGINES("a unique key finds its one record") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1), user(2)});
  auto txn = store.begin_read();
  const auto users = txn.template open_tree<blog::User>();
  const auto hit = users.template by<&blog::User::email>().find("user2@example.com");
  REQUIRE(hit.has_value());
  CHECK(hit->id() == 2);
  CHECK_FALSE(users.template by<&blog::User::email>().find("user2@example.co").has_value());
  CHECK_FALSE(users.template by<&blog::User::email>().find("").has_value());
  CHECK(users.template by<blog::UserKey::email>().find(blog::UserEmailSecondaryKey{"user1@example.com"})->id() == 1);
}

ON_BOTH_ENGINES("a non-unique key finds its records in the order of their primary keys") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(3, "Paris"), user(1, "Paris"), user(256, "Paris"), user(2, "Rome"), user(4)});
  auto txn = store.begin_read();
  const auto users = txn.template open_tree<blog::User>();
  const auto by_city = users.template by<&blog::User::city>();
  CHECK(ids(by_city.equal("Paris")) == Ids{1, 3, 256});
  CHECK(ids(by_city.equal("Paris").reverse()) == Ids{256, 3, 1});
  CHECK(ids(by_city.equal("Par")).empty());
  CHECK(by_city.count("Paris") == 3);
  CHECK(by_city.count() == 4);
  CHECK(by_city.contains("Rome"));
  CHECK_FALSE(by_city.contains("Roma"));
  CHECK(collect(by_city.equal("Paris").keys(), [](const auto& key) { return key.id; }) == Ids{1, 3, 256});
  CHECK(ids(by_city.equal("Paris").owned()) == Ids{1, 3, 256});
}

ON_BOTH_ENGINES("an absent optional has no entry, an empty one has") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1), user(2, ""), user(3, "x")});
  auto txn = store.begin_read();
  const auto users = txn.template open_tree<blog::User>();
  CHECK(users.template by<&blog::User::city>().count() == 2);
  CHECK(in_city(users, "") == Ids{2});
}

ON_BOTH_ENGINES("a vector has one entry for each of its different elements") {
  const auto store = BlogStore<Engine>::temp();
  auto txn = store.begin_write();
  auto posts = txn.template open_tree<blog::Post>();
  posts.put(post(1, 1, 0, {"a", "b", "a"}));
  posts.put(post(2, 1, 0, {"b"}));
  posts.put(post(3, 1, 0, {}));
  const auto tags = posts.template by<&blog::Post::tags>();
  CHECK(ids(tags.equal("a")) == Ids{1});
  CHECK(ids(tags.equal("b")) == Ids{1, 2});
  CHECK(tags.count() == 3);
  CHECK(ids(tags.all()) == Ids{1, 1, 2});
}

ON_BOTH_ENGINES("the calls that take a strong secondary key give all its records") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1, "Paris"), user(2, "Rome"), user(3, "Paris")});
  auto txn = store.begin_read();
  const auto users = txn.template open_tree<blog::User>();
  CHECK((users.get_by_secondary_key(blog::UserCitySecondaryKey{"Paris"}) ==
         std::vector{user(1, "Paris"), user(3, "Paris")}));
  CHECK(ids(users.get_by_secondary_key_borrowed(blog::UserEmailSecondaryKey{"user2@example.com"})) == Ids{2});
  const auto many =
      users.get_many_by_secondary_keys(std::vector<blog::UserCitySecondaryKey>{{"Rome"}, {"Oslo"}, {"Paris"}});
  REQUIRE(many.size() == 3);
  CHECK(ids(many[0]) == Ids{2});
  CHECK(many[1].empty());
  CHECK(ids(many[2]) == Ids{1, 3});
  CHECK(users.get_many_by_secondary_keys({blog::UserCitySecondaryKey("Rome"), {"Oslo"}, {"Paris"}}) == many);
}

ON_BOTH_ENGINES("a composite index sorts by each of its parts, descending ones the other way round") {
  const auto store = BlogStore<Engine>::temp();
  auto txn = store.begin_write();
  auto posts = txn.template open_tree<blog::Post>();
  posts.put_many(std::vector{post(1, 7, 10), post(2, 7, -5), post(3, 8, 0), post(4, 7, 300), post(5, 6, 1)});
  const auto dates = posts.template by<blog::PostKey::by_author_date>();
  CHECK(ids(dates.all()) == Ids{5, 4, 1, 2, 3});
  CHECK(ids(dates.equal(7)) == Ids{4, 1, 2});
  CHECK(ids(dates.equal(7, 10)) == Ids{1});
  CHECK(ids(dates.range(std::tuple(7, 10), std::tuple(7, -5))) == Ids{1});
  CHECK(ids(dates.range(7, netabase::including(7))) == Ids{4, 1, 2});
  CHECK(ids(dates.range(netabase::excluding(7), netabase::unbounded)) == Ids{3});
  CHECK(ids(dates.range(netabase::unbounded, 7)) == Ids{5});
  CHECK(dates.count(7) == 3);
}

ON_BOTH_ENGINES("keys of numbers, bools and enums sort by their value") {
  const auto store = netabase::Store<shop::ShopDefinition, Engine>::temp();
  auto txn = store.begin_write();
  auto products = txn.template open_tree<shop::Product>();
  products.put(product("a", -1.5, shop::Category::books));
  products.put(product("b", 2.25));
  products.put(product("c", -0.0, shop::Category::toys));
  products.put(product("d", 0.0, shop::Category::books));
  products.put(product("e", -1e300, shop::Category::books));
  shop::Product sale = product("f", std::numeric_limits<double>::infinity());
  sale.on_sale = true;
  sale.labels = {5, 1000, 5};
  products.put(sale);

  CHECK(skus(products.template by<&shop::Product::rating>().all()) == Skus{"e", "a", "c", "d", "b", "f"});
  CHECK(skus(products.template by<&shop::Product::rating>().equal(0)) == Skus{"c", "d"});
  CHECK(skus(products.template by<&shop::Product::rating>().range(-2.0, 0.0)) == Skus{"a"});
  CHECK(skus(products.template by<&shop::Product::category>().equal(shop::Category::books)) == Skus{"a", "d", "e"});
  CHECK(skus(products.template by<&shop::Product::on_sale>().equal(true)) == Skus{"f"});
  CHECK(skus(products.template by<shop::ProductKey::by_category_rating>().equal(shop::Category::books)) ==
        Skus{"d", "a", "e"});
  CHECK(skus(products.template by<&shop::Product::labels>().all()) == Skus{"f", "f"});
  CHECK(skus(products.template by<&shop::Product::labels>().equal(1000)) == Skus{"f"});
}

ON_BOTH_ENGINES("bytes and fixed bytes are keys like any other") {
  const auto store = netabase::Store<shop::ShopDefinition, Engine>::temp();
  auto txn = store.begin_write();
  auto blobs = txn.template open_tree<shop::Blob>();
  shop::Blob one;
  one.digest = {std::byte{0}};
  one.kind = {0, 0, 0, 255};
  shop::Blob two;
  two.digest = {std::byte{0}, std::byte{0}};
  two.kind = {0, 0, 0, 1};
  shop::Blob none;
  none.kind = {0, 0, 0, 255};
  blobs.put_many(std::vector{one, two, none});

  CHECK((blobs.get(one.digest) == one));
  CHECK((blobs.get(none.digest) == none));
  const auto digests = [](const auto& ref) { return ref.digest().size(); };
  CHECK(collect(blobs.iter_borrowed(), digests) == std::vector<std::size_t>{0, 1, 2});
  const std::array<std::uint8_t, 4> kind{0, 0, 0, 255};
  CHECK(collect(blobs.template by<&shop::Blob::kind>().equal(kind), digests) == std::vector<std::size_t>{0, 1});
}

ON_BOTH_ENGINES("an optional part of a composite key sorts first when it is absent") {
  const auto store = netabase::Store<shop::ShopDefinition, Engine>::temp();
  auto txn = store.begin_write();
  auto customers = txn.template open_tree<shop::Customer>();
  const auto put = [&](const char* login, std::optional<std::string> city, std::uint8_t age) {
    shop::Customer customer;
    customer.login = login;
    customer.city = std::move(city);
    customer.age = age;
    customers.put(customer);
  };
  put("a", "Rome", 30);
  put("b", std::nullopt, 50);
  put("c", "", 10);
  put("d", "Rome", 20);
  const auto logins = [](const auto& ref) { return std::string(ref.login()); };
  const auto by_city_age = customers.template by<shop::CustomerKey::by_city_age>();
  CHECK(collect(by_city_age.all(), logins) == std::vector<std::string>{"b", "c", "d", "a"});
  CHECK(collect(by_city_age.equal(std::nullopt), logins) == std::vector<std::string>{"b"});
  CHECK(collect(by_city_age.equal("Rome"), logins) == std::vector<std::string>{"d", "a"});
  CHECK(by_city_age.find("Rome", 20)->login() == "d");
  CHECK(by_city_age.find(std::nullopt, 50)->login() == "b");
  // Absence counts as a value here: two customers of one age without a city have the same key.
  CHECK_THROWS_AS(put("e", std::nullopt, 50), netabase::UniqueViolation);
}

ON_BOTH_ENGINES("a prefix finds the texts that begin with it") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1, "Par"), user(2, "Paris"), user(3, std::string("Par\0is", 6)), user(4, "Pas"),
                      user(5, "P"), user(6, "\xff\xff"), user(7, "\xff")});
  auto txn = store.begin_read();
  const auto by_city = txn.template open_tree<blog::User>().template by<&blog::User::city>();
  CHECK(ids(by_city.prefix("Par")) == Ids{1, 3, 2});
  CHECK(ids(by_city.prefix("")) == Ids{5, 1, 3, 2, 4, 7, 6});
  CHECK(ids(by_city.prefix("\xff")) == Ids{7, 6});
  CHECK(ids(by_city.prefix(std::string("Par\0", 4))) == Ids{3});
  CHECK(ids(by_city.prefix("Par").reverse()) == Ids{2, 3, 1});
  CHECK(ids(by_city.prefix("Q")).empty());
}
