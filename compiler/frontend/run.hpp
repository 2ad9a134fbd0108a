#pragma once

/// \file
/// One libclang run over the headers of a target, with the annotate overlay in place: the parsed unit, and the way from
/// Clang's places back to the user's.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/frontend/clang.hpp"
#include "compiler/frontend/frontend.hpp"
#include "compiler/frontend/overlay.hpp"
#include "compiler/frontend/source_file.hpp"

namespace netabase::compiler::frontend {

/// A header named on the command line.
struct CommandLineHeader {
  std::string given;      ///< as the user named it
  std::string canonical;  ///< see SourceFiles::canonical
};

class Run {
 public:
  Run(const Options& options, Diagnostics& diagnostics);

  /// Reads the headers and parses them, again as often as an included header turns out to have attributes (the usual
  /// ones are found before). False: there is nothing to go on with, and an error says why.
  bool parse();

  CXTranslationUnit unit() const { return unit_.get(); }
  const Overlay& overlay() const { return overlay_; }
  const std::vector<CommandLineHeader>& headers() const { return headers_; }

  /// Whether a declaration is the user's: outside system headers, or in a file that has attributes of ours.
  bool is_users(CXCursor cursor);

  /// Where a cursor stands, with the word there underlined. Macros: where they are used.
  SourceLocation location(CXCursor cursor);
  SourceLocation location(const Place& place);

  /// The canonical path of the file that a cursor stands in; empty for none.
  std::string file_of(CXCursor cursor);

  /// The canonical paths of a file and all that it includes, directly or not, include guards notwithstanding.
  std::set<std::string> closure_of(const std::string& canonical);

  /// Whether the preprocessor left a use out (an inactive #if branch).
  bool is_inactive(const AttributeUse& use);

  /// Every file that was read, absolute and sorted; virtual outputs left out.
  std::vector<std::string> dependencies() const;

 private:
  struct UserFile {
    const SourceFile* source = nullptr;  ///< null: cannot be read
    std::string canonical;
    bool overlaid = false;
  };
  struct Unsaved {
    std::string path;
    std::string text;
  };

  bool load_headers();
  void scan(const std::string& path);
  void follow(const std::string& includer, const ScannedInclude& include);
  bool overlay_file(const std::string& path);
  bool parse_once();
  bool find_new_attributes();
  void read_inclusions();
  const UserFile& user_file(const std::string& clang_name);

  const Options& options_;
  Diagnostics& diagnostics_;
  SourceFiles files_;
  Overlay overlay_;
  std::vector<CommandLineHeader> headers_;
  std::vector<std::string> arguments_;
  std::vector<std::string> include_folders_;
  std::vector<Unsaved> unsaved_;
  std::set<std::string> scanned_;          ///< canonical paths
  std::set<std::string> overlaid_;         ///< canonical paths
  std::set<std::string> virtual_outputs_;  ///< canonical paths
  std::map<std::string, UserFile> by_clang_name_;
  std::map<std::string, std::set<std::string>> includes_;  ///< canonical paths
  std::set<std::string> inclusions_;                       ///< every file read, as Clang names it
  std::map<std::string, std::vector<std::pair<std::size_t, std::size_t>>> inactive_;  ///< by canonical path, lines
  IndexHandle index_;
  UnitHandle unit_;
};

}  // namespace netabase::compiler::frontend
