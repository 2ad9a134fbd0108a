#pragma once

// The first version of a shelf: books name their writers by numbers that nobody checks.

#include <cstdint>
#include <string>

namespace [[netabase::definition(ShelfDefinition, ShelfKeys)]] shelf_v1 {

struct [[netabase::model]] Writer {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
};

struct [[netabase::model]] Book {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::uint64_t writer_id = 0;
  std::string title;
  [[netabase::secondary_key]] std::string place;
};

}  // namespace shelf_v1
