#pragma once

/// \file
/// Finds netabase's attributes in a file's text, where no C++ parser keeps them: attribute specifiers `[[…]]` that name
/// the namespace netabase, in code and in macro definitions.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/frontend/lexer.hpp"

namespace netabase::compiler::frontend {

/// One attribute of ours, as written: `netabase::index(by_name, name)`.
struct ScannedAttribute {
  std::vector<Token> tokens;  ///< its name and arguments, without the namespace
  std::size_t begin = 0;      ///< offsets in the file, of the namespace where it is written there
  std::size_t end = 0;
};

/// One `[[…]]` that has attributes of ours.
struct ScannedSpecifier {
  std::size_t begin = 0;  ///< offset of the first bracket
  std::size_t end = 0;    ///< offset past the last
  bool in_define = false;
  std::vector<ScannedAttribute> attributes;
  std::vector<std::string> foreign;  ///< the other attributes in it, such as `nodiscard`
};

/// A `[[` that names netabase and does not end as an attribute must.
struct MalformedSpecifier {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string problem;
};

/// An `#include` line, active or not.
struct ScannedInclude {
  std::string name;
  bool quoted = false;
};

struct Scan {
  std::vector<ScannedSpecifier> specifiers;
  std::vector<MalformedSpecifier> malformed;
  std::vector<ScannedInclude> includes;
};

/// Reads a whole file's text. Linear in its size.
Scan scan_attributes(std::string_view text);

}  // namespace netabase::compiler::frontend
