#include <doctest/doctest.h>

#include <iostream>

#include "generated/blog.netabase.hpp"
#include "generated/blog_v1.netabase.hpp"
#include "tests/readme/support.hpp"

namespace {

std::uint16_t year_of(const std::string& date) { return static_cast<std::uint16_t>(std::stoi(date)); }

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string::npos; begin = end + 2) {
    end = text.find(", ", begin);
    parts.push_back(text.substr(begin, end - begin));
  }
  return parts;
}

}  // namespace

TEST_CASE("README, When a struct changes") {
  readme::fresh("blog.before.mdb");
  {
    auto old = netabase::Store<blog_v1::BlogDefinition>::open(readme::fresh("blog.mdb"));
    auto txn = old.begin_write();
    txn.open_tree<blog_v1::User>().put({.id = 1, .username = "alice", .born = "1990-05-01"});
    txn.open_tree<blog_v1::Post>().put({.id = 7, .tags = "cats, dogs"});
    txn.commit();
  }

  // clang-format off
  auto store = netabase::Store<blog::BlogDefinition>::open({
      .path = "blog.mdb",
      .migrations = {
          netabase::Migration<blog_v1::User, blog::User>([](const blog_v1::User& old) {
            return blog::User{.id = old.id, .username = old.username, .born = year_of(old.born)};
          }),
          netabase::Migration<netabase::DynamicRecord, blog::Post>([](const netabase::DynamicRecord& old) {
            return blog::Post{.id = old.get<std::uint64_t>("id"), .tags = split(old.get<std::string>("tags"))};
          })},
      .upgrade_progress = [](const netabase::UpgradeProgress& p) { std::cerr << p.what << ' ' << p.done << '\n'; },
      .backup_before_upgrade = "blog.before.mdb"});
  // clang-format on

  auto read = store.begin_read();
  CHECK(read.open_tree<blog::User>().by<&blog::User::born>().count(1990) == 1);
  CHECK(read.open_tree<blog::Post>().by<&blog::Post::tags>().count("dogs") == 1);
  auto before = netabase::Store<blog_v1::BlogDefinition>::open("blog.before.mdb");
  CHECK(before.quick_get<blog_v1::User>(1)->born == "1990-05-01");
}
