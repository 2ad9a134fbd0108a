#include "tools/output/progress.hpp"

#include <ostream>

#include "tools/output/text.hpp"

namespace netabase::tools {

Progress::Progress(const Context& context, std::string what, std::uint64_t total)
    : context_(context),
      what_(std::move(what)),
      total_(total),
      active_(context.progress),
      begin_(std::chrono::steady_clock::now()),
      last_(begin_) {}

Progress::~Progress() {
  if (drawn_) context_.err << "\r\x1b[K" << std::flush;
}

void Progress::draw() {
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  drawn_ = true;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  context_.err << '\r' << count_text(done_);
  if (total_ != 0) context_.err << " of " << count_text(total_);
  context_.err << ' ' << what_;
  if (total_ != 0) context_.err << ", " << done_ * 100 / total_ << " %";
  context_.err << ", " << count_text(static_cast<std::uint64_t>(static_cast<double>(done_) / seconds)) << "/s\x1b[K"
               << std::flush;
}

}  // namespace netabase::tools
