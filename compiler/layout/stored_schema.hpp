#pragma once

/// \file
/// The schema that travels in every store and in the generated header: stored_schema.capnp, filled.

#include <string>

#include "compiler/evolution/lock.hpp"
#include "compiler/layout/capnp_file.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::layout {

/// The bytes of a definition's StoredSchema, whole words. `file` is the parsed .capnp of `lock`, which assign() made
/// for the definition. The same input gives the same bytes on every machine.
std::string stored_schema(const schema::Definition& definition, const evolution::Lock& lock, const CapnpFile& file);

}  // namespace netabase::compiler::layout
