#pragma once

/// \file
/// The wire type of integers of 128 bits, which Cap'n Proto has not: a struct of two 64-bit words.
///
///     | struct pointer | ... | low 64 bits | high 64 bits, two's complement |
///
/// Words that are zero are left out as in every struct, and zero itself is null.

#include <concepts>
#include <cstddef>
#include <cstdint>

#include "netabase/codec/struct.hpp"
#include "netabase/codec/struct_view.hpp"
#include "netabase/codec/struct_writer.hpp"
#include "netabase/int128.hpp"

namespace netabase::wire {

template <class T>
requires(std::same_as<T, Int128> || std::same_as<T, UInt128>) struct WideIntegerCodec {
  using Owned = T;
  using View = T;

  static StructSize size(T value) noexcept {
    StructSize sections;
    sections.scalar(0, low(value));
    sections.scalar(8, high(value));
    return sections;
  }
  static std::size_t content_words(T, Depth) noexcept { return 0; }
  static void write(T value, StructWriter& out) noexcept {
    out.scalar(0, low(value));
    out.scalar(8, high(value));
  }
  static T read(const StructView& view) {
    return static_cast<T>(UInt128{view.scalar<std::uint64_t>(8)} << 64 | view.scalar<std::uint64_t>(0));
  }
  static T own(T value) noexcept { return value; }

 private:
  static std::uint64_t low(T value) noexcept { return static_cast<std::uint64_t>(value); }
  static std::uint64_t high(T value) noexcept { return static_cast<std::uint64_t>(static_cast<UInt128>(value) >> 64); }
};

/// An integer of 128 bits.
template <class T>
using WideInteger = Struct<WideIntegerCodec<T>>;

}  // namespace netabase::wire
