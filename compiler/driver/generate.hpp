#pragma once

/// \file
/// From the definitions of one header to the texts of its files, without touching any.

#include <optional>
#include <string>
#include <vector>

#include "compiler/codegen/printer.hpp"
#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/evolution/difference.hpp"
#include "compiler/evolution/lock.hpp"
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

/// The layout of a header's definitions, and how it differs from the committed one.
struct Layout {
  evolution::Lock lock;
  std::vector<evolution::Difference> differences;  ///< none on the first run
};

/// `committed`: NAME.capnp; nullopt on the first run. nullopt when it cannot be read, which `diagnostics` say then.
std::optional<Layout> continue_layout(const std::vector<const schema::Definition*>& definitions,
                                      const std::optional<CommittedFile>& committed, Diagnostics& diagnostics);

/// `header`: the file name of the user's header ("blog.hpp"). No difference of the layout may be refused.
Generated generate(const std::string& header, const std::vector<const schema::Definition*>& definitions,
                   const evolution::Lock& lock, const codegen::Templates& templates);

}  // namespace netabase::compiler::driver
