#pragma once

/// \file
/// A Cap'n Proto message taken apart into memory, to be changed and written again. For the few places that handle
/// records of a schema they were not compiled with; records of the program's own never come here.

#include <cstdint>
#include <string>
#include <vector>

#include "netabase/codec/pointer_view.hpp"
#include "netabase/codec/word.hpp"

namespace netabase::evolution {

/// What a pointer leads to, copied.
struct Object {
  enum class Kind : std::uint8_t { null, structure, list };
  Kind kind = Kind::null;
  wire::ElementSize size = wire::ElementSize::none;  ///< of a list
  std::uint32_t count = 0;                           ///< of a list
  std::vector<std::uint64_t> data;                   ///< a struct's data section, or a list's numbers or bits
  std::vector<Object> pointers;  ///< a struct's pointers, or the elements of a list of pointers or structs

  bool is_null() const noexcept { return kind == Kind::null; }
};

/// The struct that the body's first word leads to, with everything in it. `body` is 8-aligned. Throws Corrupt; takes no
/// more memory than a small multiple of the body, whatever its pointers say.
Object read_body(Bytes body);
/// Element `index` of a list of structs.
Object read_element(const wire::Elements& elements, std::size_t index, const wire::Segment& segment);

/// The body of one segment in canonical form. Throws Error(invalid_argument) beyond 4 GiB.
std::vector<std::uint64_t> write_body(const Object& root);

/// Leaves out zeros at the ends of a struct's sections. One of which nothing is left becomes null if `may_be_null`.
void trim(Object& structure, bool may_be_null);

}  // namespace netabase::evolution
