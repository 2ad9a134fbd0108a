#pragma once

/// \file
/// The promises of a key encoding as properties of random pairs: order, injectivity, prefix-freeness, and that keys
/// come back as they went in.

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>
#include <utility>

#include "oracle.hpp"

namespace netabase::test {

/// Pairs for each type of key: NETABASE_TEST_PAIRS (1000000).
inline std::size_t pairs_of_types() {
  const char* const given = std::getenv("NETABASE_TEST_PAIRS");
  return given == nullptr ? 1'000'000 : std::strtoull(given, nullptr, 10);
}

template <class... P>
class Property {
 public:
  using Parts = key::Parts<P...>;
  using Values = std::tuple<typename ValueOf<P>::type...>;

  /// The first promise that a random pair breaks, or null.
  static const char* violated(std::size_t pairs) {
    Random random(sizeof(Values) * 31 + sizeof...(P));
    key::Buffer left;
    key::Buffer right;
    for (std::size_t i = 0; i < pairs; ++i) {
      const Values a{Generate<typename ValueOf<P>::type>::value(random)...};
      Values b{Generate<typename ValueOf<P>::type>::value(random)...};
      // Often a common beginning, so that later parts decide.
      if (random.one_in(3)) std::get<0>(b) = std::get<0>(a);
      if constexpr (sizeof...(P) > 2) {
        if (random.one_in(3)) std::get<1>(b) = std::get<1>(a);
      }
      left.clear();
      right.clear();
      Parts::append_tuple(left, a);
      Parts::append_tuple(right, b);
      if (const char* const broken = pair(a, b, left.bytes(), right.bytes())) return broken;
      if (const char* const broken = alone(a, left)) return broken;
    }
    return nullptr;
  }

 private:
  static int sign(int value) { return value < 0 ? -1 : value > 0 ? 1 : 0; }

  static const char* pair(const Values& a, const Values& b, Bytes left, Bytes right) {
    const int expected = order_of_parts<P...>(a, b, std::index_sequence_for<P...>());
    const int actual = compare(left, right);
    if (expected == 0 && actual != 0) return "injectivity: equal values have different keys";
    if (expected != 0 && actual == 0) return "injectivity: different values have one key";
    if (sign(expected) != sign(actual)) return "order";
    if (expected != 0 && (starts_with(left, right) || starts_with(right, left))) return "prefix-freeness";
    if (Parts::fixed_size != 0 && left.size() != Parts::fixed_size) return "fixed_size";
    return nullptr;
  }

  static const char* alone(const Values& a, key::Buffer& encoded) {
    const std::size_t size = encoded.size();
    encoded.push(std::byte{0});  // something behind, as padding and second halves are
    encoded.push(std::byte{0xff});
    Bytes rest = encoded.bytes();
    if (!Parts::skip(rest) || rest.size() != 2) return "skip";
    rest = encoded.bytes();
    const typename Parts::Owned decoded = Parts::decode(rest);
    if (rest.size() != 2) return "decode took the wrong length";
    if (order_of_parts<P...>(a, decoded, std::index_sequence_for<P...>()) != 0) return "decode gave another value";
    for (const std::size_t cut : {std::size_t{0}, size / 2, size - 1}) {
      Bytes part = encoded.bytes().first(cut);
      if (Parts::skip(part) || part.size() != cut) return "skip took a part of a key";
    }
    return nullptr;
  }
};

/// Checks random pairs of keys made of `P...`.
template <class... P>
void holds(std::size_t pairs = pairs_of_types()) {
  const char* const broken = Property<P...>::violated(pairs);
  CHECK_MESSAGE(broken == nullptr, std::string(broken == nullptr ? "" : broken));
}

}  // namespace netabase::test
