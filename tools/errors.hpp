#pragma once

/// \file
/// How the command netabase ends, and the errors of its own.

#include <stdexcept>
#include <string>

namespace netabase::tools {

/// What a run of the command returns to the shell.
enum ExitCode : int {
  exit_ok = 0,     ///< done
  exit_found = 1,  ///< the answer is no: nothing found, problems found, schemas that differ, lines that were refused,
                   ///< a schema that the file cannot follow to
  exit_usage = 2,  ///< wrong usage: a command, model, index or value that makes no sense
  exit_file = 3,   ///< a file cannot be used: missing, damaged, of another kind or format, in use, no room
};

/// What the user asked for makes no sense; exit_usage.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Text that is not a record of the model: wrong JSON, an unknown field, a value that does not fit.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace netabase::tools
