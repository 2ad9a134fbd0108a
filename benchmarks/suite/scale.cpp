#include <fstream>

#include "make_users.hpp"
#include "workloads.hpp"

namespace suite {
namespace {

using users::User;
using UserSide = Side<User>;

constexpr std::uint64_t ages_of = 10000000;

/// Users `first` to `end` under random ids, the same whatever the store's size is.
std::vector<User> some_users(std::uint64_t first, std::uint64_t end) {
  std::vector<User> users;
  users.reserve(end - first);
  for (std::uint64_t i = first; i < end; ++i) users.push_back(make_user(i, user_id(i, Order::random), ages_of));
  return users;
}

/// One store for each side that grows from one size to the next, random key by random key.
void grow(Suite& suite, const Place& place, const std::vector<std::uint64_t>& sizes) {
  constexpr std::uint64_t at_once = 100000;
  constexpr std::uint64_t probe = 1000;
  Contest<User> contest = open_sides<User>(suite, place, "scale");
  std::uint64_t filled = 0;
  for (const std::uint64_t size : sizes) {
    Table<User> table(suite, contest, "scale", size);
    suite.progress(table.make_case("fill", size));
    while (filled < size) {
      const std::uint64_t end = std::min(filled + at_once, size);
      const std::vector<User> users = some_users(filled, end);
      for (const auto& side : contest.sides) side->put_bulk(users);
      filled = end;
    }
    for (const auto& side : contest.sides) side->settle();
    table.bytes();

    Ids ids;
    for (std::uint64_t i = 0; i < std::min(probe * 10, size); ++i) ids.push_back(user_id(mix(i) % size, Order::random));
    table.read("get, random ids", ids.size(), ids.size(), [&](UserSide& side) { return side.get_borrowed(ids); });

    const std::uint64_t opened = 1;
    table.run(
        "open", opened, opened, [](UserSide&) {},
        [&](UserSide& side) {
          side.reopen();
          return Outcome{side.contains(std::span(ids).first(1)).count, 0};
        });

    // New records each time, so that none is put twice; they stay, and the next size counts them.
    std::vector<std::uint64_t> next(contest.sides.size(), filled);
    std::vector<std::vector<User>> fresh(contest.sides.size());
    Case what = table.make_case("put, random ids", probe);
    suite.run(what, {contest.names,
                     [&](std::size_t i) {
                       fresh[i] = some_users(next[i], next[i] + probe);
                       next[i] += probe;
                     },
                     [&](std::size_t i) {
                       return Outcome{contest.sides[i]->put_loop(fresh[i]), 0};
                     },
                     [&](std::size_t i) { return contest.sides[i]->get_borrowed(ids_of(fresh[i])); }});
    filled = next[0];
  }
}

/// A line of /proc/self/status, in bytes.
double status(const std::string& name) {
  std::ifstream file("/proc/self/status");
  std::string line;
  while (std::getline(file, line)) {
    if (line.starts_with(name + ":")) return std::stod(line.substr(name.size() + 1)) * 1024;
  }
  return 0;
}

}  // namespace

void run_scale(Suite& suite) {
  const Place memory{suite.options().memory_folder, false};
  switch (suite.options().size) {
    case Size::smoke:
      grow(suite, memory, {1000, 5000});
      break;
    case Size::quick:
      grow(suite, memory, {10000, 100000});
      break;
    case Size::standard:
      grow(suite, memory, {10000, 100000, 1000000});
      break;
    // Too large for memory: on disk, without waiting for it.
    case Size::full:
      grow(suite, {suite.options().disk_folder, false}, {10000, 100000, 1000000, 10000000});
      break;
  }
}

void run_memory(Suite& suite) {
  std::uint64_t count = 100000;
  if (suite.options().size == Size::smoke) count = 1000;
  Contest<User> contest = open_sides<User>(suite, {suite.options().memory_folder, false}, "memory");
  require(contest.sides.size() == 1, "memory is measured for one side at a time: --sides NAME");
  Table<User> table(suite, contest, "memory", count);
  UserSide& side = *contest.sides[0];
  constexpr std::uint64_t at_once = 1000;
  const double before = status("VmHWM");
  for (std::uint64_t first = 0; first < count; first += at_once) side.put_loop(some_users(first, first + at_once));
  side.settle();
  require(side.scan().count == count, "records are missing");
  const std::string& name = contest.names[0];
  suite.figure(table.make_case("resident at most", count), name, "bytes", status("VmHWM") - before);
  suite.figure(table.make_case("resident at the end, not of files", count), name, "bytes", status("RssAnon"));
}

}  // namespace suite
