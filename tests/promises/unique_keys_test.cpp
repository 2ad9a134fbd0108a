/// \file
/// Promise: two records never share a unique key, and a write that would let them changes nothing at all.

#include <functional>

#include "promises/blog_support.hpp"
#include "shop.netabase.hpp"

using namespace promises;

namespace {

/// All users, in key order.
template <class Tree>
std::vector<blog::User> everyone(const Tree& users) {
  return collect(users.iter(), [](const blog::User& one) { return one; });
}

}  // namespace

ON_BOTH_ENGINES("a violation says which key of which index belongs to which record") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(17)});
  auto txn = store.begin_write();
  auto users = txn.template open_tree<blog::User>();
  try {
    users.put(user_with_email(2, "user17@example.com"));
    FAIL("the key is taken");
  } catch (const netabase::UniqueViolation& violation) {
    CHECK(violation.code() == netabase::ErrorCode::unique_violation);
    CHECK(violation.index() == "User.email");
    CHECK(violation.key() == "\"user17@example.com\"");
    CHECK(violation.existing() == "17");
    CHECK(std::string(violation.what()).find("User.email") != std::string::npos);
  }
}

ON_BOTH_ENGINES("a violation on any path leaves records and indexes as they were, and the transaction usable") {
  using Users = netabase::WriteTree<blog::User, Engine>;
  const std::vector<blog::User> before{user(1, "Paris"), user(2, "Rome"), user(5, "Oslo")};
  const blog::User taken = [] {
    blog::User out = user_with_email(3, "user1@example.com");
    out.city = "Bonn";
    return out;
  }();
  const blog::User taken_over_existing = [] {
    blog::User out = user_with_email(2, "user1@example.com");
    out.city = "Bonn";
    return out;
  }();

  const std::vector<std::pair<const char*, std::function<void(Users&)>>> paths{
      {"put of a new record", [&](Users& users) { users.put(taken); }},
      {"put over a record", [&](Users& users) { users.put(taken_over_existing); }},
      {"insert", [&](Users& users) { users.insert(taken); }},
      {"update", [&](Users& users) { users.update(2, [&](blog::User& changed) { changed = taken_over_existing; }); }},
      {"put_many in the middle",
       [&](Users& users) {
         users.put_many(std::vector{user(7, "Bonn"), taken, user(8, "Bonn"), user(1, "Bonn")});
       }},
      {"put_many over a record",
       [&](Users& users) {
         users.put_many(std::vector{taken_over_existing, user(5, "Bonn")});
       }},
      {"put_many of two new records with one key",
       [&](Users& users) {
         users.put_many(std::vector{user_with_email(8, "same@example.com"), user_with_email(9, "same@example.com")});
       }},
      {"batch",
       [&](Users& users) {
         auto batch = users.create_batch();
         batch.remove(5);
         batch.put(user(6, "Bonn"));
         batch.put(taken);
         batch.commit();
       }},
  };

  const auto store = BlogStore<Engine>::temp();
  store_users(store, before);
  for (const auto& [name_of_path, path] : paths) {
    const std::string name = name_of_path;
    CAPTURE(name);
    auto txn = store.begin_write();
    auto users = txn.template open_tree<blog::User>();
    CHECK_THROWS_AS(path(users), netabase::UniqueViolation);
    CHECK(everyone(users) == before);
    CHECK(users.template by<&blog::User::city>().count() == 3);
    CHECK(users.template by<&blog::User::email>().count() == 3);
    CHECK(in_city(users, "Bonn").empty());
    CHECK(in_city(users, "Oslo") == Ids{5});
    users.put(user(40));
    txn.commit();
    require_sound(store);
    store.template quick_remove<blog::User>(40);
  }
}

ON_BOTH_ENGINES("a batch that was refused is as it was, and can be mended") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1)});
  auto txn = store.begin_write();
  auto users = txn.template open_tree<blog::User>();
  auto batch = users.create_batch();
  batch.put(user(2));
  batch.put(user_with_email(3, "user1@example.com"));
  CHECK_THROWS_AS(batch.commit(), netabase::UniqueViolation);
  CHECK(batch.size() == 2);
  batch.put(user(3));
  batch.commit();
  CHECK(ids(users.iter()) == Ids{1, 2, 3});
}

ON_BOTH_ENGINES("put_many and batches may swap unique keys, and give a removed record's key to another") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1), user(2), user(3)});
  store_users(store, {user_with_email(1, "user2@example.com"), user_with_email(2, "user3@example.com"),
                      user_with_email(3, "user1@example.com")});
  {
    auto txn = store.begin_write();
    auto users = txn.template open_tree<blog::User>();
    CHECK(users.template by<&blog::User::email>().find("user2@example.com")->id() == 1);
    CHECK(users.template by<&blog::User::email>().find("user1@example.com")->id() == 3);
    auto batch = users.create_batch();
    batch.put(user_with_email(4, "user2@example.com"));
    batch.remove(1);
    batch.commit();
    CHECK(users.template by<&blog::User::email>().find("user2@example.com")->id() == 4);
    txn.commit();
  }
  require_sound(store);
}

ON_BOTH_ENGINES("a record keeps its own unique key through every kind of write") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1, "Paris")});
  store.with_write_transaction([](auto& txn) {
    auto users = txn.template open_tree<blog::User>();
    users.put(user(1, "Rome"));
    users.put_many(std::vector{user(1, "Oslo"), user(1, "Bonn")});
    users.update(1, [](blog::User& changed) { changed.city.reset(); });
    CHECK(users.get(1) == user(1));
  });
  require_sound(store);
}

ON_BOTH_ENGINES("a freed unique key can be taken at once") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1), user(2)});
  auto txn = store.begin_write();
  auto users = txn.template open_tree<blog::User>();
  users.remove(1);
  users.put(user_with_email(3, "user1@example.com"));
  users.put(user_with_email(2, "moved@example.com"));
  users.put(user_with_email(4, "user2@example.com"));
  CHECK(users.template by<&blog::User::email>().find("user1@example.com")->id() == 3);
  CHECK(users.template by<&blog::User::email>().find("user2@example.com")->id() == 4);
}

ON_BOTH_ENGINES("unique optional keys may be absent many times, unique elements may repeat within one record") {
  const auto store = netabase::Store<shop::ShopDefinition, Engine>::temp();
  const auto product = [](const char* sku, std::optional<std::string> barcode, std::vector<std::string> aliases) {
    shop::Product out;
    out.sku = sku;
    out.barcode = std::move(barcode);
    out.aliases = std::move(aliases);
    return out;
  };
  {
    auto txn = store.begin_write();
    auto products = txn.template open_tree<shop::Product>();
    products.put(product("a", {}, {}));
    products.put(product("b", {}, {"x", "y", "x"}));
    products.put_many(std::vector{product("c", {}, {"z", "z"}), product("d", "", {})});
    CHECK(products.template by<&shop::Product::aliases>().count() == 3);
    CHECK(products.template by<&shop::Product::aliases>().find("x")->sku() == "b");

    // The second element is taken: the first one's entry must not stay.
    CHECK_THROWS_AS(products.put(product("e", "new", {"w", "w", "y"})), netabase::UniqueViolation);
    CHECK_THROWS_AS(products.put_many(std::vector{product("e", "new", {"w", "y"})}), netabase::UniqueViolation);
    CHECK_THROWS_AS(products.put(product("a", "new", {"w", "z"})), netabase::UniqueViolation);
    CHECK_THROWS_AS(products.put(product("e", "", {})), netabase::UniqueViolation);
    CHECK_FALSE(products.contains("e"));
    CHECK(products.template by<&shop::Product::aliases>().count() == 3);
    CHECK(products.template by<&shop::Product::barcode>().count() == 1);
    CHECK(products.template by<&shop::Product::rating>().count() == 4);
    txn.commit();
  }
  require_sound(store);
}
