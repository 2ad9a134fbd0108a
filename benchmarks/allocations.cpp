// Counts operator new, in a file of its own because it replaces the program's.

#include <atomic>
#include <cstdlib>
#include <new>

#include "pair.hpp"

namespace {
std::atomic<std::uint64_t> count{0};
}

namespace bench {
std::uint64_t allocations() noexcept { return count.load(std::memory_order_relaxed); }
}  // namespace bench

void* operator new(std::size_t size) {
  count.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}

void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
