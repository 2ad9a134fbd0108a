/// \file
/// What queries say that they will do, word for word, and that they choose what these words tell.

#include <string>
#include <vector>

#include "blog.netabase.hpp"
#include "netabase/engine/memory.hpp"
#include "promises/support.hpp"
#include "shop.netabase.hpp"

namespace {

using netabase::asc;
using netabase::desc;
using netabase::field;
using shop::Category;
using shop::Customer;
using shop::OrderLine;
using shop::Product;

using Store = netabase::Store<shop::ShopDefinition, netabase::Memory>;

/// 300 products: 100 of each category, every tenth on sale, 10 ratings; customers of 3 cities and none.
Store make_store() {
  auto store = Store::temp();
  store.with_write_transaction([](auto& txn) {
    auto products = txn.template open_tree<Product>();
    auto customers = txn.template open_tree<Customer>();
    for (std::uint32_t i = 0; i < 300; ++i) {
      Product product;
      product.sku = "p" + std::to_string(1000 + i);
      product.category = static_cast<Category>(i % 3);
      product.rating = i % 10;
      product.on_sale = i % 7 == 0;
      product.barcode = i % 2 == 0 ? std::optional("b" + std::to_string(i)) : std::nullopt;
      product.labels = {i % 5, 77};
      products.put(product);
      Customer customer;
      customer.login = "l" + std::to_string(i);
      if (i % 4 != 0) customer.city = std::string(1, static_cast<char>('a' + i % 4));
      customer.age = static_cast<std::uint8_t>(i / 4);
      customers.put(customer);
    }
  });
  return store;
}

template <class Query>
std::string said(const Query& query) {
  return to_string(query.explain());
}

}  // namespace

TEST_CASE("plans in words") {
  const auto store = make_store();
  auto txn = store.begin_read();
  const auto products = txn.open_tree<Product>();
  const auto customers = txn.open_tree<Customer>();
  constexpr auto sku = field<&Product::sku>();
  constexpr auto category = field<&Product::category>();
  constexpr auto rating = field<&Product::rating>();
  constexpr auto on_sale = field<&Product::on_sale>();
  constexpr auto labels = field<&Product::labels>();
  constexpr auto barcode = field<&Product::barcode>();
  constexpr auto cents = field<&Product::price, &shop::Price::cents>();
  constexpr auto city = field<&Customer::city>();
  constexpr auto age = field<&Customer::age>();

  // A unique key beats all that could be counted.
  CHECK(said(products.query().where(category == Category::toys && sku == "p1001")) ==
        "index: primary, 1 entry\n"
        "looked up: sku == \"p1001\"\n"
        "filtered: category == 1");
  CHECK(said(products.query().where(rating > 3 && barcode == "b2")) ==
        "index: barcode, 1 entry\n"
        "looked up: barcode == \"b2\"\n"
        "filtered: rating > 3");

  // Leading equal parts, then a range; the composite index serves both conditions.
  CHECK(said(products.query().where(category == Category::toys && rating >= 8 && cents < 50)) ==
        "index: by_category_rating, 20 entries\n"
        "looked up: category == 1 && rating >= 8\n"
        "filtered: price.cents < 50");
  CHECK(said(customers.query().where(city == "b" && age.between(10, 19) && age != 12)) ==
        "index: by_city_age, 10 entries\n"
        "looked up: city == \"b\" && age >= 10 && age <= 19\n"
        "filtered: age != 12");

  // What nothing satisfies is known without looking.
  CHECK(said(customers.query().where(city == "b" && age == 300)) ==
        "nothing: no record can match city == \"b\" && age == (more than any)");
  CHECK(said(customers.query().where(city > "x" && city < "a")) ==
        "nothing: no record can match city > \"x\" && city < \"a\"");

  // The index with fewer entries; negations move inwards, to where an index serves them.
  CHECK(said(products.query().where(labels.contains(77) && !(on_sale || category < Category::books))) ==
        "index: category, 100 entries\n"
        "looked up: category >= 2\n"
        "filtered: labels contains 77 && on_sale == false");

  // Several intervals, several indexes, two at once.
  CHECK(said(products.query().where(rating.in({1, 2, 77}))) ==
        "index: rating, 60 entries\n"
        "looked up: rating in {1, 2, 77}");
  CHECK(said(products.query().where((rating == 1 || labels.contains(4)) && cents >= 0)) ==
        "index: rating, then labels, 90 entries\n"
        "looked up: (rating == 1 || labels contains 4)\n"
        "filtered: price.cents >= 0");
  CHECK(said(products.query().where(category == Category::toys && labels.contains(3))) ==
        "index: labels and category, 60 entries\n"
        "looked up: category == 1 && labels contains 3");

  // Orders.
  CHECK(said(products.query().where(category == Category::toys).order_by(desc<&Product::rating>()).limit(10)) ==
        "index: by_category_rating, 100 entries\n"
        "looked up: category == 1\n"
        "order: rating descending: as the index has it");
  CHECK(said(products.query().where(category == Category::toys).order_by(rating)) ==
        "index: by_category_rating, 100 entries\n"
        "looked up: category == 1\n"
        "order: rating: as the index has it, backward");
  CHECK(said(products.query().where(labels.contains(3)).order_by(desc<&Product::rating>(), sku).offset(5).limit(10)) ==
        "index: labels, 60 entries\n"
        "looked up: labels contains 3\n"
        "order: rating descending, sku: sorted in memory, the first 15 kept and 5 of them left out");
  CHECK(said(products.query().where(labels.contains(77)).order_by(desc<&Product::rating>()).limit(2)) ==
        "index: rating, all of it, 300 entries\n"
        "filtered: labels contains 77\n"
        "order: rating descending: as the index has it, backward");
  CHECK(said(products.query().order_by(desc<&Product::rating>()).limit(10)) ==
        "index: rating, all of it, 300 entries\n"
        "order: rating descending: as the index has it, backward");

  // Refusals.
  CHECK(said(products.query().where(cents < 50)) ==
        "index: primary, all of it, 300 entries\n"
        "filtered: price.cents < 50\n"
        "refused: it would read every record: add [[netabase::index(by_price_cents, price.cents)]] to `Product`, or "
        "call .scan() to allow that");
  CHECK(said(customers.query().where(age > 3)).find("add [[netabase::secondary_key]] to `Customer::age`") !=
        std::string::npos);
  CHECK(said(products.query().where(cents < 50).scan()) ==
        "index: primary, all of it, 300 entries\n"
        "filtered: price.cents < 50");
}

TEST_CASE("long constants are said in short") {
  const auto store = make_store();
  auto txn = store.begin_read();
  const auto customers = txn.open_tree<Customer>();
  const std::string text = said(customers.query().where(field<&Customer::login>() == std::string(1000, 'x')));
  CHECK(text.find("\"" + std::string(60, 'x') + "\"... (1000 bytes)") != std::string::npos);
}

TEST_CASE("an index on a sparse field is not taken for what absent values satisfy, nor for an order of all records") {
  const auto store = make_store();
  auto txn = store.begin_read();
  const auto products = txn.open_tree<Product>();
  constexpr auto barcode = field<&Product::barcode>();
  CHECK(products.query().where(barcode != "b2").explain().needs_scan);
  CHECK(products.query().where(barcode.is_null()).explain().needs_scan);
  CHECK(products.query().order_by(barcode).limit(3).explain().needs_scan);
  CHECK_FALSE(products.query().where(barcode.has_value()).order_by(barcode).limit(3).explain().sorts);
  CHECK(products.query().where(barcode.has_value()).count() == 150);
}
