#pragma once

/// \file
/// Random values of every type that a field can have. What a struct says of itself, in its own namespace:
///
///     template <class F> void each_field(T&, F&& f);   // f("capnpName", member) for each

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "netabase/int128.hpp"
#include "tests/compiler/codegen/kinds.hpp"

namespace netabase::compiler::test {

inline std::uint64_t seed() {
  const char* given = std::getenv("NETABASE_TEST_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device()();
}

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  std::uint64_t number() { return engine_(); }
  bool chance(unsigned of) { return engine_() % of == 0; }
  /// Small mostly, zero often. Structs that contain their own kind come to an end.
  std::size_t count() {
    constexpr int deepest = 4;
    if (depth_ >= deepest) return 0;
    return chance(3) ? 0 : engine_() % (depth_ > 2 ? 2 : chance(10) ? 40 : 4);
  }

  template <class T>
  void fill(T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      value = chance(2);
    } else if constexpr (is_boolean_enum<T>) {
      value = static_cast<T>(chance(2));
    } else if constexpr (std::is_enum_v<T>) {
      // Values without a name are values, too.
      value = static_cast<T>(static_cast<std::underlying_type_t<T>>(chance(3) ? 0 : number()));
    } else if constexpr (std::is_floating_point_v<T>) {
      value = chance(4) ? T{0} : chance(8) ? -T{0} : static_cast<T>(static_cast<std::int64_t>(number())) / T{3};
    } else if constexpr (is_wide<T>) {
      value = chance(4) ? T{0} : static_cast<T>((UInt128{number()} << 64 | number()) >> (number() % 128));
      if (chance(3)) value = static_cast<T>(-value);
    } else if constexpr (std::is_integral_v<T>) {
      value = static_cast<T>(chance(4) ? 0 : number() >> (number() % 64));
    } else if constexpr (is_duration<T>) {
      typename T::rep ticks{};
      fill(ticks);
      value = T(ticks);
    } else if constexpr (is_time<T>) {
      typename T::duration since{};
      fill(since);
      value = T(since);
    } else if constexpr (is_optional<T>) {
      value.reset();
      if (!chance(3)) fill(value.emplace());
    } else if constexpr (is_path<T>) {
      std::string text;
      fill(text);
      value = text;
    } else if constexpr (is_bytes<T> || is_text<T>) {
      if constexpr (requires { value.resize(1); }) value.resize(count());
      for (auto& byte : value) byte = static_cast<std::remove_reference_t<decltype(byte)>>(chance(5) ? 0 : number());
    } else if constexpr (is_array<T>) {
      for (auto& element : value) fill(element);
    } else if constexpr (is_list<T>) {
      value.clear();
      for (std::size_t left = count(); left > 0; --left) {
        typename T::value_type element{};
        fill(element);
        value.insert(value.end(), element);
      }
    } else if constexpr (is_map<T>) {
      value.clear();
      for (std::size_t left = count(); left > 0; --left) {
        typename T::key_type key{};
        fill(key);
        auto& mapped = value[key];
        if (!chance(4)) fill(mapped);
      }
    } else if constexpr (is_product<T>) {
      each_member(value, [&](const char*, auto& member) {
        if (!chance(3)) fill(member);
      });
    } else if constexpr (is_variant<T>) {
      fill_variant(value, std::make_index_sequence<std::variant_size_v<T>>());
    } else if constexpr (!is_monostate<T>) {
      ++depth_;
      each_field(value, [&](const char*, auto& field) {
        if (!chance(3)) fill(field);
      });
      --depth_;
    }
  }

 private:
  template <class T, std::size_t... i>
  void fill_variant(T& value, std::index_sequence<i...>) {
    const std::size_t index = number() % sizeof...(i);
    const bool is_default = chance(3);
    const auto choose = [&]<std::size_t at>(std::integral_constant<std::size_t, at>) {
      if (at != index) return;
      auto& alternative = value.template emplace<at>();
      if (!is_default) fill(alternative);
    };
    (choose(std::integral_constant<std::size_t, i>()), ...);
  }

  int depth_ = 0;
  std::mt19937_64 engine_;
};

}  // namespace netabase::compiler::test
