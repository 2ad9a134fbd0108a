#pragma once

/// \file
/// The wire type of maps: a list of entries, each a struct of a key and a value, in the order of the keys.
///
///     | list pointer, structs, w | ... | tag: n, sections | w words: n entries | what they lead to |
///
/// An std::map is stored in its own order, an std::unordered_map in that of its keys' encoding (key/encoding.hpp), so
/// that equal maps have equal bytes. Both are the same for numbers, enums, text and bytes. An empty map is null.

#include <algorithm>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

#include "netabase/codec/containers.hpp"
#include "netabase/codec/damage.hpp"
#include "netabase/codec/list.hpp"
#include "netabase/codec/list_view.hpp"
#include "netabase/codec/pointer_view.hpp"
#include "netabase/codec/struct.hpp"
#include "netabase/codec/struct_view.hpp"
#include "netabase/codec/struct_writer.hpp"

namespace netabase::wire {

namespace detail {

/// Reads an entry's key alone, or its value alone.
template <class Codec>
struct KeyOf {
  using View = typename Codec::View::first_type;
  static View read(const StructView& entry) { return Codec::key(entry); }
};
template <class Codec>
struct ValueOf {
  using View = typename Codec::View::second_type;
  static View read(const StructView& entry) { return Codec::value(entry); }
};

/// Keys of bytes are compared as std::vector compares them, from wherever they are borrowed.
template <class Key>
bool key_before(const Key& a, const Key& b) {
  if constexpr (requires { a.size_bytes(); }) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
  } else {
    return before_as_key(a, b);
  }
}

}  // namespace detail

/// A stored map, read in place: a sized random-access range of pairs of views, in the order of the keys.
///
///     for (const auto [name, score] : game.scores()) ...
///     if (const auto score = game.scores().find("alice")) use(*score);
///
/// Lifetime, threads and errors are those of ListView. Trivially copyable; its iterators stay valid without it.
template <class Codec>
class MapView {
 public:
  using Entries = ListView<detail::StructElement<Codec>>;
  using Keys = ListView<detail::StructElement<detail::KeyOf<Codec>>>;
  using Values = ListView<detail::StructElement<detail::ValueOf<Codec>>>;
  using value_type = typename Codec::View;
  using key_type = typename value_type::first_type;
  using mapped_type = typename value_type::second_type;
  using iterator = typename Entries::iterator;
  using const_iterator = iterator;

  MapView() = default;
  explicit MapView(const Entries& entries) noexcept : entries_(entries) {}

  std::size_t size() const noexcept { return entries_.size(); }
  bool empty() const noexcept { return entries_.empty(); }
  iterator begin() const noexcept { return entries_.begin(); }
  iterator end() const noexcept { return entries_.end(); }

  /// The keys alone, and the values alone, in the same order: what lies beside them is not read.
  Keys keys() const noexcept { return part<Keys>(); }
  Values values() const noexcept { return part<Values>(); }

  /// The value under `key`; nullopt: there is none. A binary search: O(log size()) keys are read. For keys whose order
  /// is known here: numbers, enums, text and bytes. Expects the entries in the order in which netabase writes them.
  std::optional<mapped_type> find(const key_type& key) const requires(Codec::searchable) {
    const std::size_t index = lower_bound(key);
    if (index == size() || detail::key_before(key, keys()[index])) return std::nullopt;
    return values()[index];
  }

  /// Whether there is a value under `key`. Costs what find() does.
  bool contains(const key_type& key) const requires(Codec::searchable) {
    const std::size_t index = lower_bound(key);
    return index != size() && !detail::key_before(key, keys()[index]);
  }

  /// For the wire type.
  const Entries& entries() const noexcept { return entries_; }

 private:
  template <class Part>
  Part part() const noexcept {
    return Part(entries_.elements(), entries_.segment(), entries_.depth(), entries_.lifetime());
  }

  /// The index of the first key that is not before `key`.
  std::size_t lower_bound(const key_type& key) const {
    const Keys all = keys();
    std::size_t low = 0;
    for (std::size_t high = size(); low < high;) {
      const std::size_t middle = low + (high - low) / 2;
      if (detail::key_before(all[middle], key)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  Entries entries_{};
};

/// A map whose entries are written and read by the generated Codec.
template <class Codec>
struct Map {
  using Entries = List<Struct<Codec>>;
  using View = MapView<Codec>;

  template <class V>
  static bool is_null(const V& map) noexcept {
    return map.empty();
  }
  template <class V>
  static std::size_t words(const V& map, Depth depth) {
    return Entries::words(map, depth);
  }
  template <class V>
  static void write(std::byte* at, Space& space, const V& map) {
    Entries::write(at, space, map);
  }
  static View read(const PointerView& pointer) { return View(Entries::read(pointer)); }

  /// Throws Corrupt when a key is there twice.
  template <class Container>
  static void own(const View& view, Container& out) {
    using Key = typename Container::key_type;
    static_assert(
        requires(const Key& a, const Key& b) { a < b; } || detail::Hashed<Container>,
        "the keys of this map have no operator<: give their struct `auto operator<=>(...) const = default`");
    const typename View::Entries& entries = view.entries();
    detail::check_content(entries.segment(), entries.elements(), entries.depth());
    out.clear();
    for (std::size_t i = 0; i < entries.size(); ++i) out.insert(out.end(), Codec::own(entries[i]));
    if (out.size() != entries.size()) throw_damaged(Damage::repeated_element);
  }
};

}  // namespace netabase::wire

template <class Codec>
inline constexpr bool std::ranges::enable_borrowed_range<netabase::wire::MapView<Codec>> = true;
template <class Codec>
inline constexpr bool std::ranges::enable_view<netabase::wire::MapView<Codec>> = true;
