#pragma once

/// \file
/// From JSON to a record: the reverse of write_json.hpp.
///
/// A field that is not named keeps its default. Accepted beside what write_json.hpp writes: integers in strings,
/// enumerators by number. Everything else that does not fit is an InputError that names the field.

#include <capnp/dynamic.h>

#include "tools/json/parse.hpp"
#include "tools/schema/schema.hpp"

namespace netabase::tools {

/// Sets the fields that the object names; a member `$model` is passed over. What is empty or has nothing set becomes a
/// null pointer, as in the runtime's records. Throws InputError.
void set_from_json(capnp::DynamicStruct::Builder out, const json::Value& object, const StructShape& shape);

}  // namespace netabase::tools
