/// \file
/// Stores one item and reads it back, through both ways of including a generated header.

#include <cstdio>
#include <cstdlib>

#include "generated/shop.netabase.hpp"
#include "staff.netabase.hpp"

int main() {
  const auto store = netabase::Store<shop::ShopDefinition>::temp();
  shop::Item pear;
  pear.id = 7;
  pear.name = "pear";
  pear.weight = 150;
  store.quick_put(pear);
  const auto found = store.quick_get<shop::Item>(7);
  if (!found || found->name != "pear" || found->weight != 150) return EXIT_FAILURE;

  const auto people = netabase::Store<staff::StaffDefinition>::temp();
  people.quick_put(staff::Person{.id = 1, .name = "Ann"});
  if (!people.quick_get<staff::Person>(1)) return EXIT_FAILURE;

  std::printf("stored and read back: %s\n", found->name.c_str());
  return EXIT_SUCCESS;
}
