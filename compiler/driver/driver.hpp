#pragma once

/// \file
/// One run of netabase-gen, its command line read already.

#include <iosfwd>
#include <string>
#include <vector>

namespace netabase::compiler::driver {

inline constexpr int exit_ok = 0;
inline constexpr int exit_errors = 1;     ///< the schema has errors, or --check found stale files
inline constexpr int exit_usage = 2;      ///< wrong usage, or a file that cannot be read or written
inline constexpr int exit_migration = 3;  ///< --diff: a difference needs a migration, and none is refused
inline constexpr int exit_refused = 4;    ///< --diff: a difference is refused

struct Options {
  std::vector<std::string> headers;
  std::string output_dir;
  std::string lock_dir;  ///< where the committed .capnp is read
  std::string copy_to;   ///< empty: nowhere
  std::string build_dir;
  std::string depfile;
  std::string templates;
  std::string diff;                    ///< the .capnp to compare the header with; empty: none
  std::vector<std::string> arguments;  ///< for libclang
  bool check = false;
  bool json = false;  ///< how the differences from `diff` are printed
  bool print_schema = false;
  bool colour = false;
};

/// Reads the headers, and writes or checks what belongs to them. Everything is generated before the first file is
/// written; with an error none is. Diagnostics and errors go to `err`; what was asked for (a diff, the schema) to
/// `out`. Returns the exit code.
int run(const Options& options, std::ostream& out, std::ostream& err);

}  // namespace netabase::compiler::driver
