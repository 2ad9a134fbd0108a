#pragma once

/// \file
/// What the tests of keys and of the record codec share: reproducible randomness and a count of allocations.

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace netabase::test {

/// The seed of all random tests: NETABASE_TEST_SEED when set, else new for each run. Printed once.
std::uint64_t seed();

/// How often memory was asked of `operator new` since the program began.
std::size_t allocations() noexcept;

/// Random values with a taste for edges.
class Random {
 public:
  /// Differs for each `stream`, so that tests do not depend on each other's order.
  explicit Random(std::uint64_t stream) : engine_(seed() * 0x9e3779b97f4a7c15ULL + stream) {}

  std::uint64_t bits() { return engine_(); }
  /// 0 to `limit - 1`.
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(bits() % limit); }
  bool one_in(std::size_t n) { return below(n) == 0; }

  /// 0 to `longest` bytes, most of them from the few that encodings treat specially.
  std::string text(std::size_t longest) {
    static constexpr char special[] = {'\0', '\x01', '\xff', '\xfe', 'a', '\0', '\xff', 'b'};
    std::string text(below(longest + 1), 'a');
    const bool plain = one_in(2);
    for (char& character : text) {
      character = plain ? static_cast<char>('a' + below(3)) : one_in(4) ? static_cast<char>(bits()) : special[below(8)];
    }
    return text;
  }

  template <class Byte>
  std::vector<Byte> bytes(std::size_t longest) {
    const std::string characters = text(longest);
    std::vector<Byte> bytes;
    for (const char character : characters) bytes.push_back(static_cast<Byte>(static_cast<unsigned char>(character)));
    return bytes;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace netabase::test
