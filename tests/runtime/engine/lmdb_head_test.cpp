/// \file
/// The head of a file is read whatever its page size is: LMDB takes the machine's, which need not be this one's.

#include "engine/lmdb_head.hpp"

#include <fcntl.h>

#include "engine/lmdb_file.hpp"
#include "runtime/engine/support.hpp"

namespace netabase::test {

namespace {

/// A store's file as a machine with other pages has it: both meta pages, and as many empty pages as it says.
std::string with_page_size(const std::string& bytes, std::uint32_t size) {
  constexpr std::size_t content = 152;
  constexpr std::size_t page_size_at = 40;
  std::string made(std::size_t{size} * 16, '\0');
  for (std::size_t page = 0; page < 2; ++page) {
    const std::size_t at = page * size;
    std::memcpy(made.data() + at, bytes.data() + page * 4096, content);
    std::memcpy(made.data() + at + page_size_at, &size, sizeof size);
  }
  return made;
}

engine::lmdb::Head head_of(const std::string& file) {
  const engine::lmdb::Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  REQUIRE(opened);
  return engine::lmdb::read_head(opened.get(), file);
}

}  // namespace

TEST_CASE("a head is read with pages of every size") {
  const Folder folder;
  Config config;
  config.path = folder.file("store.mdb");
  auto store = engine::Lmdb::open(config, 4, [](auto& txn) { txn.make_table("t"); });
  store.reset();
  const std::string bytes = read_bytes(config.path);
  const engine::lmdb::Head own = head_of(config.path);
  CHECK(own.page_size == 4096);
  const std::string file = folder.file("other.mdb");
  for (std::uint32_t size = 512; size <= 65536; size *= 2) {
    CAPTURE(size);
    write_bytes(file, with_page_size(bytes, size));
    const engine::lmdb::Head head = head_of(file);
    CHECK(head.page_size == size);
    CHECK(head.meta.transaction == own.meta.transaction);
    CHECK(head.meta.main.root == own.meta.main.root);
    for (const std::size_t length :
         {std::size_t{size} / 2, std::size_t{size}, std::size_t{size} + 100, 2 * std::size_t{size} - 1}) {
      CAPTURE(length);
      write_bytes(file, with_page_size(bytes, size).substr(0, length));
      CHECK(code_of([&] { head_of(file); }) == ErrorCode::corrupt);
    }
  }
}

}  // namespace netabase::test
