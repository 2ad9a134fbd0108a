#include "compiler/frontend/run.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "compiler/frontend/arguments.hpp"

namespace netabase::compiler::frontend {
namespace fs = std::filesystem;

namespace {

// Files that exist in memory only. Their folder has a name that no one's files have.
constexpr const char* main_file = "/netabase-gen/main.cpp";
constexpr const char* macro_file = "/netabase-gen/attributes.hpp";

constexpr unsigned parse_options = CXTranslationUnit_SkipFunctionBodies | CXTranslationUnit_DetailedPreprocessingRecord;

std::string absolute(const std::string& path) {
  std::error_code error;
  const fs::path out = fs::absolute(path, error);
  return error ? path : out.lexically_normal().string();
}

}  // namespace

Run::Run(const Options& options, Diagnostics& diagnostics) : options_(options), diagnostics_(diagnostics) {
  for (const std::string& output : options.virtual_outputs) virtual_outputs_.insert(SourceFiles::canonical(output));
}

bool Run::load_headers() {
  if (options_.headers.empty()) {
    diagnostics_.error({}, "no header is named",
                       "give the headers that hold the schema: `netabase-gen blog.hpp -o DIR`");
    return false;
  }
  bool good = true;
  std::set<std::string> seen;
  for (const std::string& header : options_.headers) {
    const SourceLocation place{header, 0, 0, 1};
    std::error_code error;
    const fs::file_status status = fs::status(header, error);
    std::string problem;
    std::string mend;
    if (status.type() == fs::file_type::not_found) {
      problem = "this header does not exist";
      mend =
          fs::path(header).is_absolute() ? "check the path" : "check the path; it is taken from the working directory";
    } else if (fs::is_directory(status)) {
      problem = "this is a folder, not a header";
      mend = "name the header files in it one by one";
    } else if (header.find_first_of("\"\n") != std::string::npos) {
      problem = "a header's path can hold no quote and no line end";
      mend = "rename the file or its folder";
    } else if (files_.load_as(header, header) == nullptr) {
      problem = fs::is_regular_file(status) ? "this header cannot be read" : "this is not a regular file";
      mend = "check the file and its permissions";
    }
    if (!problem.empty()) {
      diagnostics_.error(place, problem, mend);
      good = false;
      continue;
    }
    std::string canonical = SourceFiles::canonical(header);
    if (seen.insert(canonical).second) headers_.push_back({header, std::move(canonical)});
  }
  return good;
}

bool Run::overlay_file(const std::string& path) {
  const SourceFile* file = files_.load(path);
  if (file == nullptr) return false;
  const Scan scan = scan_attributes(file->text());
  if (scan.specifiers.empty() && scan.malformed.empty()) return false;
  unsaved_.push_back({file->path(), overlay_.replace(*file, scan, diagnostics_)});
  overlaid_.insert(file->path());
  return true;
}

void Run::scan(const std::string& path) {
  const SourceFile* file = files_.load(path);
  if (file == nullptr || !scanned_.insert(file->path()).second) return;
  const Scan scan = scan_attributes(file->text());
  if (!scan.specifiers.empty() || !scan.malformed.empty()) {
    unsaved_.push_back({file->path(), overlay_.replace(*file, scan, diagnostics_)});
    overlaid_.insert(file->path());
  }
  for (const ScannedInclude& include : scan.includes) follow(path, include);
}

void Run::follow(const std::string& includer, const ScannedInclude& include) {
  std::vector<std::string> candidates;
  if (include.quoted) candidates.push_back((fs::path(includer).parent_path() / include.name).string());
  for (const std::string& folder : include_folders_) candidates.push_back((fs::path(folder) / include.name).string());
  for (const std::string& candidate : candidates) {
    const std::string canonical = SourceFiles::canonical(candidate);
    std::error_code error;
    if (virtual_outputs_.count(canonical) != 0) {
      // Under the very path that Clang will look for: a file that does not exist is known by its path alone.
      unsaved_.push_back({candidate, ""});
      scanned_.insert(canonical);
      return;
    }
    if (fs::is_regular_file(candidate, error)) {
      scan(candidate);
      return;
    }
  }
}

bool Run::parse() {
  if (!load_headers()) return false;
  std::string resource_dir = options_.resource_dir.empty() ? NETABASE_CLANG_RESOURCE_DIR : options_.resource_dir;
  std::error_code error;
  if (!fs::is_regular_file(fs::path(resource_dir) / "include" / "stddef.h", error)) {
    diagnostics_.error({resource_dir, 0, 0, 1}, "this is not Clang's resource directory: it has no include/stddef.h",
                       "name it with --resource-dir; `clang -print-resource-dir` prints it. On Debian it comes with "
                       "libclang-common-14-dev");
    return false;
  }
  arguments_ = {"-x",
                "c++",
                "-std=c++20",
                "-resource-dir",
                std::move(resource_dir),
                "-DNETABASE_GEN=1",
                "-Wno-everything",
                "-Wignored-attributes",
                "-Wunknown-attributes",
                "-ferror-limit=100",
                "-include",
                macro_file};
  if (!options_.build_dir.empty()) {
    for (std::string& argument : arguments_from_build(options_.build_dir, options_.headers, diagnostics_)) {
      arguments_.push_back(std::move(argument));
    }
    if (diagnostics_.has_errors()) return false;
  }
  for (std::string& argument : filter_arguments(options_.arguments, {})) arguments_.push_back(std::move(argument));
  for (std::size_t i = 0; i < arguments_.size(); ++i) {
    if (arguments_[i].starts_with("-I")) include_folders_.push_back(arguments_[i].substr(2));
    if (arguments_[i] == "-iquote" && i + 1 < arguments_.size()) include_folders_.push_back(arguments_[i + 1]);
  }
  for (const CommandLineHeader& header : headers_) scan(absolute(header.given));
  for (const std::string& output : options_.virtual_outputs) unsaved_.push_back({absolute(output), ""});

  constexpr int most_passes = 8;  // each pass but the last finds new files
  for (int pass = 0; pass < most_passes; ++pass) {
    if (!parse_once()) return false;
    if (!find_new_attributes()) break;
  }
  read_inclusions();
  return true;
}

bool Run::parse_once() {
  std::string main_text;
  for (const CommandLineHeader& header : headers_) main_text += "#include \"" + absolute(header.given) + "\"\n";

  std::vector<CXUnsavedFile> unsaved;
  const auto add = [&](const char* path, const std::string& text) {
    unsaved.push_back({path, text.c_str(), static_cast<unsigned long>(text.size())});
  };
  add(main_file, main_text);
  add(macro_file, overlay_.macros());
  for (const Unsaved& file : unsaved_) add(file.path.c_str(), file.text);

  std::vector<const char*> arguments;
  for (const std::string& argument : arguments_) arguments.push_back(argument.c_str());

  unit_.reset();
  if (!index_) index_.reset(clang_createIndex(0, 0));
  CXTranslationUnit unit = nullptr;
  const CXErrorCode code =
      clang_parseTranslationUnit2(index_.get(), main_file, arguments.data(), static_cast<int>(arguments.size()),
                                  unsaved.data(), static_cast<unsigned>(unsaved.size()), parse_options, &unit);
  unit_.reset(unit);
  if (code == CXError_Success && unit_) return true;
  diagnostics_.error(
      {headers_.front().given, 0, 0, 1}, "libclang gave up on this header",
      "check the compiler arguments (-D, -std, --target, --sysroot); if they are right, a smaller header "
      "will show what libclang cannot read");
  return false;
}

/// Overlays every included file that has attributes and was not found before; true when there is one.
bool Run::find_new_attributes() {
  std::vector<std::string> names;
  clang_getInclusions(
      unit_.get(),
      [](CXFile file, CXSourceLocation*, unsigned, CXClientData data) {
        static_cast<std::vector<std::string>*>(data)->push_back(to_string(clang_getFileName(file)));
      },
      &names);
  bool found = false;
  for (const std::string& name : names) {
    if (name == main_file || name == macro_file) continue;
    inclusions_.insert(name);
    const std::string canonical = SourceFiles::canonical(name);
    if (virtual_outputs_.count(canonical) != 0 || !scanned_.insert(canonical).second) continue;
    if (read_file(canonical).value_or("").find("netabase") != std::string::npos && overlay_file(canonical))
      found = true;
  }
  return found;
}

void Run::read_inclusions() {
  for (const CXCursor cursor : children_of(clang_getTranslationUnitCursor(unit_.get()))) {
    if (clang_getCursorKind(cursor) != CXCursor_InclusionDirective) continue;
    if (clang_Location_isInSystemHeader(clang_getCursorLocation(cursor)) != 0) continue;
    const CXFile included = clang_getIncludedFile(cursor);
    const std::string includer = place_of(cursor).file;
    if (included == nullptr || includer == main_file || includer.empty()) continue;
    includes_[user_file(includer).canonical].insert(user_file(to_string(clang_getFileName(included))).canonical);
  }
}

std::set<std::string> Run::closure_of(const std::string& canonical) {
  std::set<std::string> closure = {canonical};
  std::vector<std::string> open = {canonical};
  while (!open.empty()) {
    const std::string file = std::move(open.back());
    open.pop_back();
    const auto found = includes_.find(file);
    if (found == includes_.end()) continue;
    for (const std::string& included : found->second) {
      if (closure.insert(included).second) open.push_back(included);
    }
  }
  return closure;
}

const Run::UserFile& Run::user_file(const std::string& clang_name) {
  const auto [entry, is_new] = by_clang_name_.try_emplace(clang_name);
  if (is_new) {
    entry->second.canonical = SourceFiles::canonical(clang_name);
    entry->second.overlaid = overlaid_.count(entry->second.canonical) != 0;
    entry->second.source = files_.load(clang_name);
  }
  return entry->second;
}

bool Run::is_users(CXCursor cursor) {
  const CXSourceLocation location = clang_getCursorLocation(cursor);
  if (clang_Location_isInSystemHeader(location) == 0) return true;
  if (overlaid_.empty()) return false;
  const Place place = place_of(location);
  return !place.file.empty() && user_file(place.file).overlaid;
}

SourceLocation Run::location(CXCursor cursor) { return location(place_of(cursor)); }

SourceLocation Run::location(const Place& place) {
  if (place.file.empty() || place.file == main_file || place.file == macro_file) return {};
  const UserFile& file = user_file(place.file);
  if (file.source == nullptr) return {SourceFiles::display_name(place.file), place.line, place.column, 1};
  return {file.source->display(), place.line, place.column, file.source->word_length(place.line, place.column)};
}

std::string Run::file_of(CXCursor cursor) {
  const Place place = place_of(cursor);
  return place.file.empty() ? std::string() : user_file(place.file).canonical;
}

bool Run::is_inactive(const AttributeUse& use) {
  const auto [entry, is_new] = inactive_.try_emplace(use.file->path());
  if (is_new) {
    CXSourceRangeList* all = clang_getAllSkippedRanges(unit_.get());
    for (unsigned i = 0; all != nullptr && i < all->count; ++i) {
      const Place begin = place_of(clang_getRangeStart(all->ranges[i]));
      const Place end = place_of(clang_getRangeEnd(all->ranges[i]));
      // Lines, not offsets: the overlay keeps the former.
      if (user_file(begin.file).canonical == use.file->path()) entry->second.emplace_back(begin.line, end.line);
    }
    clang_disposeSourceRangeList(all);
  }
  const std::size_t line = use.location().line;
  return std::any_of(entry->second.begin(), entry->second.end(),
                     [&](const auto& range) { return range.first <= line && line <= range.second; });
}

std::vector<std::string> Run::dependencies() const {
  std::set<std::string> files;
  for (const std::string& name : inclusions_) {
    // Canonical: a name such as /lib/gcc/../../include, where /lib is a link, must not be shortened as text.
    std::string file = SourceFiles::canonical(name);
    if (virtual_outputs_.count(file) == 0) files.insert(std::move(file));
  }
  return {files.begin(), files.end()};
}

}  // namespace netabase::compiler::frontend
