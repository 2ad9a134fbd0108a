#pragma once

/// \file
/// Indexes of nested fields, of functions, and of some records only, with the names and types that are awkward there.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace [[netabase::definition(IndexDefinition, IndexKeys)]] indexes {

enum class Level : std::int8_t { low = -1, high = 1 };
/// Only a function speaks of it.
enum class Size : std::uint8_t { small, large };

struct Leaf {
  std::string text;
  std::optional<std::string> note;
  std::vector<std::byte> bytes;
  std::array<std::uint8_t, 4> address{};
  Level level = Level::low;
  std::vector<std::uint32_t> numbers;
  std::vector<bool> flags;
  bool dense = false;
};

struct Branch {
  Leaf leaf;
  std::optional<Leaf> maybe;
};

struct [[netabase::model, netabase::index(by_text, branch.leaf.text), netabase::index(by_owned, branch.leaf.dense),
         netabase::index(by_maybe_note, other.maybe.note),
         netabase::index(by_everything, other.maybe.text, desc(other.maybe.bytes), other.maybe.address,
                         other.maybe.level, desc(other.leaf.note), branch.leaf.note),
         netabase::index(by_numbers, branch.leaf.numbers), netabase::index(by_maybe_flags, other.maybe.flags),
         netabase::index(by_twins, leaf.text, leaf_text, parts), netabase::index(by_function, desc(size), unique, id),
         netabase::index(by_active, leaf.text, where = active), netabase::index(by_busy, where = is_busy, leaf.text),
         netabase::index(by_words, words, where = active)]] Tree {
  [[netabase::primary_key]] std::uint64_t id = 0;
  Branch branch;
  std::optional<Branch> other;
  Leaf leaf;
  std::string leaf_text;
  std::int32_t parts = 0;
  [[netabase::secondary_key(where = active)]] std::optional<std::string> nickname;
  bool active = false;

  [[netabase::secondary_key]] Size size() const noexcept { return Size::small; }
  [[nodiscard, netabase::secondary_key(unique)]] const std::string& reference() const& { return leaf_text; }
  [[netabase::secondary_key]] std::string_view view() const { return leaf_text; }
  [[netabase::secondary_key(max_length = 8)]] std::vector<std::uint8_t> blob() const { return {}; }
  [[netabase::secondary_key]] std::vector<bool> bits() const { return {active}; }
  [[netabase::secondary_key]] std::optional<std::vector<std::string>> sometimes() const { return std::nullopt; }
  [[netabase::secondary_key]] const std::optional<double> half() const { return 0.5; }
  [[netabase::secondary_key]] auto deduced() const { return id; }
  std::vector<std::string> words() const { return {}; }
  bool is_busy() const { return active; }
};

struct [[netabase::model, netabase::index(by_zip, home.zip)]] tree_house {
  struct home_address {
    std::string zip;
  };
  [[netabase::primary_key]] std::string id;
  home_address home;
  [[netabase::secondary_key]] std::string upper() const { return id; }
};

}  // namespace indexes
