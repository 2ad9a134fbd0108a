#pragma once

/// \file
/// The bodies of each_key: from a record, decoded or borrowed, to the parts of its keys in one index.

#include <string>

#include "compiler/codegen/context.hpp"

namespace netabase::compiler::codegen {

/// Which record each_key is for.
enum class RecordForm : std::uint8_t { owned, borrowed };

/// The statements that call `emit` for each of the record's keys.
std::string each_key_body(const Context& context, const schema::Struct& structure, const schema::Key& key,
                          RecordForm form);

/// What they do, as documentation.
std::string each_key_about(const Context& context, const schema::Key& key);

}  // namespace netabase::compiler::codegen
