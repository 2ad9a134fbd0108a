/// \file
/// netabase from the first record to the last index: every basic call once, on the two models of schema/blog.hpp.
///
///     blog               in a temporary store
///     blog FILE.mdb      in a file, which keeps the records; what the two models had in it before is removed

#include <exception>
#include <iostream>
#include <optional>
#include <vector>

#include "generated/blog.netabase.hpp"  // made from schema/blog.hpp; includes it and the runtime

using blog::Post;
using blog::PostKey;
using blog::PostRef;
using blog::User;
using blog::UserRef;
using BlogStore = netabase::Store<blog::BlogDefinition>;

namespace {

const User alice{.id = 1, .username = "alice", .email = "alice@example.com", .city = "Paris"};
const User bob{.id = 2, .username = "bob", .email = "bob@example.com", .city = {}};
const User carol{.id = 3, .username = "carol", .email = "carol@example.com", .city = "Paris"};

void write_records(const BlogStore& store) {
  auto txn = store.begin_write();      // one writer at a time; without commit() everything is undone
  auto users = txn.open_tree<User>();  // one transaction covers every model of the definition
  auto posts = txn.open_tree<Post>();
  users.clear();
  posts.clear();

  users.put(alice);  // stores, or replaces what has the same primary key
  users.put(bob);
  std::cout << "insert carol: " << users.insert(carol) << ", again: " << users.insert(carol) << '\n';  // never replaces

  posts.put_many({{.id = 1, .author_id = 1, .created = 100, .title = "Hello", .tags = {"intro", "c++"}},
                  {.id = 2, .author_id = 2, .created = 200, .title = "Maps", .tags = {"c++", "lmdb"}},
                  {.id = 3, .author_id = 1, .created = 300, .title = "Indexes", .tags = {"lmdb"}},
                  {.id = 4, .author_id = 1, .created = 400, .title = "Draft", .tags = {}}});
  posts.remove(4);
  users.update(2, [](User& user) { user.city = "Porto"; });  // reads, changes, stores; indexes follow
  txn.commit();
}

void read_records(const BlogStore& store) {
  auto snapshot = store.begin_read();  // any number at a time; none waits for the writer
  const auto users = snapshot.open_tree<User>();
  std::cout << users.len() << " users; is there a user 9: " << users.contains(9) << '\n';

  const std::optional<User> owned = users.get(1);                 // a struct of its own: keep it as long as you like
  const std::optional<UserRef> borrowed = users.get_borrowed(2);  // a view into the file: nothing is copied
  if (owned && borrowed) std::cout << "get: " << owned->email << ", borrowed: " << borrowed->email() << '\n';

  std::cout << "ids 2 and up, backwards:";
  for (const UserRef user : users.range_borrowed(2, netabase::unbounded).reverse()) std::cout << ' ' << user.username();
  std::cout << "\none page of 1 after id 1:";
  for (const UserRef user : users.range_borrowed(1, 100).after(1).limit(1)) std::cout << ' ' << user.username();
  std::cout << "\nget_many 3, 8, 1:";
  for (const std::optional<User>& user : users.get_many(std::vector{3, 8, 1})) {
    std::cout << ' ' << (user ? user->username : "nobody");
  }
  std::cout << '\n';
}

void use_indexes(const BlogStore& store) {
  auto snapshot = store.begin_read();
  const auto users = snapshot.open_tree<User>();
  const auto posts = snapshot.open_tree<Post>();

  // A unique index finds one; the others walk through all that are equal, or between two, or begin alike.
  if (const auto hit = users.by<&User::email>().find("bob@example.com")) std::cout << "bob's id: " << hit->id() << '\n';
  std::cout << "in Paris:";
  for (const UserRef user : users.by<&User::city>().equal("Paris")) std::cout << ' ' << user.username();
  std::cout << "\nin a city with P: " << users.by<&User::city>().prefix("P").count();

  // A vector has an entry for each element, so a post is found by any of its tags.
  const auto by_tag = posts.by<&Post::tags>();
  std::cout << "\nabout lmdb: " << by_tag.count("lmdb") << ", their keys:";
  for (const blog::PostPrimaryKey key : by_tag.equal("lmdb").keys()) std::cout << ' ' << key;

  // index(by_author_date, author_id, desc(created)): by author, the newest first. A leading part is enough.
  std::cout << "\nby alice, newest first:";
  for (const PostRef post : posts.by<PostKey::by_author_date>().equal(alice.id)) std::cout << ' ' << post.title();

  // The same with the index's strong key, which cannot be mistaken for another model's; here as structs of their own.
  std::cout << "\nby the strong key:";
  for (const User& user : users.get_by_secondary_key(blog::UserCitySecondaryKey("Porto")))
    std::cout << ' ' << user.username;
  std::cout << '\n';
}

void ask_queries(const BlogStore& store) {
  using netabase::desc;
  using netabase::field;
  auto snapshot = store.begin_read();
  const auto posts = snapshot.open_tree<Post>();

  // Conditions on any fields; the index is chosen, the rest is filtered on the stored bytes.
  auto recent = posts.query()
                    .where(field<&Post::author_id>() == alice.id && field<&Post::created>() >= 200 &&
                           !field<&Post::tags>().contains("c++"))
                    .order_by(desc<&Post::created>())
                    .limit(10);
  std::cout << "a query:";
  for (const PostRef post : recent) std::cout << ' ' << post.title();
  std::cout << ", in all " << recent.count() << '\n' << recent.explain() << '\n';

  // What would read every record has to be allowed.
  try {
    posts.query().where(field<&Post::title>() == "Maps").first();
  } catch (const netabase::Error& refused) {
    std::cout << refused.what() << '\n';
  }
  if (const auto maps = posts.query().where(field<&Post::title>() == "Maps").scan().first())
    std::cout << "found by reading all: " << maps->id() << '\n';
}

void write_many(const BlogStore& store) {
  // Commits when the function returns, rolls back when it throws.
  store.with_write_transaction([](BlogStore::Write& txn) {
    auto posts = txn.open_tree<Post>();
    std::vector<Post> many;
    std::vector<std::uint64_t> ids;
    for (std::uint64_t id = 1000; id < 2000; ++id) {
      many.push_back({.id = id, .author_id = 3, .title = "bulk", .tags = {}});
      ids.push_back(id);
    }
    posts.put_many(many);  // sorted first: several times faster than a loop of put()
    std::cout << "posts after put_many: " << posts.len() << ", removed again: " << posts.remove_many(ids) << '\n';

    auto batch = posts.create_batch();  // collects writes and carries them out together
    batch.put({.id = 4, .author_id = 3, .created = 400, .title = "Batches", .tags = {"c++"}});
    batch.remove(3);
    batch.commit();
    std::cout << "posts after the batch: " << posts.len() << '\n';
  });
}

void all_or_nothing(const BlogStore& store) {
  auto snapshot = store.begin_read();  // the store as it is now, whatever is written from here on
  {
    auto txn = store.begin_write();
    auto users = txn.open_tree<User>();
    users.remove(3);
    try {
      users.put({.id = 4, .username = "mallory", .email = "alice@example.com", .city = {}});
    } catch (const netabase::UniqueViolation& taken) {  // nothing of that put was stored; the transaction could go on
      std::cout << taken.index() << " has " << taken.key() << " already, in record " << taken.existing() << '\n';
    }
    txn.rollback();  // or leave the scope
  }
  std::cout << "carol is still there: " << store.quick_get<User>(3).has_value() << '\n';

  {
    auto users = store.open_tree_auto<User>();  // a tree with a transaction of its own; commits at the end of the scope
    users->put({.id = 4, .username = "dave", .email = "dave@example.com", .city = {}});
  }
  store.quick_put(User{.id = 5, .username = "erin", .email = "erin@example.com", .city = {}});  // for a single call
  store.quick_remove<User>(1);

  const auto len = [](BlogStore::Read& now) { return now.open_tree<User>().len(); };
  std::cout << "users in the old snapshot: " << len(snapshot) << ", now: " << store.with_read_transaction(len) << '\n';
}

void look_after(const BlogStore& store) {
  const netabase::Stats stats = store.stats();
  std::cout << "file: " << stats.file_bytes / 1024 << " KiB, snapshots open: " << stats.readers << '\n';
  const netabase::CheckReport report = store.check();  // every record against its checksum, every index both ways
  std::cout << "checked " << report.records << " records and " << report.entries
            << " index entries, problems: " << report.problems.size() << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const auto store = argc > 1 ? BlogStore::open(argv[1]) : BlogStore::temp();
    std::cout << std::boolalpha;
    write_records(store);
    read_records(store);
    use_indexes(store);
    ask_queries(store);
    write_many(store);
    all_or_nothing(store);
    look_after(store);
    return 0;
  } catch (const netabase::Error& error) {
    std::cerr << "blog: " << error.what() << '\n';
    return 1;
  }
}
