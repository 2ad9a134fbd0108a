/// \file
/// Random queries over the shop: every kind of key, floats, elements, sparse and composite indexes.

#include <cmath>
#include <optional>

#include "runtime/query/random_queries.hpp"
#include "shop.netabase.hpp"

namespace query_test {

using netabase::asc;
using netabase::desc;
using netabase::field;
using typed_test::short_text;

template <>
struct Subject<shop::Product> {
  using P = shop::Product;

  static double rating(Random& random) {
    static constexpr double choices[] = {0.0, -0.0, 1, 2, 2.5, 3, -1, 1e300, HUGE_VAL, -HUGE_VAL};
    return random.one_in(10) ? std::nan("") : random.of(choices);
  }
  static P record(Random& random) {
    P out;
    out.sku = std::to_string(random.below(900));
    out.name = random.one_in(4) ? "unnamed" : short_text(random);
    out.category = static_cast<shop::Category>(random.below(3));
    out.rating = rating(random);
    out.on_sale = random.one_in(3);
    if (random.one_in(3)) out.barcode = short_text(random) + std::to_string(random.below(500));
    if (random.one_in(4)) out.aliases = {std::to_string(random.below(5000)), std::to_string(random.below(5000))};
    for (std::size_t i = random.below(4); i > 0; --i) out.labels.push_back(static_cast<std::uint32_t>(random.below(6)));
    out.price.cents = static_cast<std::int64_t>(random.below(5)) - 2;
    return out;
  }

  static Leaf<P> leaf(Random& random) {
    using query_test::leaf;
    switch (random.below(15)) {
      case 0:
        return compare_leaf<P>(random, field<&P::sku>(), std::to_string(random.below(900)),
                               [](const P& p) { return std::optional(p.sku); });
      case 1:
      case 2:
        return compare_leaf<P>(random, field<&P::rating>(), rating(random),
                               [](const P& p) { return std::optional(p.rating); });
      case 3: {
        const std::int64_t whole =
            random.one_in(6) ? std::int64_t{1} << 60 : static_cast<std::int64_t>(random.below(4));
        return compare_leaf<P>(random, field<&P::rating>(), whole,
                               [](const P& p) { return std::optional<long double>(p.rating); });
      }
      case 4:
      case 5:
        return compare_leaf<P>(random, field<&P::category>(), static_cast<shop::Category>(random.below(3)),
                               [](const P& p) { return std::optional(p.category); });
      case 6:
        return maybe_not<P>(random, field<&P::on_sale>(), [](const P& p) { return p.on_sale; });
      case 7: {
        const std::string text = short_text(random);
        return compare_leaf<P>(random, field<&P::barcode>(), text, [](const P& p) { return p.barcode; });
      }
      case 8: {
        const std::string text = short_text(random);
        return maybe_not<P>(random, field<&P::barcode>().starts_with(text),
                            [text](const P& p) { return p.barcode && p.barcode->starts_with(text); });
      }
      case 9:
        return maybe_not<P>(random, field<&P::barcode>().is_null(), [](const P& p) { return !p.barcode; });
      case 10: {
        const std::int64_t label = static_cast<std::int64_t>(random.below(8)) - 1;
        return maybe_not<P>(random, field<&P::labels>().contains(label), [label](const P& p) {
          return std::find_if(p.labels.begin(), p.labels.end(), [&](auto own) { return own == label; }) !=
                 p.labels.end();
        });
      }
      case 11: {
        const std::string alias = std::to_string(random.below(5000));
        return maybe_not<P>(random, field<&P::aliases>().contains(alias), [alias](const P& p) {
          return std::find(p.aliases.begin(), p.aliases.end(), alias) != p.aliases.end();
        });
      }
      case 12: {
        const std::string part = short_text(random);
        return maybe_not<P>(random, field<&P::name>().contains(part),
                            [part](const P& p) { return p.name.find(part) != std::string::npos; });
      }
      case 13: {
        const std::vector<double> wanted = {rating(random), rating(random), rating(random)};
        return maybe_not<P>(random, field<&P::rating>().in(wanted), [wanted](const P& p) {
          return std::find(wanted.begin(), wanted.end(), p.rating) != wanted.end();
        });
      }
      default:
        return compare_leaf<P>(random, field<&P::price, &shop::Price::cents>(), static_cast<int>(random.below(6)) - 3,
                               [](const P& p) { return std::optional(p.price.cents); });
    }
  }

  static std::pair<Leaf<P>, Leaf<P>> two_keys(Random& random) {
    const auto category = static_cast<shop::Category>(random.below(3));
    const auto label = static_cast<std::uint32_t>(random.below(6));
    auto first = query_test::leaf<P>(field<&P::category>() == category,
                                     [category](const P& p) { return p.category == category; });
    if (random.one_in(2)) {
      return {first, query_test::leaf<P>(field<&P::on_sale>(), [](const P& p) { return p.on_sale; })};
    }
    return {first, query_test::leaf<P>(field<&P::labels>().contains(label), [label](const P& p) {
              return std::find(p.labels.begin(), p.labels.end(), label) != p.labels.end();
            })};
  }

  static bool rating_less(double a, double b) { return std::isnan(b) ? !std::isnan(a) : a < b; }

  template <class Visit>
  static void each_order(Visit&& visit) {
    visit([](auto query) { return query; }, [](const P&, const P&) { return false; }, false);
    visit([](auto query) { return std::move(query).order_by(field<&P::sku>()); },
          [](const P& a, const P& b) { return a.sku < b.sku; }, true);
    visit([](auto query) { return std::move(query).order_by(desc<&P::rating>()); },
          [](const P& a, const P& b) { return rating_less(b.rating, a.rating); }, true);
    visit([](auto query) { return std::move(query).order_by(asc<&P::category>(), desc<&P::rating>()); },
          [](const P& a, const P& b) {
            return a.category != b.category ? a.category < b.category : rating_less(b.rating, a.rating);
          },
          true);
    visit([](auto query) { return std::move(query).order_by(desc<&P::category>(), asc<&P::rating>()); },
          [](const P& a, const P& b) {
            return a.category != b.category ? a.category > b.category : rating_less(a.rating, b.rating);
          },
          true);
    visit([](auto query) { return std::move(query).order_by(desc<&P::barcode>()); },
          [](const P& a, const P& b) { return a.barcode > b.barcode; }, true);
    visit([](auto query) { return std::move(query).order_by(desc<&P::on_sale>(), desc<&P::sku>()); },
          [](const P& a, const P& b) { return a.on_sale != b.on_sale ? a.on_sale > b.on_sale : a.sku > b.sku; }, true);
  }
};

template <>
struct Subject<shop::Customer> {
  using C = shop::Customer;

  static C record(Random& random) {
    C out;
    out.login = "l" + std::to_string(random.below(2000));
    if (!random.one_in(4)) out.city = short_text(random);
    out.age = static_cast<std::uint8_t>(random.below(256));
    return out;
  }
  static Leaf<C> leaf(Random& random) {
    using query_test::leaf;
    switch (random.below(8)) {
      case 0:
        return compare_leaf<C>(random, field<&C::id>(), static_cast<std::int64_t>(random.below(400)) - 5,
                               [](const C& c) { return std::optional(static_cast<std::int64_t>(c.id)); });
      case 1:
        return compare_leaf<C>(random, field<&C::age>(), static_cast<int>(random.below(300)) - 20,
                               [](const C& c) { return std::optional<int>(c.age); });
      case 2:
      case 3:
      case 4:
        return compare_leaf<C>(random, field<&C::city>(), short_text(random), [](const C& c) { return c.city; });
      case 5:
        return maybe_not<C>(random, field<&C::city>() == std::nullopt, [](const C& c) { return !c.city; });
      case 6: {
        const std::string one = short_text(random);
        const std::string other = short_text(random);
        return maybe_not<C>(random, field<&C::city>().in({one, other}),
                            [=](const C& c) { return c.city == one || c.city == other; });
      }
      default: {
        const int least = static_cast<int>(random.below(300)) - 20;
        const int greatest = static_cast<int>(random.below(300));
        const auto condition = field<&C::age>().between(least, greatest);
        return leaf<C>(condition, [=](const C& c) { return c.age >= least && c.age <= greatest; });
      }
    }
  }
  template <class Visit>
  static void each_order(Visit&& visit) {
    visit([](auto query) { return query; }, [](const C&, const C&) { return false; }, false);
    visit([](auto query) { return std::move(query).order_by(desc<&C::id>()); },
          [](const C& a, const C& b) { return a.id > b.id; }, true);
    visit([](auto query) { return std::move(query).order_by(field<&C::city>(), field<&C::age>()); },
          [](const C& a, const C& b) { return a.city != b.city ? a.city < b.city : a.age < b.age; }, true);
    visit([](auto query) { return std::move(query).order_by(desc<&C::city>()); },
          [](const C& a, const C& b) { return a.city > b.city; }, true);
    visit([](auto query) { return std::move(query).order_by(desc<&C::age>()); },
          [](const C& a, const C& b) { return a.age > b.age; }, true);
  }
};

template <>
struct Subject<shop::OrderLine> {
  using L = shop::OrderLine;

  static L record(Random& random) {
    L out;
    out.order = typed_test::number<std::uint64_t>(random, 30);
    out.sku = short_text(random);
    out.quantity = static_cast<std::int32_t>(random.below(4));
    out.discount = typed_test::number<std::int32_t>(random, 5);
    return out;
  }
  static Leaf<L> leaf(Random& random) {
    switch (random.below(4)) {
      case 0:
        return compare_leaf<L>(random, field<&L::order>(), static_cast<unsigned>(random.below(30)),
                               [](const L& l) { return std::optional(l.order); });
      case 1:
        return compare_leaf<L>(random, field<&L::sku>(), short_text(random),
                               [](const L& l) { return std::optional(l.sku); });
      case 2:
        return compare_leaf<L>(random, field<&L::discount>(), static_cast<int>(random.below(7)) - 3,
                               [](const L& l) { return std::optional(l.discount); });
      default:
        return compare_leaf<L>(random, field<&L::quantity>(), static_cast<int>(random.below(5)),
                               [](const L& l) { return std::optional(l.quantity); });
    }
  }
  template <class Visit>
  static void each_order(Visit&& visit) {
    visit([](auto query) { return query; }, [](const L&, const L&) { return false; }, false);
    visit([](auto query) { return std::move(query).order_by(desc<&L::discount>()); },
          [](const L& a, const L& b) { return a.discount > b.discount; }, true);
    visit([](auto query) { return std::move(query).order_by(field<&L::sku>(), desc<&L::discount>()); },
          [](const L& a, const L& b) { return a.sku != b.sku ? a.sku < b.sku : a.discount > b.discount; }, true);
    visit([](auto query) { return std::move(query).order_by(desc<&L::sku>(), field<&L::discount>()); },
          [](const L& a, const L& b) { return a.sku != b.sku ? a.sku > b.sku : a.discount < b.discount; }, true);
    visit([](auto query) { return std::move(query).order_by(desc<&L::order>()); },
          [](const L& a, const L& b) { return a.order > b.order; }, true);
  }
};

}  // namespace query_test

TEST_CASE_TEMPLATE("random queries over products", Engine, netabase::Lmdb, netabase::Memory) {
  const auto kinds = query_test::run_random_queries<shop::Product, Engine>();
  CHECK(kinds.both > 0);
  CHECK(kinds.alternatives > 0);
  CHECK(kinds.streamed > 0);
  CHECK(kinds.backward > 0);
}
TEST_CASE_TEMPLATE("random queries over customers", Engine, netabase::Lmdb, netabase::Memory) {
  query_test::run_random_queries<shop::Customer, Engine>();
}
TEST_CASE_TEMPLATE("random queries over order lines", Engine, netabase::Lmdb, netabase::Memory) {
  query_test::run_random_queries<shop::OrderLine, Engine>();
}
