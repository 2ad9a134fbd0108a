/// \file
/// Links, every kind of index, paging and queries, on a shop's stock (schema/inventory.hpp), in a temporary store.

#include <chrono>
#include <cstdint>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "generated/inventory.netabase.hpp"

using inventory::Item;
using inventory::ItemKey;
using inventory::ItemRef;
using inventory::Movement;
using inventory::MovementKey;
using inventory::Supplier;
using InventoryStore = netabase::Store<inventory::InventoryDefinition>;
using netabase::field;

namespace {

constexpr std::chrono::sys_seconds opening{std::chrono::seconds(1'700'000'000)};

Item make_item(std::string sku, std::string name, std::string supplier, std::uint32_t quantity, std::uint32_t price) {
  Item item;
  item.sku = std::move(sku);
  item.name = std::move(name);
  item.supplier = std::move(supplier);
  item.quantity = quantity;
  item.reorder_at = 10;
  item.price_cents = price;
  return item;
}

void fill(const InventoryStore& store) {
  store.with_write_transaction([](InventoryStore::Write& txn) {
    txn.open_tree<Supplier>().put_many({{.code = "acme", .name = "Acme Lamps", .vat_number = "FR-1"},
                                        {.code = "bolt", .name = "Bolt & Nut", .vat_number = {}},
                                        {.code = "corp", .name = "Corporation", .vat_number = {}}});

    Item lamp = make_item("L-1", "Desk Lamp", "acme", 4, 3900);
    lamp.place = {"A", 3};
    lamp.tags = {"light", "office"};
    lamp.facts = {{"volts", std::int64_t{230}}, {"colour", "red"}, {"weight", 1.4}};
    lamp.replacement = "L-2";
    Item led = make_item("L-2", "LED Lamp", "acme", 25, 5900);
    led.place = {"A", 4};
    led.tags = {"light"};
    Item screws = make_item("S-1", "screws", "bolt", 900, 250);
    screws.place = {"B", 1};
    screws.tags = {"metal"};
    Item nails = make_item("S-2", "Nails", "bolt", 7, 150);
    nails.place = {"B", 2};
    nails.tags = {"metal", "office"};
    // Within one call records may link to each other in any order: L-1 names L-2.
    txn.open_tree<Item>().put_many({lamp, led, screws, nails});

    auto movements = txn.open_tree<Movement>();
    for (std::int32_t hour = 0; hour < 50; ++hour) {
      Movement movement;  // its id is given by the store
      movement.item = hour % 5 == 0 ? "S-1" : "L-1";
      movement.at = opening + std::chrono::hours(hour);
      movement.change = hour % 2 == 0 ? -1 : 2;
      movements.put(movement);
    }
  });
}

void use_indexes(const InventoryStore& store) {
  auto read = store.begin_read();
  const auto items = read.open_tree<Item>();

  std::cout << "in aisle A:";
  for (const ItemRef item : items.by<ItemKey::by_place>().equal("A")) std::cout << ' ' << item.name();
  std::cout << "\nby Acme, the dearest first:";
  for (const ItemRef item : items.by<ItemKey::by_supplier>().equal("acme")) {
    std::cout << ' ' << item.sku() << " (" << item.price_cents() << ')';
  }
  std::cout << "\nto be ordered:";  // a partial index: the two that are low, and nothing else
  for (const ItemRef item : items.by<ItemKey::low_stock>().all()) std::cout << ' ' << item.sku();
  std::cout << "\nnames with s, in any case:";  // a computed one
  for (const ItemRef item : items.by<&Item::folded_name>().prefix("s")) std::cout << ' ' << item.name();
  std::cout << "\ntagged office: " << items.by<&Item::tags>().count("office") << '\n';

  if (const auto lamp = items.get_borrowed("L-1")) {
    const auto facts = lamp->facts();
    if (const auto volts = facts.find("volts")) std::cout << "volts: " << std::get<std::int64_t>(*volts) << '\n';
  }
}

/// The newest movements of an item, page by page: the last record seen says where the next page begins.
void page(const InventoryStore& store) {
  auto read = store.begin_read();
  const auto history = read.open_tree<Movement>().by<MovementKey::by_item_time>();
  std::cout << history.count("L-1") << " movements of L-1, in pages of 15:";
  std::optional<Movement> last;
  do {
    auto next = history.equal("L-1").limit(15);
    if (last) next = std::move(next).after(*last);
    last.reset();
    std::size_t rows = 0;
    for (const auto movement : next) {
      ++rows;
      last = movement.to_owned();
    }
    if (rows != 0) std::cout << ' ' << rows;
  } while (last);
  std::cout << '\n';
}

void query(const InventoryStore& store) {
  auto read = store.begin_read();
  auto found = read.open_tree<Item>()
                   .query()
                   .where(field<&Item::supplier>() == "acme" && field<&Item::quantity>() < 20u)
                   .order_by(netabase::desc<&Item::price_cents>());
  std::cout << "few left of Acme's:";
  for (const ItemRef item : found) std::cout << ' ' << item.sku();
  std::cout << '\n' << found.explain() << '\n';
}

void follow_links(const InventoryStore& store) {
  auto txn = store.begin_write();
  auto suppliers = txn.open_tree<Supplier>();
  auto items = txn.open_tree<Item>();
  if (const auto lamp = items.get("L-1")) {  // forward: what the record links to
    if (const auto supplier = items.target<&Item::supplier>(*lamp)) std::cout << "L-1 is from " << supplier->name();
  }
  std::cout << ", who delivers " << items.by<&Item::supplier>().count("acme") << " items\n";  // and back

  try {
    suppliers.remove("acme");
  } catch (const netabase::LinkViolation& refused) {
    std::cout << refused.what() << '\n';
  }
  try {
    items.put(make_item("X-1", "Orphan", "nobody", 1, 1));
  } catch (const netabase::LinkViolation& refused) {
    std::cout << refused.what() << '\n';
  }

  items.remove("L-2");  // L-1 named it as its replacement: set_null
  std::cout << "L-1 has a replacement: " << items.get("L-1")->replacement.has_value() << '\n';
  items.remove("L-1");  // its movements go with it: cascade
  std::cout << "movements left: " << txn.open_tree<Movement>().len() << '\n';
  suppliers.remove("acme");  // nothing is from Acme any more
  txn.commit();
}

}  // namespace

int main() {
  try {
    const auto store = InventoryStore::temp();
    fill(store);
    use_indexes(store);
    page(store);
    query(store);
    follow_links(store);
    std::cout << "check: " << (store.check().ok() ? "sound" : "damaged") << '\n';
  } catch (const std::exception& error) {
    std::cerr << "inventory: " << error.what() << '\n';
    return 1;
  }
  return 0;
}
