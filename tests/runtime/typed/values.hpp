#pragma once

/// \file
/// Values for random records: few, so that they meet, and awkward ones.

#include <cstdint>
#include <optional>
#include <string>

#include "runtime/typed/oracle.hpp"

namespace typed_test {

/// Short texts with zeros, prefixes of each other, and bytes above 127.
inline std::string short_text(Random& random) {
  static const std::string choices[] = {"",
                                        "a",
                                        std::string("a\0", 2),
                                        std::string("a\0b", 3),
                                        "ab",
                                        "b",
                                        std::string("\0", 1),
                                        "\xff",
                                        "\xff\xff",
                                        "abc",
                                        "z",
                                        "\x01"};
  return choices[random.below(12)];
}

/// Texts of lengths around every limit of stored keys, that differ in their last byte or two only.
inline std::string long_text(Random& random) {
  static constexpr std::size_t sizes[] = {1,   2,   221, 222, 223, 224, 225, 262, 263, 264,
                                          270, 486, 487, 488, 490, 493, 494, 495, 496, 600};
  std::string text(random.one_in(500) ? 100000 : sizes[random.below(20)], 'p');
  text.back() = static_cast<char>('0' + random.below(3));
  if (random.one_in(4) && text.size() > 250) text[230] = '\0';
  return text;
}

inline std::optional<std::string> maybe(Random& random, std::string text) {
  return random.one_in(3) ? std::nullopt : std::optional(std::move(text));
}

/// Few numbers, with the least and the greatest.
template <class T>
T number(Random& random, int count) {
  if (random.one_in(12)) return std::numeric_limits<T>::max();
  if (random.one_in(12)) return std::numeric_limits<T>::min();
  const int small = static_cast<int>(random.below(static_cast<std::size_t>(count)));
  return static_cast<T>(std::is_signed_v<T> ? small - count / 2 : small);
}

template <class Container, class Element>
std::vector<Key> each_as_key(const Container& elements, Element&& element) {
  std::vector<Key> keys;
  for (const auto& one : elements) keys.push_back({element(one)});
  return keys;
}
template <class T>
std::vector<Key> if_present(const std::optional<T>& value) {
  if (!value) return {};
  return {Key{part(*value)}};
}

}  // namespace typed_test
