#pragma once

/// \file
/// The schema model as text, for `netabase-gen --print-schema` and for tests.

#include <string>

#include "compiler/schema/schema.hpp"

namespace netabase::compiler::schema {

/// One line for each thing, indented by what it belongs to; the same text for the same schema on every machine. Only
/// source places and the list of files read are left out.
std::string print(const Schema& schema);

}  // namespace netabase::compiler::schema
