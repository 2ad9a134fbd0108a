#include "compiler/driver/command_line.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdlib>
#include <exception>
#include <optional>
#include <ostream>
#include <string_view>

#include "compiler/driver/files.hpp"

namespace netabase::compiler::driver {

namespace {

constexpr std::string_view help_text = R"(Compiler arguments, which say how the headers are to be read:
  -I DIR, -isystem DIR, -iquote DIR, -D NAME[=VALUE], -U NAME, -include FILE,
  -std=STANDARD, -stdlib=LIBRARY, --target=TRIPLE, --sysroot=DIR
  -- ARGUMENT...              all that follow are compiler arguments
  @FILE                       the lines of FILE, one argument each

Exit codes:
  0  the files are written, or up to date
  1  the schema has errors, or (--check) the files are stale
  2  wrong usage, or a file that cannot be read or written
  3  (--diff) a difference needs a migration
  4  (--diff) a difference is refused until the header says what is meant

Example:
  netabase-gen schema/blog.hpp -o schema/generated -I include
reads schema/blog.hpp and writes schema/generated/blog.netabase.hpp and
schema/generated/blog.capnp. Commit both: the .capnp holds every ordinal ever
given, and the next run reads it again.
  netabase-gen schema/blog.hpp --diff schema/generated/blog.capnp
prints what the next run would change, and what that means for stored data.)";

/// Compiler arguments whose value may be the next argument.
constexpr std::array<std::string_view, 10> with_value = {
    "-I", "-isystem", "-iquote", "-D", "-U", "-include", "-target", "--sysroot", "-isysroot", "-idirafter"};
/// Those that begin so have it in themselves.
constexpr std::array<std::string_view, 14> with_value_inside = {
    "-I",        "-isystem",   "-iquote",   "-D",         "-U", "-std=", "-stdlib=",
    "--target=", "--sysroot=", "-isysroot", "-idirafter", "-f", "-W",    "-pthread"};

struct Arguments {
  std::vector<std::string> own;
  std::vector<std::string> compiler;
};

/// The error to print when a list of arguments makes no sense.
struct UsageError {
  std::string message;
};

void expand(const std::vector<std::string>& arguments, unsigned depth, std::vector<std::string>& out) {
  if (depth > 10) throw UsageError{"arguments files name each other (@FILE, more than 10 deep)"};
  for (const std::string& argument : arguments) {
    if (argument.size() < 2 || argument[0] != '@') {
      out.push_back(argument);
      continue;
    }
    const std::string text = read_file(argument.substr(1));
    std::vector<std::string> lines;
    for (std::size_t start = 0; start < text.size();) {
      const std::size_t end = std::min(text.find('\n', start), text.size());
      std::string line = text.substr(start, end - start);
      if (!line.empty() && line.back() == '\r') line.pop_back();
      if (!line.empty()) lines.push_back(std::move(line));
      start = end + 1;
    }
    expand(lines, depth + 1, out);
  }
}

Arguments split(const std::vector<std::string>& arguments) {
  Arguments out;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "--") {
      out.compiler.insert(out.compiler.end(), arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1, arguments.end());
      break;
    }
    if (std::find(with_value.begin(), with_value.end(), argument) != with_value.end()) {
      if (i + 1 == arguments.size()) throw UsageError{argument + " wants a value"};
      out.compiler.push_back(argument);
      out.compiler.push_back(arguments[++i]);
    } else if (std::any_of(with_value_inside.begin(), with_value_inside.end(),
                           [&](std::string_view prefix) { return argument.starts_with(prefix); })) {
      out.compiler.push_back(argument);
    } else {
      out.own.push_back(argument);
    }
  }
  return out;
}

bool wants_colour(const std::string& when) {
  if (when == "auto") return isatty(STDERR_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
  return when == "always";
}

}  // namespace

std::variant<Options, Finished> parse_command_line(const std::vector<std::string>& arguments, std::ostream& out,
                                                   std::ostream& err) {
  Options options;
  std::string colour = "auto";
  CLI::App app("Reads annotated C++ structs and writes the code that stores them.", "netabase-gen");
  app.get_formatter()->column_width(30);
  app.footer(std::string(help_text));
  app.set_version_flag("--version", "netabase-gen " NETABASE_VERSION, "Print the version");
  app.add_option("HEADERS", options.headers, "Headers with annotated structs");
  app.add_option("-o", options.output_dir, "Write NAME.netabase.hpp and NAME.capnp there")->type_name("DIR");
  app.add_option("--lock", options.lock_dir, "Read the committed NAME.capnp there (default: -o)")->type_name("DIR");
  app.add_option("--copy-to", options.copy_to, "Copy what is written there too, where it differs")->type_name("DIR");
  app.add_option("-p", options.build_dir, "Take compiler arguments from compile_commands.json there")->type_name("DIR");
  app.add_flag("--check", options.check, "Write nothing; fail with a diff when the files in -o are stale");
  app.add_option("--depfile", options.depfile,
                 "Write a Make rule with every file that was read; its target is FILE without \".d\"")
      ->type_name("FILE");
  app.add_option("--diff", options.diff,
                 "Print how the header differs from that NAME.capnp, and what each difference means for stored data; "
                 "write nothing")
      ->type_name("FILE");
  app.add_flag("--json", options.json, "--diff for programs: an array of {verdict, place, kind, what}");
  app.add_flag("--print-schema", options.print_schema, "Print what was found in the headers; write nothing");
  app.add_option("--templates", options.templates, "Use the templates of that folder")->type_name("DIR");
  app.add_option("--color", colour, "Colours in messages")->type_name("auto|always|never");
  try {
    std::vector<std::string> expanded;
    expand(arguments, 0, expanded);
    Arguments parts = split(expanded);
    options.arguments = std::move(parts.compiler);
    std::reverse(parts.own.begin(), parts.own.end());  // CLI11 takes them from the end
    app.parse(parts.own);
    if (colour != "auto" && colour != "always" && colour != "never") {
      throw UsageError{"--color is auto, always or never, not " + colour};
    }
    if (options.headers.empty()) throw UsageError{"no headers: name those with annotated structs"};
    if (!options.diff.empty() && options.headers.size() != 1) throw UsageError{"--diff wants one header"};
    if (!options.diff.empty() && (options.check || options.print_schema)) {
      throw UsageError{"--diff stands alone: leave out " + std::string(options.check ? "--check" : "--print-schema")};
    }
    if (options.json && options.diff.empty()) throw UsageError{"--json is for --diff FILE"};
    if (options.output_dir.empty() && !options.print_schema && options.diff.empty())
      throw UsageError{"no output folder: name one with -o DIR"};
  } catch (const CLI::CallForHelp&) {
    out << app.help();
    return Finished{exit_ok};
  } catch (const CLI::CallForVersion& version) {
    out << version.what() << '\n';
    return Finished{exit_ok};
  } catch (const CLI::ParseError& error) {
    err << "netabase-gen: " << error.what() << " (see netabase-gen --help)\n";
    return Finished{exit_usage};
  } catch (const UsageError& error) {
    err << "netabase-gen: " << error.message << " (see netabase-gen --help)\n";
    return Finished{exit_usage};
  } catch (const FileError& error) {
    err << "netabase-gen: " << error.what() << '\n';
    return Finished{exit_usage};
  }
  if (options.lock_dir.empty()) options.lock_dir = options.output_dir;
  options.colour = wants_colour(colour);
  return options;
}

int run_command_line(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err) {
  try {
    const auto parsed = parse_command_line(arguments, out, err);
    if (const auto* finished = std::get_if<Finished>(&parsed)) return finished->exit_code;
    return run(std::get<Options>(parsed), out, err);
  } catch (const std::exception& exception) {
    err << "netabase-gen: internal error: " << exception.what() << '\n';
    return exit_usage;
  }
}

}  // namespace netabase::compiler::driver
