#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "make_users.hpp"
#include "workloads.hpp"

namespace suite {
namespace {

using users::User;
using UserSide = Side<User>;

/// A file that is closed when this goes.
struct File {
  explicit File(const std::string& path) : handle(::open(path.c_str(), O_RDONLY)) {
    require(handle >= 0, "cannot open " + path);
  }
  ~File() { ::close(handle); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int handle;
};

/// Bytes of the file that are in the system's memory.
std::uint64_t resident(const std::string& path) {
  const File file(path);
  struct stat info {};
  require(::fstat(file.handle, &info) == 0, "cannot look at " + path);
  if (info.st_size == 0) return 0;
  const auto size = static_cast<std::size_t>(info.st_size);
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  void* const map = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.handle, 0);
  require(map != MAP_FAILED, "cannot map " + path);
  std::vector<unsigned char> pages((size + page - 1) / page);
  require(::mincore(map, size, pages.data()) == 0, "cannot ask what of " + path + " is in memory");
  ::munmap(map, size);
  return page * static_cast<std::uint64_t>(
                    std::count_if(pages.begin(), pages.end(), [](unsigned char in) { return (in & 1U) != 0; }));
}

/// Lets the system forget a file that nobody has open. Returns the bytes that it kept in memory.
std::uint64_t forget(const std::string& path) {
  std::uint64_t left = 0;
  // It keeps what it works with at the moment, such as pages that another processor has just put aside for writing.
  for (int attempt = 0; attempt < 100; ++attempt) {
    if (attempt != 0) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    {
      const File file(path);
      require(::fsync(file.handle) == 0, "cannot sync " + path);
      require(::posix_fadvise(file.handle, 0, 0, POSIX_FADV_DONTNEED) == 0, "cannot drop " + path);
    }
    left = resident(path);
    if (left == 0) break;
  }
  return left;
}

/// Closes the store, lets the system forget its files, and opens it again. Returns the bytes that stayed in memory
/// while it was closed: none but on tmpfs.
std::uint64_t forget(UserSide& side) {
  std::uint64_t left = 0;
  side.reopen([&] {
    for (const std::string& path : side.files()) left += forget(path);
  });
  return left;
}

}  // namespace

void run_cold(Suite& suite) {
  std::uint64_t count = 1000000;
  std::uint64_t asked = 2000;
  if (suite.options().size == Size::smoke) count = 2000, asked = 20;
  if (suite.options().size == Size::quick) count = 100000, asked = 200;
  if (suite.options().size == Size::full) count = 10000000;
  Contest<User> contest = open_sides<User>(suite, {suite, Medium::disk, false}, "cold");
  Table<User> table(suite, contest, "cold", count);
  suite.progress(table.make_case("fill", count));
  constexpr std::uint64_t at_once = 100000;
  for (std::uint64_t first = 0; first < count; first += at_once) {
    const std::vector<User> users = make_users_between(first, std::min(first + at_once, count), count);
    for (const auto& side : contest.sides) side->put_bulk(users);
  }
  for (std::size_t i = 0; i < contest.sides.size(); ++i) {
    contest.sides[i]->settle();
    if (const std::uint64_t left = forget(*contest.sides[i]); left != 0) {
      std::fprintf(stderr, "\r\033[KReads from the disk are left out: the system keeps %llu bytes of %s in memory.\n",
                   static_cast<unsigned long long>(left), contest.names[i].c_str());
      return;
    }
  }
  table.bytes();
  Ids ids;
  for (std::uint64_t i = 0; i < asked; ++i) ids.push_back(user_id(mix(i) % count, Order::random));
  const auto cold = [](UserSide& side) { require(forget(side) == 0, "the system keeps a file in memory"); };
  for (const bool read_ahead : {true, false}) {
    for (const auto& side : contest.sides) side->set_read_ahead(read_ahead);
    const std::string how = read_ahead ? "" : ", no read-ahead";
    table.run("get, random ids" + how, asked, asked, cold, [&](UserSide& side) { return side.get_borrowed(ids); });
    table.run("get_many, random ids" + how, asked, asked, cold, [&](UserSide& side) { return side.get_many(ids); });
    table.run("scan" + how, count, count, cold, [](UserSide& side) { return side.scan(); });
  }
}

}  // namespace suite
