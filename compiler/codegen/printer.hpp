#pragma once

/// \file
/// Fills templates. Everything netabase-gen writes has its shape in templates/*.in; loops and conditions are C++.
///
/// A template file is a row of sections, each begun by a line `@@ name`, what stands before the first one being a
/// comment. In a section
///   - `$name$` inside a line is a variable: a text without line ends;
///   - `$name$` alone on a line is a hook: its value may have many lines, each gets the hook's indentation, and when it
///   is
///     empty the line goes, with the blank line behind it if there is one;
///   - `$$` is a dollar sign.
/// A name that is not given, and one that is given and not used, are errors of netabase-gen's own: TemplateError.

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace netabase::compiler::codegen {

class TemplateError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

using Values = std::vector<std::pair<std::string_view, std::string>>;

/// `text` with its names replaced. `origin` is what errors call it. No line end at the end unless `text` has one.
std::string fill(std::string_view text, std::string_view origin, const Values& values);

/// `blocks` with `separator` between them, empty ones left out.
std::string join(const std::vector<std::string>& blocks, std::string_view separator);

/// What `print` gives for each element of `list`, joined.
template <class List, class Print>
std::string each(const List& list, std::string_view separator, Print&& print) {
  std::vector<std::string> blocks;
  for (const auto& element : list) blocks.push_back(print(element));
  return join(blocks, separator);
}

/// The templates: those built into the program, or a folder's.
class Templates {
 public:
  /// `folder`: where to read the template files from; empty: those built in. Throws TemplateError when one is missing.
  explicit Templates(const std::string& folder = {});

  /// The section `name`, as "file/section" ("header/codec" is section codec of header.hpp.in), filled.
  std::string print(std::string_view name, const Values& values = {}) const;

  /// The same, or the section `long_name` when a line of the first would be longer than `width` columns.
  std::string print_fitting(std::string_view name, std::string_view long_name, std::size_t width,
                            const Values& values) const;

 private:
  std::map<std::string, std::string, std::less<>> sections_;
};

/// One template file as it was when the program was built. Made by cmake/EmbedTemplates.cmake.
struct EmbeddedTemplate {
  std::string_view name;  ///< "header.hpp.in"
  std::string_view text;
};
const std::vector<EmbeddedTemplate>& embedded_templates();

}  // namespace netabase::compiler::codegen
