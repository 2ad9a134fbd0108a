#include "make_users.hpp"
#include "workloads.hpp"

namespace suite {
namespace {

using users::User;
using UserSide = Side<User>;

void clear(UserSide& side) { side.clear(); }

void writes(Suite& suite, Contest<User>& contest, std::uint64_t count) {
  Table<User> table(suite, contest, "user", count);
  const std::vector<User> in_order = make_users(count, Order::sequential);
  const std::vector<User> out_of_order = make_users(count, Order::shuffled);
  const std::vector<User> random = make_users(count, Order::random);
  const std::vector<User> changed = make_users(count, Order::sequential, 1);
  const auto loop = [](const std::vector<User>& users) { return [&](UserSide& side) { return side.put_loop(users); }; };
  const auto bulk = [](const std::vector<User>& users) { return [&](UserSide& side) { return side.put_bulk(users); }; };
  const auto refill = [&](UserSide& side) {
    side.clear();
    side.put_bulk(in_order);
  };
  table.write("put, in order", count, clear, loop(in_order));
  table.write("put, shuffled", count, clear, loop(out_of_order));
  table.write("put, random ids", count, clear, loop(random));
  table.write("put_many, in order", count, clear, bulk(in_order));
  table.write("put_many, shuffled", count, clear, bulk(out_of_order));
  table.write("put_many, random ids", count, clear, bulk(random));
  table.write("put over the same", count, refill, loop(out_of_order));
  table.write("put over, every index changed", count, refill, loop(changed));
  table.write("put_many over, every index changed", count, refill, bulk(changed));

  const Ids some = every_second(shuffled(ids_of(in_order)));
  table.write("update, a plain field", some.size(), refill, [&](UserSide& side) { return side.update_plain(some); });
  table.write("update, an indexed field", some.size(), refill,
              [&](UserSide& side) { return side.update_indexed(some); });
  table.write("remove half", some.size(), refill, [&](UserSide& side) { return side.remove(some); });
}

void reads(Suite& suite, Contest<User>& contest, std::uint64_t count, Order order) {
  const std::vector<User> users = make_users(count, order);
  const Ids ids = shuffled(ids_of(users));
  Table<User> table(suite, contest, "user", count);
  const std::string suffix = order == Order::random ? ", random ids" : "";
  table.renew(in_memory(suite));
  table.fill(users);
  table.read("get, owned" + suffix, count, count, [&](UserSide& side) { return side.get_owned(ids); });
  table.read("get, borrowed" + suffix, count, count, [&](UserSide& side) { return side.get_borrowed(ids); });
  if (order == Order::random) return;
  table.bytes();

  table.read("get_many, shuffled", count, count, [&](UserSide& side) { return side.get_many(ids); });
  table.read("scan", count, count, [&](UserSide& side) { return side.scan(); });

  // 100 of 100 where there are as many.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
  const std::uint64_t length = std::min<std::uint64_t>(100, count / 2);
  for (std::uint64_t i = 0; i < 100; ++i) {
    const std::uint64_t first = 1 + mix(i) % (count - length);
    ranges.emplace_back(first, first + length);
  }
  table.read("range of 100", 100 * length, 100 * length, [&](UserSide& side) { return side.range(ranges); });

  Probes emails;
  for (std::size_t i = 0; i < std::min<std::size_t>(users.size(), 10000); ++i) {
    emails.push_back({0, users[ids[i] - 1].email});
  }
  table.read("find, unique", emails.size(), emails.size(),
             [&](UserSide& side) { return side.equal_borrowed(0, emails); });

  const std::uint64_t all_ages = std::max<std::uint64_t>(count / 100, 10);
  Probes ages;
  std::uint64_t hits = 0;
  for (std::uint64_t i = 0; i < std::min<std::uint64_t>(all_ages, 100); ++i) ages.push_back({mix(i) % all_ages, {}});
  for (const Probe& age : ages) {
    hits += static_cast<std::uint64_t>(
        std::count_if(users.begin(), users.end(), [&](const User& user) { return user.age == age.number; }));
  }
  table.read("equal of 100, owned", hits, hits, [&](UserSide& side) { return side.equal_owned(1, ages); });
  table.read("equal of 100, borrowed", hits, hits, [&](UserSide& side) { return side.equal_borrowed(1, ages); });
  table.read("equal of 100, keys", hits, hits, [&](UserSide& side) { return side.equal_keys(1, ages); });
  table.read("count of 100", ages.size(), hits, [&](UserSide& side) { return side.count(1, ages); });

  const Probes cities = {{0, "city 12"}, {0, "city 34"}, {0, "city 56"}, {0, "city 9"}};
  std::uint64_t in_cities = 0;
  for (const User& user : users) {
    for (const Probe& city : cities) in_cities += user.city && user.city->starts_with(city.text) ? 1U : 0U;
  }
  table.read("prefix of a text", in_cities, in_cities, [&](UserSide& side) { return side.prefix(2, cities); });
}

}  // namespace

void run_user(Suite& suite) {
  std::vector<std::uint64_t> counts = {1000, 10000, 100000};
  if (suite.options().size == Size::smoke) counts = {200};
  if (suite.options().size == Size::quick) counts = {10000};
  if (suite.options().size == Size::full) counts.push_back(1000000);
  for (const std::uint64_t count : counts) {
    Contest<User> contest = open_sides<User>(suite, in_memory(suite), "user");
    writes(suite, contest, count);
    reads(suite, contest, count, Order::random);
    reads(suite, contest, count, Order::sequential);
  }
}

}  // namespace suite
