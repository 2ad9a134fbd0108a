#include "articles.netabase.hpp"
#include "table.hpp"
#include "workloads.hpp"

namespace suite {
namespace {

using articles::Article;
using ArticleSide = Side<Article>;

std::vector<Article> make_articles(std::uint64_t count) {
  std::vector<Article> articles;
  for (std::uint64_t i = 0; i < count; ++i) {
    articles.push_back({i, "Article " + std::to_string(i), "Content for article " + std::to_string(i), i % 10});
  }
  return articles;
}

void clear(ArticleSide& side) { side.clear(); }

void in_memory(Suite& suite, std::uint64_t count) {
  const Place place{suite.options().memory_folder, false};
  Contest<Article> contest = open_sides<Article>(suite, place, "article");
  Table<Article> table(suite, contest, "article", count);
  const std::vector<Article> articles = make_articles(count);
  const Ids ids = ids_of(articles);
  const Ids half = every_second(ids);

  table.write("insert, one by one", count, clear, [&](ArticleSide& side) { return side.put_loop(articles); });
  table.write("insert, put_many", count, clear, [&](ArticleSide& side) { return side.put_bulk(articles); });
  if (count <= 1000) {
    table.write("insert, a transaction each", count, clear, [&](ArticleSide& side) { return side.put_each(articles); });
  }
  const auto refill = [&](ArticleSide& side) {
    side.clear();
    side.put_bulk(articles);
  };
  table.write("remove half", half.size(), refill, [&](ArticleSide& side) { return side.remove(half); });
  table.run("snapshot across a removal", count, count, refill,
            [&](ArticleSide& side) { return side.snapshot_across_removal(half); });

  table.renew(place);
  table.fill(articles);
  table.bytes();
  table.read("get, owned", count, count, [&](ArticleSide& side) { return side.get_owned(ids); });
  table.read("get, borrowed", count, count, [&](ArticleSide& side) { return side.get_borrowed(ids); });
  table.read("exists", count, count, [&](ArticleSide& side) { return side.contains(ids); });
  table.read("get_many", count, count, [&](ArticleSide& side) { return side.get_many(ids); });
  table.read("iterate", count, count, [&](ArticleSide& side) { return side.scan(); });
  Probes authors;
  for (std::uint64_t author = 0; author < 10; ++author) authors.push_back({author, {}});
  table.read("ten queries by author, owned", count, count,
             [&](ArticleSide& side) { return side.equal_owned(0, authors); });
  table.read("ten queries by author, borrowed", count, count,
             [&](ArticleSide& side) { return side.equal_borrowed(0, authors); });
  table.read("ten queries by author, keys", count, count,
             [&](ArticleSide& side) { return side.equal_keys(0, authors); });
}

/// Every commit waits for the disk.
void durable(Suite& suite, std::uint64_t count) {
  Contest<Article> contest = open_sides<Article>(suite, {suite.options().disk_folder, true}, "durable");
  Table<Article> table(suite, contest, "article, durable on disk", count);
  const std::vector<Article> articles = make_articles(count);
  if (count <= 100) {
    Case what = table.make_case("insert, a transaction each", count);
    suite.run(what, {contest.names, [&](std::size_t i) { contest.sides[i]->clear(); },
                     [&](std::size_t i) {
                       return Outcome{contest.sides[i]->put_each(articles), 0};
                     },
                     [&](std::size_t i) { return contest.sides[i]->scan(); }});
  } else {
    Case what = table.make_case("insert, one by one", count);
    suite.run(what, {contest.names, [&](std::size_t i) { contest.sides[i]->clear(); },
                     [&](std::size_t i) {
                       return Outcome{contest.sides[i]->put_loop(articles), 0};
                     },
                     [&](std::size_t i) { return contest.sides[i]->scan(); }});
  }
}

}  // namespace

void run_article(Suite& suite) {
  std::vector<std::uint64_t> counts = {10, 100, 500, 1000, 5000};
  if (suite.options().size == Size::smoke) counts = {20};
  if (suite.options().size == Size::quick) counts = {1000};
  for (const std::uint64_t count : counts) in_memory(suite, count);
  const bool smoke = suite.options().size == Size::smoke;
  durable(suite, smoke ? 5 : 100);
  durable(suite, smoke ? 101 : 1000);
}

}  // namespace suite
