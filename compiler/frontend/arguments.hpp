#pragma once

/// \file
/// Which compiler arguments the run gets: those that decide what the user's text means, and no others.

#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.hpp"

namespace netabase::compiler::frontend {

/// Keeps -I, -iquote, -isystem (as -I: system headers give no warnings, and the run needs them), -D, -U, -include,
/// --target, --sysroot, -isysroot, --gcc-toolchain, -stdlib and -std; a standard later than C++20 becomes C++20.
/// Relative folders are taken from `directory`; empty: the working directory.
std::vector<std::string> filter_arguments(const std::vector<std::string>& arguments, const std::string& directory);

/// The filtered arguments of the source file in `build_dir`/compile_commands.json that most likely includes the
/// headers: one of their own, else of the same name, else in the same folder, else the nearest. An error when there is
/// no such file or it says nothing.
std::vector<std::string> arguments_from_build(const std::string& build_dir, const std::vector<std::string>& headers,
                                              Diagnostics& diagnostics);

}  // namespace netabase::compiler::frontend
