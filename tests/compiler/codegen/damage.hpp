#pragma once

/// \file
/// Damaged records of generated codecs: whatever the bytes are, reading gives values or throws Corrupt. A borrowed
/// record under test says in its own namespace what it has:
///
///     template <class F> void each_view(TRef, F&& f);   // f(ref.member()) for each

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

#include "netabase/netabase.hpp"
#include "tests/compiler/codegen/kinds.hpp"
#include "tests/compiler/codegen/random_values.hpp"

namespace netabase::compiler::test {

/// Owns a record's bytes, 8-aligned, and gives its view.
template <class Codec>
class Stored {
 public:
  explicit Stored(const typename Codec::Owned& value) : words_(record::size<Codec>(value) / 8) {
    record::write<Codec>(begin(), size(), value, 1);
  }
  typename Codec::View view() const { return record::read<Codec>({begin(), size()}, Lifetime()); }
  std::byte* begin() { return reinterpret_cast<std::byte*>(words_.data()); }
  const std::byte* begin() const { return reinterpret_cast<const std::byte*>(words_.data()); }
  std::size_t size() const { return words_.size() * 8; }

 private:
  std::vector<std::uint64_t> words_;
};

/// Reads everything that a value borrowed from a record gives: elements, and elements of elements.
template <class View>
std::size_t walk(const View& view) {
  if constexpr (requires { view.begin(); }) {
    std::size_t met = 1;
    for (const auto& element : view) met += walk(element);
    return met;
  } else if constexpr (requires { view.has_value(); }) {
    return view ? walk(*view) : 1;
  } else if constexpr (is_product<View>) {
    std::size_t met = 1;
    each_member(view, [&](const char*, const auto& member) { met += walk(member); });
    return met;
  } else if constexpr (is_variant<View>) {
    return std::visit([](const auto& alternative) { return walk(alternative); }, view);
  } else if constexpr (requires { each_view(view, [](const auto&) {}); }) {
    std::size_t met = 1;
    each_view(view, [&](const auto& field) { met += walk(field); });
    return met;
  } else {
    return 1;
  }
}

/// Damages records of random values and reads them, owned and borrowed: each gives values or throws Corrupt.
template <class Model>
void check_damage(Random& random, int rounds) {
  using Codec = typename Model::Codec;
  int values = 0;
  int refused = 0;
  for (int round = 0; round < rounds; ++round) {
    typename Model::Record value;
    random.fill(value);
    const Stored<Codec> whole(value);
    for (int i = 0; i < 50; ++i) {
      Stored<Codec> damaged = whole;
      // Half of the flips hit the beginning, where most of a record's structure is.
      const std::size_t reach = random.chance(2) ? damaged.size() : std::min<std::size_t>(damaged.size(), 400);
      for (std::uint64_t flips = 1 + random.number() % 3; flips > 0; --flips) {
        damaged.begin()[random.number() % reach] ^= std::byte{1} << (random.number() % 8);
      }
      try {
        if (i % 2 == 0) {
          damaged.view().to_owned();
        } else {
          walk(damaged.view());
        }
        ++values;
      } catch (const Corrupt&) {
        ++refused;
      }
    }
  }
  CHECK(values > rounds);  // both kinds were met
  CHECK(refused > rounds);
}

}  // namespace netabase::compiler::test
