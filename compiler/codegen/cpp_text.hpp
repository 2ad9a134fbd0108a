#pragma once

/// \file
/// C++ as text: literals, and lines of at most 120 columns.

#include <string>
#include <string_view>
#include <vector>

#include "compiler/schema/schema.hpp"

namespace netabase::compiler::codegen {

/// Columns of a line of generated code.
inline constexpr std::size_t line_width = 120;
/// What is left of it for a member of a struct, and for a statement in one of its functions.
inline constexpr std::size_t member_width = line_width - 2;
inline constexpr std::size_t statement_width = line_width - 4;

/// A string literal of those bytes.
std::string string_literal(std::string_view bytes);

/// The same in lines of at most `width` columns, to be put below each other.
std::string string_literal_lines(std::string_view bytes, std::size_t width);

/// An expression for a default that is not zero, of a value of that type: "7", "-1.5F", "::blog::Status::draft",
/// "\"draft\"".
std::string default_literal(const schema::Type& type, const schema::DefaultValue& value);

/// `name`, with underscores added until it is none of `taken`.
std::string fresh_name(std::string name, const std::vector<std::string>& taken);

/// Breaks lines that are too long behind commas, the rest aligned with what the bracket holds. Lines between
/// "// clang-format off" and "on", comments, and lines without such a comma stay.
std::string wrap_lines(std::string_view text, std::size_t width = line_width);

}  // namespace netabase::compiler::codegen
