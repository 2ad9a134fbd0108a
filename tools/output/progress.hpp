#pragma once

/// \file
/// How far a long command is: one line on standard error that is drawn again and again, when that is a terminal.

#include <chrono>
#include <cstdint>
#include <string>

#include "tools/output/context.hpp"

namespace netabase::tools {

class Progress {
 public:
  /// `what`: "records". `total`: 0 when nobody knows.
  Progress(const Context& context, std::string what, std::uint64_t total = 0);
  /// Takes the line away.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// One more is done. Costs a nanosecond; draws ten times a second.
  void step() {
    if ((++done_ & 0x3ff) == 0 && active_) draw();
  }

 private:
  void draw();

  const Context& context_;
  std::string what_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
  bool active_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point begin_;
  std::chrono::steady_clock::time_point last_;
};

}  // namespace netabase::tools
