#pragma once

/// \file
/// The part of a page's nodes in which a key may lie, narrowed by one comparison after the other.
///
/// Interpolation search: numbers, which are keys of eight bytes, are looked for where they are if they are spread
/// evenly between what is known of the keys on either side, by the pages above too. A store's ids mostly are, whether
/// they grow by one or are random. Why: in a store larger than the caches each node that is compared is a wait for
/// memory. Nodes compared in a leaf of 34 and in a branch page of 150, on average: ids in a row 1.0 and 2.3, random
/// ids 2.5 and 2.4, by halves 4.0 and 7.3.
///
/// Texts are halved: what follows their common beginning is spread too unevenly for a guess to be worth a comparison.

#include <algorithm>
#include <bit>
#include <cstdint>

namespace netabase::engine::lmdb {

class Interval {
 public:
  /// `guess`: whether the keys are numbers, which the heads given below then are.
  explicit Interval(bool guess) noexcept : guess_(guess) {}

  /// Begins with the nodes [low, high) of a page whose keys all lie between those of the nodes that the search in the
  /// page above ended at. `high` is at most 32768, the nodes that a page of 64 KiB may have. Where nothing is known of
  /// the keys on one side, as in the root, the page's nodes are halved.
  void enter(std::uint32_t low, std::uint32_t high) noexcept {
    low_ = low;
    high_ = high;
    from_ = 0;
    guesses_ = guess_ && least_ < most_ ? most_guesses : 0;
  }

  bool empty() const noexcept { return low_ >= high_; }

  /// The first node whose key was not found to be less than the wanted one; the one before it is the last found so.
  std::uint32_t low() const noexcept { return low_; }

  /// Whether the last choose() was a guess, and thus is likely to be right.
  bool guessed() const noexcept { return guessed_; }

  /// The node to compare with, of an interval that is not empty. `wanted`: the head of the key that is looked for.
  /// Heads that do not ascend, as in a damaged page, lead to a wrong node of the interval, never out of it.
  std::uint32_t choose(std::uint64_t wanted) noexcept {
    guessed_ = guesses_ > 0 && least_ < most_;
    middle_ = guessed_ ? guess(wanted) : (low_ + high_) / 2;
    guesses_ -= guessed_;
    return middle_;
  }

  /// The wanted key lies before the chosen node, whose key's head is `head`.
  void go_below(std::uint64_t head) noexcept {
    high_ = middle_;
    most_ = head;
  }

  /// It lies behind it, or is its key.
  void go_above(std::uint64_t head) noexcept {
    low_ = middle_ + 1;
    from_ = middle_;
    least_ = head;
  }

 private:
  /// Before a page's nodes are halved after all: numbers that grow by leaps mislead every guess.
  static constexpr int most_guesses = 4;

  std::uint32_t guess(std::uint64_t wanted) const noexcept {
    // 32 bits are enough, and leave room for the product.
    const int shift = std::max(0, 32 - std::countl_zero(most_ - least_));
    const std::uint64_t width = (most_ - least_) >> shift;
    const std::uint64_t part = std::min((wanted - least_) >> shift, width);
    return std::clamp(static_cast<std::uint32_t>(from_ + (high_ - from_) * part / width), low_, high_ - 1);
  }

  std::uint32_t low_ = 0;
  std::uint32_t high_ = 0;
  std::uint32_t from_ = 0;  // the node that `least_` belongs to; `most_` belongs to `high_`
  std::uint32_t middle_ = 0;
  // The heads next to the interval; the first is the greater as long as one of them is not known.
  std::uint64_t least_ = UINT64_MAX;
  std::uint64_t most_ = 0;
  int guesses_ = 0;  // that are left in this page
  bool guess_;
  bool guessed_ = false;
};

}  // namespace netabase::engine::lmdb
