/// \file
/// The search of one page: it ends at the right node, and after few comparisons.

#include "engine/lmdb_interval.hpp"

#include <bit>
#include <functional>
#include <set>

#include "runtime/engine/support.hpp"

namespace netabase::test {

namespace {

using engine::lmdb::Interval;
using Random = std::mt19937_64;
using Numbers = std::vector<std::uint64_t>;

struct Outcome {
  std::uint32_t index = 0;  // of the first number that is greater than the wanted one, or is it
  bool equal = false;
  int comparisons = 0;
};

/// Searches the numbers [begin, end) of `page` as a leaf; `interval` knows what a search of other pages left.
Outcome search(Interval& interval, const Numbers& page, std::uint64_t wanted) {
  Outcome outcome;
  interval.enter(0, static_cast<std::uint32_t>(page.size()));
  while (!interval.empty()) {
    const std::uint32_t node = interval.choose(wanted);
    REQUIRE(node < page.size());
    ++outcome.comparisons;
    if (page[node] == wanted) return {node, true, outcome.comparisons};
    if (wanted < page[node]) {
      interval.go_below(page[node]);
    } else {
      interval.go_above(page[node]);
    }
  }
  outcome.index = interval.low();
  return outcome;
}

/// An interval that has found out in a page above that the wanted number lies in [least, most).
Interval between(std::uint64_t least, std::uint64_t most) {
  Interval interval(true);
  interval.enter(0, 2);
  interval.choose(least);
  interval.go_below(most);
  if (!interval.empty()) {
    interval.choose(least);
    interval.go_above(least);
  }
  return interval;
}

Numbers distinct(std::size_t count, const std::function<std::uint64_t(std::uint64_t)>& number) {
  std::set<std::uint64_t> numbers;
  for (std::uint64_t i = 0; numbers.size() < count; ++i) numbers.insert(number(i));
  return {numbers.begin(), numbers.end()};
}

struct Spread {
  const char* name;
  std::function<std::uint64_t(std::uint64_t)> number;
};

std::vector<Spread> spreads(Random& random) {
  return {{"in a row", [](std::uint64_t i) { return 1000 + i; }},
          {"in a row at the end", [](std::uint64_t i) { return UINT64_MAX - i; }},
          {"random", [&random](std::uint64_t) { return random(); }},
          {"with gaps", [&random](std::uint64_t) { return random() % 4000; }},
          {"cubes", [](std::uint64_t i) { return i * i * i; }},
          {"exponential", [&random](std::uint64_t) { return random() >> random() % 52; }},
          {"both ends", [](std::uint64_t i) { return i % 2 == 0 ? i : UINT64_MAX - i; }}};
}

}  // namespace

TEST_CASE("numbers of every spread are found, or the place where they would be, in few comparisons") {
  INFO("NETABASE_TEST_SEED=" << seed());
  Random random(seed());
  for (const Spread& spread : spreads(random)) {
    CAPTURE(spread.name);
    for (const std::size_t count : {1U, 2U, 3U, 34U, 150U, 2000U}) {
      CAPTURE(count);
      const Numbers page = distinct(count, spread.number);
      const int most = 4 + static_cast<int>(std::bit_width(count));
      for (int round = 0; round < 400; ++round) {
        // Numbers of the page, their neighbours, and any between the page's first and the next page's.
        const std::uint64_t some = page[random() % count];
        const std::uint64_t next = page.back() == UINT64_MAX ? page.back() : page.back() + 1;
        const std::uint64_t wanted = std::clamp(round % 3 == 0   ? some
                                                : round % 3 == 1 ? some + random() % 3 - 1
                                                                 : random(),
                                                page.front(), page.back());
        CAPTURE(wanted);
        for (Interval interval :
             {between(page.front(), next), between(0, UINT64_MAX), Interval(true), Interval(false)}) {
          const Outcome outcome = search(interval, page, wanted);
          const auto at = std::lower_bound(page.begin(), page.end(), wanted);
          REQUIRE(outcome.index == static_cast<std::uint32_t>(at - page.begin()));
          REQUIRE(outcome.equal == (*at == wanted));
          REQUIRE(outcome.comparisons <= most);
        }
      }
    }
  }
}

TEST_CASE("ids in a row are found with one comparison, where the page above knows what lies around them") {
  const Numbers page = distinct(34, [](std::uint64_t i) { return 777'000 + 5 * i; });
  for (const std::uint64_t wanted : page) {
    Interval interval = between(page.front(), page.back() + 5);
    const Outcome outcome = search(interval, page, wanted);
    CHECK(outcome.equal);
    CHECK(outcome.comparisons == 1);
  }
}

TEST_CASE("random ids take fewer comparisons than halving does") {
  INFO("NETABASE_TEST_SEED=" << seed());
  Random random(seed());
  int guessed = 0;
  int halved = 0;
  for (int round = 0; round < 100; ++round) {
    const Numbers page = distinct(150, [&](std::uint64_t) { return random(); });
    for (const std::uint64_t wanted : page) {
      Interval guessing = between(page.front(), page.back() + 1);
      Interval halving(false);
      guessed += search(guessing, page, wanted).comparisons;
      halved += search(halving, page, wanted).comparisons;
    }
  }
  CAPTURE(halved);
  CHECK(guessed < halved * 2 / 3);
}

TEST_CASE("heads in no order, as in a damaged page, do not lead out of the page") {
  INFO("NETABASE_TEST_SEED=" << seed());
  Random random(seed());
  for (int round = 0; round < 20000; ++round) {
    Numbers page(1 + random() % 200);
    for (std::uint64_t& number : page) number = random() >> random() % 64;
    Interval interval = between(random() >> random() % 64, random() >> random() % 64);
    search(interval, page, random() >> random() % 64);  // which requires it of each node
  }
}

}  // namespace netabase::test
