/// \file
/// Promise: a record that was put is read back as it was, under its primary key, until it is removed.

#include "places.netabase.hpp"
#include "promises/blog_support.hpp"
#include "shop.netabase.hpp"

using namespace promises;

ON_BOTH_ENGINES("a record is read back as it was put") {
  const auto store = BlogStore<Engine>::temp();
  auto txn = store.begin_write();
  auto users = txn.template open_tree<blog::User>();
  users.put(user(1, "Paris"));
  users.put(user(2));

  CHECK(users.get(1) == user(1, "Paris"));
  CHECK(users.get(2) == user(2));
  CHECK(users.get(3) == std::nullopt);
  const auto ref = users.get_borrowed(1);
  REQUIRE(ref.has_value());
  CHECK(ref->id() == 1);
  CHECK(ref->username() == "user1");
  CHECK(ref->city() == "Paris");
  CHECK(ref->to_owned() == user(1, "Paris"));
  CHECK_FALSE(users.get_borrowed(3).has_value());
  CHECK(users.contains(2));
  CHECK_FALSE(users.contains(3));
}

ON_BOTH_ENGINES("a key may be given as parts, as a tuple and as the strong key") {
  const auto store = netabase::Store<shop::ShopDefinition, Engine>::temp();
  auto txn = store.begin_write();
  auto lines = txn.template open_tree<shop::OrderLine>();
  shop::OrderLine line;
  line.order = 7;
  line.sku = "nail";
  line.quantity = 100;
  lines.put(line);

  CHECK(lines.get(7, "nail") == line);
  CHECK(lines.get(std::tuple(7u, std::string("nail"))) == line);
  CHECK(lines.get(shop::OrderLinePrimaryKey(7, "nail")) == line);
  CHECK_FALSE(lines.get(7, "nai").has_value());
  CHECK_FALSE(lines.get(7, "nail ").has_value());
  CHECK_FALSE(lines.get(8, "nail").has_value());
}

ON_BOTH_ENGINES("a put over a record replaces it as a whole") {
  const auto store = BlogStore<Engine>::temp();
  auto txn = store.begin_write();
  auto users = txn.template open_tree<blog::User>();
  users.put(user(1, "Paris"));
  blog::User other = user(1);
  other.username = std::string(10000, 'x');
  users.put(other);
  CHECK(users.get(1) == other);
  CHECK(users.len() == 1);
}

ON_BOTH_ENGINES("insert stores only where no record is") {
  const auto store = BlogStore<Engine>::temp();
  auto txn = store.begin_write();
  auto users = txn.template open_tree<blog::User>();
  CHECK(users.insert(user(1, "Paris")));
  CHECK_FALSE(users.insert(user(1, "Rome")));
  CHECK(users.get(1) == user(1, "Paris"));
  CHECK(in_city(users, "Rome").empty());
}

ON_BOTH_ENGINES("update changes the record in place and says whether there was one") {
  const auto store = BlogStore<Engine>::temp();
  auto txn = store.begin_write();
  auto users = txn.template open_tree<blog::User>();
  users.put(user(1));
  CHECK(users.update(1, [](blog::User& changed) { changed.username = "alice"; }));
  CHECK(users.get(1)->username == "alice");
  CHECK_FALSE(users.update(2, [](blog::User&) { FAIL("there is no such record"); }));
  CHECK(users.len() == 1);
}

ON_BOTH_ENGINES("update refuses another primary key and stores nothing") {
  const auto store = BlogStore<Engine>::temp();
  auto txn = store.begin_write();
  auto users = txn.template open_tree<blog::User>();
  users.put(user(1));
  CHECK(code_of([&] { users.update(1, [](blog::User& changed) { changed.id = 2; }); }) ==
        netabase::ErrorCode::invalid_argument);
  CHECK(users.get(1) == user(1));
  CHECK_FALSE(users.contains(2));
}

ON_BOTH_ENGINES("what an update's function throws goes through and nothing is stored") {
  const auto store = BlogStore<Engine>::temp();
  auto txn = store.begin_write();
  auto users = txn.template open_tree<blog::User>();
  users.put(user(1));
  CHECK_THROWS_AS(users.update(1,
                               [](blog::User& changed) {
                                 changed.username = "half";
                                 throw std::runtime_error("no");
                               }),
                  std::runtime_error);
  CHECK(users.get(1) == user(1));
}

ON_BOTH_ENGINES("a removed record is gone and remove says whether there was one") {
  const auto store = BlogStore<Engine>::temp();
  auto txn = store.begin_write();
  auto users = txn.template open_tree<blog::User>();
  users.put(user(1));
  CHECK(users.remove(1));
  CHECK_FALSE(users.remove(1));
  CHECK_FALSE(users.contains(1));
  CHECK(users.is_empty());
}

ON_BOTH_ENGINES("records of several key parts are read and removed by keys in braces") {
  const auto store = netabase::Store<places::PlacesDefinition, Engine>::temp();
  auto txn = store.begin_write();
  auto visits = txn.template open_tree<places::Visit>();
  visits.put_many({{"a", 1, "Ada", {}}, {"a", 2, "Bob", {}}, {"b", 1, "Cid", {}}});
  const auto found = visits.get_many({{"b", 1}, {"c", 1}, {"a", 2}});
  REQUIRE(found.size() == 3);
  CHECK(found[0]->visitor == "Cid");
  CHECK_FALSE(found[1].has_value());
  CHECK(found[2]->visitor == "Bob");
  CHECK(visits.remove_many({{"b", 1}, {"c", 1}, {"a", 1}}) == 2);
  CHECK(visits.remove_many({}) == 0);
  CHECK(visits.len() == 1);
}

ON_BOTH_ENGINES("get_many gives the records in the order asked and nothing for absent ones") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1), user(2), user(3)});
  auto txn = store.begin_read();
  const auto users = txn.template open_tree<blog::User>();
  const auto found = users.get_many(std::vector<std::uint64_t>{3, 9, 1, 3});
  REQUIRE(found.size() == 4);
  CHECK(found[0] == user(3));
  CHECK_FALSE(found[1].has_value());
  CHECK(found[2] == user(1));
  CHECK(found[3] == user(3));
  CHECK(users.get_many(std::vector<blog::UserPrimaryKey>{}).empty());
  CHECK(users.get_many({3, 9, 1, 3}) == found);
  CHECK(users.get_many({std::tuple(3), std::tuple(9), std::tuple(1), std::tuple(3)}) == found);
  CHECK(users.get_many({blog::UserPrimaryKey(3), {9}, {1}, {3}}) == found);
  CHECK(users.get_many({}).empty());
}

ON_BOTH_ENGINES("len counts the records of its own model alone") {
  const auto store = BlogStore<Engine>::temp();
  auto txn = store.begin_write();
  auto users = txn.template open_tree<blog::User>();
  auto posts = txn.template open_tree<blog::Post>();
  for (std::uint64_t id = 1; id <= 5; ++id) users.put(user(id));
  posts.put(post(1, 1));
  CHECK(users.len() == 5);
  CHECK(posts.len() == 1);
  users.remove(3);
  CHECK(users.len() == 4);
  users.clear();
  CHECK(users.is_empty());
  CHECK(posts.len() == 1);
}

ON_BOTH_ENGINES("a record of every type of field is read back as it was put") {
  const auto store = netabase::Store<shop::ShopDefinition, Engine>::temp();
  shop::Product product;
  product.sku = std::string("nul\0inside", 10);
  product.name = "";
  product.category = shop::Category::books;
  product.rating = -2.5;
  product.on_sale = true;
  product.barcode = "";
  product.aliases = {"one", "", "three"};
  product.labels = {7, 0, 4294967295u};
  product.price = {-1, ""};
  product.history = {{}, {5, "USD"}, {0, ""}};
  const shop::Product plain = [] {
    shop::Product out;
    out.sku = "plain";
    return out;
  }();
  shop::Blob blob;
  blob.digest = {std::byte{0}, std::byte{255}, std::byte{0}};
  blob.kind = {1, 0, 255, 3};
  blob.content = std::vector<std::uint8_t>(70000, 9);

  store.quick_put(product);
  store.quick_put(plain);
  store.quick_put(blob);
  CHECK((store.template quick_get<shop::Product>(product.sku) == product));
  CHECK((store.template quick_get<shop::Product>("plain") == plain));
  CHECK((store.template quick_get<shop::Blob>(blob.digest) == blob));
  require_sound(store);
}
