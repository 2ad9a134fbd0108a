#pragma once

/// \file
/// Durations and points of time in a data section: the number of their ticks. The unit is the schema's to say.

#include <chrono>

#include "netabase/codec/word.hpp"

namespace netabase::wire::detail {

template <PlainScalar Rep, class Period>
struct StoredAs<std::chrono::duration<Rep, Period>> {
  using Number = Rep;
  static constexpr Rep number(std::chrono::duration<Rep, Period> value) noexcept { return value.count(); }
  static constexpr std::chrono::duration<Rep, Period> value(Rep number) noexcept {
    return std::chrono::duration<Rep, Period>(number);
  }
};

/// Only of system_clock: the ticks of other clocks mean nothing in another process.
template <class Duration>
struct StoredAs<std::chrono::time_point<std::chrono::system_clock, Duration>> {
  using Time = std::chrono::time_point<std::chrono::system_clock, Duration>;
  using Number = typename StoredAs<Duration>::Number;
  static constexpr Number number(Time value) noexcept { return value.time_since_epoch().count(); }
  static constexpr Time value(Number number) noexcept { return Time(Duration(number)); }
};

}  // namespace netabase::wire::detail
