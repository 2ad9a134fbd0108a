#include "compiler/frontend/declarations.hpp"

#include <algorithm>
#include <string_view>

#include "compiler/frontend/clang_errors.hpp"

namespace netabase::compiler::frontend {
namespace {

constexpr std::string_view our_prefix = "netabase::";

/// Whether declarations inside a declaration can be those of a schema.
bool has_members(CXCursorKind kind) {
  switch (kind) {
    case CXCursor_Namespace:
    case CXCursor_LinkageSpec:
    case CXCursor_UnexposedDecl:
    case CXCursor_StructDecl:
    case CXCursor_ClassDecl:
    case CXCursor_UnionDecl:
    case CXCursor_ClassTemplate:
    case CXCursor_ClassTemplatePartialSpecialization:
    case CXCursor_EnumDecl:
    case CXCursor_CXXMethod:
    case CXCursor_FunctionDecl:
    case CXCursor_FunctionTemplate:
    case CXCursor_Constructor:
      return true;
    default:
      return false;
  }
}

/// The text of a use, with the place of each token where `text` has the user's own tokens.
AttributeText attribute_text(const AttributeUse& use, std::string text, const SourceLocation& used_at) {
  AttributeText out{std::move(text), use.in_define ? used_at : use.location(), {}};
  if (use.in_define) return out;
  const std::vector<Token> tokens = lex(out.text);
  const bool same = std::equal(tokens.begin(), tokens.end(), use.tokens.begin(), use.tokens.end(),
                               [](const Token& a, const Token& b) { return a.text == b.text; });
  if (!same) return out;
  for (const Token& token : use.tokens) {
    out.tokens.push_back(use.file->location(token.begin, token.end - token.begin));
  }
  return out;
}

std::string written(const AttributeUse& use) {
  std::string text;
  for (const Token& token : use.tokens) text += token.text + " ";
  return text;
}

/// The namespace that a declaration stands in, inline ones left out; false when it does not stand in one.
bool namespace_of(CXCursor cursor, std::string& name) {
  name.clear();
  for (CXCursor parent = clang_getCursorSemanticParent(cursor);; parent = clang_getCursorSemanticParent(parent)) {
    if (clang_isTranslationUnit(clang_getCursorKind(parent)) != 0) return true;
    if (clang_getCursorKind(parent) == CXCursor_LinkageSpec) continue;
    if (clang_getCursorKind(parent) != CXCursor_Namespace) return false;
    if (clang_Cursor_isInlineNamespace(parent) != 0) continue;
    name = qualified_name(parent);
    return true;
  }
}

}  // namespace

void Declarations::collect(bool expect_all) {
  visit(clang_getTranslationUnitCursor(run_.unit()));
  unowned(expect_all);
}

const std::vector<Attribute>& Declarations::attributes_of(CXCursor cursor) const {
  static const std::vector<Attribute> none;
  const auto found = by_cursor_.find(clang_getCanonicalCursor(cursor));
  return found == by_cursor_.end() ? none : owners_[found->second].attributes;
}

bool Declarations::has_failed(CXCursor cursor) const {
  const auto found = by_cursor_.find(clang_getCanonicalCursor(cursor));
  return found != by_cursor_.end() && owners_[found->second].has_failed;
}

const Attribute* Declarations::find(CXCursor cursor, AttributeKind kind) const {
  for (const Attribute& attribute : attributes_of(cursor)) {
    if (attribute.kind == kind) return &attribute;
  }
  return nullptr;
}

void Declarations::visit(CXCursor parent) {
  for (const CXCursor child : children_of(parent)) {
    const CXCursorKind kind = clang_getCursorKind(child);
    if (kind == CXCursor_AnnotateAttr) {
      annotation(parent, child);
    } else if (clang_isDeclaration(kind) != 0 && run_.is_users(child)) {
      declare(child);
      if (has_members(kind)) {
        visit(child);
      } else {
        for (const CXCursor part : children_of(child)) {
          if (clang_getCursorKind(part) == CXCursor_AnnotateAttr) annotation(child, part);
        }
      }
    }
  }
}

void Declarations::annotation(CXCursor owner, CXCursor annotation) {
  const std::string spelling = spelling_of(annotation);
  const SourceLocation used_at = run_.location(annotation);
  std::size_t number = 0;
  AttributeText text;
  if (Overlay::parse_annotation(spelling, number, text.text) && number < run_.overlay().uses().size()) {
    read_.insert(number);
    text = attribute_text(run_.overlay().uses()[number], std::move(text.text), used_at);
  } else if (spelling.starts_with(our_prefix)) {
    text = {spelling.substr(our_prefix.size()), used_at, {}};
  } else {
    return;
  }
  const CXCursor first = clang_getCanonicalCursor(owner);
  const auto [entry, is_new] = by_cursor_.try_emplace(first, owners_.size());
  if (is_new) owners_.push_back({first, {}});
  // A redeclaration hands its annotations on; the same one is taken once.
  const std::string mark = text.location.file + ":" + std::to_string(text.location.line) + ":" +
                           std::to_string(text.location.column) + ":" + spelling;
  if (!taken_.emplace(entry->second, mark).second) return;
  if (std::optional<Attribute> attribute = parse_attribute(text, diagnostics_)) {
    owners_[entry->second].attributes.push_back(std::move(*attribute));
  } else {
    owners_[entry->second].has_failed = true;
  }
}

void Declarations::declare(CXCursor cursor) {
  const std::string name = spelling_of(cursor);
  CXCursor scope = cursor;
  const CXCursorKind kind = clang_getCursorKind(cursor);
  if (kind == CXCursor_EnumConstantDecl) {
    scope = clang_getCursorSemanticParent(cursor);
    if (clang_EnumDecl_isScoped(scope) != 0) return;
  }
  // A class that is only declared may be the generated one itself, named ahead of its header.
  const bool is_class = kind == CXCursor_StructDecl || kind == CXCursor_ClassDecl;
  if (is_class && clang_Cursor_isNull(clang_getCursorDefinition(cursor)) != 0) return;
  std::string space;
  if (name.empty() || !namespace_of(scope, space)) return;
  names_[space].push_back({name, run_.location(cursor)});
}

void Declarations::unowned(bool expect_all) {
  std::set<std::string> read_files;
  for (const std::string& file : run_.dependencies()) read_files.insert(SourceFiles::canonical(file));
  for (std::size_t number = 0; number < run_.overlay().uses().size(); ++number) {
    const AttributeUse& use = run_.overlay().uses()[number];
    if (read_.count(number) != 0 || use.in_define) continue;
    if (read_files.count(use.file->path()) == 0 || run_.is_inactive(use)) continue;
    const bool understood = parse_attribute(attribute_text(use, written(use), {}), diagnostics_).has_value();
    if (!understood || !expect_all) continue;
    diagnostics_.error(use.location(),
                       "`netabase::" + use.tokens.front().text + "` describes nothing here that could be stored",
                       "function bodies are not read; " + place_to_write(use));
  }
}

}  // namespace netabase::compiler::frontend
