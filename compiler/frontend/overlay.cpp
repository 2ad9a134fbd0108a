#include "compiler/frontend/overlay.hpp"

#include <algorithm>
#include <charconv>

namespace netabase::compiler::frontend {
namespace {

constexpr std::string_view mark = "nb#";

/// A macro's name: eight characters, so that it fits where the shortest attribute stood.
std::string macro_name(std::size_t number) {
  static constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::string name = "__nb0000";
  for (std::size_t i = name.size(); number != 0 && i-- > 4; number /= digits.size())
    name[i] = digits[number % digits.size()];
  return name;
}

std::string text_of(const std::vector<Token>& tokens) {
  std::string text;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i > 0 && tokens[i].begin > tokens[i - 1].end) text += ' ';
    text += tokens[i].text;
  }
  return text;
}

/// `replacement` in the place of the code [begin, end): blanks up to its width, the same line ends.
std::string padded(std::string_view code, const std::string& replacement) {
  std::string out = replacement;
  std::size_t line_begin = 0;
  std::size_t width = replacement.size();  // of what stands in the current line already
  for (std::size_t i = 0; i <= code.size(); ++i) {
    if (i < code.size() && code[i] != '\n') continue;
    const std::size_t line_width = i - line_begin;
    if (line_width > width) out.append(line_width - width, ' ');
    if (i < code.size()) out += '\n';
    line_begin = i + 1;
    width = 0;
  }
  return out;
}

/// `replacement` in a `#define` line: the directive keeps as many spliced line ends as the code had.
std::string spliced(std::string_view code, std::string replacement) {
  for (auto lines = std::count(code.begin(), code.end(), '\n'); lines > 0; --lines) replacement += " \\\n";
  return replacement;
}

}  // namespace

std::string Overlay::annotations(const SourceFile& file, const ScannedSpecifier& specifier) {
  std::string out;
  for (const std::string& attribute : specifier.foreign) out += "[[" + attribute + "]] ";
  out += "[[";
  for (const ScannedAttribute& attribute : specifier.attributes) {
    if (out.back() != '[') out += ", ";
    out += "clang::annotate(\"";
    out += mark;
    out += std::to_string(uses_.size()) + " \" __nb_text(" + text_of(attribute.tokens) + "))";
    uses_.push_back(
        {&file, attribute.begin, attribute.end, specifier.begin, specifier.end, specifier.in_define, attribute.tokens});
  }
  return out + "]]";
}

std::string Overlay::replace(const SourceFile& file, const Scan& scan, Diagnostics& diagnostics) {
  struct Piece {
    std::size_t begin, end;
    std::string text;
  };
  const std::string_view source = file.text();
  std::vector<Piece> pieces;
  for (const ScannedSpecifier& specifier : scan.specifiers) {
    const std::string_view code = source.substr(specifier.begin, specifier.end - specifier.begin);
    const std::string text = annotations(file, specifier);
    if (specifier.in_define) {
      pieces.push_back({specifier.begin, specifier.end, spliced(code, text)});
    } else {
      const std::string name = macro_name(specifiers_++);
      macros_ += "#define " + name + " " + text + "\n";
      pieces.push_back({specifier.begin, specifier.end, padded(code, name)});
    }
  }
  for (const MalformedSpecifier& malformed : scan.malformed) {
    diagnostics.error(file.location(malformed.begin, malformed.end - malformed.begin), malformed.problem,
                      "write it as one list on its own, such as `[[netabase::secondary_key(unique)]]`");
    pieces.push_back(
        {malformed.begin, malformed.end, padded(source.substr(malformed.begin, malformed.end - malformed.begin), "")});
  }
  std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) { return a.begin < b.begin; });

  std::string out;
  std::size_t at = 0;
  for (const Piece& piece : pieces) {
    out += source.substr(at, piece.begin - at);
    out += piece.text;
    at = piece.end;
  }
  out += source.substr(at);
  return out;
}

bool Overlay::parse_annotation(std::string_view annotation, std::size_t& number, std::string& text) {
  if (annotation.substr(0, mark.size()) != mark) return false;
  const char* end = annotation.data() + annotation.size();
  const auto [rest, error] = std::from_chars(annotation.data() + mark.size(), end, number);
  if (error != std::errc{} || rest == end || *rest != ' ') return false;
  text.assign(rest + 1, end);
  return true;
}

}  // namespace netabase::compiler::frontend
