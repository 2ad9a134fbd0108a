#pragma once

/// \file
/// What can be wrong with a record's bytes, and the errors for it. Apart from the views, so that checking costs them a
/// compare and a call that is never made.

#include <cstddef>
#include <cstdint>

namespace netabase::wire {

/// The contradictions that views look for.
enum class Damage : std::uint8_t {
  misaligned,           ///< the record does not begin on a multiple of 8 bytes
  truncated,            ///< the record is shorter than its head, or not a multiple of 8 bytes
  unknown_flags,        ///< flags in the record's head that no version of netabase sets
  outside,              ///< a pointer leads out of the record
  not_a_struct,         ///< a pointer to something else where a struct belongs
  not_a_list,           ///< a pointer to something else where a list, text or data belongs
  wrong_element_size,   ///< a list of other elements than the schema's
  elements_overrun,     ///< a list of structs with more elements than its own words hold
  too_many_empty,       ///< a list of structs that takes no space, with more than max_empty_elements elements
  unterminated_text,    ///< a text without its final zero byte
  wrong_length,         ///< bytes or elements of a fixed number, of which there are more or fewer
  repeated_element,     ///< a set that has an element twice, or a map a key
  unknown_alternative,  ///< a variant that holds an alternative the schema does not have
  too_deep,             ///< more than max_depth structs and lists in each other
  overlap,              ///< parts that share bytes, so that a copy would be larger than the record
};

/// Throws Corrupt.
[[noreturn, gnu::cold]] void throw_damaged(Damage what);

/// Throws Error(invalid_argument): a value that no record can hold, of `size` (bytes or elements) where `limit` are
/// possible.
[[noreturn, gnu::cold]] void throw_too_large(std::size_t size, std::size_t limit);

/// Throws Error(invalid_argument): a value of more than max_depth structs and lists in each other.
[[noreturn, gnu::cold]] void throw_too_deep();

/// Throws Error(invalid_argument): a variant that lost its value to an exception (valueless_by_exception).
[[noreturn, gnu::cold]] void throw_valueless();

/// Throws Error(invalid_argument): an index into a list of `size` elements. In checked builds.
[[noreturn, gnu::cold]] void throw_no_such_element(std::size_t index, std::size_t size);

}  // namespace netabase::wire
