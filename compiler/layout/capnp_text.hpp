#pragma once

/// \file
/// A lock written down as a .capnp file.

#include <string>

#include "compiler/codegen/printer.hpp"
#include "compiler/evolution/lock.hpp"

namespace netabase::compiler::layout {

/// The text of NAME.capnp. `header`: what the user's header is called in it ("blog.hpp"). read_lock() gives `lock`
/// back.
std::string capnp_text(const evolution::Lock& lock, const std::string& header, const codegen::Templates& templates);

}  // namespace netabase::compiler::layout
