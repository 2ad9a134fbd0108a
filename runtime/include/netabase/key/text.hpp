#pragma once

/// \file
/// Keys for people, and keys in hash tables: what the generated strong key types call.
///
///     to_string(std::tuple(7))                 7
///     to_string(std::tuple(7, "x"sv))          (7, "x")
///     to_string(std::tuple(bytes))             x'00ff'
///
/// Durations are followed by their unit (1500ms, 3[1/25]s), points of time by " since 1970" as well; paths are texts.
/// Numbers in their shortest exact form, texts quoted with \" \\ \n \t \r \xNN, enums as numbers, absent optionals as
/// `none`. The order of a key's parts is theirs in the key.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "netabase/bytes.hpp"
#include "netabase/int128.hpp"

namespace netabase::key {

namespace detail {

void append_text(std::string& out, std::uint64_t number);
void append_text(std::string& out, std::int64_t number);
void append_text(std::string& out, UInt128 number);
void append_text(std::string& out, Int128 number);
void append_text(std::string& out, double number);
void append_text(std::string& out, float number);
void append_text(std::string& out, std::string_view text);
void append_text(std::string& out, Bytes bytes);
/// A hash of bytes; equal for equal bytes within one run of the program.
std::size_t hash_bytes(const void* first, std::size_t size) noexcept;

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

/// For the types of headers that not every program needs (chrono.hpp, path.hpp):
///     static void append(std::string& out, const T&);
///     static std::size_t hash(const T&) noexcept;
template <class T>
struct PartText;

template <class T>
void append_part(std::string& out, const T& part) {
  if constexpr (requires { PartText<T>::append(out, part); }) {
    PartText<T>::append(out, part);
  } else if constexpr (std::is_same_v<T, Int128> || std::is_same_v<T, UInt128>) {
    append_text(out, part);
  } else if constexpr (IsOptional<T>::value) {
    if (part) {
      append_part(out, *part);
    } else {
      out += "none";
    }
  } else if constexpr (std::is_same_v<T, bool>) {
    out += part ? "true" : "false";
  } else if constexpr (std::is_enum_v<T> && !std::is_same_v<T, std::byte>) {
    append_part(out, static_cast<std::underlying_type_t<T>>(part));
  } else if constexpr (std::is_integral_v<T>) {
    append_text(out, static_cast<std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>>(part));
  } else if constexpr (std::is_floating_point_v<T>) {
    append_text(out, part);
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    append_text(out, std::string_view(part));
  } else {
    append_text(out, Bytes(reinterpret_cast<const std::byte*>(part.data()), part.size()));
  }
}

/// Spreads `value` over all bits of `seed`, so that neighbouring numbers do not collide in small tables.
constexpr std::size_t mix(std::size_t seed, std::size_t value) noexcept {
  std::uint64_t bits = (seed ^ value) * 0x9e3779b97f4a7c15ULL;
  bits ^= bits >> 32;
  return static_cast<std::size_t>(bits * 0xd6e8feb86659fd93ULL);
}

template <class T>
std::size_t hash_part(const T& part) noexcept {
  if constexpr (requires { PartText<T>::hash(part); }) {
    return PartText<T>::hash(part);
  } else if constexpr (std::is_same_v<T, Int128> || std::is_same_v<T, UInt128>) {
    return mix(static_cast<std::size_t>(part), static_cast<std::size_t>(static_cast<UInt128>(part) >> 64));
  } else if constexpr (IsOptional<T>::value) {
    return part ? hash_part(*part) + 1 : 0;
  } else if constexpr (std::is_floating_point_v<T>) {
    const T number = part == 0 ? T{0} : part;  // -0 equals +0
    return hash_bytes(&number, sizeof(number));
  } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
    return static_cast<std::size_t>(part);
  } else {
    return hash_bytes(part.data(), part.size());
  }
}

}  // namespace detail

/// The parts of a key as text: the part itself when there is one, else "(a, b)". Of any length: as long as the key.
template <class... T>
std::string to_string(const std::tuple<T...>& parts) {
  std::string out;
  if constexpr (sizeof...(T) > 1) out += '(';
  std::size_t index = 0;
  std::apply([&](const auto&... part) { ((out += index++ == 0 ? "" : ", ", detail::append_part(out, part)), ...); },
             parts);
  if constexpr (sizeof...(T) > 1) out += ')';
  return out;
}

/// The std::hash of a strong key, over its `parts()`.
template <class StrongKey>
struct Hash {
  std::size_t operator()(const StrongKey& key) const noexcept {
    std::size_t seed = 0;
    std::apply([&seed](const auto&... part) { ((seed = detail::mix(seed, detail::hash_part(part))), ...); },
               key.parts());
    return seed;
  }
};

}  // namespace netabase::key
