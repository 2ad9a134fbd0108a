// The generated codecs against libcapnp, on random values of every field type: the bytes are those of libcapnp's
// canonical form, libcapnp reads what the codec wrote, and the codec reads what libcapnp wrote.

#include <capnp/any.h>
#include <capnp/dynamic.h>
#include <capnp/message.h>
#include <capnp/serialize.h>
#include <doctest/doctest.h>

#include <cstdlib>
#include <cstring>
#include <random>
#include <type_traits>
#include <vector>

#include "compiler/layout/capnp_file.hpp"
#include "kitchen_sink.netabase.hpp"
#include "tests/compiler/driver/scratch.hpp"

using capnp::DynamicList;
using capnp::DynamicStruct;
using netabase::compiler::layout::CapnpFile;

namespace {

// ---- the structs' fields, by Cap'n Proto's names

template <class F>
void each_field(kitchen::shared::Point& v, F&& f) {
  f("x", v.x), f("y", v.y);
}
template <class F>
void each_field(kitchen::Address& v, F&& f) {
  f("street", v.street), f("city", v.city), f("corners", v.corners), f("status", v.status);
}
template <class F>
void each_field(kitchen::Scalars& v, F&& f) {
  f("id", v.id), f("flag", v.flag), f("i8", v.i8), f("i16", v.i16), f("i32", v.i32), f("i64", v.i64), f("u8", v.u8);
  f("u16", v.u16), f("u32", v.u32), f("f32", v.f32), f("f64", v.f64), f("status", v.status), f("balance", v.balance);
  f("toggle", v.toggle), f("flags", v.flags);
}
template <class F>
void each_field(kitchen::Defaults& v, F&& f) {
  f("id", v.id), f("flag", v.flag), f("i8", v.i8), f("smallest", v.smallest), f("largest", v.largest),
      f("third", v.third);
  f("tiny", v.tiny), f("status", v.status), f("balance", v.balance), f("toggle", v.toggle), f("title", v.title);
}
template <class F>
void each_field(kitchen::Nested& v, F&& f) {
  f("name", v.name), f("bytes", v.bytes), f("octets", v.octets), f("fixed", v.fixed), f("digest", v.digest);
  f("home", v.home), f("place", v.place), f("numbers", v.numbers), f("bits", v.bits), f("doubles", v.doubles);
  f("statuses", v.statuses), f("toggles", v.toggles), f("words", v.words), f("blobs", v.blobs);
  f("addresses", v.addresses), f("matrix", v.matrix), f("table", v.table), f("bitTable", v.bit_table);
  f("maybeWords", v.maybe_words), f("maybeNumbers", v.maybe_numbers), f("maybeAddresses", v.maybe_addresses);
  f("maybeBits", v.maybe_bits), f("maybeFlag", v.maybe_flag), f("maybeFloat", v.maybe_float);
  f("maybeStatus", v.maybe_status), f("maybeToggle", v.maybe_toggle), f("maybeText", v.maybe_text);
  f("maybeBytes", v.maybe_bytes), f("maybeFixed", v.maybe_fixed), f("maybeAddress", v.maybe_address);
  f("maybeList", v.maybe_list), f("maybeMaybeText", v.maybe_maybe_text);
  f("maybeMaybeMaybeNumber", v.maybe_maybe_maybe_number), f("maybeMaybeToggles", v.maybe_maybe_toggles);
}

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_bytes = false;
template <>
inline constexpr bool is_bytes<std::vector<std::byte>> = true;
template <>
inline constexpr bool is_bytes<std::vector<std::uint8_t>> = true;
template <class Byte, std::size_t size>
inline constexpr bool is_bytes<std::array<Byte, size>> = true;
template <class T>
inline constexpr bool is_text = std::is_same_v<T, std::string>;
template <class T>
inline constexpr bool is_number = std::is_arithmetic_v<T> || std::is_enum_v<T>;
template <class T>
inline constexpr bool is_boolean_enum = std::is_same_v<T, kitchen::Switch>;

// ---- random values

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  std::uint64_t number() { return engine_(); }
  bool chance(unsigned of) { return engine_() % of == 0; }
  /// Small mostly, zero often.
  std::size_t count() { return chance(3) ? 0 : engine_() % (chance(10) ? 40 : 4); }

  template <class T>
  void fill(T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      value = chance(2);
    } else if constexpr (is_boolean_enum<T>) {
      value = static_cast<T>(chance(2));
    } else if constexpr (std::is_enum_v<T>) {
      // Values without a name are values, too.
      value = static_cast<T>(static_cast<std::underlying_type_t<T>>(chance(3) ? 0 : number()));
    } else if constexpr (std::is_floating_point_v<T>) {
      value = chance(4) ? T{0} : chance(8) ? -T{0} : static_cast<T>(static_cast<std::int64_t>(number())) / T{3};
    } else if constexpr (std::is_integral_v<T>) {
      value = static_cast<T>(chance(4) ? 0 : number() >> (number() % 64));
    } else if constexpr (is_optional<T>) {
      value.reset();
      if (!chance(3)) fill(value.emplace());
    } else if constexpr (is_bytes<T> || is_text<T>) {
      if constexpr (requires { value.resize(1); }) value.resize(count());
      for (auto& byte : value) byte = static_cast<std::remove_reference_t<decltype(byte)>>(chance(5) ? 0 : number());
    } else if constexpr (is_vector<T>) {
      value.clear();
      for (std::size_t left = count(); left > 0; --left) {
        typename T::value_type element{};
        fill(element);
        value.push_back(element);
      }
    } else {
      each_field(value, [&](const char*, auto& field) {
        if (!chance(3)) fill(field);
      });
    }
  }

 private:
  std::mt19937_64 engine_;
};

// ---- values into libcapnp's builders. `set` puts one value where `target(value)` stores it; pointers that the codec
// leaves null are left null here, too: that empty and absent are one is this format's choice, not Cap'n Proto's.

template <class T>
auto number_of(const T& value) {
  if constexpr (std::is_enum_v<T>) {
    return static_cast<std::underlying_type_t<T>>(value);
  } else {
    return value;
  }
}

void put_struct(DynamicStruct::Builder builder, auto& value);

template <class T>
bool is_null(const T& value, bool has_default) {
  if constexpr (is_text<T> || is_vector<T>) {
    return value.empty() && !has_default;
  } else {
    return false;
  }
}

bool is_null(const kitchen::Address& value, bool) { return kitchen::AddressCodec::size(value).words() == 0; }
bool is_null(const kitchen::shared::Point& value, bool) { return kitchen::PointCodec::size(value).words() == 0; }

template <class T>
void put_optional(DynamicStruct::Builder group, const std::string& name, std::optional<T>& value);

/// Puts the elements.
template <class T>
void put_list(DynamicList::Builder list, std::vector<T>& values) {
  for (unsigned i = 0; i < values.size(); ++i) {
    T value = values[i];
    if constexpr (is_boolean_enum<T>) {
      list[i].as<DynamicStruct>().set("value", static_cast<bool>(value));
    } else if constexpr (is_number<T>) {
      list.set(i, number_of(value));
    } else if constexpr (is_optional<T>) {
      put_optional(list[i].template as<DynamicStruct>().get("value").template as<DynamicStruct>(), "value", value);
    } else if constexpr (is_text<T>) {
      if (!value.empty()) list.set(i, capnp::Text::Reader(value.c_str(), value.size()));
    } else if constexpr (is_bytes<T>) {
      if (!value.empty())
        list.set(i, capnp::Data::Reader(reinterpret_cast<const kj::byte*>(value.data()), value.size()));
    } else if constexpr (is_vector<T>) {
      if (!value.empty()) put_list(list.init(i, static_cast<unsigned>(value.size())).template as<DynamicList>(), value);
    } else {
      put_struct(list[i].template as<DynamicStruct>(), value);
    }
  }
}

/// Puts a value that is not an optional into the field `name`.
template <class T>
void put(DynamicStruct::Builder builder, const std::string& name, T& value, bool has_default) {
  if (is_null(value, has_default)) return;
  if constexpr (is_number<T>) {
    builder.set(name.c_str(), number_of(value));
  } else if constexpr (is_text<T>) {
    builder.set(name.c_str(), capnp::Text::Reader(value.c_str(), value.size()));
  } else if constexpr (is_bytes<T>) {
    builder.set(name.c_str(), capnp::Data::Reader(reinterpret_cast<const kj::byte*>(value.data()), value.size()));
  } else if constexpr (is_vector<T>) {
    put_list(builder.init(name.c_str(), static_cast<unsigned>(value.size())).template as<DynamicList>(), value);
  } else {
    put_struct(builder.init(name.c_str()).template as<DynamicStruct>(), value);
  }
}

/// `group`: the union of the optional's field or wrapper.
template <class T>
void put_optional(DynamicStruct::Builder group, const std::string& name, std::optional<T>& value) {
  if (!value) {
    group.set((name + "Absent").c_str(), capnp::VOID);
    return;
  }
  // Choosing the member without a value: what the codec leaves null is null.
  group.clear(name.c_str());
  if constexpr (is_optional<T>) {
    if (!*value) return;  // an absent inner optional is a wrapper of which everything has its default: null
    auto inner = group.init(name.c_str()).template as<DynamicStruct>();
    put_optional(inner.get("value").template as<DynamicStruct>(), "value", *value);
  } else {
    put(group, name, *value, false);
  }
}

void put_struct(DynamicStruct::Builder builder, auto& value) {
  each_field(value, [&](const char* name, auto& field) {
    using T = std::remove_reference_t<decltype(field)>;
    if constexpr (is_optional<T>) {
      put_optional(builder.get(name).template as<DynamicStruct>(), name, field);
    } else {
      const auto proto = builder.getSchema().getFieldByName(name).getProto();
      put(builder, name, field, proto.getSlot().getHadExplicitDefault());
    }
  });
}

// ---- both directions

std::string encode(const auto& codec_value, auto codec) {
  using Codec = typename decltype(codec)::type;
  std::vector<std::uint64_t> space(netabase::record::size<Codec>(codec_value) / 8);
  auto* bytes = reinterpret_cast<std::byte*>(space.data());
  // Whatever the space held before must not show.
  std::memset(bytes, 0xa5, space.size() * 8);
  netabase::record::write<Codec>(bytes, space.size() * 8, codec_value, 1);
  return {reinterpret_cast<const char*>(bytes) + netabase::record::header_size,
          space.size() * 8 - netabase::record::header_size};
}

/// The record of a body as libcapnp wrote it, decoded and encoded again.
template <class Codec>
std::string encode_decoded(kj::ArrayPtr<const capnp::word> body) {
  std::vector<std::uint64_t> record(1);
  for (const capnp::word& word : body) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &word, sizeof(bits));
    record.push_back(bits);
  }
  const netabase::Bytes bytes(reinterpret_cast<const std::byte*>(record.data()), record.size() * 8);
  const auto view = netabase::record::read<Codec>(bytes, netabase::Lifetime());
  return encode(view.to_owned(), std::type_identity<Codec>());
}

template <class Model>
void check_model(const CapnpFile& file, const char* name, Random& random, int rounds) {
  using Codec = typename Model::Codec;
  const capnp::StructSchema schema = file.nested(name).asStruct();
  for (int round = 0; round < rounds; ++round) {
    CAPTURE(name);
    CAPTURE(round);
    typename Model::Record value;
    if (round > 0) random.fill(value);
    const std::string ours = encode(value, std::type_identity<Codec>());

    capnp::MallocMessageBuilder message(1 << 16);
    auto root = message.initRoot<DynamicStruct>(schema);
    put_struct(root, value);
    const kj::Array<capnp::word> canonical = message.getRoot<capnp::AnyStruct>().asReader().canonicalize();
    const std::string theirs(reinterpret_cast<const char*>(canonical.begin()), canonical.size() * sizeof(capnp::word));
    REQUIRE(ours.size() == theirs.size());
    REQUIRE(ours == theirs);

    // libcapnp reads ours, and knows it as canonical.
    std::vector<capnp::word> words(ours.size() / sizeof(capnp::word));
    std::memcpy(words.data(), ours.data(), ours.size());
    kj::ArrayPtr<const capnp::word> segment(words.data(), words.size());
    capnp::SegmentArrayMessageReader reader(kj::arrayPtr(&segment, 1));
    CHECK(reader.isCanonical());
    CHECK(kj::str(reader.getRoot<DynamicStruct>(schema)) == kj::str(root.asReader()));

    // We read theirs, canonical and not.
    CHECK(encode_decoded<Codec>(canonical) == ours);
    const auto segments = message.getSegmentsForOutput();
    if (segments.size() == 1) CHECK(encode_decoded<Codec>(segments[0]) == ours);
  }
}

std::uint64_t seed() {
  const char* given = std::getenv("NETABASE_TEST_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device()();
}

}  // namespace

TEST_CASE("generated codecs write and read what libcapnp does") {
  const std::uint64_t number = seed();
  INFO("NETABASE_TEST_SEED=", number);
  Random random(number);
  const CapnpFile file("kitchen_sink.capnp", netabase::compiler::test::Scratch::read_file(
                                                 std::string(NETABASE_GOLDENS_DIR) + "/kitchen_sink.capnp"));
  REQUIRE(file.ok());
  check_model<kitchen::ScalarsModel>(file, "Scalars", random, 300);
  check_model<kitchen::DefaultsModel>(file, "Defaults", random, 300);
  check_model<kitchen::NestedModel>(file, "Nested", random, 400);
}

TEST_CASE("an empty record has every default") {
  const kitchen::DefaultsRef empty;
  CHECK(empty.id() == -7);
  CHECK(empty.flag());
  CHECK(empty.i8() == -128);
  CHECK(empty.smallest() == std::numeric_limits<std::int64_t>::min());
  CHECK(empty.largest() == std::numeric_limits<std::uint64_t>::max());
  CHECK(empty.third() == 0.1F);
  CHECK(empty.tiny() == 1e-300);
  CHECK(empty.status() == kitchen::Status::withdrawn);
  CHECK(empty.balance() == kitchen::Balance::debt);
  CHECK(empty.toggle() == kitchen::Switch::on);
  CHECK(empty.title() == "un\"titled\"\n?");
  CHECK(kitchen::DefaultsCodec::size(kitchen::Defaults()).data_words == 0);
}

TEST_CASE("index entries are those of the record, owned and borrowed") {
  kitchen::Keyed keyed;
  keyed.year = 1999;
  keyed.name = "n";
  keyed.day = 3;
  keyed.numbers = {4, 5, 4};
  std::vector<std::uint64_t> space(netabase::record::size<kitchen::KeyedCodec>(keyed) / 8);
  auto* bytes = reinterpret_cast<std::byte*>(space.data());
  netabase::record::write<kitchen::KeyedCodec>(bytes, space.size() * 8, keyed, 1);
  const auto ref = netabase::record::read<kitchen::KeyedCodec>({bytes, space.size() * 8}, netabase::Lifetime());

  const auto check = [&](const auto& record) {
    int calls = 0;
    kitchen::KeyedCityIndex::each_key(record, [&](const auto&...) { ++calls; });
    CHECK(calls == 0);
    std::vector<std::int32_t> numbers;
    kitchen::KeyedNumbersIndex::each_key(record, [&](std::int32_t number) { numbers.push_back(number); });
    CHECK(numbers == keyed.numbers);
    kitchen::KeyedByDayAndNameIndex::each_key(record, [&](std::uint32_t year, std::int16_t day, std::string_view name) {
      ++calls;
      CHECK(year == 1999);
      CHECK(day == 3);
      CHECK(name == "n");
    });
    CHECK(calls == 1);
    kitchen::KeyedByCityIndex::each_key(record, [&](std::optional<std::string_view> city, kitchen::Status status) {
      ++calls;
      CHECK_FALSE(city.has_value());
      CHECK(status == kitchen::Status::draft);
    });
    CHECK(calls == 2);
  };
  check(keyed);
  check(ref);
}
