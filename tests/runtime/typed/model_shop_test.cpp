/// \file
/// A shop store behaves as plain maps do.

#include <limits>

#include "runtime/typed/values.hpp"
#include "runtime/typed/writes.hpp"
#include "shop.netabase.hpp"

namespace typed_test {

template <>
struct Oracle<shop::Product> {
  static shop::Product random(Random& random) {
    static constexpr double ratings[] = {-1.5, -0.0, 0.0, 2.25, 1e300, -std::numeric_limits<double>::infinity()};
    shop::Product out;
    out.sku = short_text(random) + short_text(random);
    out.name = short_text(random);
    out.category = static_cast<shop::Category>(random.below(3));
    out.rating = ratings[random.below(6)];
    out.on_sale = random.one_in(3);
    if (random.one_in(3)) out.barcode = std::to_string(random.below(40));
    for (std::size_t i = random.below(3); i > 0; --i) out.aliases.push_back("alias" + std::to_string(random.below(80)));
    for (std::size_t i = random.below(4); i > 0; --i) out.labels.push_back(number<std::uint32_t>(random, 5));
    out.price = {number<std::int64_t>(random, 3), random.one_in(2) ? "EUR" : short_text(random)};
    out.history.resize(random.below(3));
    return out;
  }
  static void take_primary(const shop::Product& from, shop::Product& to) { to.sku = from.sku; }
  static Key primary(const shop::Product& product) { return {part(product.sku)}; }
  static std::vector<std::vector<Key>> keys(const shop::Product& product) {
    return {{{part(product.category)}},
            {{part(product.rating)}},
            {{part(product.on_sale)}},
            if_present(product.barcode),
            each_as_key(product.aliases, [](const std::string& alias) { return part(alias); }),
            each_as_key(product.labels, [](std::uint32_t label) { return part(label); }),
            {{part(product.category), descending(product.rating)}}};
  }
  static bool too_long(const shop::Product&) { return false; }
};

template <>
struct Oracle<shop::OrderLine> {
  static shop::OrderLine random(Random& random) {
    shop::OrderLine out;
    out.order = number<std::uint64_t>(random, 4);
    out.sku = short_text(random);
    out.quantity = number<std::int32_t>(random, 5);
    out.discount = number<std::int32_t>(random, 5);
    return out;
  }
  static void take_primary(const shop::OrderLine& from, shop::OrderLine& to) {
    to.order = from.order;
    to.sku = from.sku;
  }
  static Key primary(const shop::OrderLine& line) { return {part(line.order), part(line.sku)}; }
  static std::vector<std::vector<Key>> keys(const shop::OrderLine& line) {
    return {{{part(line.discount)}}, {{part(line.sku), descending(line.discount)}}};
  }
  static bool too_long(const shop::OrderLine&) { return false; }
};

template <>
struct Oracle<shop::Customer> {
  static shop::Customer random(Random& random) {
    shop::Customer out;
    out.id = random.one_in(3) ? random.below(500) : 0;
    out.login = "login" + std::to_string(random.below(80));
    if (random.one_in(60)) out.login = std::string(33, 'x');
    out.city = maybe(random, short_text(random));
    if (random.one_in(60)) out.city = std::string(17, 'x');
    out.age = static_cast<std::uint8_t>(random.below(256));
    return out;
  }
  static void take_primary(const shop::Customer& from, shop::Customer& to) { to.id = from.id; }
  static Key primary(const shop::Customer& customer) { return {part(customer.id)}; }
  static std::vector<std::vector<Key>> keys(const shop::Customer& customer) {
    return {{{part(customer.login)}}, if_present(customer.city), {{part(customer.city), part(customer.age)}}};
  }
  static bool too_long(const shop::Customer& customer) {
    return customer.login.size() > 32 || (customer.city && customer.city->size() > 16);
  }
};

template <>
struct Oracle<shop::Voucher> {
  static shop::Voucher random(Random& random) {
    shop::Voucher out;
    out.id = random.one_in(4) ? static_cast<std::int8_t>(random.below(20)) : std::int8_t{0};
    out.text = short_text(random);
    return out;
  }
  static void take_primary(const shop::Voucher& from, shop::Voucher& to) { to.id = from.id; }
  static Key primary(const shop::Voucher& voucher) { return {part(voucher.id)}; }
  static std::vector<std::vector<Key>> keys(const shop::Voucher&) { return {}; }
  static bool too_long(const shop::Voucher&) { return false; }
};

template <>
struct Oracle<shop::Blob> {
  static shop::Blob random(Random& random) {
    shop::Blob out;
    for (std::size_t i = random.below(4); i > 0; --i)
      out.digest.push_back(random.one_in(2) ? std::byte{0x00} : std::byte{0xff});
    out.kind = {0, static_cast<std::uint8_t>(random.below(3)), 0,
                static_cast<std::uint8_t>(random.one_in(2) ? 255 : 0)};
    out.content.resize(random.below(3000), 7);
    return out;
  }
  static void take_primary(const shop::Blob& from, shop::Blob& to) { to.digest = from.digest; }
  static Key primary(const shop::Blob& blob) { return {part(blob.digest)}; }
  static std::vector<std::vector<Key>> keys(const shop::Blob& blob) { return {{{part(blob.kind)}}}; }
  static bool too_long(const shop::Blob&) { return false; }
};

template <>
struct Oracle<shop::Temperature> {
  static shop::Temperature random(Random& random) {
    shop::Temperature out;
    out.time = number<std::int64_t>(random, 40);
    out.degrees = static_cast<float>(random.below(5));
    return out;
  }
  static void take_primary(const shop::Temperature& from, shop::Temperature& to) { to.time = from.time; }
  static Key primary(const shop::Temperature& temperature) { return {part(temperature.time)}; }
  static std::vector<std::vector<Key>> keys(const shop::Temperature&) { return {}; }
  static bool too_long(const shop::Temperature&) { return false; }
};

}  // namespace typed_test

TEST_CASE_TEMPLATE("a shop store behaves as plain maps do", Engine, netabase::Lmdb, netabase::Memory) {
  typed_test::run_model_test<shop::ShopDefinition, Engine>();
}
