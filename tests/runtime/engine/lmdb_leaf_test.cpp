/// \file
/// A leaf page read in place, sound and damaged. The page's memory ends where the page does, so that AddressSanitizer
/// sees a read behind it.

#include "netabase/engine/lmdb_leaf.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace netabase::test {

namespace {

using engine::lmdb::LeafPage;

constexpr std::size_t page_size = 512;

struct Free {
  void operator()(std::byte* memory) const { std::free(memory); }
};

/// A page with the entries "a" = "first", "b" = "second", "c" = "third".
class Page {
 public:
  Page() : memory_(static_cast<std::byte*>(std::aligned_alloc(page_size, page_size))) {
    std::memset(memory_.get(), 0, page_size);
    set(10, std::uint16_t{0x02});
    constexpr std::array<std::string_view, 3> values = {"first", "second", "third"};
    std::size_t at = page_size;
    for (std::size_t i = 0; i < values.size(); ++i) {
      at -= 8 + 1 + values[i].size() + (1 + values[i].size()) % 2;
      set(16 + 2 * i, static_cast<std::uint16_t>(at));
      set(at, static_cast<std::uint32_t>(values[i].size()));
      set(at + 6, std::uint16_t{1});
      set(at + 8, static_cast<char>('a' + i));
      std::memcpy(memory_.get() + at + 9, values[i].data(), values[i].size());
    }
    set(12, static_cast<std::uint16_t>(16 + 2 * values.size()));
    set(14, static_cast<std::uint16_t>(at));
  }

  template <class T>
  void set(std::size_t offset, T value) {
    std::memcpy(memory_.get() + offset, &value, sizeof value);
  }
  std::size_t node(std::size_t index) const {
    std::uint16_t offset = 0;
    std::memcpy(&offset, memory_.get() + 16 + 2 * index, sizeof offset);
    return offset;
  }
  const std::byte* begin() const { return memory_.get(); }
  LeafPage leaf() const { return {memory_.get() + page_size - 1, page_size}; }

  /// "key=value" of an entry, "" when it is not read.
  std::string entry(std::uint32_t index) const {
    Bytes key;
    Bytes value;
    if (!LeafPage::read(begin(), page_size, index, key, value)) return "";
    return text(key) + "=" + text(value);
  }

 private:
  static std::string text(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

  std::unique_ptr<std::byte, Free> memory_;
};

}  // namespace

TEST_CASE("a leaf page's entries are read and found in place") {
  const Page page;
  CHECK(page.leaf().begin() == page.begin());
  CHECK(page.leaf().count() == 3);
  CHECK(page.entry(0) == "a=first");
  CHECK(page.entry(1) == "b=second");
  CHECK(page.entry(2) == "c=third");
  for (std::uint32_t i = 0; i < 3; ++i) {
    const std::byte* const key = page.begin() + page.node(i) + 8;
    CHECK(page.leaf().find(key, 3) == i);
    CHECK(page.leaf().is_at(i, key));
    CHECK_FALSE(page.leaf().is_at((i + 1) % 3, key));
  }
  CHECK(page.leaf().find(page.begin() + 100, 3) == 3);
}

TEST_CASE("a page that is no leaf, or whose node table does not lie in it, has no entries to read in place") {
  Page branch;
  branch.set(10, std::uint16_t{0x01});
  CHECK(branch.leaf().count() == 0);
  for (const std::uint16_t end :
       {std::uint16_t{0}, std::uint16_t{15}, std::uint16_t{page_size + 1}, std::uint16_t{65535}}) {
    CAPTURE(end);
    Page page;
    page.set(12, end);
    CHECK(page.leaf().count() == 0);
  }
  Page full;
  full.set(12, std::uint16_t{page_size});
  CHECK(full.leaf().count() == (page_size - 16) / 2);
  for (std::uint32_t i = 3; i < full.leaf().count(); ++i) {
    Bytes key;
    Bytes value;
    if (!LeafPage::read(full.begin(), page_size, i, key, value)) continue;
    CHECK(key.data() >= full.begin());
    CHECK(value.data() + value.size() <= full.begin() + page_size);
  }
}

TEST_CASE("an entry that reaches out of its page, or whose value lies elsewhere, is left to LMDB") {
  Page page;
  SUBCASE("the node begins behind the page") { page.set(16 + 2, std::uint16_t{page_size - 7}); }
  SUBCASE("the node begins far behind the page") { page.set(16 + 2, std::uint16_t{65535}); }
  SUBCASE("the key is too long") { page.set(page.node(1) + 6, std::uint16_t{page_size}); }
  SUBCASE("the value is too long") { page.set(page.node(1), std::uint32_t{page_size}); }
  SUBCASE("the value's length is the greatest there is") { page.set(page.node(1), std::uint32_t{0xffffffff}); }
  SUBCASE("the value lies on pages of its own") { page.set(page.node(1) + 4, std::uint16_t{0x01}); }
  CHECK(page.entry(1) == "");
  CHECK(page.entry(2) == "c=third");
}

}  // namespace netabase::test
