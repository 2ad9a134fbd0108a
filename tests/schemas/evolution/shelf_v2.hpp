#pragma once

// The second version: the numbers are links, titles have an index of limited length, and their initials a computed one,
// which throws for a title that has none.

#include <cstdint>
#include <stdexcept>
#include <string>

namespace [[netabase::definition(ShelfDefinition, ShelfKeys)]] shelf_v2 {

struct [[netabase::model]] Writer {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
};

struct [[netabase::model]] Book {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::link(Writer, on_delete = cascade)]] std::uint64_t writer_id = 0;
  [[netabase::secondary_key(max_length = 20)]] std::string title;
  [[netabase::secondary_key]] std::string place;

  /// Whether a title that is empty is refused; a test stores one to see what comes of it.
  static inline bool initial_throws = true;

  [[netabase::secondary_key]] std::string initial() const {
    if (title.empty() && initial_throws) throw std::runtime_error("a book without a title");
    return title.substr(0, 1);
  }
};

}  // namespace shelf_v2
