#include "compiler/frontend/builder.hpp"

#include <algorithm>
#include <utility>

#include "compiler/frontend/keys.hpp"
#include "compiler/schema/links.hpp"
#include "compiler/schema/reachable.hpp"

namespace netabase::compiler::frontend {
namespace {

using schema::Definition;
using schema::Model;

bool is_unnamed_namespace(CXCursor cursor) {
  return clang_getCursorKind(cursor) == CXCursor_Namespace &&
         (spelling_of(cursor).empty() || clang_Cursor_isAnonymous(cursor) != 0);
}

/// The namespace that generated code goes into: inline ones are left out.
std::string code_namespace(CXCursor cursor) {
  while (clang_getCursorKind(cursor) == CXCursor_Namespace && clang_Cursor_isInlineNamespace(cursor) != 0) {
    cursor = clang_getCursorSemanticParent(cursor);
  }
  return clang_getCursorKind(cursor) == CXCursor_Namespace ? qualified_name(cursor) : std::string();
}

}  // namespace

void Builder::build() {
  for (const Owner& owner : declarations_.owners()) {
    if (clang_getCursorKind(owner.cursor) != CXCursor_Namespace) continue;
    if (const Attribute* attribute = declarations_.find(owner.cursor, AttributeKind::definition)) {
      add_definition(owner, *attribute);
    }
  }
  for (const Owner& owner : declarations_.owners()) {
    const CXCursorKind kind = clang_getCursorKind(owner.cursor);
    if (kind != CXCursor_StructDecl && kind != CXCursor_ClassDecl) continue;
    if (const Attribute* attribute = declarations_.find(owner.cursor, AttributeKind::model))
      add_model(owner, *attribute);
  }
  check_models();
  schema::resolve_links(schema_);
  for (std::size_t i = 0; i < schema_.definitions.size(); ++i) {
    schema::collect_reachable(schema_.definitions[i]);
    choose_header(i);
  }
  check_headers();
  schema_.dependencies = run_.dependencies();
}

void Builder::add_definition(const Owner& owner, const Attribute& attribute) {
  for (CXCursor space = owner.cursor; clang_getCursorKind(space) == CXCursor_Namespace;
       space = clang_getCursorSemanticParent(space)) {
    if (!is_unnamed_namespace(space)) continue;
    diagnostics_.error(attribute.location, "a definition cannot stand in an unnamed namespace",
                       "give the namespace a name: every file that includes the header must see the same types");
    break;
  }
  Definition definition;
  definition.name = attribute.names.empty() ? "Definition" : attribute.names[0].name;
  definition.keys_name = attribute.names.size() < 2 ? "Keys" : attribute.names[1].name;
  definition.cpp_namespace = code_namespace(owner.cursor);
  definition.location = attribute.location;
  if (const Attribute* dropped = declarations_.find(owner.cursor, AttributeKind::dropped)) {
    definition.dropped = dropped_names(*dropped);
  }
  by_namespace_[owner.cursor] = schema_.definitions.size();
  schema_.definitions.push_back(std::move(definition));
  files_.push_back({run_.file_of(owner.cursor)});
}

void Builder::add_model(const Owner& owner, const Attribute& attribute) {
  const std::string name = spelling_of(owner.cursor);
  const CXCursor definition = clang_getCursorDefinition(owner.cursor);
  if (clang_Cursor_isNull(definition) != 0) {
    diagnostics_.error(attribute.location, "model `" + name + "` is only declared here, and nowhere defined",
                       "define the struct in this header or in one that it includes");
    return;
  }
  if (name.empty() || clang_Cursor_isAnonymous(definition) != 0) {
    diagnostics_.error(attribute.location, "a model needs a name", "write `struct [[netabase::model]] User {`");
    return;
  }
  CXCursor parent = clang_getCursorSemanticParent(definition);
  if (clang_Type_getNumTemplateArguments(clang_getCursorType(definition)) >= 0 ||
      clang_getCursorKind(parent) == CXCursor_ClassTemplate) {
    diagnostics_.error(attribute.location, "`" + name + "` is part of a template and cannot be a model",
                       "a model has fixed fields: write a plain struct");
    return;
  }
  const CX_CXXAccessSpecifier access = clang_getCXXAccessSpecifier(definition);
  if (access == CX_CXXPrivate || access == CX_CXXProtected) {
    diagnostics_.error(attribute.location, "model `" + name + "` is not public: generated code cannot name it",
                       "declare it in a public part of the class, or outside of it");
    return;
  }
  for (; clang_Cursor_isNull(parent) == 0 && clang_isTranslationUnit(clang_getCursorKind(parent)) == 0;
       parent = clang_getCursorSemanticParent(parent)) {
    const auto found = by_namespace_.find(clang_getCanonicalCursor(parent));
    if (found == by_namespace_.end()) continue;
    files_[found->second].insert(run_.file_of(definition));
    schema_.definitions[found->second].models.push_back(model(definition, owner, attribute));
    return;
  }
  diagnostics_.error(
      attribute.location, "model `" + name + "` is outside any definition",
      "put it in a namespace marked as one: `namespace [[netabase::definition(BlogDefinition, BlogKeys)]] "
      "blog { ... }`");
}

Model Builder::model(CXCursor definition, const Owner& owner, const Attribute& attribute) {
  Model out;
  out.structure = structs_.structure(definition);
  out.stored_name = attribute.text ? attribute.text->name : out.structure->name;
  // A stored name is underlined itself; without one the struct's name stands for it.
  out.location = attribute.text ? attribute.text->location : out.structure->location;
  KeyReader(run_, declarations_, structs_, diagnostics_, definition, out).read(owner);
  return out;
}

void Builder::check_models() {
  // A definition whose only models are refused has been complained of enough.
  CursorMap<bool> has_candidate;
  for (const Owner& owner : declarations_.owners()) {
    if (declarations_.find(owner.cursor, AttributeKind::model) == nullptr && !owner.has_failed) continue;
    CXCursor parent = owner.cursor;
    while (clang_Cursor_isNull(parent) == 0 && clang_isTranslationUnit(clang_getCursorKind(parent)) == 0) {
      has_candidate[clang_getCanonicalCursor(parent)] = true;
      parent = clang_getCursorSemanticParent(parent);
    }
  }
  for (const auto& [cursor, number] : by_namespace_) {
    const Definition& definition = schema_.definitions[number];
    if (!definition.models.empty() || has_candidate.count(cursor) != 0) continue;
    diagnostics_.error(definition.location, "definition `" + definition.name + "` has no models",
                       "mark the structs to store: `struct [[netabase::model]] User {`");
  }
}

/// Each header on the command line is there for a definition in it.
void Builder::check_headers() {
  if (diagnostics_.has_errors()) return;  // one that was refused is missing here
  for (const CommandLineHeader& header : run_.headers()) {
    const auto is_its = [&](const Definition& definition) { return definition.header == header.given; };
    if (std::any_of(schema_.definitions.begin(), schema_.definitions.end(), is_its)) continue;
    diagnostics_.error({header.given, 0, 0, 1}, "there is no definition in this header, so nothing to generate",
                       "mark the namespace that holds the models: `namespace [[netabase::definition(BlogDefinition, "
                       "BlogKeys)]] blog {`; a header that others include need not be named");
  }
}

/// The header whose outputs hold the definition: the one on the command line that includes all of it.
void Builder::choose_header(std::size_t number) {
  Definition& definition = schema_.definitions[number];
  std::vector<std::string> whole;
  std::vector<std::string> some;
  for (const CommandLineHeader& header : run_.headers()) {
    const std::set<std::string> closure = run_.closure_of(header.canonical);
    const auto is_in = [&](const std::string& file) { return closure.count(file) != 0; };
    if (std::any_of(files_[number].begin(), files_[number].end(), is_in)) some.push_back(header.given);
    if (!std::all_of(files_[number].begin(), files_[number].end(), is_in)) continue;
    // The header that the definition is written in is its own, whoever else includes it.
    if (files_[number].count(header.canonical) != 0) {
      definition.header = header.given;
      return;
    }
    whole.push_back(header.given);
  }
  if (whole.size() == 1) {
    definition.header = whole.front();
    return;
  }
  const std::vector<std::string>& reached = whole.empty() ? some : whole;
  std::string list;
  for (const std::string& header : reached) list += (list.empty() ? "`" : ", `") + header + "`";
  diagnostics_.error(definition.location,
                     whole.empty()
                         ? "the models of definition `" + definition.name + "` are spread over several headers: " + list
                         : "definition `" + definition.name + "` is reached from several headers: " + list,
                     "its generated files belong to one header: name a single header that includes all of them");
}

}  // namespace netabase::compiler::frontend
