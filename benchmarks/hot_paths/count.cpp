#include "count.hpp"

#include <valgrind/callgrind.h>

#include <cstdio>
#include <cstdlib>
#include <new>

namespace {
std::uint64_t allocations = 0;
}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace hot {

namespace {

std::uint64_t count_side(const Path& path, const char* side, const Work& work) {
  path.prepare();
  work();  // what only the first use costs is no matter of a hot path
  path.prepare();
  const std::string name = path.name + ' ' + side;
  const std::uint64_t before = allocations;
  CALLGRIND_START_INSTRUMENTATION;
  CALLGRIND_ZERO_STATS;
  const std::uint64_t sum = work();
  CALLGRIND_STOP_INSTRUMENTATION;
  const std::uint64_t made = allocations - before;
  CALLGRIND_DUMP_STATS_AT(name.c_str());
  std::printf("%s %llu %llu\n", name.c_str(), static_cast<unsigned long long>(path.operations),
              static_cast<unsigned long long>(made));
  return sum;
}

}  // namespace

void count(const Path& path) {
  const std::uint64_t ours = count_side(path, "netabase", path.netabase);
  const std::uint64_t theirs = count_side(path, "raw", path.raw);
  if (ours == theirs) return;
  std::fprintf(stderr, "%s: the sides did different work: netabase %llu, raw %llu\n", path.name.c_str(),
               static_cast<unsigned long long>(ours), static_cast<unsigned long long>(theirs));
  std::exit(1);
}

}  // namespace hot
