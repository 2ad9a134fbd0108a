#pragma once

/// \file
/// A raw lexer for C++ text: enough of translation phases 1 to 3 to tell code from comments, literals and directives,
/// and no preprocessing. It accepts any bytes: what C++ would refuse comes out as a token of kind `other`.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace netabase::compiler::frontend {

enum class TokenKind : std::uint8_t {
  identifier,   ///< keywords included
  number,       ///< a preprocessing number: digits with suffixes, separators, exponents
  string,       ///< "…", with any prefix, raw ones included
  character,    ///< '…'
  punctuation,  ///< one character, except `::`; the digraphs of brackets, braces and # come as what they stand for
  other,
};

/// Which line a token stands in.
enum class LineKind : std::uint8_t { code, define, directive };

struct Token {
  TokenKind kind = TokenKind::other;
  LineKind line = LineKind::code;
  /// The token's text without line splices, digraphs resolved.
  std::string text;
  std::size_t begin = 0;  ///< offset of its first byte in the text
  std::size_t end = 0;    ///< offset past its last byte

  bool is(std::string_view punctuation_or_word) const {
    return (kind == TokenKind::punctuation || kind == TokenKind::identifier) && text == punctuation_or_word;
  }
};

/// The tokens of a text in order; comments, blanks and a byte order mark left out. Line ends may be \n, \r\n or mixed.
/// Linear in the text's size.
std::vector<Token> lex(std::string_view text);

/// The content of a string token without prefix, quotes and delimiters; simple escapes (\n \t \" \\ …) are resolved,
/// others stay as written.
std::string string_content(const Token& token);

}  // namespace netabase::compiler::frontend
