/// \file
/// A blog store behaves as plain maps do.

#include "blog.netabase.hpp"
#include "runtime/typed/values.hpp"
#include "runtime/typed/writes.hpp"

namespace typed_test {

template <>
struct Oracle<blog::User> {
  static blog::User random(Random& random) {
    blog::User out;
    out.id = number<std::uint64_t>(random, 40);
    out.username = short_text(random);
    out.email = "e" + std::to_string(random.below(60));
    out.city = maybe(random, short_text(random));
    return out;
  }
  static void take_primary(const blog::User& from, blog::User& to) { to.id = from.id; }
  static Key primary(const blog::User& user) { return {part(user.id)}; }
  static std::vector<std::vector<Key>> keys(const blog::User& user) {
    return {{{part(user.email)}}, if_present(user.city)};
  }
  static bool too_long(const blog::User&) { return false; }
};

template <>
struct Oracle<blog::Post> {
  static blog::Post random(Random& random) {
    blog::Post out;
    out.id = number<std::uint64_t>(random, 40);
    out.author_id = random.below(3);
    out.created = number<std::int64_t>(random, 6);
    out.title = short_text(random);
    for (std::size_t i = random.below(4); i > 0; --i) out.tags.push_back(short_text(random));
    return out;
  }
  static void take_primary(const blog::Post& from, blog::Post& to) { to.id = from.id; }
  static Key primary(const blog::Post& post) { return {part(post.id)}; }
  static std::vector<std::vector<Key>> keys(const blog::Post& post) {
    return {{{part(post.author_id)}},
            each_as_key(post.tags, [](const std::string& tag) { return part(tag); }),
            {{part(post.author_id), descending(post.created)}}};
  }
  static bool too_long(const blog::Post&) { return false; }
};

}  // namespace typed_test

TEST_CASE_TEMPLATE("a blog store behaves as plain maps do", Engine, netabase::Lmdb, netabase::Memory) {
  typed_test::run_model_test<blog::BlogDefinition, Engine>();
}
