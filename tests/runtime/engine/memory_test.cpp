/// \file
/// What is particular to the engine in memory.

#include "engine/memory_tree.hpp"
#include "runtime/engine/support.hpp"

namespace netabase::test {

namespace {

using engine::memory::Node;
using engine::memory::Tree;

/// Height of a tree whose every node is balanced and has the right height; -1 otherwise.
int checked_height(const Node* node) {
  if (node == nullptr) return 0;
  const int left = checked_height(node->left);
  const int right = checked_height(node->right);
  if (left < 0 || right < 0 || left - right > 1 || right - left > 1) return -1;
  const int height = 1 + std::max(left, right);
  return node->height == height ? height : -1;
}

std::string key_of(std::uint64_t number) {
  std::string key(8, '\0');
  for (std::size_t i = 0; i < 8; ++i) key[i] = static_cast<char>(number >> (56 - 8 * i));
  return key;
}

}  // namespace

TEST_CASE("the tree stays balanced, and versions share and keep what they had") {
  INFO("NETABASE_TEST_SEED=" << seed());
  std::mt19937_64 random(seed());
  Tree tree;
  std::vector<std::pair<Tree, std::uint64_t>> versions;
  std::uint64_t expected = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string key = key_of(random() % 3000);
    if (random() % 3 != 0) {
      expected += tree.find(as_bytes(key)) == nullptr ? 1 : 0;
      tree.put(as_bytes(key), 8);
    } else {
      expected -= tree.erase(as_bytes(key)) ? 1 : 0;
    }
    REQUIRE(tree.count() == expected);
    if (i % 500 == 0) {
      REQUIRE(checked_height(tree.root()) >= 0);
      versions.emplace_back(tree, expected);
    }
    if (i % 1500 == 0 && !versions.empty()) versions.erase(versions.begin());
  }
  for (const auto& [version, count] : versions) {
    CHECK(checked_height(version.root()) >= 0);
    CHECK(version.count() == count);
  }
}

TEST_CASE("rising keys make a low tree") {
  Tree tree;
  for (std::uint64_t i = 0; i < 100000; ++i) tree.put(as_bytes(key_of(i)), 0);
  CHECK(checked_height(tree.root()) == 17);
  for (std::uint64_t i = 0; i < 100000; i += 2) tree.erase(as_bytes(key_of(i)));
  CHECK(checked_height(tree.root()) >= 16);
  CHECK(tree.count() == 50000);
}

TEST_CASE("the memory engine refuses what it cannot be") {
  const auto code = [](auto change) {
    Config config;
    change(config);
    return code_of([&] { engine::Memory::open(config, 4); });
  };
  CHECK_FALSE(code([](Config&) {}));
  CHECK_FALSE(code([](Config& c) { c.truncate = true; }));
  CHECK_FALSE(code([](Config& c) { c.durability = Durability::none; }));
  CHECK(code([](Config& c) { c.path = "s.mdb"; }) == ErrorCode::invalid_argument);
  CHECK(code([](Config& c) { c.read_only = true; }) == ErrorCode::invalid_argument);
  CHECK(code([](Config& c) { c.create_if_missing = false; }) == ErrorCode::invalid_argument);
  auto store = engine::Memory::temp(4);
  CHECK(code_of([&] { store->backup("x"); }) == ErrorCode::invalid_argument);
  store->flush();
  store->compact();
  store->grow();
  CHECK(store->path() == "(memory)");
}

TEST_CASE("the memory engine counts its readers") {
  Config config;
  config.max_readers = 2;
  auto store = engine::Memory::open(config, 4);
  auto one = store->begin_read();
  auto two = std::make_optional(store->begin_read());
  CHECK(code_of([&] { store->begin_read(); }) == ErrorCode::readers_full);
  two.reset();
  CHECK_FALSE(code_of([&] { store->begin_read(); }));
}

}  // namespace netabase::test
