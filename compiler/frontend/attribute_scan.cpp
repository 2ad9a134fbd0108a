#include "compiler/frontend/attribute_scan.hpp"

#include <algorithm>
#include <utility>

namespace netabase::compiler::frontend {
namespace {

constexpr std::string_view our_namespace = "netabase";

std::string joined(const std::vector<Token>& tokens, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i) {
    if (i > begin && tokens[i].begin > tokens[i - 1].end) text += ' ';
    text += tokens[i].text;
  }
  return text;
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text), tokens_(lex(text)) {}

  Scan run() {
    for (std::size_t i = 0; i < tokens_.size();) {
      const LineKind line = tokens_[i].line;
      if (line == LineKind::directive) {
        include(i);
        ++i;
      } else if (opens_specifier(i)) {
        i = specifier(i);
      } else {
        ++i;
      }
    }
    return std::move(scan_);
  }

 private:
  bool is(std::size_t i, std::string_view text) const { return i < tokens_.size() && tokens_[i].is(text); }

  bool opens_specifier(std::size_t i) const {
    return is(i, "[") && is(i + 1, "[") && tokens_[i].line == tokens_[i + 1].line;
  }

  void include(std::size_t i) {
    if (!is(i, "#") || !(is(i + 1, "include") || is(i + 1, "import")) || i + 2 >= tokens_.size()) return;
    const Token& name = tokens_[i + 2];
    if (name.kind == TokenKind::string) {
      scan_.includes.push_back({string_content(name), true});
    } else if (name.is("<")) {
      const std::size_t end = text_.find_first_of(">\n", name.end);
      if (end != std::string_view::npos && text_[end] == '>') {
        scan_.includes.push_back({std::string(text_.substr(name.end, end - name.end)), false});
      }
    }
  }

  /// Whether the attribute list that begins at token `i` has one of ours, looked for until the list or the line group
  /// ends, without asking for balance.
  bool names_us(std::size_t i) const {
    for (std::size_t depth = 0; i < tokens_.size() && tokens_[i].line == tokens_[i - 1].line; ++i) {
      const Token& token = tokens_[i];
      if (token.is("(")) ++depth;
      if (token.is(")") && depth > 0) --depth;
      if (token.is("]") || token.is(";") || token.is("{")) return false;
      if (depth == 0 && token.is(our_namespace) && (is(i + 1, "::") || is(i - 1, "using"))) return true;
    }
    return false;
  }

  /// Reads the specifier at token `begin`; returns the token to go on with.
  std::size_t specifier(std::size_t begin) {
    if (!names_us(begin + 2)) return begin + 2;
    std::vector<std::string_view> closers = {"]", "]"};
    std::size_t i = begin + 2;
    for (; i < tokens_.size() && !closers.empty(); ++i) {
      const Token& token = tokens_[i];
      if (token.line != tokens_[begin].line) {
        return malformed(begin, "a preprocessor line stands inside this attribute");
      }
      if (token.kind != TokenKind::punctuation) continue;
      if (token.text == "(") closers.push_back(")");
      if (token.text == "[") closers.push_back("]");
      if (token.text == "{") closers.push_back("}");
      if (token.text != ")" && token.text != "]" && token.text != "}") continue;
      if (token.text != closers.back()) return malformed(begin, "the brackets of this attribute do not match");
      closers.pop_back();
    }
    if (!closers.empty()) return malformed(begin, "this attribute is not closed");
    add(begin, i);
    return i;
  }

  std::size_t malformed(std::size_t begin, std::string problem) {
    const std::size_t from = tokens_[begin].begin;
    std::size_t line_end = text_.find('\n', from);
    if (line_end == std::string_view::npos) line_end = text_.size();
    std::size_t end = text_.substr(0, line_end).find("]]", from);
    end = end == std::string_view::npos ? line_end : end + 2;
    scan_.malformed.push_back({from, end, std::move(problem)});
    std::size_t next = begin;
    while (next < tokens_.size() && tokens_[next].begin < end) ++next;
    return next;
  }

  /// Splits the attribute list between the brackets [begin, end).
  void add(std::size_t begin, std::size_t end) {
    ScannedSpecifier specifier{
        tokens_[begin].begin, tokens_[end - 1].end, tokens_[begin].line == LineKind::define, {}, {}};
    std::size_t i = begin + 2;
    const std::size_t last = end - 2;
    std::string scope;
    if (is(i, "using") && is(i + 2, ":")) {
      scope = tokens_[i + 1].text;
      i += 3;
    }
    while (i < last) {
      std::size_t stop = i;
      for (std::size_t depth = 0; stop < last && (depth > 0 || !is(stop, ",")); ++stop) {
        if (is(stop, "(") || is(stop, "[") || is(stop, "{")) ++depth;
        if (is(stop, ")") || is(stop, "]") || is(stop, "}")) --depth;
      }
      if (stop > i) add_attribute(specifier, scope, i, stop);
      i = stop + 1;
    }
    if (!specifier.attributes.empty()) scan_.specifiers.push_back(std::move(specifier));
  }

  void add_attribute(ScannedSpecifier& specifier, const std::string& scope, std::size_t begin, std::size_t end) {
    const bool scoped = is(begin + 1, "::");
    const bool ours = scoped ? tokens_[begin].is(our_namespace) : scope == our_namespace;
    if (!ours) {
      specifier.foreign.push_back((scoped || scope.empty() ? "" : scope + "::") + joined(tokens_, begin, end));
      return;
    }
    const auto first = tokens_.begin() + static_cast<std::ptrdiff_t>(scoped ? begin + 2 : begin);
    const auto last = tokens_.begin() + static_cast<std::ptrdiff_t>(end);
    specifier.attributes.push_back({first < last ? std::vector<Token>(first, last) : std::vector<Token>{},
                                    tokens_[begin].begin, tokens_[end - 1].end});
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  Scan scan_;
};

}  // namespace

Scan scan_attributes(std::string_view text) { return Scanner(text).run(); }

}  // namespace netabase::compiler::frontend
