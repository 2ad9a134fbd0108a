/// \file
/// From what a caller writes to the bytes of a key, and what may not be written. The parts of a key that may be absent
/// are as strict as those that may not.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include "netabase/detail/key_arguments.hpp"

namespace {

using netabase::detail::LeadingParts;

/// An index as far as key arguments look at it.
template <class... P>
struct IndexOf {
  using Parts = netabase::key::Parts<P...>;
  struct Key {
    typename Parts::Owned values;
    const typename Parts::Owned& parts() const { return values; }
    template <class... Values>
    explicit Key(Values&&... parts) : values(std::forward<Values>(parts)...) {}
  };
};

using Small = IndexOf<std::optional<std::uint8_t>, netabase::key::Desc<std::optional<std::int16_t>>>;
using Plain = IndexOf<std::uint8_t, netabase::key::Desc<std::int16_t>>;
using Texts = IndexOf<std::optional<std::string>, std::optional<double>>;

template <class Index, class... Arguments>
std::vector<std::byte> bytes(const Arguments&... arguments) {
  netabase::key::Buffer buffer;
  netabase::detail::append_key<Index>(buffer, arguments...);
  return {buffer.data(), buffer.data() + buffer.size()};
}

/// The code of the Error that making the key throws; nothing when it throws none.
template <class Index, class... Arguments>
std::optional<netabase::ErrorCode> refused(const Arguments&... arguments) {
  try {
    bytes<Index>(arguments...);
  } catch (const netabase::Error& error) {
    return error.code();
  }
  return std::nullopt;
}

enum class Colour : std::uint8_t { red };

}  // namespace

TEST_CASE("a number outside the range of its part is refused, whether or not the part may be absent") {
  const auto invalid = netabase::ErrorCode::invalid_argument;
  CHECK(refused<Plain>(300) == invalid);
  CHECK(refused<Small>(300) == invalid);
  CHECK(refused<Small>(-1) == invalid);
  CHECK(refused<Small>(std::optional<int>(256)) == invalid);
  CHECK(refused<Small>(std::optional<std::uint64_t>(std::uint64_t{1} << 40)) == invalid);
  CHECK(refused<Small>(std::tuple(256)) == invalid);
  CHECK(refused<Small>(1, 40000) == invalid);
  CHECK(refused<Small>(1, std::optional<long>(-32769)) == invalid);
  CHECK_THROWS_AS((netabase::detail::whole_key<Small>(1, 40000)), netabase::Error);
  CHECK_FALSE(refused<Small>(255, -32768).has_value());
}

TEST_CASE("a part that may be absent takes its value, an optional of it, and nothing") {
  using Byte = std::optional<std::uint8_t>;
  CHECK(bytes<Small>(7) == bytes<Small>(Byte(7)));
  CHECK(bytes<Small>(std::optional<long>(7)) == bytes<Small>(Byte(7)));
  CHECK(bytes<Small>(std::nullopt) == bytes<Small>(Byte()));
  CHECK(bytes<Small>(std::optional<long>()) == bytes<Small>(Byte()));
  CHECK(bytes<Small>(std::nullopt, 3) == bytes<Small>(std::tuple(std::nullopt, std::optional<int>(3))));
  CHECK(bytes<Texts>("Nice", 1.5F) == bytes<Texts>(std::optional<std::string>("Nice"), 1.5));
  CHECK(bytes<Texts>(std::string("Nice")) == bytes<Texts>(std::optional<std::string_view>("Nice")));
  CHECK(std::get<0>(netabase::detail::whole_key<Texts>(std::string_view("Nice"), std::nullopt).values) == "Nice");
}

TEST_CASE("what would lose its meaning cannot stand for a part, whether or not the part may be absent") {
  CHECK(LeadingParts<Small, int>);
  CHECK(LeadingParts<Small, std::nullopt_t, std::optional<int>>);
  CHECK_FALSE(LeadingParts<Plain, double>);
  CHECK_FALSE(LeadingParts<Small, double>);
  CHECK_FALSE(LeadingParts<Small, std::optional<double>>);
  CHECK_FALSE(LeadingParts<Small, bool>);
  CHECK_FALSE(LeadingParts<Small, std::optional<bool>>);
  CHECK_FALSE(LeadingParts<Small, Colour>);
  CHECK_FALSE(LeadingParts<Small, std::nullptr_t>);
  CHECK_FALSE(LeadingParts<Plain, std::nullopt_t>);
  CHECK_FALSE(LeadingParts<Plain, std::optional<std::uint8_t>>);
  CHECK_FALSE(LeadingParts<Texts, std::nullptr_t>);
  CHECK_FALSE(LeadingParts<Texts, int>);
  using Flag = IndexOf<std::optional<bool>>;
  CHECK(LeadingParts<Flag, bool>);
  CHECK_FALSE(LeadingParts<Flag, int>);
  CHECK_FALSE(LeadingParts<Flag, std::optional<int>>);
}
