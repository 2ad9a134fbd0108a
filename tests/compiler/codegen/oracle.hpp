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
#include <bit>
#include <cstdlib>
#include <cstring>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/layout/capnp_file.hpp"
#include "netabase/netabase.hpp"
#include "tests/compiler/driver/scratch.hpp"

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
template <class T>
inline constexpr bool is_map = requires {
  typename T::mapped_type;
};
/// A vector, array or set.
template <class T>
inline constexpr bool is_list = requires(const T& value) {
  typename T::value_type;
  value.begin();
}
&&!is_bytes<T> && !is_text<T> && !is_map<T>;
template <class T>
inline constexpr bool is_pair = false;
template <class A, class B>
inline constexpr bool is_pair<std::pair<A, B>> = true;
template <class T>
inline constexpr bool is_tuple = false;
template <class... A>
inline constexpr bool is_tuple<std::tuple<A...>> = true;
template <class T>
inline constexpr bool is_product = is_pair<T> || is_tuple<T>;
template <class T>
inline constexpr bool is_variant = false;
template <class... A>
inline constexpr bool is_variant<std::variant<A...>> = true;
template <class T>
inline constexpr bool is_monostate = std::is_same_v<T, std::monostate>;
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

/// Calls `f(name, member)` for each member of a pair or tuple, with its wrapper's name for it.
template <class T, class F>
void each_member(T& value, F&& f) {
  if constexpr (is_pair<std::remove_const_t<T>>) {
    f("first", value.first);
    f("second", value.second);
  } else {
    std::apply(
        [&](auto&... member) {
          std::size_t index = 0;
          (f(("e" + std::to_string(index++)).c_str(), member), ...);
        },
        value);
  }
}

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
    } else if constexpr (is_map<T>) {
      value.clear();
      for (std::size_t left = count(); left > 0; --left) {
        typename T::key_type key{};
        fill(key);
        auto& mapped = value[key];
        if (!chance(4)) fill(mapped);
      }
    } else if constexpr (is_product<T>) {
      each_member(value, [&](const char*, auto& member) {
        if (!chance(3)) fill(member);
      });
    } else if constexpr (is_variant<T>) {
      fill_variant(value, std::make_index_sequence<std::variant_size_v<T>>());
    } else if constexpr (!is_monostate<T>) {
      ++depth_;
      each_field(value, [&](const char*, auto& field) {
        if (!chance(3)) fill(field);
      });
      --depth_;
    }
  }

 private:
  template <class T, std::size_t... i>
  void fill_variant(T& value, std::index_sequence<i...>) {
    const std::size_t index = number() % sizeof...(i);
    const bool is_default = chance(3);
    const auto choose = [&]<std::size_t at>(std::integral_constant<std::size_t, at>) {
      if (at != index) return;
      auto& alternative = value.template emplace<at>();
      if (!is_default) fill(alternative);
    };
    (choose(std::integral_constant<std::size_t, i>()), ...);
  }

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

/// Whether all bits of a wrapper's member are zero, and its pointers null.
template <class T>
bool is_zero(const T& value);

template <class T>
bool is_null(const T& value, bool has_default) {
  if constexpr (is_array<T>) {
    return false;
  } else if constexpr (is_wide<T>) {
    return value == 0;
  } else if constexpr (is_text<T> || is_bytes<T> || is_list<T> || is_map<T>) {
    return value.empty() && !has_default;
  } else if constexpr (is_number<T> || is_monostate<T>) {
    return false;
  } else if constexpr (is_optional<T>) {
    return !value;  // a wrapper
  } else if constexpr (is_product<T>) {
    bool all = true;
    each_member(value, [&](const char*, const auto& member) { all = all && is_zero(member); });
    return all;
  } else if constexpr (is_variant<T>) {
    return value.index() == 0 && std::visit([](const auto& first) { return is_zero(first); }, value);
  } else {
    return decltype(codec_of(value))::type::size(value).words() == 0;
  }
}

template <class T>
bool is_zero(const T& value) {
  if constexpr (is_monostate<T>) {
    return true;
  } else if constexpr (is_number<T>) {
    const auto number = number_of(value);
    if constexpr (std::is_same_v<decltype(number), const double>) {
      return std::bit_cast<std::uint64_t>(number) == 0;
    } else if constexpr (std::is_same_v<decltype(number), const float>) {
      return std::bit_cast<std::uint32_t>(number) == 0;
    } else {
      return number == decltype(number){};
    }
  } else {
    return is_null(value, false);
  }
}

template <class T>
void put_struct(DynamicStruct::Builder builder, T& value);
template <class T>
void put_field(DynamicStruct::Builder builder, const char* name, T& field);
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

/// Puts the entries, in the order that C++ has for their keys.
template <class T>
void put_map(DynamicList::Builder list, const T& values) {
  std::map<typename T::key_type, typename T::mapped_type> ordered(values.begin(), values.end());
  unsigned index = 0;
  for (auto& [key, value] : ordered) {
    const auto entry = list[index++].template as<DynamicStruct>();
    auto copy = key;
    put_field(entry, "key", copy);
    put_field(entry, "value", value);
  }
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
    } else if constexpr (is_list<Element> || is_map<Element>) {
      if (is_null(value, false)) continue;
      const auto inner = list.init(i, static_cast<unsigned>(value.size())).template as<DynamicList>();
      if constexpr (is_map<Element>) {
        put_map(inner, value);
      } else {
        put_list(inner, value);
      }
    } else {
      put_struct(list[i].template as<DynamicStruct>(), value);
    }
  }
}

/// Puts a value into the field `name`, which is no union: an optional is in a wrapper there.
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
  } else if constexpr (is_monostate<T>) {
    builder.set(name.c_str(), capnp::VOID);
  } else if constexpr (is_map<T>) {
    put_map(builder.init(name.c_str(), static_cast<unsigned>(value.size())).template as<DynamicList>(), value);
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
  put(group, name, *value, false);
}

/// Puts a field of a struct, or a member of a wrapper.
template <class T>
void put_field(DynamicStruct::Builder builder, const char* name, T& field) {
  if constexpr (is_optional<T>) {
    put_optional(builder.get(name).template as<DynamicStruct>(), name, field);
  } else {
    const auto proto = builder.getSchema().getFieldByName(name).getProto();
    put(builder, name, field, proto.getSlot().getHadExplicitDefault());
  }
}

template <class T>
void put_struct(DynamicStruct::Builder builder, T& value) {
  if constexpr (is_optional<T>) {
    put_field(builder, "value", value);
  } else if constexpr (is_product<T>) {
    each_member(value, [&](const char* name, auto& member) { put_field(builder, name, member); });
  } else if constexpr (is_variant<T>) {
    const std::string name = "a" + std::to_string(value.index());
    builder.clear(name.c_str());
    std::visit([&](auto& alternative) { put(builder, name, alternative, false); }, value);
  } else {
    each_field(value, [&](const char* name, auto& field) { put_field(builder, name, field); });
  }
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
  } else if constexpr (is_product<View>) {
    std::size_t met = 1;
    each_member(view, [&](const char*, const auto& member) { met += walk(member); });
    return met;
  } else if constexpr (is_variant<View>) {
    return std::visit([](const auto& alternative) { return walk(alternative); }, view);
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

/// The parsed golden of that name.
inline CapnpFile golden_file(const std::string& name) {
  CapnpFile file(name, Scratch::read_file(std::string(NETABASE_GOLDENS_DIR) + "/" + name));
  REQUIRE(file.ok());
  return file;
}

inline std::uint64_t seed() {
  const char* given = std::getenv("NETABASE_TEST_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device()();
}

}  // namespace netabase::compiler::test
