#pragma once

/// \file
/// A shop's stock: suppliers, the items that they deliver, and each movement of an item. Shows every kind of index, and
/// links.

#include <cctype>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace [[netabase::definition(InventoryDefinition, InventoryKeys)]] inventory {

struct Place {
  std::string aisle{};
  std::uint16_t shelf = 0;
};

struct [[netabase::model]] Supplier {
  [[netabase::primary_key]] std::string code{};
  std::string name{};
  [[netabase::secondary_key(unique)]] std::optional<std::string> vat_number{};  // those without one do not clash
};

// by_place:    fields of a nested struct
// by_supplier: two parts, the dearest first
// low_stock:   only items that `is_low` says yes to: short, however many items there are
struct [[netabase::model, netabase::index(by_place, place.aisle, place.shelf),
         netabase::index(by_supplier, supplier, desc(price_cents)),
         netabase::index(low_stock, quantity, where = is_low)]] Item {
  [[netabase::primary_key]] std::string sku{};
  std::string name{};
  // A supplier cannot be removed while it delivers anything.
  [[netabase::link(Supplier, on_delete = restrict)]] std::string supplier{};
  // What to sell instead; empty when that item goes.
  [[netabase::link(Item, on_delete = set_null)]] std::optional<std::string> replacement{};
  Place place{};
  std::uint32_t quantity = 0;
  std::uint32_t reorder_at = 0;
  std::uint32_t price_cents = 0;
  [[netabase::secondary_key]] std::set<std::string> tags{};                        // found by each tag
  std::map<std::string, std::variant<std::int64_t, double, std::string>> facts{};  // "volts": 230, "colour": "red"

  // Computed: found whatever the case of the name.
  [[netabase::secondary_key]] std::string folded_name() const {
    std::string folded = name;
    for (char& c : folded) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return folded;
  }
  bool is_low() const { return quantity < reorder_at; }
};

struct [[netabase::model, netabase::index(by_item_time, item, desc(at))]] Movement {
  [[netabase::primary_key(auto)]] std::uint64_t id = 0;
  // Movements go with their item.
  [[netabase::link(Item, on_delete = cascade)]] std::string item{};
  std::chrono::sys_seconds at{};
  std::int32_t change = 0;  // delivered or sold
};

}  // namespace inventory
