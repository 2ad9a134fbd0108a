#include "tools/cli/command_line.hpp"

#include <kj/exception.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>
#include <memory>
#include <ostream>

#include "netabase/error.hpp"
#include "tools/cli/commands.hpp"
#include "tools/errors.hpp"
#include "tools/output/text.hpp"

namespace netabase::tools {

namespace {

constexpr const char* help_text = R"(Exit codes:
  0  done
  1  the answer is no: nothing was found (get, find), problems were found (check),
     the schemas differ (diff), records were refused (import), the file cannot follow
     to the schema without a program's migration function (migrate)
  2  wrong usage: no such command, model or index, or a value that does not fit
  3  a file cannot be used: missing, damaged, not a store, of another format, in use

Values of keys: numbers and enumerators as they are, bytes in hexadecimal, text as it
is, or as a JSON string when it begins with a quote; null for an absent optional. Put
-- before values that begin with a dash and are no numbers.

netabase COMMAND --help shows a command's options and an example.)";

/// What the engine found wrong, as the shell sees it.
int exit_code_of(const Error& error) {
  switch (error.code()) {
    case ErrorCode::invalid_argument:
      return exit_usage;
    case ErrorCode::unique_violation:
    case ErrorCode::key_too_long:
    case ErrorCode::key_collision:
    case ErrorCode::link_violation:
      return exit_found;
    default:
      return exit_file;
  }
}

Context context_of(const Global& global, const Surroundings& surroundings) {
  Context context{surroundings.in, surroundings.out, surroundings.err};
  context.json = global.json;
  context.colour =
      global.colour == "always" || (global.colour == "auto" && surroundings.out_is_terminal && !surroundings.no_colour);
  context.progress = surroundings.err_is_terminal;
  context.width = surroundings.out_is_terminal ? surroundings.width : 0;
  context.wait = std::chrono::milliseconds(static_cast<std::int64_t>(global.wait * 1000));
  return context;
}

void set_up(CLI::App& app, Global& global, Action& action) {
  app.require_subcommand(1);
  app.fallthrough();
  app.get_formatter()->column_width(30);
  app.get_formatter()->label("SUBCOMMAND", "COMMAND");
  app.footer(help_text);
  app.set_version_flag("--version", "netabase " NETABASE_VERSION, "Print the version");
  app.add_flag("--json", global.json, "For programs: JSON instead of tables");
  app.add_option("--color", global.colour, "Colours in tables: auto, always or never")->type_name("WHEN");
  app.add_option("--wait", global.wait, "Wait so long for another process that writes, then give up (30)")
      ->type_name("SECONDS");
  for (const Command& command : commands()) {
    CLI::App* sub = app.add_subcommand(command.name, command.description);
    sub->group("Commands");
    sub->get_formatter()->column_width(30);
    sub->footer(std::string("Example:\n") + command.example);
    command.add_options(*sub, action);
  }
}

/// Why no command was found.
std::string missing_command(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (!argument.starts_with('-')) return "there is no command '" + argument + "'";
  }
  return "name a command";
}

int fail(const Surroundings& surroundings, const std::string& message, int code) {
  surroundings.err << "netabase: " << printable(message) << '\n';
  return code;
}

}  // namespace

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const Command& command : commands()) names.emplace_back(command.name);
  return names;
}

int run_command_line(const std::vector<std::string>& arguments, const Surroundings& surroundings) {
  CLI::App app("Looks into the store files of any program that uses netabase, through the schema in the file.",
               "netabase");
  Global global;
  Action action;
  try {
    set_up(app, global, action);
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // CLI11 takes them from the end
    app.parse(reversed);
    if (global.colour != "auto" && global.colour != "always" && global.colour != "never") {
      throw UsageError("--color is auto, always or never, not " + global.colour);
    }
    if (!(global.wait >= 0 && global.wait < 1e9)) throw UsageError("--wait takes seconds");
    const int code = action(context_of(global, surroundings));
    surroundings.out.flush();
    if (!surroundings.out.good()) return fail(surroundings, "the output cannot be written", exit_file);
    return code;
  } catch (const CLI::CallForHelp&) {
    // Of the command that was named, or of all.
    const auto named = app.get_subcommands();
    surroundings.out << (named.empty() ? app.help() : named.front()->help("netabase", CLI::AppFormatMode::Normal));
    return exit_ok;
  } catch (const CLI::CallForVersion& version) {
    surroundings.out << version.what() << '\n';
    return exit_ok;
  } catch (const CLI::ParseError& error) {
    const auto named = app.get_subcommands();
    const std::string command = named.empty() ? "" : " " + named.front()->get_name();
    std::string what = error.what();
    if (named.empty() && error.get_name() == "RequiredError") what = missing_command(arguments);
    return fail(surroundings, what + " (see netabase" + command + " --help)", exit_usage);
  } catch (const UsageError& error) {
    return fail(surroundings, error.what(), exit_usage);
  } catch (const InputError& error) {
    return fail(surroundings, error.what(), exit_found);
  } catch (const Error& error) {
    return fail(surroundings, error.what(), exit_code_of(error));
  } catch (const kj::Exception& exception) {
    return fail(surroundings, std::string("the file is damaged: ") + exception.getDescription().cStr(), exit_file);
  } catch (const std::exception& exception) {
    return fail(surroundings, exception.what(), exit_file);
  }
}

}  // namespace netabase::tools
