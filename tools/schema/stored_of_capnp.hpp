#pragma once

/// \file
/// The schema that a program with a committed .capnp has compiled into it, made of the .capnp alone.

#include <string>

#include "tools/schema/schema.hpp"

namespace netabase::tools {

/// The bytes of the StoredSchema of a definition in a .capnp that netabase-gen wrote: the same as in the header beside
/// it, so that a file that has them is one that the program opens without an upgrade.
///
/// `definition` chooses among several; empty: the only one. `stored`: the schema of the file that it is compared with,
/// from which the types of computed keys are taken where the .capnp names a type that is not known here.
///
/// Throws Error(not_found), and UsageError when the file is none of netabase-gen's or has no such definition.
std::string stored_of_capnp(const std::string& path, const std::string& definition, const Schema& stored);

}  // namespace netabase::tools
