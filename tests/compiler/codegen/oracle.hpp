#pragma once

/// \file
/// Generated codecs against libcapnp: random values of every field type, put into libcapnp's builders and encoded by
/// the codec. What a struct under test says of itself, in its own namespace:
///
///     template <class F> void each_field(T&, F&& f);   // f("capnpName", member) for each
///     std::type_identity<TCodec> codec_of(const T&);

#include <capnp/any.h>
#include <capnp/dynamic.h>
#include <capnp/message.h>
#include <capnp/serialize.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include "compiler/layout/capnp_file.hpp"
#include "netabase/netabase.hpp"

namespace netabase::compiler::test {

using capnp::DynamicList;
using capnp::DynamicStruct;
using layout::CapnpFile;

// ---- kinds of types

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_array = false;
template <class T, std::size_t size>
inline constexpr bool is_array<std::array<T, size>> = true;
template <class T>
inline constexpr bool is_hashed = requires {
  typename T::hasher;
};
template <class T>
concept Byte = std::is_same_v<T, std::byte> || std::is_same_v<T, std::uint8_t>;
template <class T>
inline constexpr bool is_path = requires(const T& value) {
  value.native();
};
template <class T>
inline constexpr bool is_text = std::is_same_v<T, std::string> || is_path<T>;
template <class T>
inline constexpr bool is_bytes = false;
template <Byte T>
inline constexpr bool is_bytes<std::vector<T>> = true;
template <Byte T, std::size_t size>
inline constexpr bool is_bytes<std::array<T, size>> = true;
/// A vector, array or set.
template <class T>
inline constexpr bool is_list = requires(const T& value) {
  typename T::value_type;
  value.begin();
}
&&!is_bytes<T> && !is_text<T>;
template <class T>
inline constexpr bool is_wide = std::is_same_v<T, Int128> || std::is_same_v<T, UInt128>;
template <class T>
inline constexpr bool is_duration = requires(const T& value) {
  value.count();
}
&&!is_list<T>;
template <class T>
inline constexpr bool is_time = requires(const T& value) {
  value.time_since_epoch();
};
template <class T>
inline constexpr bool is_number =
    !is_wide<T> && (std::is_arithmetic_v<T> || std::is_enum_v<T> || is_duration<T> || is_time<T>);
template <class T>
struct IsBooleanEnum : std::false_type {};
template <class T>
requires std::is_enum_v<T>
struct IsBooleanEnum<T> : std::is_same<std::underlying_type_t<T>, bool> {
};
template <class T>
inline constexpr bool is_boolean_enum = IsBooleanEnum<T>::value;

// ---- random values

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  std::uint64_t number() { return engine_(); }
  bool chance(unsigned of) { return engine_() % of == 0; }
  /// Small mostly, zero often. Structs that contain their own kind come to an end.
  std::size_t count() {
    constexpr int deepest = 4;
    if (depth_ >= deepest) return 0;
    return chance(3) ? 0 : engine_() % (depth_ > 2 ? 2 : chance(10) ? 40 : 4);
  }

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
    } else if constexpr (is_wide<T>) {
      value = chance(4) ? T{0} : static_cast<T>((UInt128{number()} << 64 | number()) >> (number() % 128));
      if (chance(3)) value = static_cast<T>(-value);
    } else if constexpr (std::is_integral_v<T>) {
      value = static_cast<T>(chance(4) ? 0 : number() >> (number() % 64));
    } else if constexpr (is_duration<T>) {
      typename T::rep ticks{};
      fill(ticks);
      value = T(ticks);
    } else if constexpr (is_time<T>) {
      typename T::duration since{};
      fill(since);
      value = T(since);
    } else if constexpr (is_optional<T>) {
      value.reset();
      if (!chance(3)) fill(value.emplace());
    } else if constexpr (is_path<T>) {
      std::string text;
      fill(text);
      value = text;
    } else if constexpr (is_bytes<T> || is_text<T>) {
      if constexpr (requires { value.resize(1); }) value.resize(count());
      for (auto& byte : value) byte = static_cast<std::remove_reference_t<decltype(byte)>>(chance(5) ? 0 : number());
    } else if constexpr (is_array<T>) {
      for (auto& element : value) fill(element);
    } else if constexpr (is_list<T>) {
      value.clear();
      for (std::size_t left = count(); left > 0; --left) {
        typename T::value_type element{};
        fill(element);
        value.insert(value.end(), element);
      }
    } else {
      ++depth_;
      each_field(value, [&](const char*, auto& field) {
        if (!chance(3)) fill(field);
      });
      --depth_;
    }
  }

 private:
  int depth_ = 0;
  std::mt19937_64 engine_;
};

// ---- values into libcapnp's builders. Pointers that the codec leaves null are left null here, too: that empty and
// absent are one is this format's choice, not Cap'n Proto's.

template <class T>
auto number_of(const T& value) {
  if constexpr (std::is_enum_v<T>) {
    return static_cast<std::underlying_type_t<T>>(value);
  } else if constexpr (is_time<T>) {
    return value.time_since_epoch().count();
  } else if constexpr (is_duration<T>) {
    return value.count();
  } else {
    return value;
  }
}

template <class T>
std::string text_of(const T& value) {
  if constexpr (is_path<T>) {
    return value.native();
  } else {
    return value;
  }
}

/// The elements as they are to be stored: hashed ones in the order of their values.
template <class T>
auto elements_of(const T& values) {
  std::vector<typename T::value_type> out(values.begin(), values.end());
  if constexpr (is_hashed<T>) std::sort(out.begin(), out.end());
  return out;
}

template <class T>
bool is_null(const T& value, bool has_default) {
  if constexpr (is_array<T>) {
    return false;
  } else if constexpr (is_wide<T>) {
    return value == 0;
  } else if constexpr (is_text<T> || is_bytes<T> || is_list<T>) {
    return value.empty() && !has_default;
  } else if constexpr (is_number<T> || is_optional<T>) {
    return false;
  } else {
    return decltype(codec_of(value))::type::size(value).words() == 0;
  }
}

template <class T>
void put_struct(DynamicStruct::Builder builder, T& value);
template <class T>
void put_optional(DynamicStruct::Builder group, const std::string& name, std::optional<T>& value);

template <class T>
void put_wide(DynamicStruct::Builder builder, T value) {
  builder.set("low", static_cast<std::uint64_t>(value));
  const auto high = static_cast<std::uint64_t>(static_cast<UInt128>(value) >> 64);
  if constexpr (std::is_same_v<T, Int128>) {
    builder.set("high", static_cast<std::int64_t>(high));
  } else {
    builder.set("high", high);
  }
}

inline capnp::Text::Reader text_reader(const std::string& text) { return {text.c_str(), text.size()}; }

template <class T>
capnp::Data::Reader data_reader(const T& bytes) {
  return {reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size()};
}

/// Puts the elements.
template <class T>
void put_list(DynamicList::Builder list, const T& values) {
  using Element = typename T::value_type;
  auto elements = elements_of(values);
  for (unsigned i = 0; i < elements.size(); ++i) {
    Element value = elements[i];
    if constexpr (is_boolean_enum<Element>) {
      list[i].as<DynamicStruct>().set("value", static_cast<bool>(value));
    } else if constexpr (is_number<Element>) {
      list.set(i, number_of(value));
    } else if constexpr (is_wide<Element>) {
      put_wide(list[i].template as<DynamicStruct>(), value);
    } else if constexpr (is_optional<Element>) {
      put_optional(list[i].template as<DynamicStruct>().get("value").template as<DynamicStruct>(), "value", value);
    } else if constexpr (is_text<Element>) {
      if (!is_null(value, false)) list.set(i, text_reader(text_of(value)));
    } else if constexpr (is_bytes<Element>) {
      if (!is_null(value, false)) list.set(i, data_reader(value));
    } else if constexpr (is_list<Element>) {
      if (!is_null(value, false)) {
        put_list(list.init(i, static_cast<unsigned>(value.size())).template as<DynamicList>(), value);
      }
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
  } else if constexpr (is_wide<T>) {
    put_wide(builder.init(name.c_str()).template as<DynamicStruct>(), value);
  } else if constexpr (is_text<T>) {
    builder.set(name.c_str(), text_reader(text_of(value)));
  } else if constexpr (is_bytes<T>) {
    builder.set(name.c_str(), data_reader(value));
  } else if constexpr (is_list<T>) {
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

template <class T>
void put_struct(DynamicStruct::Builder builder, T& value) {
  each_field(value, [&](const char* name, auto& field) {
    using Field = std::remove_reference_t<decltype(field)>;
    if constexpr (is_optional<Field>) {
      put_optional(builder.get(name).template as<DynamicStruct>(), name, field);
    } else {
      const auto proto = builder.getSchema().getFieldByName(name).getProto();
      put(builder, name, field, proto.getSlot().getHadExplicitDefault());
    }
  });
}

// ---- both directions

inline std::string encode(const auto& codec_value, auto codec) {
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

// ---- records

/// Owns a record's bytes, 8-aligned, and gives its view.
template <class Codec>
class Stored {
 public:
  explicit Stored(const typename Codec::Owned& value) : words_(record::size<Codec>(value) / 8) {
    record::write<Codec>(begin(), size(), value, 1);
  }
  typename Codec::View view() const { return record::read<Codec>({begin(), size()}, Lifetime()); }
  std::byte* begin() { return reinterpret_cast<std::byte*>(words_.data()); }
  const std::byte* begin() const { return reinterpret_cast<const std::byte*>(words_.data()); }
  std::size_t size() const { return words_.size() * 8; }

 private:
  std::vector<std::uint64_t> words_;
};

/// Reads everything that a value borrowed from a record gives: elements, and elements of elements.
template <class View>
std::size_t walk(const View& view) {
  if constexpr (requires { view.begin(); }) {
    std::size_t met = 1;
    for (const auto& element : view) met += walk(element);
    return met;
  } else if constexpr (requires { view.has_value(); }) {
    return view ? walk(*view) : 1;
  } else if constexpr (requires { each_view(view, [](const auto&) {}); }) {
    std::size_t met = 1;
    each_view(view, [&](const auto& field) { met += walk(field); });
    return met;
  } else {
    return 1;
  }
}

/// Damages records of random values and reads them, owned and borrowed: each gives values or throws Corrupt.
template <class Model>
void check_damage(Random& random, int rounds) {
  using Codec = typename Model::Codec;
  int values = 0;
  int refused = 0;
  for (int round = 0; round < rounds; ++round) {
    typename Model::Record value;
    random.fill(value);
    const Stored<Codec> whole(value);
    for (int i = 0; i < 50; ++i) {
      Stored<Codec> damaged = whole;
      // Half of the flips hit the beginning, where most of a record's structure is.
      const std::size_t reach = random.chance(2) ? damaged.size() : std::min<std::size_t>(damaged.size(), 400);
      for (std::uint64_t flips = 1 + random.number() % 3; flips > 0; --flips) {
        damaged.begin()[random.number() % reach] ^= std::byte{1} << (random.number() % 8);
      }
      try {
        if (i % 2 == 0) {
          damaged.view().to_owned();
        } else {
          walk(damaged.view());
        }
        ++values;
      } catch (const Corrupt&) {
        ++refused;
      }
    }
  }
  CHECK(values > rounds);  // both kinds were met
  CHECK(refused > rounds);
}

inline std::uint64_t seed() {
  const char* given = std::getenv("NETABASE_TEST_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device()();
}

}  // namespace netabase::compiler::test
