#pragma once

/// \file
/// A query's order, as keys encode it; and the checks of what is given to where() and order_by().

#include <array>
#include <cstddef>
#include <string>
#include <type_traits>

#include "netabase/key/buffer.hpp"
#include "netabase/query/field.hpp"
#include "netabase/query/plan.hpp"

namespace netabase::query {

/// The condition of a query without one.
struct Anything : ConditionBase {
  template <class Codec, class Ref>
  bool matches(const Ref&) const {
    return true;
  }
};
template <>
inline constexpr std::size_t condition_count<Anything> = 0;
template <std::size_t first = 0, class Visit>
void each_condition(const Anything&, Visit&&) {}

/// Whether every field that the condition names belongs to `Codec`'s struct; does not compile otherwise.
template <class Codec, class Given>
constexpr bool check_condition() {
  if constexpr (requires { typename Given::Field; }) {
    return Given::Field::template check<Codec>();
  } else if constexpr (requires(const Given& given) { given.right; }) {
    using Left = decltype(Given::left);
    using Right = decltype(Given::right);
    return check_condition<Codec, Left>() && check_condition<Codec, Right>();
  } else if constexpr (requires(const Given& given) { given.inner; }) {
    using Inner = decltype(Given::inner);
    return check_condition<Codec, Inner>();
  } else {
    return true;
  }
}

template <class Part>
struct OrderOfPart {
  using type = Part;
};
template <auto... members>
struct OrderOfPart<FieldPath<members...>> {
  using type = OrderPart<false, FieldPath<members...>>;
};
template <class Part>
using OrderOf = typename OrderOfPart<Part>::type;

template <class Codec, class Part>
constexpr bool check_order() {
  using Path = typename Part::Path;
  if constexpr (!KeyType<typename Path::Value>) {
    static_assert(sizeof(wrong_kind_of_field<Path, typename Path::Value>) != 0,
                  "records are sorted by numbers, enums, text and bytes; the type in this error names the field and "
                  "what it is");
  }
  return Path::template check<Codec>();
}

template <class Codec, class Order>
struct OrderTable;
template <class Codec, class... Parts>
struct OrderTable<Codec, List<Parts...>> {
  static constexpr std::array<OrderInfo, sizeof...(Parts)> parts = {
      OrderInfo{field_id<typename Parts::Path>, Parts::descending, &Parts::Path::template describe<Codec>}...};
};

template <class Codec, class Part, class Ref>
void append_order_part(const Ref& record, key::Buffer& out) {
  using Path = typename Part::Path;
  const std::size_t start = out.size();
  const bool present = Path::template with<Codec>(record, [&out](const auto& value) {
    if constexpr (Path::optional) out.push(std::byte{1});
    key::Encoding<typename Path::Value>::append(out, value);
    return true;
  });
  if (!present) out.push(std::byte{0});
  if constexpr (Part::descending) key::detail::invert(out.data() + start, out.size() - start);
}

/// Appends the record's sort key: the encodings of the order's parts. An absent field sorts before every value.
template <class Codec, class... Parts, class Ref>
void append_order(List<Parts...>, const Ref& record, key::Buffer& out) {
  (append_order_part<Codec, Parts>(record, out), ...);
}

}  // namespace netabase::query
