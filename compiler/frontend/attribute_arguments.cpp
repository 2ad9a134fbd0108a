#include "compiler/frontend/attribute_arguments.hpp"

#include <algorithm>
#include <utility>

#include "compiler/frontend/lexer.hpp"

namespace netabase::compiler::frontend {
namespace {

constexpr std::size_t deepest_nesting = 16;  // no attribute needs more than two levels

class Parser {
 public:
  Parser(const AttributeText& text, Diagnostics& diagnostics)
      : text_(text), tokens_(lex(text.text)), diagnostics_(diagnostics) {}

  std::optional<ParsedAttribute> run() {
    if (tokens_.empty() || tokens_[0].kind != TokenKind::identifier) {
      diagnostics_.error(text_.location, "`netabase::` is not followed by an attribute's name",
                         "write one, such as `[[netabase::model]]`");
      return std::nullopt;
    }
    ParsedAttribute attribute;
    attribute.name = tokens_[0].text;
    attribute.name_location = place(0, 1);
    if (tokens_.size() == 1) return attribute;
    const std::size_t close = tokens_[1].is("(") ? closer(1) : tokens_.size();
    if (close + 1 != tokens_.size()) {
      const std::size_t stray = close < tokens_.size() ? close + 1 : 1;
      diagnostics_.error(
          place(stray, tokens_.size()),
          "`" + written(stray, tokens_.size()) + "` does not belong to the attribute `" + attribute.name + "`",
          "arguments stand in parentheses right after the name, and a comma separates attributes");
      return std::nullopt;
    }
    attribute.parenthesised = true;
    attribute.arguments = list(2, close, 0);
    if (failed_) return std::nullopt;
    return attribute;
  }

 private:
  SourceLocation place(std::size_t begin, std::size_t end) const {
    if (end == begin || text_.tokens.size() != tokens_.size()) return text_.location;
    SourceLocation location = text_.tokens[begin];
    const SourceLocation& last = text_.tokens[end - 1];
    if (last.file == location.file && last.line == location.line && last.column >= location.column) {
      location.length = last.column - location.column + last.length;
    }
    return location;
  }

  std::string written(std::size_t begin, std::size_t end) const {
    std::string out;
    for (std::size_t i = begin; i < end; ++i) {
      if (i > begin && tokens_[i].begin > tokens_[i - 1].end) out += ' ';
      out += tokens_[i].text;
    }
    return out;
  }

  /// The bracket that closes the one at `open`, or the end.
  std::size_t closer(std::size_t open) const {
    std::size_t depth = 0;
    for (std::size_t i = open; i < tokens_.size(); ++i) {
      if (tokens_[i].is("(") || tokens_[i].is("[") || tokens_[i].is("{")) ++depth;
      if ((tokens_[i].is(")") || tokens_[i].is("]") || tokens_[i].is("}")) && --depth == 0) return i;
    }
    return tokens_.size();
  }

  /// Whether the tokens are names with dots between them.
  bool is_path(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      const bool right = (i - begin) % 2 == 0 ? tokens_[i].kind == TokenKind::identifier : tokens_[i].is(".");
      if (!right) return false;
    }
    return (end - begin) % 2 == 1;
  }

  std::vector<Argument> list(std::size_t begin, std::size_t end, std::size_t nesting) {
    std::vector<Argument> arguments;
    if (begin >= end || nesting > deepest_nesting) return arguments;
    for (std::size_t i = begin; i <= end;) {
      std::size_t stop = i;
      while (stop < end && !tokens_[stop].is(",")) {
        const std::size_t close =
            tokens_[stop].is("(") || tokens_[stop].is("[") || tokens_[stop].is("{") ? closer(stop) : stop;
        stop = std::min(close + 1, end);
      }
      if (stop == i) {
        failed_ = true;
        diagnostics_.error(place(stop < end ? stop : i - 1, (stop < end ? stop : i - 1) + 1),
                           "an argument is missing beside this comma", "write it, or leave the comma out");
      } else {
        arguments.push_back(argument(i, stop, nesting));
      }
      i = stop + 1;
    }
    return arguments;
  }

  Argument argument(std::size_t begin, std::size_t end, std::size_t nesting) {
    Argument out;
    out.text = written(begin, end);
    out.location = place(begin, end);
    const Token& first = tokens_[begin];
    const std::size_t size = end - begin;
    if (first.kind == TokenKind::identifier) {
      out.name = first.text;
      if (size == 1) {
        out.kind = ArgumentKind::word;
      } else if (tokens_[begin + 1].is("(") && closer(begin + 1) + 1 == end) {
        out.kind = ArgumentKind::call;
        out.arguments = list(begin + 2, end - 1, nesting + 1);
      } else if (tokens_[begin + 1].is("=") && size == 3) {
        out.kind = ArgumentKind::assignment;
        out.value = tokens_[begin + 2].text;
      } else if (is_path(begin, end)) {
        out.kind = ArgumentKind::path;
        for (std::size_t i = begin + 1; i < end; ++i) out.name += tokens_[i].text;
      }
    } else if (first.kind == TokenKind::number && size == 1) {
      out.kind = ArgumentKind::number;
      out.value = first.text;
    } else if (std::all_of(&tokens_[begin], &tokens_[begin] + size,
                           [](const Token& token) { return token.kind == TokenKind::string; })) {
      out.kind = ArgumentKind::string;
      for (std::size_t i = begin; i < end; ++i) out.value += string_content(tokens_[i]);
    }
    return out;
  }

  const AttributeText& text_;
  std::vector<Token> tokens_;
  Diagnostics& diagnostics_;
  bool failed_ = false;
};

}  // namespace

std::optional<ParsedAttribute> parse_arguments(const AttributeText& text, Diagnostics& diagnostics) {
  return Parser(text, diagnostics).run();
}

}  // namespace netabase::compiler::frontend
