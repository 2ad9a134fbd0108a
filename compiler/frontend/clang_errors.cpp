#include "compiler/frontend/clang_errors.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/frontend/attribute.hpp"

namespace netabase::compiler::frontend {
namespace {

bool is_word(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

class Reporter {
 public:
  Reporter(Run& run, Diagnostics& diagnostics) : run_(run), diagnostics_(diagnostics) {
    // Malformed attributes were blanked out and are reported already.
    for (const Diagnostic& earlier : diagnostics.all()) misplaced_files_.insert(earlier.location.file);
  }

  bool run() {
    for (unsigned i = 0; i < clang_getNumDiagnostics(run_.unit()); ++i) {
      const DiagnosticHandle handle(clang_getDiagnostic(run_.unit(), i));
      report(handle.get());
    }
    return failed_;
  }

 private:
  void report(CXDiagnostic diagnostic) {
    const bool is_error = clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error;
    const std::string text = to_string(clang_getDiagnosticSpelling(diagnostic));
    const Place place = place_of(clang_getDiagnosticLocation(diagnostic));
    const bool of_annotation = contains(text, "'annotate'") || contains(text, "misplaced attributes") ||
                               contains(text, "an attribute list cannot appear here");
    if (is_error || of_annotation) {
      if (const AttributeUse* use = use_of(diagnostic, place)) return misplaced(*use);
    }
    if (!is_error) return lost(diagnostic);
    failed_ = true;
    if (of_annotation) {
      misplaced_files_.insert(run_.location(place).file);
      diagnostics_.error(run_.location(place), "an attribute stands here where it belongs to no declaration",
                         "write it right before or after the name of what it describes");
      return;
    }
    // Clang, thrown off by a misplaced attribute, finds fault with what follows it.
    if (misplaced_files_.count(run_.location(place).file) != 0) return;
    if (contains(text, "file not found")) {
      diagnostics_.error(run_.location(place), text, "give the folder it is in with -I, or the build folder with -p");
      return;
    }
    Diagnostic& error = diagnostics_.error(location(diagnostic, place), text);
    notes(diagnostic, error);
    if (place.file.empty()) {
      error.notes.push_back({Severity::note, {}, "this is about the compiler arguments, or about no file at all", {}});
    }
  }

  /// An attribute of ours that the overlay did not see, because a macro put it together, and that Clang has dropped.
  void lost(CXDiagnostic diagnostic) {
    if (to_string(clang_getDiagnosticOption(diagnostic, nullptr)) != "-Wunknown-attributes") return;
    CXFile file = nullptr;
    unsigned offset = 0;
    clang_getSpellingLocation(clang_getDiagnosticLocation(diagnostic), &file, nullptr, nullptr, &offset);
    std::size_t size = 0;
    const char* text = file == nullptr ? nullptr : clang_getFileContents(run_.unit(), file, &size);
    const bool in_text = text != nullptr && offset <= size && names_us(std::string_view(text, size), offset);
    if (!in_text && !is_named_by_macro(diagnostic)) return;
    diagnostics_.error(
        run_.location(place_of(clang_getDiagnosticLocation(diagnostic))),
        "a macro puts a netabase attribute together in a way that cannot be read",
        "write the attribute with its namespace and its own brackets, `[[netabase::...]]`, in the macro or in "
        "its argument");
  }

  /// Whether Clang names one of our attributes where the text shows a macro: its scope may stand anywhere.
  bool is_named_by_macro(CXDiagnostic diagnostic) {
    CXFile file = nullptr;
    unsigned offset = 0;
    clang_getExpansionLocation(clang_getDiagnosticLocation(diagnostic), &file, nullptr, nullptr, &offset);
    std::size_t size = 0;
    const char* contents = file == nullptr ? nullptr : clang_getFileContents(run_.unit(), file, &size);
    if (contents == nullptr || offset >= size) return false;
    const std::string_view text = std::string_view(contents, size).substr(offset);
    std::size_t end = 0;
    while (end < text.size() && is_word(text[end])) ++end;
    const std::size_t next = text.find_first_not_of(" \t\r\n", end);
    if (next != std::string_view::npos && text[next] == ':') return false;
    const std::string message = to_string(clang_getDiagnosticSpelling(diagnostic));
    const std::size_t begin = message.find('\'') + 1;
    const std::string name = message.substr(begin, message.find('\'', begin) - begin);
    return text.substr(0, end) != name && is_attribute_name(name);
  }

  /// Whether the word at `offset` or the one before it and a colon is our namespace, or a macro that stands for it.
  bool names_us(std::string_view text, std::size_t offset) {
    std::size_t end = offset;
    while (end < text.size() && is_word(text[end])) ++end;
    if (is_our_namespace(std::string(text.substr(offset, end - offset)))) return true;
    const std::string_view before = text.substr(0, offset);
    const std::size_t colon = before.find_last_not_of(" \t\r\n");
    if (colon == std::string_view::npos || before[colon] != ':') return false;
    end = before.find_last_not_of(": \t\r\n", colon);
    if (end == std::string_view::npos) return false;
    std::size_t begin = ++end;
    while (begin > 0 && is_word(before[begin - 1])) --begin;
    return is_our_namespace(std::string(before.substr(begin, end - begin)));
  }

  bool is_our_namespace(const std::string& word) {
    constexpr std::string_view space = "netabase";
    if (word == space) return true;
    for (const CXCursor cursor : children_of(clang_getTranslationUnitCursor(run_.unit()))) {
      if (clang_getCursorKind(cursor) != CXCursor_MacroDefinition || spelling_of(cursor) != word) continue;
      CXToken* tokens = nullptr;
      unsigned count = 0;
      clang_tokenize(run_.unit(), clang_getCursorExtent(cursor), &tokens, &count);
      const bool is_it = count == 2 && to_string(clang_getTokenSpelling(run_.unit(), tokens[1])) == space;
      clang_disposeTokens(run_.unit(), tokens, count);
      if (is_it) return true;
    }
    return false;
  }

  void misplaced(const AttributeUse& use) {
    failed_ = true;
    misplaced_files_.insert(use.file->display());
    const std::string name = use.tokens.empty() ? std::string() : use.tokens.front().text;
    diagnostics_.error(use.location(), "`netabase::" + name + "` cannot stand here: it belongs to no declaration",
                       place_to_write(use));
  }

  static bool is_at(const SourceLocation& a, const SourceLocation& b) {
    return a.line == b.line && a.column == b.column;
  }

  /// The attribute that a diagnostic is about: at its place, or in one of its ranges and mends.
  const AttributeUse* use_of(CXDiagnostic diagnostic, const Place& place) {
    std::vector<Place> places = {place};
    for (unsigned i = 0; i < clang_getDiagnosticNumRanges(diagnostic); ++i) {
      places.push_back(place_of(clang_getRangeStart(clang_getDiagnosticRange(diagnostic, i))));
    }
    for (unsigned i = 0; i < clang_getDiagnosticNumFixIts(diagnostic); ++i) {
      CXSourceRange range;
      clang_disposeString(clang_getDiagnosticFixIt(diagnostic, i, &range));
      places.push_back(place_of(clang_getRangeStart(range)));
    }
    for (const Place& candidate : places) {
      const SourceLocation location = run_.location(candidate);
      for (const AttributeUse& use : run_.overlay().uses()) {
        if (use.in_define || use.file->display() != location.file) continue;
        if (is_at(use.file->location(use.specifier_begin, 1), location)) return &use;
        // What follows an attribute is found fault with when it cannot be described by one.
        const std::size_t next = use.file->text().find_first_not_of(" \t\r\n", use.specifier_end);
        const bool is_parse_error =
            &candidate == &places.front() && to_string(clang_getDiagnosticCategoryText(diagnostic)) == "Parse Issue";
        if (is_parse_error && next != std::string::npos && is_at(use.file->location(next, 1), location)) return &use;
      }
    }
    return nullptr;
  }

  /// The place of an error, underlined as far as Clang's range that begins there.
  SourceLocation location(CXDiagnostic diagnostic, const Place& place) {
    SourceLocation out = run_.location(place);
    for (unsigned i = 0; i < clang_getDiagnosticNumRanges(diagnostic); ++i) {
      const CXSourceRange range = clang_getDiagnosticRange(diagnostic, i);
      const Place begin = place_of(clang_getRangeStart(range));
      const Place end = place_of(clang_getRangeEnd(range));
      const bool here = begin.line == place.line && begin.column == place.column && begin.file == place.file;
      if (here && end.line == begin.line && end.column > begin.column) out.length = end.column - begin.column;
    }
    return out;
  }

  void notes(CXDiagnostic diagnostic, Diagnostic& error) {
    const CXDiagnosticSet children = clang_getChildDiagnostics(diagnostic);  // lives as long as its diagnostic
    for (unsigned i = 0; i < clang_getNumDiagnosticsInSet(children); ++i) {
      const DiagnosticHandle child(clang_getDiagnosticInSet(children, i));
      const std::string text = to_string(clang_getDiagnosticSpelling(child.get()));
      if (text.starts_with("in file included from")) continue;  // it begins with a file of ours
      const SourceLocation place = run_.location(place_of(clang_getDiagnosticLocation(child.get())));
      error.notes.push_back({Severity::note, place, text, {}});
    }
  }

  Run& run_;
  Diagnostics& diagnostics_;
  bool failed_ = false;
  std::set<std::string> misplaced_files_;  ///< as messages name them
};

}  // namespace

std::string place_to_write(const AttributeUse& use) {
  const std::string name = use.tokens.empty() ? std::string() : use.tokens.front().text;
  if (name == "definition") {
    return "write it between `namespace` and its name: `namespace [[netabase::definition(BlogDefinition)]] blog {`";
  }
  if (name == "model" || name == "index") {
    return "write it between `struct` and its name: `struct [[netabase::" + name + (name == "index" ? "(...)" : "") +
           "]] User {`";
  }
  return "write it before the field's type or right after its name: `[[netabase::" +
         (name.empty() ? std::string("primary_key") : name) + "]] std::uint64_t id;`";
}

bool report_clang_errors(Run& run, Diagnostics& diagnostics) { return Reporter(run, diagnostics).run(); }

}  // namespace netabase::compiler::frontend
