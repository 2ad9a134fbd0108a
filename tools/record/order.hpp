#pragma once

/// \file
/// The order in which the elements of sets and the entries of maps lie in a record: views of maps search by it, and a
/// record with an element twice is refused by its program.

#include <capnp/dynamic.h>

#include <vector>

#include "tools/schema/schema.hpp"

namespace netabase::tools {

/// The places in `list`, of that shape, in the order in which they are to be stored. Of what has no order, or one that
/// is not known here (of structs), as they lie. Throws InputError when an element or key is there twice, kj::Exception.
std::vector<unsigned> stored_order(capnp::DynamicList::Reader list, const Shape& shape);

}  // namespace netabase::tools
