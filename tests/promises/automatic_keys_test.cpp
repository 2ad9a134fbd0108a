/// \file
/// Promise: an automatic primary key is given once and never again, whatever became of the record that had it.

#include <limits>

#include "promises/support.hpp"
#include "shop.netabase.hpp"

using namespace promises;

namespace {

template <class Engine>
using ShopStore = netabase::Store<shop::ShopDefinition, Engine>;

shop::Customer customer(const std::string& login, std::uint64_t id = 0) {
  shop::Customer out;
  out.id = id;
  out.login = login;
  return out;
}

/// A login and an age that no customer had before, so that no unique key is in the way.
shop::Customer next_customer(std::uint64_t id = 0) {
  static int count = 0;
  ++count;
  shop::Customer out = customer("customer" + std::to_string(count), id);
  out.city = "c" + std::to_string(count);
  return out;
}

template <class Store>
std::uint64_t put(const Store& store, std::uint64_t id = 0) {
  return store.quick_put(next_customer(id)).id;
}

}  // namespace

ON_BOTH_ENGINES("numbers begin at 1 and are given in order") {
  const auto store = ShopStore<Engine>::temp();
  CHECK(put(store) == 1);
  CHECK(put(store) == 2);
  CHECK(store.template quick_get<shop::Customer>(2)->id == 2);
  auto txn = store.begin_write();
  auto customers = txn.template open_tree<shop::Customer>();
  CHECK(customers.insert(next_customer())->id == 3);
  const auto keys = customers.put_many(std::vector{next_customer(), next_customer(7), next_customer()});
  CHECK(collect(keys, [](const auto& key) { return key.id; }) == Ids{4, 7, 8});
  CHECK(customers.put(next_customer()).id == 9);
  txn.commit();
  CHECK(put(store) == 10);
  require_sound(store);
}

ON_BOTH_ENGINES("a number is not given again after its record was removed or the model cleared") {
  const auto store = ShopStore<Engine>::temp();
  CHECK(put(store) == 1);
  CHECK(put(store) == 2);
  CHECK(store.template quick_remove<shop::Customer>(2));
  CHECK(put(store) == 3);
  store.with_write_transaction([](auto& txn) { txn.template open_tree<shop::Customer>().clear(); });
  CHECK(put(store) == 4);
}

ON_BOTH_ENGINES("a key that the caller gave is not given again") {
  const auto store = ShopStore<Engine>::temp();
  CHECK(put(store, 100) == 100);
  CHECK(put(store) == 101);
  CHECK(put(store, 50) == 50);
  CHECK(put(store) == 102);
  CHECK(store.template quick_remove<shop::Customer>(102));
  CHECK(put(store) == 103);
}

ON_BOTH_ENGINES("a put with the number of a record replaces it") {
  const auto store = ShopStore<Engine>::temp();
  CHECK(put(store) == 1);
  CHECK(store.quick_put(customer("other", 1)).id == 1);
  CHECK(store.template quick_get<shop::Customer>(1)->login == "other");
  auto txn = store.begin_write();
  CHECK_FALSE(txn.template open_tree<shop::Customer>().insert(customer("third", 1)).has_value());
}

ON_BOTH_ENGINES("numbers of a transaction that was rolled back were never given") {
  const auto store = ShopStore<Engine>::temp();
  CHECK(put(store) == 1);
  {
    auto txn = store.begin_write();
    CHECK(txn.template open_tree<shop::Customer>().put(next_customer()).id == 2);
  }
  CHECK(put(store) == 2);
}

ON_BOTH_ENGINES("numbers go on through nested transactions") {
  const auto store = ShopStore<Engine>::temp();
  auto txn = store.begin_write();
  CHECK(txn.template open_tree<shop::Customer>().put(next_customer()).id == 1);
  {
    auto nested = txn.begin_nested();
    CHECK(nested.template open_tree<shop::Customer>().put(next_customer()).id == 2);
    nested.commit();
  }
  CHECK(txn.template open_tree<shop::Customer>().put(next_customer()).id == 3);
  {
    auto nested = txn.begin_nested();
    CHECK(nested.template open_tree<shop::Customer>().put(next_customer()).id == 4);
  }
  CHECK(txn.template open_tree<shop::Customer>().put(next_customer()).id == 4);
  txn.commit();
  CHECK(put(store) == 5);
  require_sound(store);
}

ON_BOTH_ENGINES("a batch gives its records numbers as well") {
  const auto store = ShopStore<Engine>::temp();
  {
    auto txn = store.begin_write();
    auto customers = txn.template open_tree<shop::Customer>();
    auto batch = customers.create_batch();
    batch.put(next_customer());
    batch.put(next_customer());
    batch.commit();
    CHECK(ids(customers.iter()) == Ids{1, 2});
    txn.commit();
  }
  CHECK(put(store) == 3);
}

ON_BOTH_ENGINES("a refused record takes nothing but a number") {
  const auto store = ShopStore<Engine>::temp();
  auto txn = store.begin_write();
  auto customers = txn.template open_tree<shop::Customer>();
  CHECK(customers.put(customer("same")).id == 1);
  CHECK_THROWS_AS(customers.put(customer("same")), netabase::UniqueViolation);
  CHECK(customers.len() == 1);
  CHECK(customers.put(next_customer()).id > 1);
}

ON_BOTH_ENGINES("a batch says which number it gave") {
  const auto store = ShopStore<Engine>::temp();
  auto txn = store.begin_write();
  auto vouchers = txn.template open_tree<shop::Voucher>();
  auto batch = vouchers.create_batch();
  const auto key = batch.put(shop::Voucher{});
  batch.commit();
  CHECK(key.id == 1);
  CHECK(vouchers.contains(key));
}

ON_BOTH_ENGINES("when every number was given the next put says so") {
  const auto store = ShopStore<Engine>::temp();
  shop::Voucher voucher;
  for (int number = 1; number <= 127; ++number) CHECK(store.quick_put(voucher).id == number);
  CHECK(code_of([&] { store.quick_put(voucher); }) == netabase::ErrorCode::invalid_argument);
  CHECK(store.template quick_remove<shop::Voucher>(5));
  CHECK(code_of([&] { store.quick_put(voucher); }) == netabase::ErrorCode::invalid_argument);
  voucher.id = -3;
  CHECK(store.quick_put(voucher).id == -3);

  constexpr auto greatest = std::numeric_limits<std::uint64_t>::max();
  CHECK(put(store, greatest) == greatest);
  CHECK(code_of([&] { put(store); }) == netabase::ErrorCode::invalid_argument);
  CHECK(put(store, 5) == 5);
  CHECK(code_of([&] { put(store); }) == netabase::ErrorCode::invalid_argument);
  CHECK_FALSE(store.template quick_get<shop::Customer>(0).has_value());
}

TEST_CASE("numbers go on after the file is opened again, even when no record is left") {
  const TemporaryFolder folder;
  using Shop = netabase::Store<shop::ShopDefinition>;
  {
    const auto store = Shop::open(folder.file("shop.mdb"));
    CHECK(put(store) == 1);
    CHECK(put(store) == 2);
    store.with_write_transaction([](auto& txn) { txn.template open_tree<shop::Customer>().clear(); });
  }
  {
    const auto store = Shop::open(folder.file("shop.mdb"));
    CHECK(put(store) == 3);
    store.backup(folder.file("copy.mdb"));
  }
  CHECK(put(Shop::open(folder.file("copy.mdb"))) == 4);
}
