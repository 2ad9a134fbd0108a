#pragma once

/// \file
/// The front end's one entry: headers in, schema model out. Everything that calls libclang lies behind it.

#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::frontend {

/// What one run reads, and how.
struct Options {
  /// The headers named on the command line; included headers are read as they are met.
  std::vector<std::string> headers;
  /// Compiler arguments. Only those that decide what the text means are used: -I, -isystem, -iquote, -D, -U, -include,
  /// --target, --sysroot, -stdlib, -std (no later than C++20); the rest is dropped.
  std::vector<std::string> arguments;
  /// A folder with compile_commands.json (`-p`): arguments of a source file beside the headers are used before
  /// `arguments`. Empty: none.
  std::string build_dir;
  /// Clang's resource directory. Empty: the one found when netabase-gen was configured.
  std::string resource_dir;
  /// Generated headers that the schema may include: they are read as empty files, whether they exist or not.
  std::vector<std::string> virtual_outputs;
};

/// Reads the headers in one libclang run and checks what they say. Everything wrong goes to `diagnostics`; the result
/// is meaningful only when that has no errors. Blocks for the time of a parse (0.2 to 0.3 s for a header that includes
/// a few standard ones). Does not throw for anything a user's file can contain.
schema::Schema parse(const Options& options, Diagnostics& diagnostics);

}  // namespace netabase::compiler::frontend
