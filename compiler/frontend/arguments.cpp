#include "compiler/frontend/arguments.hpp"

#include <clang-c/CXCompilationDatabase.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>
#include <tuple>

#include "compiler/frontend/clang.hpp"
#include "compiler/frontend/source_file.hpp"

namespace netabase::compiler::frontend {
namespace fs = std::filesystem;

namespace {

enum class ValueKind : std::uint8_t { text, path };

struct Flag {
  std::string_view spelling;
  std::string_view passed_as;
  ValueKind value;
  bool joined;    ///< -Idir
  bool separate;  ///< -I dir
};

constexpr std::array<Flag, 14> flags = {{
    {"-isystem", "-I", ValueKind::path, true, true},
    {"-isysroot", "-isysroot", ValueKind::path, true, true},
    {"-iquote", "-iquote", ValueKind::path, true, true},
    {"-include", "-include", ValueKind::path, false, true},
    {"-I", "-I", ValueKind::path, true, true},
    {"-D", "-D", ValueKind::text, true, true},
    {"-U", "-U", ValueKind::text, true, true},
    {"--target=", "--target=", ValueKind::text, true, false},
    {"-target", "--target=", ValueKind::text, false, true},
    {"--sysroot=", "--sysroot=", ValueKind::path, true, false},
    {"--sysroot", "--sysroot=", ValueKind::path, false, true},
    {"--gcc-toolchain=", "--gcc-toolchain=", ValueKind::path, true, false},
    {"-stdlib=", "-stdlib=", ValueKind::text, true, false},
    {"-std=", "-std=", ValueKind::text, true, false},
}};

/// The standard to pass for one the user has: none that Clang 14 does not know.
std::string standard(const std::string& value) {
  const std::string prefix = value.substr(0, value.find("++") == std::string::npos ? 0 : value.find("++") + 2);
  const std::string year = value.substr(prefix.size());
  static constexpr std::array<std::string_view, 10> known = {"98", "03", "11", "0x", "14",
                                                             "1y", "17", "1z", "20", "2a"};
  const bool is_known = std::find(known.begin(), known.end(), year) != known.end();
  return prefix.empty() ? "c++20" : prefix + (is_known ? year : "20");
}

std::string resolved(const std::string& path, const std::string& directory) {
  if (directory.empty() || path.empty() || fs::path(path).is_absolute() || path[0] == '=') return path;
  return (fs::path(directory) / path).lexically_normal().string();
}

void append(std::vector<std::string>& out, const Flag& flag, std::string value, const std::string& directory) {
  if (flag.spelling == "-std=") value = standard(value);
  if (flag.value == ValueKind::path && flag.spelling != "-include") value = resolved(value, directory);
  if (flag.spelling == "-include") {
    // A header that is found through the include path stays as it is written. One that is not there yet (a precompiled
    // header that the build makes) is left out: it declares nothing that the schema headers could not name themselves.
    std::error_code error;
    const std::string file = resolved(value, directory);
    if (fs::exists(file, error)) value = file;
    if (fs::path(value).is_absolute() && !fs::exists(value, error)) return;
    out.insert(out.end(), {"-include", value});
    return;
  }
  out.push_back(std::string(flag.passed_as) + value);
  if (flag.passed_as == "-isysroot" || flag.passed_as == "-iquote") {
    out.back() = flag.passed_as;
    out.push_back(std::move(value));
  }
}

struct DatabaseDeleter {
  void operator()(void* database) const { clang_CompilationDatabase_dispose(database); }
};
struct CommandsDeleter {
  void operator()(void* commands) const { clang_CompileCommands_dispose(commands); }
};

/// How near a source file is to a header; smaller is nearer.
std::tuple<int, std::size_t, std::string> farness(const fs::path& source, const fs::path& header) {
  if (source == header) return {0, 0, source.string()};
  const bool same_folder = source.parent_path() == header.parent_path();
  if (source.stem() == header.stem()) return {same_folder ? 1 : 2, 0, source.string()};
  if (same_folder) return {3, 0, source.string()};
  const fs::path way = source.parent_path().lexically_relative(header.parent_path());
  return {4, static_cast<std::size_t>(std::distance(way.begin(), way.end())), source.string()};
}

}  // namespace

std::vector<std::string> filter_arguments(const std::vector<std::string>& arguments, const std::string& directory) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    for (const Flag& flag : flags) {
      if (argument == flag.spelling && flag.separate) {
        if (i + 1 < arguments.size()) append(out, flag, arguments[++i], directory);
        break;
      }
      if (flag.joined && argument.size() > flag.spelling.size() && argument.starts_with(flag.spelling)) {
        append(out, flag, argument.substr(flag.spelling.size()), directory);
        break;
      }
    }
  }
  return out;
}

std::vector<std::string> arguments_from_build(const std::string& build_dir, const std::vector<std::string>& headers,
                                              Diagnostics& diagnostics) {
  const std::string mend =
      "name a build folder configured with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, or give -I and -D yourself";
  CXCompilationDatabase_Error error = CXCompilationDatabase_NoError;
  std::error_code ignored;
  if (!fs::is_regular_file(fs::path(build_dir) / "compile_commands.json", ignored)) {
    diagnostics.error({build_dir, 0, 0, 1}, "there is no compile_commands.json in this folder", mend);
    return {};
  }
  const std::unique_ptr<void, DatabaseDeleter> database(
      clang_CompilationDatabase_fromDirectory(build_dir.c_str(), &error));
  if (error != CXCompilationDatabase_NoError || !database) {
    diagnostics.error({build_dir, 0, 0, 1}, "compile_commands.json in this folder cannot be read", mend);
    return {};
  }
  const std::unique_ptr<void, CommandsDeleter> commands(
      clang_CompilationDatabase_getAllCompileCommands(database.get()));
  CXCompileCommand best = nullptr;
  std::tuple<int, std::size_t, std::string> best_farness;
  for (unsigned i = 0; commands && i < clang_CompileCommands_getSize(commands.get()); ++i) {
    CXCompileCommand command = clang_CompileCommands_getCommand(commands.get(), i);
    const std::string directory = to_string(clang_CompileCommand_getDirectory(command));
    const std::string source =
        SourceFiles::canonical(resolved(to_string(clang_CompileCommand_getFilename(command)), directory));
    for (const std::string& header : headers) {
      auto found = farness(source, SourceFiles::canonical(header));
      if (best == nullptr || found < best_farness) {
        best = command;
        best_farness = std::move(found);
      }
    }
  }
  if (best == nullptr) {
    diagnostics.error({build_dir, 0, 0, 1}, "compile_commands.json in this folder names no source file", mend);
    return {};
  }
  std::vector<std::string> arguments;
  for (unsigned i = 1; i < clang_CompileCommand_getNumArgs(best); ++i) {
    arguments.push_back(to_string(clang_CompileCommand_getArg(best, i)));
  }
  return filter_arguments(arguments, to_string(clang_CompileCommand_getDirectory(best)));
}

}  // namespace netabase::compiler::frontend
