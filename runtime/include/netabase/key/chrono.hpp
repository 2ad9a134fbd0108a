#pragma once

/// \file
/// Durations and points of time as keys: their ticks, encoded and ordered as the number that counts them. Only times of
/// system_clock can be keys: those of other clocks mean nothing in another process.

#include <chrono>
#include <cstddef>
#include <string>
#include <type_traits>

#include "netabase/bytes.hpp"
#include "netabase/key/buffer.hpp"
#include "netabase/key/encoding.hpp"
#include "netabase/key/text.hpp"

namespace netabase::key::detail {

template <ScalarPart Rep, class Period, std::byte mask>
struct Coder<std::chrono::duration<Rep, Period>, mask> {
  using Owned = std::chrono::duration<Rep, Period>;
  using Borrowed = Owned;
  using Ticks = Coder<Rep, mask>;
  static constexpr std::size_t fixed_size = Ticks::fixed_size;

  static void append(Buffer& out, Borrowed value) { Ticks::append(out, value.count()); }
  static bool skip(Bytes& rest) noexcept { return Ticks::skip(rest); }
  static Owned decode(Bytes& rest) { return Owned(Ticks::decode(rest)); }
};

template <class Duration, std::byte mask>
struct Coder<std::chrono::time_point<std::chrono::system_clock, Duration>, mask> {
  using Owned = std::chrono::time_point<std::chrono::system_clock, Duration>;
  using Borrowed = Owned;
  using Ticks = Coder<Duration, mask>;
  static constexpr std::size_t fixed_size = Ticks::fixed_size;

  static void append(Buffer& out, Borrowed value) { Ticks::append(out, value.time_since_epoch()); }
  static bool skip(Bytes& rest) noexcept { return Ticks::skip(rest); }
  static Owned decode(Bytes& rest) { return Owned(Ticks::decode(rest)); }
};

/// "ms", "h", "[1/25]s".
template <class Period>
std::string unit_text() {
  using std::is_same_v;
  if constexpr (is_same_v<Period, std::nano>) return "ns";
  if constexpr (is_same_v<Period, std::micro>) return "us";
  if constexpr (is_same_v<Period, std::milli>) return "ms";
  if constexpr (is_same_v<Period, std::ratio<1>>) return "s";
  if constexpr (is_same_v<Period, std::ratio<60>>) return "min";
  if constexpr (is_same_v<Period, std::ratio<3600>>) return "h";
  if constexpr (is_same_v<Period, std::ratio<86400>>) return "d";
  const std::string denominator = Period::den == 1 ? std::string() : "/" + std::to_string(Period::den);
  return "[" + std::to_string(Period::num) + denominator + "]s";
}

template <class Rep, class Period>
struct PartText<std::chrono::duration<Rep, Period>> {
  using Duration = std::chrono::duration<Rep, Period>;
  static void append(std::string& out, const Duration& value) {
    append_part(out, value.count());
    out += unit_text<Period>();
  }
  static std::size_t hash(const Duration& value) noexcept { return hash_part(value.count()); }
};

template <class Duration>
struct PartText<std::chrono::time_point<std::chrono::system_clock, Duration>> {
  using Time = std::chrono::time_point<std::chrono::system_clock, Duration>;
  static void append(std::string& out, const Time& value) {
    append_part(out, value.time_since_epoch());
    out += " since 1970";
  }
  static std::size_t hash(const Time& value) noexcept { return hash_part(value.time_since_epoch()); }
};

}  // namespace netabase::key::detail
