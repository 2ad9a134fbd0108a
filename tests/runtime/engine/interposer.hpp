#pragma once

/// \file
/// The system's calls that write files, as LMDB makes them: they can be made to fail, and be recorded. LMDB calls the
/// system through the dynamic linker, which finds the functions of interposer.cpp first. Not with sanitizers, which
/// interpose as well.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace netabase::test::interposer {

/// How many of the next matching calls fail, and how. LMDB writes of a meta page only what changes, less than a page.
extern std::atomic<int> failing_meta_writes;
extern std::atomic<int> failing_data_writes;
extern std::atomic<int> failing_syncs;
extern std::atomic<int> failure_errno;

/// What happened to the recorded file.
struct Event {
  enum class Kind : std::uint8_t { write, sync, acknowledged };
  Kind kind = Kind::write;
  bool synced = false;  ///< of a write: on the medium when the call returned (O_DSYNC)
  std::size_t offset = 0;
  std::string data{};
};

/// From here on everything that is written to `file` is recorded.
void start_recording(const std::string& file);
/// Notes that a commit returned.
void acknowledge();
std::vector<Event> stop_recording();

}  // namespace netabase::test::interposer
