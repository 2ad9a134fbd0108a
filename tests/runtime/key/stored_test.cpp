/// Keys as they lie in the file: no stored key is longer than an engine takes, record keys keep records aligned, and
/// long keys stay distinct.

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

#include "netabase/key/parts.hpp"
#include "netabase/key/stored.hpp"
#include "support.hpp"

namespace netabase::test {

namespace {

constexpr std::size_t engine_limit = 511;

/// An encoded key of exactly `size` bytes.
key::Buffer encoded(std::size_t size, char fill = 'k') {
  key::Buffer buffer;
  key::Parts<std::string>::append(buffer, std::string(size - 2, fill));
  REQUIRE(buffer.size() == size);
  return buffer;
}

std::string hex(Bytes bytes) {
  std::string out;
  for (const std::byte byte : bytes) {
    out += "0123456789abcdef"[std::to_integer<unsigned>(byte) >> 4];
    out += "0123456789abcdef"[std::to_integer<unsigned>(byte) & 15];
  }
  return out;
}

}  // namespace

TEST_CASE("a record key's length is a multiple of 8, and 504 exactly when it is hashed") {
  for (std::size_t size = 2; size <= 1200; ++size) {
    key::Buffer buffer = encoded(size);
    const key::Buffer plain = buffer;
    key::seal_record_key(buffer);
    CHECK(buffer.size() % 8 == 0);
    CHECK(buffer.size() <= engine_limit);
    CHECK(key::is_hashed_record_key(buffer.bytes()) == (size > 496));
    if (size <= 496) {
      CHECK(starts_with(buffer.bytes(), plain.bytes()));
      CHECK(buffer.size() < size + 8);
      Bytes rest = buffer.bytes();
      CHECK(key::Parts<std::string>::decode(rest) == std::tuple(std::string(size - 2, 'k')));
      CHECK(key::is_padding(rest));
    } else {
      CHECK(buffer.size() == 504);
      CHECK(starts_with(plain.bytes(), buffer.bytes().first(488)));
    }
  }
}

TEST_CASE("the lengths at which keys begin to be hashed") {
  const auto record = [](std::size_t size) {
    key::Buffer buffer = encoded(size);
    key::seal_record_key(buffer);
    return buffer.size();
  };
  CHECK(record(2) == 8);
  CHECK(record(8) == 8);
  CHECK(record(9) == 16);
  CHECK(record(488) == 488);
  CHECK(record(489) == 496);
  CHECK(record(495) == 496);
  CHECK(record(496) == 496);
  CHECK(record(497) == 504);

  const auto unique = [](std::size_t size) {
    key::Buffer buffer = encoded(size);
    key::seal_unique_key(buffer);
    CHECK(key::is_hashed_unique_key(buffer.bytes()) == (size > 495));
    return buffer.size();
  };
  CHECK(unique(2) == 2);
  CHECK(unique(495) == 495);
  CHECK(unique(496) == 511);
  CHECK(unique(5000) == 511);

  const auto index = [](std::size_t size) {
    key::Buffer buffer = encoded(size);
    CHECK(key::seal_index_part(buffer) == (size > 224));
    return buffer.size();
  };
  CHECK(index(223) == 223);
  CHECK(index(224) == 224);
  CHECK(index(225) == 240);
  CHECK(index(5000) == 240);

  const auto part = [](std::size_t size) {
    key::Buffer entry;
    CHECK(key::append_record_key_part(entry, encoded(size).bytes()) == (size > 271));
    return entry.size();
  };
  CHECK(part(8) == 8);
  CHECK(part(264) == 264);
  CHECK(part(271) == 271);
  CHECK(part(272) == 264);
  CHECK(part(504) == 264);
}

TEST_CASE("the longest entry of an index is the longest key of an engine") {
  key::Buffer entry = encoded(5000);
  key::seal_index_part(entry);
  key::append_record_key_part(entry, encoded(271).bytes());
  CHECK(entry.size() == engine_limit);
}

TEST_CASE("the hash is XXH3-128 of the whole encoded key, big-endian") {
  // What the xxHash library itself (XXH3_128bits, canonical form) says of 598 'k', 00, 01.
  key::Buffer buffer = encoded(600);
  key::seal_record_key(buffer);
  CHECK(hex(buffer.bytes().subspan(488)) == "be1796c30e0ee64be2fe1684dc7f640d");
}

TEST_CASE("equal keys are stored equal, different ones differently, in their order unless hashed") {
  Random random(5);
  const auto check = [&](auto seal, std::size_t limit) {
    std::size_t hashed = 0;
    for (int i = 0; i < 30'000; ++i) {
      // Beginnings often shared up to near the limit.
      const std::string stem(random.one_in(2) ? limit - 10 + random.below(20) : 0, 's');
      const std::string a = stem + random.text(random.one_in(3) ? 600 : 12);
      const std::string b = random.one_in(5) ? a : stem + random.text(random.one_in(3) ? 600 : 12);
      key::Buffer left;
      key::Buffer right;
      key::Parts<std::string>::append(left, a);
      key::Parts<std::string>::append(right, b);
      const bool plain = left.size() <= limit && right.size() <= limit;
      const int before = compare(left.bytes(), right.bytes());
      seal(left);
      seal(right);
      const int after = compare(left.bytes(), right.bytes());
      if ((before == 0) != (after == 0)) return false;
      if (plain && (before < 0) != (after < 0)) return false;
      hashed += plain ? 0 : 1;
    }
    return hashed > 1000;
  };
  CHECK(check([](key::Buffer& buffer) { key::seal_record_key(buffer); }, 496));
  CHECK(check([](key::Buffer& buffer) { key::seal_unique_key(buffer); }, 495));
  CHECK(check([](key::Buffer& buffer) { key::seal_index_part(buffer); }, 224));
  CHECK(check(
      [](key::Buffer& buffer) {
        key::Buffer entry;
        key::append_record_key_part(entry, buffer.bytes());
        buffer = entry;
      },
      271));
}

TEST_CASE("only up to seven zero bytes are padding") {
  const std::byte bytes[9] = {};
  const std::byte other[] = {std::byte{0}, std::byte{1}};
  CHECK(key::is_padding({}));
  CHECK(key::is_padding(Bytes(bytes, 7)));
  CHECK_FALSE(key::is_padding(Bytes(bytes, 8)));
  CHECK_FALSE(key::is_padding(other));
}

}  // namespace netabase::test
