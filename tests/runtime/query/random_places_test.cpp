/// \file
/// Random queries over places and posts: keys of every length, which indexes hold by a prefix and a hash.

#include <optional>

#include "blog.netabase.hpp"
#include "places.netabase.hpp"
#include "runtime/query/random_queries.hpp"

namespace query_test {

using netabase::asc;
using netabase::desc;
using netabase::field;
using typed_test::long_text;
using typed_test::short_text;

inline std::string any_text(Random& random) { return random.one_in(2) ? long_text(random) : short_text(random); }

template <>
struct Subject<places::Place> {
  using P = places::Place;

  static P record(Random& random) {
    P out;
    out.path = any_text(random);
    out.slug = any_text(random) + std::to_string(random.below(300));
    out.name = any_text(random);
    for (std::size_t i = random.below(3); i > 0; --i) out.labels.push_back(any_text(random));
    if (random.one_in(2)) out.region = any_text(random);
    out.height = static_cast<std::int32_t>(random.below(5));
    return out;
  }
  static Leaf<P> leaf(Random& random) {
    switch (random.below(8)) {
      case 0:
        return compare_leaf<P>(random, field<&P::path>(), any_text(random),
                               [](const P& p) { return std::optional(p.path); });
      case 1:
        return compare_leaf<P>(random, field<&P::name>(), any_text(random),
                               [](const P& p) { return std::optional(p.name); });
      case 2:
      case 3:
        return compare_leaf<P>(random, field<&P::region>(), any_text(random), [](const P& p) { return p.region; });
      case 4: {
        const std::string text = any_text(random);
        return maybe_not<P>(random, field<&P::name>().starts_with(text),
                            [text](const P& p) { return p.name.starts_with(text); });
      }
      case 5: {
        const std::string text = any_text(random);
        return maybe_not<P>(random, field<&P::labels>().contains(text), [text](const P& p) {
          return std::find(p.labels.begin(), p.labels.end(), text) != p.labels.end();
        });
      }
      case 6: {
        const std::vector<std::string> wanted = {any_text(random), any_text(random), any_text(random)};
        return maybe_not<P>(random, field<&P::name>().in(wanted), [wanted](const P& p) {
          return std::find(wanted.begin(), wanted.end(), p.name) != wanted.end();
        });
      }
      default:
        return compare_leaf<P>(random, field<&P::height>(), static_cast<int>(random.below(6)),
                               [](const P& p) { return std::optional(p.height); });
    }
  }
  /// Among long keys an index has no order that means anything: what is checked of those is the set of records.
  template <class Visit>
  static void each_order(Visit&& visit) {
    visit([](auto query) { return query; }, [](const P&, const P&) { return false; }, false);
    visit([](auto query) { return std::move(query).order_by(desc<&P::name>()); },
          [](const P& a, const P& b) { return a.name > b.name; }, false);
    visit([](auto query) { return std::move(query).order_by(asc<&P::region>(), desc<&P::name>()); },
          [](const P& a, const P& b) { return a.region != b.region ? a.region < b.region : a.name > b.name; }, false);
    visit([](auto query) { return std::move(query).order_by(desc<&P::height>(), asc<&P::slug>()); },
          [](const P& a, const P& b) { return a.height != b.height ? a.height > b.height : a.slug < b.slug; }, false);
  }
};

template <>
struct Subject<blog::Post> {
  using P = blog::Post;

  static P record(Random& random) {
    P out;
    out.id = random.below(2000);
    out.author_id = random.below(4);
    out.created = typed_test::number<std::int64_t>(random, 20);
    out.title = short_text(random);
    for (std::size_t i = random.below(4); i > 0; --i) out.tags.push_back(short_text(random));
    return out;
  }
  static Leaf<P> leaf(Random& random) {
    switch (random.below(5)) {
      case 0:
      case 1:
        return compare_leaf<P>(random, field<&P::author_id>(), static_cast<int>(random.below(5)),
                               [](const P& p) { return std::optional(static_cast<std::int64_t>(p.author_id)); });
      case 2:
        return compare_leaf<P>(random, field<&P::created>(), static_cast<int>(random.below(24)) - 12,
                               [](const P& p) { return std::optional(p.created); });
      case 3:
        return compare_leaf<P>(random, field<&P::id>(), static_cast<int>(random.below(2000)),
                               [](const P& p) { return std::optional(static_cast<std::int64_t>(p.id)); });
      default: {
        const std::string text = short_text(random);
        return maybe_not<P>(random, field<&P::tags>().contains(text), [text](const P& p) {
          return std::find(p.tags.begin(), p.tags.end(), text) != p.tags.end();
        });
      }
    }
  }
  template <class Visit>
  static void each_order(Visit&& visit) {
    visit([](auto query) { return query; }, [](const P&, const P&) { return false; }, false);
    visit([](auto query) { return std::move(query).order_by(desc<&P::created>()); },
          [](const P& a, const P& b) { return a.created > b.created; }, true);
    visit([](auto query) { return std::move(query).order_by(field<&P::created>()); },
          [](const P& a, const P& b) { return a.created < b.created; }, true);
    visit([](auto query) { return std::move(query).order_by(desc<&P::author_id>()); },
          [](const P& a, const P& b) { return a.author_id > b.author_id; }, true);
    visit([](auto query) { return std::move(query).order_by(desc<&P::author_id>(), asc<&P::created>()); },
          [](const P& a, const P& b) {
            return a.author_id != b.author_id ? a.author_id > b.author_id : a.created < b.created;
          },
          true);
  }
};

}  // namespace query_test

TEST_CASE_TEMPLATE("random queries over places", Engine, netabase::Lmdb, netabase::Memory) {
  query_test::run_random_queries<places::Place, Engine>();
}
TEST_CASE_TEMPLATE("random queries over posts", Engine, netabase::Lmdb, netabase::Memory) {
  query_test::run_random_queries<blog::Post, Engine>();
}
