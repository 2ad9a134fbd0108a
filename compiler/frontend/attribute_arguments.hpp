#pragma once

/// \file
/// The shape that all attributes share: a name, and arguments in parentheses.

#include <optional>
#include <string>
#include <vector>

#include "compiler/frontend/attribute.hpp"

namespace netabase::compiler::frontend {

enum class ArgumentKind : std::uint8_t {
  word,        ///< name
  path,        ///< name.name: `name` holds all of it
  string,      ///< "value"
  number,      ///< value
  call,        ///< name(arguments)
  assignment,  ///< name = value
  other,       ///< anything else
};

struct Argument {
  ArgumentKind kind = ArgumentKind::other;
  std::string text;  ///< as written, for messages
  std::string name;
  std::string value;
  std::vector<Argument> arguments;
  SourceLocation location;
};

struct ParsedAttribute {
  std::string name;
  SourceLocation name_location;
  bool parenthesised = false;
  std::vector<Argument> arguments;
};

/// Nullopt, and an error, when the text has not that shape.
std::optional<ParsedAttribute> parse_arguments(const AttributeText& text, Diagnostics& diagnostics);

}  // namespace netabase::compiler::frontend
