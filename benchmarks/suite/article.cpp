#include <span>
#include <tuple>

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

void inserts_and_reads(Suite& suite, std::uint64_t count) {
  const Place place = in_memory(suite);
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

}  // namespace

void run_article(Suite& suite) {
  std::vector<std::uint64_t> counts = {10, 100, 500, 1000, 5000};
  if (suite.options().size == Size::smoke) counts = {20};
  if (suite.options().size == Size::quick) counts = {1000};
  for (const std::uint64_t count : counts) inserts_and_reads(suite, count);
}

void run_media(Suite& suite) {
  const bool smoke = suite.options().size == Size::smoke;
  const std::vector<Article> articles = make_articles(smoke ? 20 : 1000);
  for (const auto& [medium, durable, where] :
       {std::tuple(Medium::memory, false, "tmpfs, not synced"), std::tuple(Medium::memory, true, "tmpfs, synced"),
        std::tuple(Medium::disk, false, "disk, not synced"), std::tuple(Medium::disk, true, "disk, synced")}) {
    Contest<Article> contest = open_sides<Article>(suite, {suite, medium, durable}, "media");
    Table<Article> table(suite, contest, "media", articles.size());
    const std::string suffix = std::string("; ") + where;
    table.write("insert, one by one" + suffix, articles.size(), clear,
                [&](ArticleSide& side) { return side.put_loop(articles); });
    table.write("insert, put_many" + suffix, articles.size(), clear,
                [&](ArticleSide& side) { return side.put_bulk(articles); });
    // A tenth of them: where each waits for a disk, that takes longest of all.
    const std::span<const Article> some = std::span(articles).first(articles.size() / 10);
    table.write_once("insert, a transaction each" + suffix, some.size(), clear,
                     [&](ArticleSide& side) { return side.put_each(some); });
  }
}

}  // namespace suite
