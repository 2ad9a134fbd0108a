#include <fstream>

#include "make_users.hpp"
#include "workloads.hpp"

namespace suite {
namespace {

using users::User;
using UserSide = Side<User>;

/// Under random ids, the same whatever the store's size is.
std::vector<User> some_users(std::uint64_t first, std::uint64_t end) {
  return make_users_between(first, end, 10000000);
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
          side.reopen({});
          return Outcome{side.contains(std::span(ids).first(1)).count, 0};
        });

    // They go before they are put again, so that the store keeps its size.
    const std::vector<User> fresh = some_users(filled, filled + probe);
    const Ids fresh_ids = ids_of(fresh);
    table.run(
        "put, random ids", probe, probe, [&](UserSide& side) { side.remove(fresh_ids); },
        [&](UserSide& side) {
          return Outcome{side.put_loop(fresh), 0};
        });
    for (const auto& side : contest.sides) {
      require(side->get_borrowed(fresh_ids).count == probe && side->remove(fresh_ids) == probe,
              "what was put is not there");
    }
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
  const Place memory = in_memory(suite);
  switch (suite.options().size) {
    case Size::smoke:
      grow(suite, memory, {1000, 5000});
      break;
    case Size::quick:
      grow(suite, memory, {1000, 10000, 100000});
      break;
    case Size::standard:
      grow(suite, memory, {1000, 10000, 100000, 1000000});
      break;
    // Too large for memory: on disk, without waiting for it.
    case Size::full:
      grow(suite, {suite, Medium::disk, false}, {1000, 10000, 100000, 1000000, 10000000});
      break;
  }
}

void run_memory(Suite& suite) {
  std::uint64_t count = 100000;
  if (suite.options().size == Size::smoke) count = 1000;
  Contest<User> contest = open_sides<User>(suite, in_memory(suite), "memory");
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
