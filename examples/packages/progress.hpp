#pragma once

/// \file
/// What stands on stderr while the import runs: a bar on a terminal, a line now and then elsewhere.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace packages {

class Progress {
 public:
  /// `total`: the bytes to be read, where that is known.
  explicit Progress(std::optional<std::uint64_t> total);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// So far. Cheap: writes ten times a second on a terminal, elsewhere each time after twice the time.
  void update(std::uint64_t bytes, std::uint64_t records);

  /// Writes a line of text above the bar.
  void message(const std::string& text);

 private:
  using Clock = std::chrono::steady_clock;

  void show(double fraction, std::uint64_t records, double seconds);
  void clear();

  std::optional<std::uint64_t> total_;
  bool terminal_;
  bool shown_ = false;
  Clock::time_point begin_;
  Clock::time_point next_;
};

}  // namespace packages
