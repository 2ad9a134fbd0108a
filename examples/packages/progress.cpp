#include "progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iomanip>
#include <sstream>
#include <string_view>

#include "format.hpp"

namespace packages {

namespace {

using namespace std::chrono_literals;

bool is_terminal() {
  const char* kind = std::getenv("TERM");
  return ::isatty(STDERR_FILENO) != 0 && kind != nullptr && std::string_view(kind) != "dumb";
}

}  // namespace

Progress::Progress(std::optional<std::uint64_t> total)
    : total_(total), terminal_(is_terminal()), begin_(Clock::now()), next_(begin_ + (terminal_ ? 0ms : 200ms)) {}

void Progress::update(std::uint64_t bytes, std::uint64_t records) {
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + (terminal_ ? 100ms : now - begin_);
  const double fraction = total_ ? static_cast<double>(bytes) / static_cast<double>(*total_) : 0;
  show(fraction, records, std::chrono::duration<double>(now - begin_).count());
}

void Progress::show(double fraction, std::uint64_t records, double seconds) {
  std::ostringstream line;
  if (total_) {
    constexpr std::size_t width = 30;
    const auto full = std::min(width, static_cast<std::size_t>(fraction * width));
    if (terminal_) line << '[' << std::string(full, '#') << std::string(width - full, '.') << "] ";
    line << std::setw(3) << static_cast<int>(fraction * 100) << " %  ";
  }
  line << counted(records, "record");
  if (seconds > 0) line << "  " << grouped(static_cast<std::uint64_t>(static_cast<double>(records) / seconds)) << "/s";
  std::fprintf(stderr, terminal_ ? "\r%s\x1b[K" : "%s\n", line.str().c_str());
  shown_ = terminal_;
}

void Progress::message(const std::string& text) {
  clear();
  std::fprintf(stderr, "%s\n", text.c_str());
}

void Progress::clear() {
  if (shown_) std::fputs("\r\x1b[K", stderr);
  shown_ = false;
}

}  // namespace packages
