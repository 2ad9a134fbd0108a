/// The three promises of every key encoding (order, injectivity, prefix-freeness), and that keys come back as they went
/// in, for random pairs against the order of the C++ values. A store whose keys break one of them answers ranges
/// wrongly or overwrites records.

#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

#include "netabase/error.hpp"
#include "property.hpp"

namespace netabase::test {

namespace {

using Bytes8 = std::vector<std::uint8_t>;
using BytesB = std::vector<std::byte>;
using Uuid = std::array<std::byte, 16>;
using Small3 = std::array<std::uint8_t, 3>;

}  // namespace

TEST_CASE_TEMPLATE("scalars keep their order as keys", T, bool, std::uint8_t, std::uint16_t, std::uint32_t,
                   std::uint64_t, std::int8_t, std::int16_t, std::int32_t, std::int64_t, float, double, Small, Wide) {
  holds<T>();
  holds<key::Desc<T>>();
}

TEST_CASE_TEMPLATE("texts, bytes and optionals keep their order as keys", T, std::string, BytesB, Bytes8, Uuid, Small3,
                   std::optional<std::uint32_t>, std::optional<std::string>, std::optional<double>, std::optional<Uuid>,
                   std::optional<std::optional<std::int8_t>>) {
  holds<T>();
  holds<key::Desc<T>>();
}

TEST_CASE("composite keys compare part by part") {
  holds<std::uint64_t, key::Desc<std::int64_t>>();
  holds<std::string, std::uint64_t>();
  holds<std::string, std::string>();
  holds<key::Desc<std::string>, std::string>();
  holds<key::Desc<std::string>, key::Desc<std::string>>();
  holds<std::optional<std::string>, std::int32_t>();
  holds<key::Desc<std::optional<std::string>>, Uuid>();
  holds<Bytes8, key::Desc<double>, std::string>();
  holds<bool, key::Desc<BytesB>, Small>();
  holds<std::string, std::string, std::string>();
}

TEST_CASE("values have the documented bytes") {
  const auto encoded = []<class P>(P, const auto& value) {
    key::Buffer buffer;
    key::Encoding<P>::append(buffer, value);
    return std::string(as_text(buffer.bytes()));
  };
  using namespace std::string_literals;
  CHECK(encoded(std::uint32_t{}, 7U) == "\0\0\0\x07"s);
  CHECK(encoded(std::int32_t{}, -1) == "\x7f\xff\xff\xff"s);
  CHECK(encoded(std::int8_t{}, std::int8_t{-128}) == "\0"s);
  CHECK(encoded(Small{}, Small::high) == "\xff"s);
  CHECK(encoded(float{}, 1.5F) == "\xbf\xc0\0\0"s);
  CHECK(encoded(float{}, -1.5F) == "\x40\x3f\xff\xff"s);
  CHECK(encoded(float{}, -0.0F) == "\x80\0\0\0"s);
  CHECK(encoded(float{}, -std::numeric_limits<float>::quiet_NaN()) == "\xff\xc0\0\0"s);
  CHECK(encoded(double{}, 0.0) == "\x80\0\0\0\0\0\0\0"s);
  CHECK(encoded(bool{}, true) == "\x01"s);
  CHECK(encoded(key::Desc<bool>{}, true) == "\xfe"s);
  CHECK(encoded(std::string{}, "") == "\0\x01"s);
  CHECK(encoded(std::string{}, "a\0b"s) ==
        "a\0\xff"
        "b\0\x01"s);
  CHECK(encoded(key::Desc<std::string>{}, "a\0"s) == "\x9e\xff\0\xff\xfe"s);
  CHECK(encoded(std::optional<std::uint8_t>{}, std::optional<std::uint8_t>{}) == "\0"s);
  CHECK(encoded(std::optional<std::uint8_t>{}, std::optional<std::uint8_t>{9}) == "\x01\x09"s);
}

TEST_CASE("a prefix of the parts is a prefix of exactly the keys that begin with them") {
  using Parts = key::Parts<std::string, std::uint32_t, std::string>;
  key::Buffer whole;
  Parts::append(whole, "ab", 7, "x");
  key::Buffer prefix;
  Parts::append_prefix(prefix, "ab");
  CHECK(starts_with(whole.bytes(), prefix.bytes()));
  prefix.clear();
  Parts::append_prefix(prefix, std::string("ab"), 7U);
  CHECK(starts_with(whole.bytes(), prefix.bytes()));
  prefix.clear();
  Parts::append_prefix(prefix, "a");
  CHECK_FALSE(starts_with(whole.bytes(), prefix.bytes()));
}

TEST_CASE_TEMPLATE("decoding arbitrary bytes gives a value or Corrupt, and no value that append would not make", T,
                   bool, std::int16_t, float, double, Wide, std::string, BytesB, Uuid, std::optional<std::string>,
                   std::optional<float>) {
  const auto walk = []<class P>(P) {
    using Encoding = key::Encoding<P>;
    Random random(77);
    std::size_t accepted = 0;
    for (int i = 0; i < 100'000; ++i) {
      const std::string text = random.text(24);
      Bytes rest = as_bytes(text);
      Bytes skipped = rest;
      const bool has_shape = Encoding::skip(skipped);
      try {
        const auto value = Encoding::decode(rest);
        ++accepted;
        key::Buffer again;
        Encoding::append(again, value);
        if (!has_shape || skipped.size() != rest.size()) return false;
        if (compare(again.bytes(), as_bytes(text).first(text.size() - rest.size())) != 0) return false;
      } catch (const Corrupt&) {
        if (rest.size() != text.size()) return false;  // left as it was
      }
    }
    return accepted > 0;
  };
  CHECK(walk(T{}));
  CHECK(walk(key::Desc<T>{}));
}

TEST_CASE("building keys of up to 512 bytes allocates nothing") {
  const std::string text(500, 'x');
  const std::string zeros(250, '\0');
  const std::size_t before = allocations();
  std::size_t total = 0;
  for (std::uint64_t i = 0; i < 100; ++i) {
    key::Buffer buffer;
    key::Parts<std::uint64_t, key::Desc<std::int64_t>>::append(buffer, i, -1);
    total += buffer.size();
    buffer.clear();
    key::Parts<std::string, std::uint64_t>::append(buffer, text, i);
    total += buffer.size();
    buffer.clear();
    key::Parts<key::Desc<std::string>>::append(buffer, zeros);
    total += buffer.size();
    const key::Buffer copy = buffer;
    total += copy.size();
  }
  CHECK(allocations() == before);
  CHECK(total == 100 * (16 + 510 + 502 + 502));
}

TEST_CASE("a buffer keeps its bytes when it grows, is copied and is moved") {
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{511}, std::size_t{512}, std::size_t{513}, std::size_t{5000}}) {
    key::Buffer buffer;
    for (std::size_t i = 0; i < size; ++i) buffer.push(static_cast<std::byte>(i * 7));
    const auto intact = [size](const key::Buffer& checked) {
      bool same = checked.size() == size;
      for (std::size_t i = 0; same && i < size; ++i) same = checked.data()[i] == static_cast<std::byte>(i * 7);
      return same;
    };
    CHECK(intact(buffer));
    key::Buffer copy(buffer);
    CHECK(intact(copy));
    key::Buffer moved(std::move(buffer));
    CHECK(intact(moved));
    key::Buffer assigned;
    assigned.append(std::string(3000, 'z').data(), 3000);
    assigned = copy;
    CHECK(intact(assigned));
    assigned = std::move(moved);
    CHECK(intact(assigned));
    moved.clear();
    moved.push(std::byte{1});
    CHECK(moved.size() == 1);
  }
}

}  // namespace netabase::test
