#pragma once

/// \file
/// A codec made of a struct's table of fields (records.hpp), with the calls that generated codecs have; random values;
/// and a walk over everything that a view can be asked.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "../key/support.hpp"
#include "netabase/codec/record.hpp"
#include "netabase/codec/wire.hpp"
#include "records.hpp"

namespace netabase::test {

/// A stored T; what a generated Ref class is.
template <class T>
struct TableRef {
  using Owned = T;
  wire::StructView view;
};

namespace table {

template <class T>
using Same = std::type_identity_t<T>;

struct Size {
  wire::StructSize size;

  void boolean(const char*, std::uint32_t bit, bool value, bool otherwise = false) {
    size.boolean(bit, value, otherwise);
  }
  template <class T>
  void scalar(const char*, std::uint32_t byte, T value, Same<T> otherwise = {}) {
    size.scalar(byte, value, otherwise);
  }
  template <class W, class T>
  void pointer(const char*, std::uint16_t index, const T& value) {
    size.pointer<W>(index, value);
  }
  void text_with_default(const char*, std::uint16_t index, const std::string& value, std::string_view) {
    size.pointer<wire::RequiredText>(index, value);
  }
  void maybe_boolean(const char*, std::uint32_t which, std::uint32_t bit, const std::optional<bool>& value) {
    if (!value) return;
    size.scalar(which, std::uint16_t{1});
    size.boolean(bit, *value);
  }
  template <class T>
  void maybe_scalar(const char*, std::uint32_t which, std::uint32_t byte, const std::optional<T>& value) {
    if (!value) return;
    size.scalar(which, std::uint16_t{1});
    size.scalar(byte, *value);
  }
  template <class W, class T>
  void maybe_pointer(const char*, std::uint32_t which, std::uint16_t index, const std::optional<T>& value) {
    if (!value) return;
    size.scalar(which, std::uint16_t{1});
    size.pointer<W>(index, *value);
  }
};

struct ContentWords {
  wire::Depth depth;
  std::size_t words = 0;

  void boolean(const char*, std::uint32_t, bool, bool = false) {}
  template <class T>
  void scalar(const char*, std::uint32_t, T, Same<T> = {}) {}
  template <class W, class T>
  void pointer(const char*, std::uint16_t, const T& value) {
    words += W::words(value, depth);
  }
  void text_with_default(const char*, std::uint16_t, const std::string& value, std::string_view) {
    words += wire::RequiredText::words(value, depth);
  }
  void maybe_boolean(const char*, std::uint32_t, std::uint32_t, const std::optional<bool>&) {}
  template <class T>
  void maybe_scalar(const char*, std::uint32_t, std::uint32_t, const std::optional<T>&) {}
  template <class W, class T>
  void maybe_pointer(const char*, std::uint32_t, std::uint16_t, const std::optional<T>& value) {
    if (value) words += W::words(*value, depth);
  }
};

struct Write {
  wire::StructWriter& out;

  void boolean(const char*, std::uint32_t bit, bool value, bool otherwise = false) {
    out.boolean(bit, value, otherwise);
  }
  template <class T>
  void scalar(const char*, std::uint32_t byte, T value, Same<T> otherwise = {}) {
    out.scalar(byte, value, otherwise);
  }
  template <class W, class T>
  void pointer(const char*, std::uint16_t index, const T& value) {
    out.pointer<W>(index, value);
  }
  void text_with_default(const char*, std::uint16_t index, const std::string& value, std::string_view) {
    out.pointer<wire::RequiredText>(index, value);
  }
  void maybe_boolean(const char*, std::uint32_t which, std::uint32_t bit, const std::optional<bool>& value) {
    if (!value) return;
    out.scalar(which, std::uint16_t{1});
    out.boolean(bit, *value);
  }
  template <class T>
  void maybe_scalar(const char*, std::uint32_t which, std::uint32_t byte, const std::optional<T>& value) {
    if (!value) return;
    out.scalar(which, std::uint16_t{1});
    out.scalar(byte, *value);
  }
  template <class W, class T>
  void maybe_pointer(const char*, std::uint32_t which, std::uint16_t index, const std::optional<T>& value) {
    if (!value) return;
    out.scalar(which, std::uint16_t{1});
    out.pointer<W>(index, *value);
  }
};

struct Own {
  const wire::StructView& view;

  void boolean(const char*, std::uint32_t bit, bool& value, bool otherwise = false) {
    value = view.boolean(bit, otherwise);
  }
  template <class T>
  void scalar(const char*, std::uint32_t byte, T& value, Same<T> otherwise = {}) {
    value = view.scalar<T>(byte, otherwise);
  }
  template <class W, class T>
  void pointer(const char*, std::uint16_t index, T& value) {
    W::own(view.pointer<W>(index), value);
  }
  void text_with_default(const char*, std::uint16_t index, std::string& value, std::string_view otherwise) {
    wire::RequiredText::own(view.pointer<wire::RequiredText>(index, otherwise), value);
  }
  void maybe_boolean(const char*, std::uint32_t which, std::uint32_t bit, std::optional<bool>& value) {
    value.reset();
    if (view.scalar<std::uint16_t>(which) == 1) value = view.boolean(bit);
  }
  template <class T>
  void maybe_scalar(const char*, std::uint32_t which, std::uint32_t byte, std::optional<T>& value) {
    value.reset();
    if (view.scalar<std::uint16_t>(which) == 1) value = view.scalar<T>(byte);
  }
  template <class W, class T>
  void maybe_pointer(const char*, std::uint32_t which, std::uint16_t index, std::optional<T>& value) {
    value.reset();
    if (view.scalar<std::uint16_t>(which) == 1) W::own(view.pointer<W>(index), value.emplace());
  }
};

/// Reads every field and element through borrowed views and adds up what it sees.
struct Walk {
  const wire::StructView& view;
  std::uint64_t sum = 0;

  void boolean(const char*, std::uint32_t bit, bool, bool otherwise = false) { add(view.boolean(bit, otherwise)); }
  template <class T>
  void scalar(const char*, std::uint32_t byte, T, Same<T> otherwise = {}) {
    add(view.scalar<T>(byte, otherwise));
  }
  template <class W, class T>
  void pointer(const char*, std::uint16_t index, const T&) {
    add(std::uint64_t{view.has(index)});
    add(view.pointer<W>(index));
  }
  void text_with_default(const char*, std::uint16_t index, const std::string&, std::string_view otherwise) {
    add(view.pointer<wire::RequiredText>(index, otherwise));
  }
  void maybe_boolean(const char*, std::uint32_t which, std::uint32_t bit, const std::optional<bool>&) {
    if (view.scalar<std::uint16_t>(which) == 1) add(view.boolean(bit));
  }
  template <class T>
  void maybe_scalar(const char*, std::uint32_t which, std::uint32_t byte, const std::optional<T>&) {
    if (view.scalar<std::uint16_t>(which) == 1) add(view.scalar<T>(byte));
  }
  template <class W, class T>
  void maybe_pointer(const char*, std::uint32_t which, std::uint16_t index, const std::optional<T>&) {
    if (view.scalar<std::uint16_t>(which) == 1) add(view.pointer<W>(index));
  }

 private:
  template <class T>
  void add(const T& value) {
    if constexpr (std::is_floating_point_v<T>) {
      add(std::bit_cast<std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>>(value));
    } else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
      sum = sum * 31 + static_cast<std::uint64_t>(value);
    } else {
      for (std::size_t i = 0; i < value.size(); ++i) add(value[i]);
    }
  }
  template <class T>
  void add(const TableRef<T>& ref) {
    Walk inner{ref.view};
    static const T nothing{};  // the table wants members to name, and does not look at them
    T::fields(nothing, inner);
    sum = sum * 31 + inner.sum;
  }
};

}  // namespace table

template <class T>
struct TableCodec {
  using Owned = T;
  using View = TableRef<T>;

  static wire::StructSize size(const T& value) {
    table::Size visitor;
    T::fields(value, visitor);
    return visitor.size;
  }
  static std::size_t content_words(const T& value, wire::Depth depth) {
    table::ContentWords visitor{depth};
    T::fields(value, visitor);
    return visitor.words;
  }
  static void write(const T& value, wire::StructWriter& out) {
    table::Write visitor{out};
    T::fields(value, visitor);
  }
  static View read(const wire::StructView& view) { return {view}; }
  static T own(const View& ref) {
    T value;
    table::Own visitor{ref.view};
    T::fields(value, visitor);
    return value;
  }
};

/// Bytes on the heap, 8-aligned, and not one more than asked for, so that tools see a read behind them.
class Block {
 public:
  explicit Block(std::size_t size) : bytes_(static_cast<std::byte*>(std::malloc(size == 0 ? 1 : size))), size_(size) {}
  explicit Block(Bytes bytes) : Block(bytes.size()) {
    if (size_ != 0) std::memcpy(bytes_.get(), bytes.data(), size_);
  }
  std::byte* data() const { return bytes_.get(); }
  std::size_t size() const { return size_; }
  operator Bytes() const { return {bytes_.get(), size_}; }

 private:
  struct Free {
    void operator()(std::byte* bytes) const { std::free(bytes); }
  };
  std::unique_ptr<std::byte, Free> bytes_;
  std::size_t size_;
};

template <class T>
Block encode(const T& value) {
  Block block(record::size<TableCodec<T>>(value));
  record::write<TableCodec<T>>(block.data(), block.size(), value, 1);
  return block;
}

template <class T>
T decode(Bytes value) {
  return TableCodec<T>::own(record::read<TableCodec<T>>(value, Lifetime()));
}

/// Everything that can be read of a stored T, added up.
template <class T>
std::uint64_t walk(Bytes value) {
  const TableRef<T> ref = record::read<TableCodec<T>>(value, Lifetime());
  static const T nothing{};
  table::Walk visitor{ref.view};
  T::fields(nothing, visitor);
  return visitor.sum;
}

/// Gives every field a random value, its default among them.
struct Randomise {
  Random& random;

  void boolean(const char*, std::uint32_t, bool& value, bool = false) { value = random.one_in(2); }
  template <class T>
  void scalar(const char*, std::uint32_t, T& value, table::Same<T> otherwise = {}) {
    value = otherwise;
    if (!random.one_in(3)) fill(value);
  }
  template <class W, class T>
  void pointer(const char*, std::uint16_t, T& value) {
    if (!random.one_in(3)) fill(value);
  }
  void text_with_default(const char*, std::uint16_t, std::string& value, std::string_view) {
    pointer<void>("", 0, value);
  }
  template <class T>
  void maybe_scalar(const char*, std::uint32_t, std::uint32_t, std::optional<T>& value) {
    if (random.one_in(2)) fill(value.emplace());
  }
  void maybe_boolean(const char*, std::uint32_t, std::uint32_t, std::optional<bool>& value) {
    if (random.one_in(2)) value = random.one_in(2);
  }
  template <class W, class T>
  void maybe_pointer(const char*, std::uint32_t, std::uint16_t, std::optional<T>& value) {
    if (random.one_in(2)) fill(value.emplace());
  }

 private:
  template <class T>
  void fill(T& value) {
    if constexpr (std::is_same_v<T, Colour> || std::is_same_v<T, Level>) {
      value = static_cast<T>(random.below(3));
    } else if constexpr (std::is_floating_point_v<T>) {
      using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
      value = random.one_in(4) ? T(random.below(3)) - T(1) : std::bit_cast<T>(static_cast<Bits>(random.bits()));
      // libcapnp's dynamic values turn a signalling NaN into a quiet one on the way; records keep either.
      if (value != value) value = std::numeric_limits<T>::quiet_NaN();
    } else if constexpr (std::is_integral_v<T>) {
      value = static_cast<T>(random.bits() >> random.below(64));
    } else if constexpr (std::is_same_v<T, std::byte>) {
      value = static_cast<std::byte>(random.below(256));
    } else if constexpr (std::is_same_v<T, std::string>) {
      value = random.text(random.one_in(10) ? 100 : 12);
    } else if constexpr (std::is_same_v<T, std::vector<bool>>) {
      value.clear();
      for (std::size_t n = random.below(random.one_in(5) ? 200 : 12); n > 0; --n) value.push_back(random.one_in(2));
    } else if constexpr (requires { value.emplace_back(); }) {
      value.clear();
      for (std::size_t n = random.below(5); n > 0; --n) {
        value.emplace_back();
        if (!random.one_in(4)) fill(value.back());
      }
    } else if constexpr (requires { value.fill({}); }) {
      for (auto& byte : value) fill(byte);
    } else {
      T::fields(value, *this);
    }
  }
};

template <class T>
T random_record(Random& random) {
  T value;
  Randomise visitor{random};
  T::fields(value, visitor);
  return value;
}

}  // namespace netabase::test
