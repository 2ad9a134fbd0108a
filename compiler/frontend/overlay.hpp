#pragma once

/// \file
/// The annotate overlay. Clang drops attributes that it does not know and keeps `[[clang::annotate("text")]]` on every
/// kind of declaration. So each attribute of ours is replaced in memory by a macro of the same width that stands for an
/// annotation; Clang's own parser then decides which declaration owns it, and every other place of the file keeps its
/// line and column.
///
///     struct [[netabase::model("users")]] User {     the user's file
///     struct __nb0007                     User {     what Clang reads
///     #define __nb0007 [[clang::annotate("nb#7 " __nb_text(model("users")))]]
///
/// The number leads back to the place in the user's file; the text after it has been through the preprocessor, so
/// macros in arguments are expanded. In a `#define` line the annotation is written in place: the macro's parameters
/// stay visible.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/frontend/attribute_scan.hpp"
#include "compiler/frontend/source_file.hpp"

namespace netabase::compiler::frontend {

/// One attribute of ours in a user's file.
struct AttributeUse {
  const SourceFile* file = nullptr;
  std::size_t begin = 0;  ///< offsets in the file
  std::size_t end = 0;
  std::size_t specifier_begin = 0;  ///< of the brackets around it: where the macro stands
  std::size_t specifier_end = 0;
  bool in_define = false;
  std::vector<Token> tokens;  ///< its name and arguments

  SourceLocation location() const { return file->location(begin, end - begin); }
};

/// All attributes of a run, numbered in the order they were found.
class Overlay {
 public:
  /// The text that Clang is to read instead of `file`; equal to the file's own when it has no attribute of ours.
  std::string replace(const SourceFile& file, const Scan& scan, Diagnostics& diagnostics);

  /// The text of the header that defines the macros of every replaced attribute.
  const std::string& macros() const noexcept { return macros_; }

  const std::vector<AttributeUse>& uses() const noexcept { return uses_; }

  /// Splits the text of an annotation into the number of its use and the attribute's text. False: not one of ours.
  static bool parse_annotation(std::string_view annotation, std::size_t& number, std::string& text);

 private:
  std::string annotations(const SourceFile& file, const ScannedSpecifier& specifier);

  std::vector<AttributeUse> uses_;
  std::string macros_ = "#define __nb_quote(...) #__VA_ARGS__\n#define __nb_text(...) __nb_quote(__VA_ARGS__)\n";
  std::size_t specifiers_ = 0;
};

}  // namespace netabase::compiler::frontend
