#pragma once

/// \file
/// Memory for objects of which a thread makes one after the other.

#include <cstddef>
#include <new>
#include <utility>

// Where memory is watched for use after it was freed, it is freed.
#if defined(__SANITIZE_ADDRESS__)
#define NETABASE_RECYCLES 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define NETABASE_RECYCLES 0
#endif
#endif
#ifndef NETABASE_RECYCLES
#define NETABASE_RECYCLES 1
#endif

namespace netabase::detail {

/// For `Object` to derive from: `new Object` takes the memory of the last one that this thread deleted, if there is
/// any, so that making one at a time allocates nothing after the first. The memory is freed when the thread ends. An
/// object may be deleted by another thread than the one that made it.
template <class Object>
class Recycled {
#if NETABASE_RECYCLES
 public:
  static void* operator new(std::size_t size) {
    if (spare_.memory != nullptr) [[likely]]
      return std::exchange(spare_.memory, nullptr);
    return ::operator new(size);
  }
  static void operator delete(void* memory) noexcept {
    if (spare_.memory != nullptr || spare_.is_over) [[unlikely]] {
      ::operator delete(memory);
      return;
    }
    spare_.memory = memory;
    if (!spare_.is_released_at_end) [[unlikely]]
      release_at_end();
  }

 private:
  /// Of simple values only, so that it may be asked while the thread's other objects are being destroyed.
  struct Spare {
    void* memory = nullptr;
    bool is_released_at_end = false;
    bool is_over = false;
  };

  static void release_at_end() noexcept {
    struct Release {
      ~Release() {
        spare_.is_over = true;
        ::operator delete(std::exchange(spare_.memory, nullptr));
      }
    };
    static thread_local const Release release;
    static_cast<void>(release);
    spare_.is_released_at_end = true;
  }

  static inline thread_local constinit Spare spare_{};
#endif
};

}  // namespace netabase::detail
