/// \file
/// Writes shop.mdb, blog.mdb and other stores to a folder, for the tests that are scripts.

#include <exception>
#include <iostream>

#include "tests/tools/stores.hpp"

int main(int argc, char** argv) {
  try {
    const std::string folder = argc > 1 ? argv[1] : ".";
    netabase::tools::test::make_shop(folder + "/shop.mdb");
    netabase::tools::test::make_blog(folder + "/blog.mdb");
    netabase::tools::test::make_kitchen(folder + "/kitchen.mdb");
    netabase::tools::test::make_office(folder + "/office.mdb");
    netabase::tools::test::make_sightings(folder + "/sightings.mdb");
    netabase::tools::test::make_games(folder + "/games.mdb");
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
