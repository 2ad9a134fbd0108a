#pragma once

#include <string>

#include "tools/schema/schema.hpp"

namespace netabase::tools {

/// The schema as Cap'n Proto text that its own tools read: every struct with its id, ordinals and defaults; models and
/// keys as comments. Records, which `netabase export --format capnp` writes, can be decoded with it.
std::string capnp_text(const Schema& schema);

/// "UInt64", "List(Text)", "Price": a type as Cap'n Proto writes it.
std::string capnp_type_text(const capnp::Type& type);
/// A slot's default as Cap'n Proto writes it; empty: zero or empty.
std::string capnp_default_text(capnp::schema::Value::Reader value);

}  // namespace netabase::tools
