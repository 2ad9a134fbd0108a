/// \file
/// Promise: however records are written, each index has exactly the entries that the records give, and a write touches
/// no entry that stays as it is.
///
/// What could go wrong: a record leaves an entry behind under its old key, an entry appears for a record that was
/// refused, or a path (bulk, batch, clear, rollback) forgets an index.

#include "promises/blog_support.hpp"
#include "promises/watched_engine.hpp"
#include "shop.netabase.hpp"

using namespace promises;

namespace {

/// The ids that the posts' tag index gives.
template <class Tree>
Ids tagged(const Tree& posts, const std::string& tag) {
  return ids(posts.template by<&blog::Post::tags>().equal(tag));
}

}  // namespace

ON_BOTH_ENGINES("a put over a record moves its entries and leaves none under the old keys") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1, "Paris")});
  store.with_write_transaction([](auto& txn) {
    auto users = txn.template open_tree<blog::User>();
    blog::User moved = user_with_email(1, "new@example.com");
    moved.city = "Rome";
    users.put(moved);
    CHECK(in_city(users, "Paris").empty());
    CHECK(in_city(users, "Rome") == Ids{1});
    CHECK_FALSE(users.template by<&blog::User::email>().find("user1@example.com").has_value());
    CHECK(users.template by<&blog::User::email>().find("new@example.com")->id() == 1);
    users.put(user(1));
    CHECK(users.template by<&blog::User::city>().count() == 0);
    CHECK(users.template by<&blog::User::email>().count() == 1);
  });
  require_sound(store);
}

ON_BOTH_ENGINES("an updated record leaves no entry under its old key") {
  const auto store = BlogStore<Engine>::temp();
  store.with_write_transaction([](auto& txn) {
    auto posts = txn.template open_tree<blog::Post>();
    posts.put(post(1, 7, 5, {"a", "b", "c"}));
    posts.update(1, [](blog::Post& changed) {
      changed.tags = {"d", "b"};
      changed.created = 6;
      changed.author_id = 8;
    });
    CHECK(tagged(posts, "a").empty());
    CHECK(tagged(posts, "b") == Ids{1});
    CHECK(tagged(posts, "d") == Ids{1});
    CHECK(posts.template by<&blog::Post::tags>().count() == 2);
    CHECK(posts.template by<blog::PostKey::by_author_date>().count(7) == 0);
    CHECK(posts.template by<blog::PostKey::by_author_date>().count(8, 6) == 1);
  });
  require_sound(store);
}

ON_BOTH_ENGINES("put_many over records moves the entries of each") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1, "Paris"), user(2, "Paris"), user(3, "Rome"), user(9, "Oslo")});
  store_users(store, {user(3, "Paris"), user(1), user(4, "Rome"), user(2, "Paris")});
  auto txn = store.begin_read();
  const auto users = txn.template open_tree<blog::User>();
  CHECK(in_city(users, "Paris") == Ids{2, 3});
  CHECK(in_city(users, "Rome") == Ids{4});
  CHECK(in_city(users, "Oslo") == Ids{9});
  CHECK(users.template by<&blog::User::email>().count() == 5);
  require_sound(store);
}

ON_BOTH_ENGINES("of several records with one key in put_many the last one is stored and indexed") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1, "Oslo")});
  store_users(store, {user(1, "Paris"), user(2, "Paris"), user(1, "Rome")});
  auto txn = store.begin_read();
  const auto users = txn.template open_tree<blog::User>();
  CHECK(users.get(1) == user(1, "Rome"));
  CHECK(in_city(users, "Paris") == Ids{2});
  CHECK(in_city(users, "Rome") == Ids{1});
  CHECK(in_city(users, "Oslo").empty());
  require_sound(store);
}

ON_BOTH_ENGINES("removing records removes their entries and no others") {
  const auto store = BlogStore<Engine>::temp();
  store.with_write_transaction([](auto& txn) {
    auto posts = txn.template open_tree<blog::Post>();
    for (std::uint64_t id = 1; id <= 6; ++id) posts.put(post(id, id % 2, 0, {"all", "n" + std::to_string(id)}));
    posts.remove(2);
    CHECK(posts.remove_many(std::vector<std::uint64_t>{6, 77, 1, 6}) == 2);
    CHECK(posts.remove_many({3}) == 1);
    CHECK(tagged(posts, "all") == Ids{4, 5});
    CHECK(tagged(posts, "n2").empty());
    CHECK(posts.template by<&blog::Post::tags>().count() == 4);
    CHECK(ids(posts.template by<&blog::Post::author_id>().equal(0)) == Ids{4});
  });
  require_sound(store);
}

ON_BOTH_ENGINES("clear empties every index of its model") {
  const auto store = BlogStore<Engine>::temp();
  store.with_write_transaction([](auto& txn) {
    txn.template open_tree<blog::User>().put(user(1, "Paris"));
    auto posts = txn.template open_tree<blog::Post>();
    posts.put_many(std::vector{post(1, 1, 0, {"a"}), post(2, 1)});
    posts.clear();
    CHECK(posts.template by<&blog::Post::tags>().count() == 0);
    CHECK(posts.template by<&blog::Post::author_id>().count() == 0);
    CHECK(posts.template by<blog::PostKey::by_author_date>().count() == 0);
    posts.put(post(2, 3, 0, {"b"}));
    CHECK(tagged(posts, "b") == Ids{2});
    CHECK(in_city(txn.template open_tree<blog::User>(), "Paris") == Ids{1});
  });
  require_sound(store);
}

ON_BOTH_ENGINES("a batch does nothing before its commit and everything with it, the last word winning") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1, "Paris"), user(2, "Paris"), user(3, "Paris")});
  store.with_write_transaction([](auto& txn) {
    auto users = txn.template open_tree<blog::User>();
    auto batch = users.create_batch();
    batch.put(user(4, "Paris"));
    batch.remove(1);
    batch.put(user(2, "Rome"));
    batch.remove(3);
    batch.put(user(3, "Oslo"));
    batch.put(user(5, "Oslo"));
    batch.remove(5);
    batch.remove(77);
    CHECK(batch.size() == 8);
    CHECK(in_city(users, "Paris") == Ids{1, 2, 3});
    batch.commit();
    CHECK(batch.is_empty());
    CHECK(in_city(users, "Paris") == Ids{4});
    CHECK(in_city(users, "Rome") == Ids{2});
    CHECK(in_city(users, "Oslo") == Ids{3});
    CHECK(ids(users.iter()) == Ids{2, 3, 4});
    { users.create_batch().put(user(9)); }
    CHECK_FALSE(users.contains(9));
  });
  require_sound(store);
}

ON_BOTH_ENGINES("a rollback restores every index") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1, "Paris"), user(2, "Paris")});
  {
    auto txn = store.begin_write();
    auto users = txn.template open_tree<blog::User>();
    users.put(user(1, "Rome"));
    users.remove(2);
    users.put_many(std::vector{user(3, "Paris")});
    txn.rollback();
  }
  {
    auto txn = store.begin_write();
    txn.template open_tree<blog::User>().clear();
  }
  auto txn = store.begin_read();
  const auto users = txn.template open_tree<blog::User>();
  CHECK(in_city(users, "Paris") == Ids{1, 2});
  CHECK(in_city(users, "Rome").empty());
  CHECK(users.template by<&blog::User::email>().count() == 2);
  require_sound(store);
}

ON_BOTH_ENGINES("a nested transaction keeps or restores every index") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1, "Paris")});
  {
    auto txn = store.begin_write();
    {
      auto nested = txn.begin_nested();
      nested.template open_tree<blog::User>().put(user(1, "Rome"));
      nested.template open_tree<blog::User>().put(user(2, "Rome"));
    }
    CHECK(in_city(txn.template open_tree<blog::User>(), "Paris") == Ids{1});
    {
      auto nested = txn.begin_nested();
      nested.template open_tree<blog::User>().put(user(1, "Oslo"));
      nested.template open_tree<blog::User>().put(user(3, "Oslo"));
      nested.commit();
    }
    auto users = txn.template open_tree<blog::User>();
    CHECK(in_city(users, "Oslo") == Ids{1, 3});
    CHECK(in_city(users, "Paris").empty());
    CHECK(in_city(users, "Rome").empty());
    txn.commit();
  }
  require_sound(store);
}

ON_BOTH_ENGINES("update() is right whatever its function does to the store meanwhile") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1, "Paris"), user(2, "Paris"), user(3, "Rome")});
  store.with_write_transaction([](auto& txn) {
    auto users = txn.template open_tree<blog::User>();
    const auto update = [&](auto&& meanwhile) {
      return users.update(2, [&](blog::User& changed) {
        meanwhile();
        changed.city = "Nice";
      });
    };
    const auto is_right = [&](Ids paris) {
      CHECK(in_city(users, "Nice") == Ids{2});
      CHECK(in_city(users, "Paris") == paris);
      CHECK(users.get(2)->city == "Nice");
      CHECK(users.template by<&blog::User::city>().count() == users.len());
      users.put(user(2, "Paris"));
    };
    const auto twice = [&](auto&& meanwhile, Ids paris) {
      CHECK(update(meanwhile));  // the record's page may be as it was committed, or the transaction's own
      is_right(paris);
      CHECK(update(meanwhile));
      is_right(paris);
    };
    twice([] {}, {1});
    twice([&] { users.put(user(2, "Oslo")); }, {1});
    twice([&] { users.put(user_with_email(2, "longer@example.com")); }, {1});
    twice([&] { users.remove(2); }, {1});
    twice([&] { users.update(2, [](blog::User& changed) { changed.city = "Bern"; }); }, {1});
    twice([&] { users.put_many(std::vector{user(2, "Oslo"), user(1, "Paris")}); }, {1});
    twice([&] { static_cast<void>(users.get(1)); }, {1});
    twice(
        [&] {
          auto nested = txn.begin_nested();
          nested.template open_tree<blog::User>().put(user(2, "Kiev"));
        },
        {1});
    twice(
        [&] {
          auto nested = txn.begin_nested();
          nested.template open_tree<blog::User>().put(user(2, "Kiev"));
          nested.commit();
        },
        {1});
    twice([&] { users.remove(1); }, {});
    CHECK_THROWS_AS(update([] { throw std::runtime_error("stop"); }), std::runtime_error);
    CHECK(in_city(users, "Paris") == Ids{2});
    CHECK_FALSE(users.update(9, [](blog::User&) { FAIL("there is no such record"); }));
  });
  require_sound(store);
}

ON_BOTH_ENGINES("a record is overwritten where it lies, in nested transactions and in those that are rolled back") {
  const auto store = BlogStore<Engine>::temp();
  store_users(store, {user(1, "Paris"), user(2, "Rome")});
  const auto put = [](auto& txn, const char* city) {
    blog::User changed = user(1, city);
    auto users = txn.template open_tree<blog::User>();
    users.put(changed);
    CHECK(users.get(1)->city == city);
    CHECK(in_city(users, city) == Ids{1});
  };
  {
    auto txn = store.begin_write();
    put(txn, "Milan");
    put(txn, "Turin");
    {
      auto nested = txn.begin_nested();
      put(nested, "Siena");
      put(nested, "Genoa");
    }
    auto users = txn.template open_tree<blog::User>();
    CHECK(users.get(1)->city == "Turin");
    CHECK(in_city(users, "Genoa").empty());
    {
      auto nested = txn.begin_nested();
      put(nested, "Siena");
      nested.commit();
    }
    CHECK(users.get(1)->city == "Siena");
    put(txn, "Padua");
  }
  require_sound(store);
  store.with_read_transaction([](auto& txn) {
    auto users = txn.template open_tree<blog::User>();
    CHECK(users.get(1)->city == "Paris");
    CHECK(in_city(users, "Padua").empty());
  });
}

ON_BOTH_ENGINES("a write touches only the entries that change") {
  using W = Watched<Engine>;
  const auto store = netabase::Store<blog::BlogDefinition, W>::temp();
  const auto write = [&](auto&& work) {
    W::forget();
    store.with_write_transaction([&](auto& txn) { work(txn.template open_tree<blog::Post>()); });
  };
  const auto touched = [](const char* table) { return W::of(table); };

  write([](auto posts) { posts.put(post(1, 7, 5, {"a", "b"})); });
  CHECK(touched("Post") == Writes{1, 0});
  CHECK(touched("Post.author_id") == Writes{1, 0});
  CHECK(touched("Post.tags") == Writes{2, 0});
  CHECK(touched("Post.by_author_date") == Writes{1, 0});

  SUBCASE("put") {
    write([](auto posts) { posts.put(post(1, 7, 6, {"b", "c"})); });
    CHECK(touched("Post") == Writes{1, 0});
    CHECK(touched("Post.author_id") == Writes{0, 0});
    CHECK(touched("Post.tags") == Writes{1, 1});
    CHECK(touched("Post.by_author_date") == Writes{1, 1});
  }
  SUBCASE("put of the same") {
    write([](auto posts) {
      posts.put(post(1, 7, 5, {"a", "b"}));
      CHECK(posts.update(1, [](blog::Post&) {}));
    });
    for (const char* const table : {"Post", "Post.author_id", "Post.tags", "Post.by_author_date"}) {
      CHECK(touched(table) == Writes{0, 0});
    }
  }
  SUBCASE("put of the same keys in another order") {
    write([](auto posts) { posts.put(post(1, 7, 5, {"b", "a"})); });
    CHECK(touched("Post") == Writes{1, 0});
    CHECK(touched("Post.tags") == Writes{0, 0});
  }
  SUBCASE("update") {
    write([](auto posts) { posts.update(1, [](blog::Post& changed) { changed.title = "other"; }); });
    CHECK(touched("Post") == Writes{1, 0});
    CHECK(touched("Post.author_id") == Writes{0, 0});
    CHECK(touched("Post.tags") == Writes{0, 0});
    CHECK(touched("Post.by_author_date") == Writes{0, 0});
  }
  SUBCASE("put_many") {
    write([](auto posts) { posts.put_many(std::vector{post(2, 7, 1, {"a"}), post(1, 7, 5, {"b", "a", "d"})}); });
    CHECK(touched("Post") == Writes{2, 0});
    CHECK(touched("Post.author_id") == Writes{1, 0});
    CHECK(touched("Post.tags") == Writes{2, 0});
    CHECK(touched("Post.by_author_date") == Writes{1, 0});
  }
  SUBCASE("batch") {
    write([](auto posts) {
      auto batch = posts.create_batch();
      batch.put(post(1, 8, 5, {"a", "b"}));
      batch.commit();
    });
    CHECK(touched("Post") == Writes{1, 0});
    CHECK(touched("Post.author_id") == Writes{1, 1});
    CHECK(touched("Post.tags") == Writes{0, 0});
    CHECK(touched("Post.by_author_date") == Writes{1, 1});
  }
  SUBCASE("insert that finds a record") {
    write([](auto posts) { posts.insert(post(1, 9, 9, {"z"})); });
    CHECK(touched("Post") == Writes{0, 0});
    CHECK(touched("Post.tags") == Writes{0, 0});
  }
  SUBCASE("remove") {
    write([](auto posts) { posts.remove(1); });
    CHECK(touched("Post") == Writes{0, 1});
    CHECK(touched("Post.author_id") == Writes{0, 1});
    CHECK(touched("Post.tags") == Writes{0, 2});
    CHECK(touched("Post.by_author_date") == Writes{0, 1});
  }
  require_sound(store);
}
