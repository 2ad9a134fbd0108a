/// \file
/// Promise: a query gives exactly the records of which its conditions are true, each once, in the order asked for, and
/// reads no more of the store than it said.

#include <cmath>
#include <limits>
#include <sstream>

#include "promises/blog_support.hpp"
#include "shop.netabase.hpp"

using namespace promises;
using netabase::asc;
using netabase::desc;
using netabase::field;

namespace {

using shop::Category;
using shop::Customer;
using shop::Product;

template <class Engine>
using ShopStore = netabase::Store<shop::ShopDefinition, Engine>;

template <class Range>
std::vector<std::string> skus(Range&& range) {
  return collect(range, [](const auto& record) { return std::string(record.sku()); });
}
using Skus = std::vector<std::string>;

Product product(std::string sku, Category category, double rating, std::vector<std::uint32_t> labels = {}) {
  Product out;
  out.sku = std::move(sku);
  out.category = category;
  out.rating = rating;
  out.labels = std::move(labels);
  return out;
}

Customer customer(std::string login, std::uint8_t age, std::optional<std::string> city = {}) {
  Customer out;
  out.login = std::move(login);
  out.age = age;
  out.city = std::move(city);
  return out;
}

template <class Store, class Record>
void store_all(const Store& store, const std::vector<Record>& records) {
  store.with_write_transaction([&](auto& txn) { txn.template open_tree<Record>().put_many(records); });
}

/// The query's error, as text.
template <class Query>
std::string refusal(Query&& query) {
  try {
    query.begin();
  } catch (const netabase::Error& error) {
    CHECK(error.code() == netabase::ErrorCode::needs_scan);
    return error.what();
  }
  return "not refused";
}

}  // namespace

ON_BOTH_ENGINES("the query of the manual gives its page of views, structs, keys and a count") {
  const auto store = ShopStore<Engine>::temp();
  store_all(store, std::vector{product("a", Category::toys, 1, {1}), product("b", Category::toys, 2, {1, 2}),
                               product("c", Category::toys, 3, {3, 3}), product("d", Category::books, 4),
                               product("e", Category::toys, 5), product("f", Category::toys, 2, {3})});
  auto txn = store.begin_read();
  const auto products = txn.template open_tree<Product>();
  const auto query = [&] {
    return products.query()
        .where(field<&Product::category>() == Category::toys && field<&Product::rating>() >= 2 &&
               !field<&Product::labels>().contains(1))
        .order_by(desc<&Product::rating>())
        .offset(1)
        .limit(2);
  };
  CHECK(skus(query()) == Skus{"c", "f"});
  CHECK(collect(query().owned(), [](const Product& one) { return one.sku; }) == Skus{"c", "f"});
  CHECK(collect(query().keys(), [](const shop::ProductPrimaryKey& key) { return key.sku; }) == Skus{"c", "f"});
  CHECK(query().count() == 2);
  CHECK(query().first()->sku() == "c");
  Skus seen;
  CHECK(query().each([&](const shop::ProductRef& one) { seen.emplace_back(one.sku()); }) == 2);
  CHECK(seen == Skus{"c", "f"});
}

ON_BOTH_ENGINES("a query object may be asked again, moved, and sees its write transaction's own writes") {
  const auto store = ShopStore<Engine>::temp();
  auto txn = store.begin_write();
  auto products = txn.template open_tree<Product>();
  auto query = products.query().where(field<&Product::category>() == Category::toys);
  CHECK(query.count() == 0);
  products.put(product("a", Category::toys, 1));
  CHECK(query.count() == 1);
  CHECK(skus(query) == Skus{"a"});
  auto moved = std::move(query);
  products.put(product("b", Category::toys, 1));
  CHECK(skus(moved) == Skus{"a", "b"});
  CHECK(moved.first()->sku() == "a");
  CHECK(moved.count() == 2);
}

ON_BOTH_ENGINES("an absent field satisfies no condition but is_null, and what ! and != turn round") {
  const auto store = ShopStore<Engine>::temp();
  store_all(store, std::vector{customer("x", 1), customer("y", 2, ""), customer("z", 3, "Rome")});
  auto txn = store.begin_read();
  const auto customers = txn.template open_tree<Customer>();
  constexpr auto city = field<&Customer::city>();
  const auto logins = [&](const auto& condition) {
    return collect(customers.query().where(condition).scan().order_by(field<&Customer::login>()),
                   [](const auto& one) { return std::string(one.login()); });
  };
  CHECK(logins(city < "Z") == Skus{"y", "z"});
  CHECK(logins(city >= "") == Skus{"y", "z"});
  CHECK(logins(!(city < "Z")) == Skus{"x"});
  CHECK(logins(city != "Rome") == Skus{"x", "y"});
  CHECK(logins(!(city != "Rome")) == Skus{"z"});
  CHECK(logins(city == std::nullopt) == Skus{"x"});
  CHECK(logins(city != std::nullopt) == Skus{"y", "z"});
  CHECK(logins(!city.has_value()) == Skus{"x"});
  CHECK(logins(city.starts_with("")) == Skus{"y", "z"});
  CHECK(logins(city.in({"Rome", "Oslo"}) || city.is_null()) == Skus{"x", "z"});
  CHECK(logins(city.contains("om")) == Skus{"z"});
}

ON_BOTH_ENGINES("numbers compare mathematically, whatever the types") {
  const auto store = ShopStore<Engine>::temp();
  store_all(store, std::vector{customer("x", 0, "a"), customer("y", 200, "a"), customer("z", 255, "a")});
  auto txn = store.begin_read();
  const auto customers = txn.template open_tree<Customer>();
  constexpr auto age = field<&Customer::age>();
  // The index by_city_age and the filter must agree.
  const auto counts = [&](const auto& condition) {
    const std::uint64_t looked_up = customers.query().where(field<&Customer::city>() == "a" && condition).count();
    CHECK(customers.query().where(condition).scan().count() == looked_up);
    return looked_up;
  };
  CHECK(counts(age < 300) == 3);
  CHECK(counts(age >= 300) == 0);
  CHECK(counts(age == 456) == 0);  // 200 when cut down to 8 bits
  CHECK(counts(age != 456) == 3);
  CHECK(counts(age > -1) == 3);
  CHECK(counts(age <= -1) == 0);
  CHECK(counts(age.between(-5, 200)) == 2);
  CHECK(counts(age.in({-56, 255, 1000})) == 1);
  CHECK(counts(age < std::numeric_limits<std::uint64_t>::max()) == 3);
  CHECK(counts(200 <= age) == 2);
}

ON_BOTH_ENGINES("NaN is in no range, equal to nothing, and last in an order; -0 is 0") {
  const auto store = ShopStore<Engine>::temp();
  const double nan = std::nan("");
  store_all(store, std::vector{product("inf", Category::toys, std::numeric_limits<double>::infinity()),
                               product("nan", Category::toys, nan), product("one", Category::toys, 1),
                               product("minus", Category::toys, -0.0)});
  auto txn = store.begin_read();
  const auto products = txn.template open_tree<Product>();
  constexpr auto rating = field<&Product::rating>();
  CHECK(skus(products.query().where(rating > 0).order_by(rating)) == Skus{"one", "inf"});
  CHECK(skus(products.query().where(rating >= 0).order_by(rating)) == Skus{"minus", "one", "inf"});
  CHECK(products.query().where(rating == nan).count() == 0);
  CHECK(products.query().where(rating != nan).scan().count() == 4);
  CHECK(products.query().where(!(rating > 0)).scan().count() == 2);
  CHECK(skus(products.query().where(rating == 0)) == Skus{"minus"});
  CHECK(skus(products.query().order_by(rating).limit(9)) == Skus{"minus", "one", "inf", "nan"});
  CHECK(skus(products.query().order_by(desc<&Product::rating>()).limit(9)) == Skus{"nan", "inf", "one", "minus"});
}

ON_BOTH_ENGINES("a record comes once, however many of its elements and alternatives match") {
  const auto store = BlogStore<Engine>::temp();
  store_all(store, std::vector{post(1, 1, 0, {"a", "b", "a"}), post(2, 1, 0, {"b"}), post(3, 2, 0, {"c"})});
  auto txn = store.begin_read();
  const auto posts = txn.template open_tree<blog::Post>();
  constexpr auto tags = field<&blog::Post::tags>();
  constexpr auto author = field<&blog::Post::author_id>();
  CHECK(ids(posts.query().where(tags.contains("a"))) == Ids{1});
  CHECK(ids(posts.query().where(tags.contains("a") || tags.contains("b"))) == Ids{1, 2});
  CHECK(ids(posts.query().where(tags.contains("b") || author == 1 || author == 2).order_by(field<&blog::Post::id>())) ==
        Ids{1, 2, 3});
  CHECK(posts.query().where((author == 2 && tags.contains("c")) || tags.contains("b")).count() == 3);
}

ON_BOTH_ENGINES("ties are broken by primary key ascending, in either direction") {
  const auto store = BlogStore<Engine>::temp();
  std::vector<blog::Post> all;
  for (std::uint64_t id = 1; id <= 6; ++id) all.push_back(post(id, id % 2, static_cast<std::int64_t>(id % 3)));
  store_all(store, all);
  auto txn = store.begin_read();
  const auto posts = txn.template open_tree<blog::Post>();
  CHECK(ids(posts.query().order_by(field<&blog::Post::author_id>()).scan()) == Ids{2, 4, 6, 1, 3, 5});
  CHECK(ids(posts.query().order_by(desc<&blog::Post::author_id>()).scan()) == Ids{1, 3, 5, 2, 4, 6});
  CHECK(ids(posts.query().order_by(desc<&blog::Post::author_id>()).limit(4)) == Ids{1, 3, 5, 2});
  CHECK(ids(posts.query().order_by(desc<&blog::Post::author_id>(), desc<&blog::Post::id>()).limit(4)) ==
        Ids{5, 3, 1, 6});
  CHECK(ids(posts.query().order_by(desc<&blog::Post::created>()).scan()) == Ids{2, 5, 1, 4, 3, 6});
}

ON_BOTH_ENGINES("a query that would read every record is refused unless it says scan(), and says what to add") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1, "Paris"), user(2)});
  auto txn = store.begin_read();
  const auto users = txn.template open_tree<blog::User>();
  constexpr auto name = field<&blog::User::username>();
  CHECK(refusal(users.query().where(name == "user1")) ==
        "the query would read all 2 records of User: add [[netabase::secondary_key]] to `User::username`, or call "
        ".scan() to allow that");
  CHECK(refusal(users.query().where(name.contains("1"))) ==
        "the query would read all 2 records of User: no index can serve its conditions: call .scan() to allow that");
  CHECK(refusal(users.query().where(field<&blog::User::city>() != "Paris")) ==
        "the query would read all 2 records of User: no index can serve its conditions: call .scan() to allow that");
  CHECK(refusal(users.query()) ==
        "the query would read all 2 records of User: give it a condition or a limit, or call .scan() to allow that");
  CHECK(
      refusal(users.query().order_by(field<&blog::User::city>()).limit(1)) ==
      "the query would read all 2 records of User: no index has all of them in its order: call .scan() to allow that");
  CHECK(refusal(users.query().order_by(name).limit(1)).find("`User::username`") != std::string::npos);
  CHECK(refusal(users.query().where(field<&blog::User::city>().is_null() || name == "a")) != "not refused");
  CHECK_THROWS_AS(users.query().where(name == "user1").count(), netabase::Error);
  CHECK_THROWS_AS(users.query().where(name == "user1").first(), netabase::Error);
  CHECK(ids(users.query().where(name == "user1").scan()) == Ids{1});
  CHECK(ids(users.query().scan()) == Ids{1, 2});
  CHECK(users.query().count() == 2);
  CHECK(users.query().offset(1).limit(5).count() == 1);
  CHECK(ids(users.query().limit(1)) == Ids{1});
  CHECK(ids(users.query().order_by(desc<&blog::User::email>()).limit(1)) == Ids{2});
}

ON_BOTH_ENGINES("texts that a query borrows are only those that it says") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1, "a city whose name is longer than a short string")});
  auto txn = store.begin_read();
  const auto users = txn.template open_tree<blog::User>();
  auto query = [&] {
    std::string city = "a city whose name is longer than a short string";
    auto made = users.query().where(field<&blog::User::city>() == city);
    city.assign(city.size(), 'x');
    return made;
  }();
  CHECK(ids(query) == Ids{1});
}

#if NETABASE_CHECKED

ON_BOTH_ENGINES("a query is refused after a write of its transaction, and after its end") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1, "a"), user(2, "a")});
  {
    auto txn = store.begin_write();
    auto users = txn.template open_tree<blog::User>();
    CHECK_THROWS_AS(
        [&] {
          for (const auto one : users.query().where(field<&blog::User::city>() == "a")) users.remove(one.id());
        }(),
        netabase::TransactionEnded);
  }
  auto read = std::make_unique<decltype(store.begin_read())>(store.begin_read());
  auto query = read->template open_tree<blog::User>().query().where(field<&blog::User::city>() == "a");
  auto at = query.begin();
  const auto view = *at;
  read.reset();
  CHECK_THROWS_AS(view.id(), netabase::TransactionEnded);
  CHECK_THROWS_AS(*at, netabase::TransactionEnded);
  CHECK_THROWS_AS(++at, netabase::TransactionEnded);
  CHECK_THROWS_AS(query.begin(), netabase::TransactionEnded);
  CHECK_THROWS_AS(query.count(), netabase::TransactionEnded);
  CHECK_THROWS_AS(query.explain(), netabase::TransactionEnded);
}

#endif
