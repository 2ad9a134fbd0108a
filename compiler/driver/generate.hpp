#pragma once

/// \file
/// From the definitions of one header to the texts of its files, without touching any.

#include <optional>
#include <string>
#include <vector>

#include "compiler/codegen/printer.hpp"
#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::driver {

/// A file that exists.
struct CommittedFile {
  std::string path;
  std::string text;
};

struct Generated {
  std::string header;  ///< the text of NAME.netabase.hpp
  std::string capnp;   ///< the text of NAME.capnp
};

/// `header`: the file name of the user's header ("blog.hpp"). `lock`: the committed NAME.capnp; nullopt on the first
/// run. nullopt when there were errors, which are in `diagnostics`.
std::optional<Generated> generate(const std::string& header, const std::vector<const schema::Definition*>& definitions,
                                  const std::optional<CommittedFile>& lock, const codegen::Templates& templates,
                                  Diagnostics& diagnostics);

}  // namespace netabase::compiler::driver
