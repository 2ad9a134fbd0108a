#pragma once

/// \file
/// A process that ends itself with SIGKILL at a chosen call that writes a file, as LMDB makes them. Not with
/// sanitizers, which interpose as well: `kill_switch_works` is false then, and nothing is counted.

#include <cstdint>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define NETABASE_TEST_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define NETABASE_TEST_SANITIZED 1
#endif
#endif
#ifndef NETABASE_TEST_SANITIZED
#define NETABASE_TEST_SANITIZED 0
#endif

namespace evolution_test {

inline constexpr bool kill_switch_works = NETABASE_TEST_SANITIZED == 0;

/// Calls of pwrite, pwritev, writev and fdatasync so far, in this process.
std::uint64_t file_calls() noexcept;

/// The process dies at the call after so many more. `halfway`: when the call writes, half of it is written first.
void kill_after(std::uint64_t calls, bool halfway) noexcept;

}  // namespace evolution_test
