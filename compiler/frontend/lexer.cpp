#include "compiler/frontend/lexer.hpp"

#include <algorithm>
#include <utility>

namespace netabase::compiler::frontend {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Every byte of a multi-byte UTF-8 character counts as a letter.
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == '\r'; }

class Lexer {
 public:
  explicit Lexer(std::string_view source) : source_(source) { join_lines(); }

  std::vector<Token> run() {
    if (source_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;
    while (at_ < text_.size()) step();
    return std::move(tokens_);
  }

 private:
  /// Phase 2: drops each backslash before a line end and remembers where every byte came from.
  void join_lines() {
    text_.reserve(source_.size());
    offsets_.reserve(source_.size() + 1);
    for (std::size_t i = 0; i < source_.size(); ++i) {
      if (source_[i] == '\\') {
        std::size_t end = i + 1;
        if (end < source_.size() && source_[end] == '\r') ++end;
        if (end < source_.size() && source_[end] == '\n') {
          i = end;
          continue;
        }
      }
      text_ += source_[i];
      offsets_.push_back(i);
    }
    offsets_.push_back(source_.size());
  }

  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool starts_with(std::string_view s) const { return std::string_view(text_).substr(at_, s.size()) == s; }

  void step() {
    const char c = peek();
    if (c == '\n') {
      ++at_;
      line_is_new_ = true;
      line_ = LineKind::code;
    } else if (is_blank(c)) {
      ++at_;
    } else if (starts_with("//")) {
      while (at_ < text_.size() && peek() != '\n') ++at_;
    } else if (starts_with("/*")) {
      // A comment is one blank: line ends inside it neither end a directive nor begin a line.
      const std::size_t end = text_.find("*/", at_ + 2);
      at_ = end == std::string::npos ? text_.size() : end + 2;
    } else if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
      number();
    } else if (is_word(c)) {
      word();
    } else if (c == '"' || c == '\'') {
      literal(at_);
    } else {
      punctuation();
    }
  }

  void number() {
    const std::size_t begin = at_++;
    while (at_ < text_.size()) {
      const char c = peek();
      const char last = text_[at_ - 1];
      const bool sign = (c == '+' || c == '-') && (last == 'e' || last == 'E' || last == 'p' || last == 'P');
      const bool separator = c == '\'' && is_word(peek(1));
      if (!is_word(c) && c != '.' && !sign && !separator) break;
      ++at_;
    }
    add(TokenKind::number, begin, text_.substr(begin, at_ - begin));
  }

  void word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_word(peek())) ++at_;
    std::string text = text_.substr(begin, at_ - begin);
    const bool prefix = text == "L" || text == "u" || text == "U" || text == "u8";
    const bool raw_prefix = text == "R" || text == "LR" || text == "uR" || text == "UR" || text == "u8R";
    if (raw_prefix && peek() == '"') {
      raw_string(begin);
    } else if (prefix && (peek() == '"' || peek() == '\'')) {
      literal(begin);
    } else {
      const bool names_directive = !tokens_.empty() && line_ == LineKind::directive && tokens_.back().text == "#";
      if (names_directive && text == "define") line_ = LineKind::define;
      add(TokenKind::identifier, begin, std::move(text));
    }
  }

  /// A string or character literal whose quote stands at at_; it ends at its quote or with the line.
  void literal(std::size_t begin) {
    const char quote = text_[at_++];
    while (at_ < text_.size() && peek() != quote && peek() != '\n') at_ += peek() == '\\' && peek(1) != '\n' ? 2 : 1;
    at_ = std::min(at_, text_.size());
    if (peek() == quote) ++at_;
    add(quote == '"' ? TokenKind::string : TokenKind::character, begin, text_.substr(begin, at_ - begin));
  }

  /// A raw string whose quote stands at at_. Its content is looked for in the source: line splices do not count in it.
  void raw_string(std::size_t begin) {
    const std::size_t quote = offsets_[at_];
    const std::size_t open = source_.find('(', quote);
    if (open == std::string_view::npos || open - quote - 1 > 16) {
      literal(begin);
      return;
    }
    const std::string close = ")" + std::string(source_.substr(quote + 1, open - quote - 1)) + "\"";
    const std::size_t found = source_.find(close, open);
    const std::size_t end = found == std::string_view::npos ? source_.size() : found + close.size();
    at_ = static_cast<std::size_t>(std::lower_bound(offsets_.begin(), offsets_.end(), end) - offsets_.begin());
    add(TokenKind::string, begin, std::string(source_.substr(offsets_[begin], end - offsets_[begin])));
  }

  void punctuation() {
    static constexpr std::pair<std::string_view, std::string_view> digraphs[] = {
        {"<:", "["}, {":>", "]"}, {"<%", "{"}, {"%>", "}"}, {"%:", "#"}};
    const std::size_t begin = at_;
    std::string text(1, peek());
    std::size_t length = 1;
    if (starts_with("::")) {
      text = "::";
      length = 2;
    } else {
      for (const auto& [spelling, meaning] : digraphs) {
        if (!starts_with(spelling)) continue;
        // "<::" is "<" and "::", unless ":" or ">" follows: then it is the digraph and ":".
        if (starts_with("<::") && peek(3) != ':' && peek(3) != '>') break;
        text = meaning;
        length = 2;
        break;
      }
    }
    at_ += length;
    if (text == "#" && line_is_new_) line_ = LineKind::directive;
    add(TokenKind::punctuation, begin, std::move(text));
  }

  void add(TokenKind kind, std::size_t begin, std::string text) {
    const std::size_t end = at_ == begin ? offsets_[begin] : offsets_[at_ - 1] + 1;
    tokens_.push_back({kind, line_, std::move(text), offsets_[begin], end});
    line_is_new_ = false;
  }

  std::string_view source_;
  std::string text_;                  ///< the source without line splices
  std::vector<std::size_t> offsets_;  ///< where each byte of text_ stands in the source, and the source's size
  std::size_t at_ = 0;
  bool line_is_new_ = true;
  LineKind line_ = LineKind::code;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> lex(std::string_view text) { return Lexer(text).run(); }

std::string string_content(const Token& token) {
  const std::string& text = token.text;
  const std::size_t quote = text.find('"');
  if (quote == std::string::npos) return text;
  if (quote > 0 && text[quote - 1] == 'R') {
    const std::size_t open = text.find('(', quote);
    const std::size_t close = text.rfind(')');
    if (open == std::string::npos || close == std::string::npos || close < open) return {};
    return text.substr(open + 1, close - open - 1);
  }
  std::string out;
  for (std::size_t i = quote + 1; i < text.size() && text[i] != '"'; ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    static constexpr std::string_view escapes = "n\nt\tr\r\\\\\"\"''";
    const char escape = text[++i];
    std::size_t known = 0;
    while (known < escapes.size() && escapes[known] != escape) known += 2;
    if (known < escapes.size()) {
      out += escapes[known + 1];
    } else {
      out += '\\';
      out += escape;
    }
  }
  return out;
}

}  // namespace netabase::compiler::frontend
