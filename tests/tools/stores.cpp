#include "tests/tools/stores.hpp"

#include <limits>

#include "blog.netabase.hpp"
#include "places.netabase.hpp"
#include "runtime/typed/values.hpp"
#include "shop.netabase.hpp"
#include "tests/tools/typed_store.hpp"

namespace netabase::tools::test {

namespace {

using typed_test::long_text;
using typed_test::maybe;
using typed_test::number;
using typed_test::Random;
using typed_test::short_text;

/// Puts random records and removes some again; what is refused is left out.
template <class Record, class Transaction, class Make>
void fill(Transaction& txn, Random& random, int operations, Make&& make_record) {
  auto tree = txn.template open_tree<Record>();
  for (int i = 0; i < operations; ++i) {
    Record record = make_record();
    try {
      tree.put(record);
      if (!random.one_in(5)) continue;
    } catch (const Error&) {
      continue;  // a unique key that is taken, or one that is too long
    }
    if constexpr (requires { tree.remove(record.id); }) tree.remove(record.id);
  }
}

}  // namespace

void make_shop(const std::string& path) {
  const auto store = make<shop::ShopDefinition>(path);
  auto txn = store.begin_write();
  auto products = txn.open_tree<shop::Product>();
  shop::Product hammer;
  hammer.sku = "hammer";
  hammer.name = "Hammer, 500 g";
  hammer.rating = 4.5;
  hammer.on_sale = true;
  hammer.barcode = "9780000000017";
  hammer.aliases = {"mallet", "club"};
  hammer.labels = {7, 4000000000};
  hammer.price = {1999, "EUR"};
  hammer.history = {{2499, "EUR"}, {}};
  products.put(hammer);
  shop::Product book;
  book.sku = "book\t\"1\"";
  book.name = "";
  book.category = shop::Category::books;
  book.rating = -0.0;
  book.price = {std::numeric_limits<std::int64_t>::max(), ""};
  products.put(book);
  shop::Product odd;
  odd.sku = "odd";
  odd.name = "not UTF-8: \xff\xfe";
  odd.category = static_cast<shop::Category>(200);
  odd.rating = std::numeric_limits<double>::infinity();
  odd.barcode = "";
  products.put(odd);
  auto lines = txn.open_tree<shop::OrderLine>();
  lines.put({.order = 17, .sku = "book", .quantity = 1, .discount = -5});
  lines.put({.order = 17, .sku = "hammer", .quantity = 3, .discount = 0});
  lines.put({.order = 18, .sku = "hammer", .quantity = 1, .discount = 10});
  auto customers = txn.open_tree<shop::Customer>();
  shop::Customer ada{.id = 0, .login = "ada", .city = "Paris", .age = 36};
  shop::Customer bob{.id = 0, .login = "bob", .city = std::nullopt, .age = 7};
  shop::Customer cy{.id = 0, .login = "cy", .city = "Paris", .age = 7};
  customers.put(ada);
  customers.put(bob);
  customers.put(cy);
  customers.remove(std::uint64_t{3});
  txn.open_tree<shop::Blob>().put({.digest = {std::byte{0xca}, std::byte{0xfe}}, .kind = {1, 2, 3, 4}, .content = {9}});
  auto temperatures = txn.open_tree<shop::Temperature>();
  temperatures.put({.time = -60, .degrees = 36.6F});
  temperatures.put({.time = 60, .degrees = std::numeric_limits<float>::quiet_NaN()});
  txn.commit();
}

void make_blog(const std::string& path) {
  const auto store = make<blog::BlogDefinition>(path);
  auto txn = store.begin_write();
  auto users = txn.open_tree<blog::User>();
  users.put({.id = 1, .username = "alice", .email = "alice@example.com", .city = "Paris"});
  users.put({.id = 2, .username = "bob", .email = "bob@example.com", .city = std::nullopt});
  users.put({.id = 3, .username = "carol", .email = "carol@example.com", .city = "Rome"});
  auto posts = txn.open_tree<blog::Post>();
  posts.put({.id = 1, .author_id = 1, .created = 100, .title = "One", .tags = {"a", "b"}});
  posts.put({.id = 2, .author_id = 1, .created = 200, .title = "Two", .tags = {"b", "b"}});
  posts.put({.id = 3, .author_id = 2, .created = 150, .title = "Three", .tags = {}});
  txn.commit();
}

void make_empty_shop(const std::string& path) { make<shop::ShopDefinition>(path); }
void make_empty_places(const std::string& path) { make<places::PlacesDefinition>(path); }
void make_empty_blog(const std::string& path) { make<blog::BlogDefinition>(path); }

void make_random_shop(const std::string& path, std::uint64_t seed, int operations) {
  static constexpr double ratings[] = {
      -1.5, -0.0, 0.0, 2.25, 1e300, -std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()};
  Random random(seed);
  const auto store = make<shop::ShopDefinition>(path);
  auto txn = store.begin_write();
  fill<shop::Product>(txn, random, operations, [&] {
    shop::Product out;
    out.sku = short_text(random) + short_text(random);
    out.name = short_text(random);
    out.category = static_cast<shop::Category>(random.below(5));
    out.rating = random.of(ratings);
    out.on_sale = random.one_in(3);
    if (random.one_in(3)) out.barcode = random.one_in(9) ? "" : std::to_string(random.below(40));
    for (std::size_t i = random.below(3); i > 0; --i) out.aliases.push_back("alias" + std::to_string(random.below(80)));
    for (std::size_t i = random.below(4); i > 0; --i) out.labels.push_back(number<std::uint32_t>(random, 5));
    out.price = {number<std::int64_t>(random, 3), random.one_in(2) ? "EUR" : short_text(random)};
    out.history.resize(random.below(3));
    return out;
  });
  fill<shop::OrderLine>(txn, random, operations, [&] {
    return shop::OrderLine{.order = number<std::uint64_t>(random, 4),
                           .sku = short_text(random),
                           .quantity = number<std::int32_t>(random, 5),
                           .discount = number<std::int32_t>(random, 5)};
  });
  fill<shop::Customer>(txn, random, operations, [&] {
    return shop::Customer{.id = random.one_in(3) ? random.below(500) : 0,
                          .login = "login" + std::to_string(random.below(80)),
                          .city = maybe(random, short_text(random)),
                          .age = static_cast<std::uint8_t>(random.below(256))};
  });
  fill<shop::Voucher>(txn, random, operations, [&] {
    return shop::Voucher{.id = static_cast<std::int8_t>(random.one_in(4) ? random.below(128) : 0),
                         .text = short_text(random)};
  });
  fill<shop::Blob>(txn, random, operations, [&] {
    shop::Blob out;
    for (std::size_t i = random.below(4); i > 0; --i)
      out.digest.push_back(static_cast<std::byte>(random.below(2) * 255));
    out.kind = {0, static_cast<std::uint8_t>(random.below(3)), 0, 255};
    out.content.resize(random.below(3000), 7);
    return out;
  });
  fill<shop::Temperature>(txn, random, operations, [&] {
    return shop::Temperature{.time = number<std::int64_t>(random, 40), .degrees = static_cast<float>(random.below(5))};
  });
  txn.commit();
}

void make_random_places(const std::string& path, std::uint64_t seed, int operations) {
  Random random(seed);
  const auto text = [&] { return random.one_in(2) ? long_text(random) : short_text(random); };
  const auto store = make<places::PlacesDefinition>(path);
  auto txn = store.begin_write();
  fill<places::Place>(txn, random, operations, [&] {
    places::Place out;
    out.path = text() + std::to_string(random.below(9));
    out.slug = text() + std::to_string(random.below(99));
    out.name = text();
    for (std::size_t i = random.below(4); i > 0; --i) out.labels.push_back(text());
    out.region = maybe(random, text());
    out.height = number<std::int32_t>(random, 9);
    return out;
  });
  fill<places::Visit>(txn, random, operations, [&] {
    places::Visit out;
    out.path = text();
    out.time = number<std::int64_t>(random, 9);
    out.visitor = text();
    for (std::size_t i = random.below(3); i > 0; --i) out.tickets.push_back(text() + std::to_string(random.below(99)));
    return out;
  });
  txn.commit();
}

std::string problems_of_shop(const std::string& path) { return problems<shop::ShopDefinition>(path); }
std::string problems_of_places(const std::string& path) { return problems<places::PlacesDefinition>(path); }

}  // namespace netabase::tools::test
