#pragma once

/// \file
/// Every command with its options, its description and an example: what the command line and its help are made of.

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "tools/output/context.hpp"

namespace netabase::tools {

/// Options that every command takes.
struct Global {
  bool json = false;
  std::string colour = "auto";
  double wait = 30;
};

/// What the command line asked for.
using Action = std::function<int(const Context&)>;

struct Command {
  const char* name;
  const char* description;
  const char* example;
  /// Adds the command's options; when the command is named, `action` is set to what it does.
  void (*add_options)(CLI::App& app, Action& action);
};

const std::vector<Command>& commands();

}  // namespace netabase::tools
