/// A codec in the shape of generated code, and what a record promises beside its format: exact size, alignment, no
/// allocation, a checksum, and views that know when they have ended.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "netabase/error.hpp"
#include "table_codec.hpp"

namespace netabase::test {

namespace {

struct User {
  std::uint64_t id = 0;
  std::string username{};
  std::string email{};
  std::optional<std::string> city{};
  std::vector<std::string> tags{};
  std::vector<std::uint32_t> scores{};

  bool operator==(const User&) const = default;
};

class UserRef {
 public:
  using Owned = User;
  UserRef() = default;
  explicit UserRef(wire::StructView view) noexcept : view_(view) {}

  std::uint64_t id() const { return view_.scalar<std::uint64_t>(0); }
  std::string_view username() const { return view_.pointer<wire::Text>(0); }
  std::string_view email() const { return view_.pointer<wire::Text>(1); }
  std::optional<std::string_view> city() const {
    if (view_.scalar<std::uint16_t>(8) != 1) return std::nullopt;
    return view_.pointer<wire::Text>(2);
  }
  wire::List<wire::Text>::View tags() const { return view_.pointer<wire::List<wire::Text>>(3); }
  std::span<const std::uint32_t> scores() const { return view_.pointer<wire::List<wire::Scalar<std::uint32_t>>>(4); }
  User to_owned() const;

 private:
  wire::StructView view_;
};

struct UserCodec {
  using Owned = User;
  using View = UserRef;

  static wire::StructSize size(const User& user) {
    wire::StructSize size;
    size.scalar(0, user.id);
    size.pointer<wire::Text>(0, user.username);
    size.pointer<wire::Text>(1, user.email);
    if (user.city) {
      size.scalar(8, std::uint16_t{1});
      size.pointer<wire::Text>(2, *user.city);
    }
    size.pointer<wire::List<wire::Text>>(3, user.tags);
    size.pointer<wire::List<wire::Scalar<std::uint32_t>>>(4, user.scores);
    return size;
  }
  static std::size_t content_words(const User& user, wire::Depth depth) {
    std::size_t words = 0;
    words += wire::Text::words(user.username, depth);
    words += wire::Text::words(user.email, depth);
    if (user.city) words += wire::Text::words(*user.city, depth);
    words += wire::List<wire::Text>::words(user.tags, depth);
    words += wire::List<wire::Scalar<std::uint32_t>>::words(user.scores, depth);
    return words;
  }
  static void write(const User& user, wire::StructWriter& out) {
    out.scalar(0, user.id);
    out.pointer<wire::Text>(0, user.username);
    out.pointer<wire::Text>(1, user.email);
    if (user.city) {
      out.scalar(8, std::uint16_t{1});
      out.pointer<wire::Text>(2, *user.city);
    }
    out.pointer<wire::List<wire::Text>>(3, user.tags);
    out.pointer<wire::List<wire::Scalar<std::uint32_t>>>(4, user.scores);
  }
  static UserRef read(const wire::StructView& view) { return UserRef(view); }
  static User own(const UserRef& user) {
    User out;
    out.id = user.id();
    wire::Text::own(user.username(), out.username);
    wire::Text::own(user.email(), out.email);
    if (const auto city = user.city()) wire::Text::own(*city, out.city.emplace());
    wire::List<wire::Text>::own(user.tags(), out.tags);
    wire::List<wire::Scalar<std::uint32_t>>::own(user.scores(), out.scores);
    return out;
  }
};

User UserRef::to_owned() const { return UserCodec::own(*this); }

const User alice{.id = 1,
                 .username = "alice",
                 .email = "alice@example.com",
                 .city = "Paris",
                 .tags = {"c++", "", "databases"},
                 .scores = {1, 2, 4000000000U}};

Block stored(const User& user) {
  Block block(record::size<UserCodec>(user));
  record::write<UserCodec>(block.data(), block.size(), user, 7);
  return block;
}

UserRef view_of(Bytes value, Lifetime lifetime = {}) { return record::read<UserCodec>(value, lifetime); }

}  // namespace

static_assert(std::is_trivially_copyable_v<UserRef>);
static_assert(std::random_access_iterator<wire::ListView<wire::Bit>::iterator>);
#if !NETABASE_CHECKED
static_assert(std::is_empty_v<Lifetime>);
static_assert(sizeof(wire::StructView) == 32);
static_assert(sizeof(UserRef) == 32);
#endif

TEST_CASE("the largest record is a value that every engine takes, whose lengths end at 32 bits") {
  struct Sized {
    std::size_t words;
  };
  struct Codec {
    using Owned = Sized;
    static wire::StructSize size(const Sized&) { return {}; }
    static std::size_t content_words(const Sized& value, wire::Depth) { return value.words; }
  };
  const std::size_t most = wire::max_words - 1;  // beside the root's pointer
  CHECK(record::size<Codec>({most}) == record::header_size + wire::max_words * wire::word_size);
  CHECK(record::size<Codec>({most}) <= std::numeric_limits<std::uint32_t>::max());
  CHECK_THROWS_AS(record::size<Codec>({most + 1}), Error);
}

TEST_CASE("a record reads as what was written") {
  const Block value = stored(alice);
  const UserRef user = view_of(value);
  CHECK(user.id() == 1);
  CHECK(user.username() == "alice");
  CHECK(user.email() == "alice@example.com");
  CHECK(user.city() == "Paris");
  REQUIRE(user.tags().size() == 3);
  CHECK(user.tags()[0] == "c++");
  CHECK(user.tags()[1] == "");
  CHECK(user.tags().back() == "databases");
  CHECK(user.scores()[2] == 4000000000U);
  CHECK(user.to_owned() == alice);
  CHECK(UserRef().to_owned() == User{});
  CHECK(record::schema_version(value) == 7);
  const User absent{.id = 2};
  CHECK(view_of(stored(absent)).to_owned() == absent);
  const User empty{.id = 2, .city = ""};
  CHECK(view_of(stored(empty)).to_owned() == empty);
}

TEST_CASE("strings borrow from the record") {
  const Block value = stored(alice);
  const std::string_view email = view_of(value).email();
  CHECK(reinterpret_cast<const std::byte*>(email.data()) > value.data());
  CHECK(reinterpret_cast<const std::byte*>(email.data()) < value.data() + value.size());
  CHECK(email.data()[email.size()] == '\0');
}

TEST_CASE("lists are random-access ranges") {
  const Block value = stored(alice);
  const auto tags = view_of(value).tags();
  CHECK(std::vector<std::string>(tags.begin(), tags.end()) == alice.tags);
  CHECK(std::count(tags.begin(), tags.end(), "c++") == 1);
  CHECK(tags.end() - tags.begin() == 3);
  CHECK(tags.begin()[2] == "databases");
  auto at = tags.end();
  CHECK(*--at == "databases");
  CHECK(at-- == tags.begin() + 2);
  CHECK(at++ == tags.begin() + 1);
  CHECK(at > tags.begin());
  std::size_t length = 0;
  for (const std::string_view tag : tags) length += tag.size();
  CHECK(length == 12);
}

TEST_CASE("writing fills exactly the announced bytes, all of them, at any address") {
  Random random(31);
  for (int i = 0; i < 1000; ++i) {
    const All value = random_record<All>(random);
    const std::size_t size = record::size<TableCodec<All>>(value);
    CHECK(size % 8 == 0);
    constexpr std::size_t guard = 64;
    const std::size_t shift = random.below(8);
    const auto write = [&](std::byte before) {
      std::vector<std::byte> space(guard + shift + size + guard, before);
      record::write<TableCodec<All>>(space.data() + guard + shift, size, value, 3);
      const bool untouched =
          std::all_of(space.begin(), space.begin() + guard, [before](std::byte byte) { return byte == before; }) &&
          std::all_of(space.end() - guard, space.end(), [before](std::byte byte) { return byte == before; });
      CHECK(untouched);
      return std::vector<std::byte>(space.begin() + static_cast<std::ptrdiff_t>(guard + shift), space.end() - guard);
    };
    // Every byte was written when nothing shows what was there before.
    CHECK(write(std::byte{0x00}) == write(std::byte{0xff}));
  }
}

TEST_CASE("encoding and borrowed reads allocate nothing") {
  Random random(32);
  const All all = random_record<All>(random);
  const Block space = stored(alice);
  const Block other = encode(all);
  walk<All>(other);  // makes what the walk keeps for good
  const std::size_t before = allocations();
  std::uint64_t sum = 0;
  for (int i = 0; i < 100; ++i) {
    record::write<UserCodec>(space.data(), record::size<UserCodec>(alice), alice, 7);
    record::write<TableCodec<All>>(other.data(), record::size<TableCodec<All>>(all), all, 7);
    const UserRef user = view_of(space);
    sum += user.id() + user.email().size() + user.city()->size() + user.tags()[2].size() + user.scores().size();
    sum += walk<All>(other);
  }
  CHECK(allocations() == before);
  CHECK(sum != 0);
}

TEST_CASE("numbers in lists are aligned for their type") {
  Random random(33);
  for (int i = 0; i < 500; ++i) {
    All all = random_record<All>(random);
    all.f64s = {1, 2, 3};
    all.u64s = {1};
    const Block value = encode(all);
    const wire::StructView view = record::root(value, Lifetime());
    const auto f64s = view.pointer<wire::List<wire::Scalar<double>>>(14);
    const auto u64s = view.pointer<wire::List<wire::Scalar<std::uint64_t>>>(12);
    CHECK(reinterpret_cast<std::uintptr_t>(f64s.data()) % alignof(double) == 0);
    CHECK(reinterpret_cast<std::uintptr_t>(u64s.data()) % alignof(std::uint64_t) == 0);
    CHECK(f64s[2] == 3);
  }
}

TEST_CASE("the checksum sees every flipped bit of a body") {
  const Block value = stored(alice);
  CHECK(record::checksum_matches(value));
  for (std::size_t bit = record::header_size * 8; bit < value.size() * 8; ++bit) {
    value.data()[bit / 8] ^= std::byte{1} << (bit % 8);
    CHECK_FALSE(record::checksum_matches(value));
    value.data()[bit / 8] ^= std::byte{1} << (bit % 8);
  }
  CHECK(record::checksum_matches(value));
}

TEST_CASE("the bytes of a record") {
  const Block value = stored({.id = 0x0102, .username = "bob"});
  const unsigned char expected[] = {
      0,    0,    0,   0, 7, 0, 0, 0,     // check (below), schema version, flags
      0,    0,    0,   0, 1, 0, 1, 0,     // root: 1 word of data, 1 pointer
      0x02, 0x01, 0,   0, 0, 0, 0, 0,     // id
      0x01, 0,    0,   0, 2, 0, 0, 0x00,  // username: bytes, count in the upper 29 bits
      'b',  'o',  'b', 0, 0, 0, 0, 0,
  };
  std::vector<unsigned char> bytes(reinterpret_cast<const unsigned char*>(value.data()),
                                   reinterpret_cast<const unsigned char*>(value.data()) + value.size());
  REQUIRE(bytes.size() == sizeof(expected));
  std::fill_n(bytes.begin(), 4, static_cast<unsigned char>(0));
  std::vector<unsigned char> wanted(std::begin(expected), std::end(expected));
  wanted[28] = 2 | 4 << 3;
  CHECK(bytes == wanted);
}

TEST_CASE("a value that the format cannot hold is refused when its size is asked for") {
  // A container that claims a size; its bytes are never looked at.
  struct Huge {
    std::size_t count;
    std::size_t size() const { return count; }
    bool empty() const { return count == 0; }
  };
  CHECK_THROWS_AS(wire::Text::words(std::string_view(nullptr, wire::max_count), 1), Error);
  CHECK(wire::Text::words(std::string_view("x", wire::max_count - 1), 1) == (wire::max_count + 7) / 8);
  CHECK_THROWS_AS(wire::List<wire::Bit>::words(Huge{wire::max_count + 1}, 1), Error);
  CHECK(wire::List<wire::Bit>::words(Huge{wire::max_count}, 1) == (wire::max_count + 63) / 64);
}

#if NETABASE_CHECKED

TEST_CASE("a view that is used after its transaction ended throws") {
  const Block value = stored(alice);
  LifetimeSource source;
  const UserRef user = view_of(value, source.current());
  const auto tags = user.tags();
  const auto first = tags.begin();
  CHECK(user.id() == 1);
  CHECK(*first == "c++");
  source.advance();
  CHECK_THROWS_AS(user.id(), TransactionEnded);
  CHECK_THROWS_AS(user.username(), TransactionEnded);
  CHECK_THROWS_AS(user.city(), TransactionEnded);
  CHECK_THROWS_AS(user.tags(), TransactionEnded);
  CHECK_THROWS_AS(user.to_owned(), TransactionEnded);
  CHECK_THROWS_AS(tags[0], TransactionEnded);
  CHECK_THROWS_AS(*first, TransactionEnded);
  CHECK(view_of(value, source.current()).id() == 1);
}

TEST_CASE("an index behind a list's end is refused") {
  const Block value = stored(alice);
  const auto tags = view_of(value).tags();
  CHECK_THROWS_AS(tags[3], Error);
  CHECK_THROWS_AS((wire::ListView<wire::Bit>().front()), Error);
}

#endif

}  // namespace netabase::test
