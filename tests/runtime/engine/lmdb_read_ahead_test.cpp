/// \file
/// What the system is told of the map, as Config::read_ahead has it: the kernel's own word for it, in /proc.

#include <sstream>

#include "runtime/engine/support.hpp"

namespace netabase::test {

namespace {

/// Whether the map of the file is to be read without what lies around ("rr" in the kernel's list of flags).
bool is_read_at_random(const std::string& path) {
  std::ifstream maps("/proc/self/smaps");
  const std::string name = std::filesystem::canonical(path).string();
  bool inside = false;
  for (std::string line; std::getline(maps, line);) {
    // A map's first line ends with its file's name; those about it begin with a word and a colon.
    if (line.find('-') < line.find(' ')) inside = line.ends_with(' ' + name);
    if (!inside || !line.starts_with("VmFlags:")) continue;
    std::istringstream flags(line);
    for (std::string flag; flags >> flag;) {
      if (flag == "rr") return true;
    }
    return false;
  }
  FAIL("there is no map of " << name);
  return false;
}

}  // namespace

TEST_CASE("read-ahead is on, and off where it is switched off, after the map moved and the file was replaced as well") {
  for (const bool read_ahead : {true, false}) {
    CAPTURE(read_ahead);
    const Folder folder;
    Config config;
    if (!read_ahead) config.read_ahead = false;
    config.path = folder.file("store.mdb");
    const auto store = engine::Lmdb::open(
        config, 4, [](auto& txn) { txn.make_table("t"); }, std::uint64_t{1} << 20);
    CHECK(is_read_at_random(config.path) == !read_ahead);
    store->grow();
    CHECK(is_read_at_random(config.path) == !read_ahead);
    store->compact();
    CHECK(is_read_at_random(config.path) == !read_ahead);
  }
}

}  // namespace netabase::test
