#pragma once

/// \file
/// A shop: every kind of key there is, with text, composite, automatic and byte primary keys.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(ShopDefinition, ShopKeys)]] shop {

enum class Category : std::uint8_t { tools, toys, books };

struct Price {
  std::int64_t cents = 0;
  std::string currency = "EUR";

  friend bool operator==(const Price&, const Price&) = default;
};

struct [[netabase::model, netabase::index(by_category_rating, category, desc(rating))]] Product {
  [[netabase::primary_key]] std::string sku;
  std::string name = "unnamed";
  [[netabase::secondary_key]] Category category = Category::tools;
  [[netabase::secondary_key]] double rating = 0;
  [[netabase::secondary_key]] bool on_sale = false;
  [[netabase::secondary_key(unique)]] std::optional<std::string> barcode;
  [[netabase::secondary_key(unique)]] std::vector<std::string> aliases;
  [[netabase::secondary_key]] std::vector<std::uint32_t> labels;
  Price price;
  std::vector<Price> history;

  friend bool operator==(const Product&, const Product&) = default;
};

struct [[netabase::model, netabase::index(by_sku_discount, sku, desc(discount))]] OrderLine {
  [[netabase::primary_key]] std::uint64_t order = 0;
  [[netabase::primary_key]] std::string sku;
  std::int32_t quantity = 1;
  [[netabase::secondary_key]] std::int32_t discount = 0;

  friend bool operator==(const OrderLine&, const OrderLine&) = default;
};

struct [[netabase::model, netabase::index(by_city_age, unique, city, age)]] Customer {
  [[netabase::primary_key(auto)]] std::uint64_t id = 0;
  [[netabase::secondary_key(unique, max_length = 32)]] std::string login;
  [[netabase::secondary_key(max_length = 16)]] std::optional<std::string> city;
  std::uint8_t age = 0;

  friend bool operator==(const Customer&, const Customer&) = default;
};

/// Its numbers run out.
struct [[netabase::model]] Voucher {
  [[netabase::primary_key(auto)]] std::int8_t id = 0;
  std::string text;

  friend bool operator==(const Voucher&, const Voucher&) = default;
};

struct [[netabase::model]] Blob {
  [[netabase::primary_key]] std::vector<std::byte> digest;
  [[netabase::secondary_key]] std::array<std::uint8_t, 4> kind{};
  std::vector<std::uint8_t> content;

  friend bool operator==(const Blob&, const Blob&) = default;
};

/// No index at all, and a key of signed numbers.
struct [[netabase::model]] Temperature {
  [[netabase::primary_key]] std::int64_t time = 0;
  float degrees = 0;

  friend bool operator==(const Temperature&, const Temperature&) = default;
};

}  // namespace shop
