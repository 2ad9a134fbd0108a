#pragma once

/// \file
/// The committed NAME.capnp, read back.

#include <optional>
#include <string>

#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/evolution/lock.hpp"

namespace netabase::compiler::evolution {

/// What `text`, the content of the file `path`, records. Everything wrong with it goes to `diagnostics`, each with the
/// way to mend it: the leftovers of a merge, an ordinal that two fields claim, a file that netabase-gen did not write.
/// nullopt exactly when there was an error.
std::optional<Lock> read_lock(const std::string& path, const std::string& text, Diagnostics& diagnostics);

}  // namespace netabase::compiler::evolution
