#pragma once

/// \file
/// libclang's C API with owners: what it hands out is freed, strings become std::string, visitors take lambdas.

#include <clang-c/Index.h>

#include <memory>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <vector>

namespace netabase::compiler::frontend {

inline std::string to_string(CXString string) {
  const char* text = clang_getCString(string);
  std::string out = text != nullptr ? text : "";
  clang_disposeString(string);
  return out;
}

struct IndexDeleter {
  void operator()(void* index) const { clang_disposeIndex(index); }
};
using IndexHandle = std::unique_ptr<void, IndexDeleter>;

struct UnitDeleter {
  void operator()(CXTranslationUnit unit) const { clang_disposeTranslationUnit(unit); }
};
using UnitHandle = std::unique_ptr<std::remove_pointer_t<CXTranslationUnit>, UnitDeleter>;

struct DiagnosticDeleter {
  void operator()(void* diagnostic) const { clang_disposeDiagnostic(diagnostic); }
};
using DiagnosticHandle = std::unique_ptr<void, DiagnosticDeleter>;

struct EvalResultDeleter {
  void operator()(void* result) const { clang_EvalResult_dispose(result); }
};
using EvalResultHandle = std::unique_ptr<void, EvalResultDeleter>;

/// The direct children of a cursor.
inline std::vector<CXCursor> children_of(CXCursor cursor) {
  std::vector<CXCursor> children;
  clang_visitChildren(
      cursor,
      [](CXCursor child, CXCursor, CXClientData data) {
        static_cast<std::vector<CXCursor>*>(data)->push_back(child);
        return CXChildVisit_Continue;
      },
      &children);
  return children;
}

inline std::string spelling_of(CXCursor cursor) { return to_string(clang_getCursorSpelling(cursor)); }
inline std::string spelling_of(CXType type) { return to_string(clang_getTypeSpelling(type)); }

struct CursorHash {
  std::size_t operator()(const CXCursor& cursor) const { return clang_hashCursor(cursor); }
};
struct CursorEqual {
  bool operator()(const CXCursor& a, const CXCursor& b) const { return clang_equalCursors(a, b) != 0; }
};
template <class T>
using CursorMap = std::unordered_map<CXCursor, T, CursorHash, CursorEqual>;

/// The name of a declaration with everything around it, inline namespaces left out: "std::vector",
/// "blog::User::Address".
inline std::string qualified_name(CXCursor cursor) {
  std::string name = spelling_of(cursor);
  for (CXCursor parent = clang_getCursorSemanticParent(cursor);
       clang_Cursor_isNull(parent) == 0 && clang_isTranslationUnit(clang_getCursorKind(parent)) == 0;
       parent = clang_getCursorSemanticParent(parent)) {
    const bool is_namespace = clang_getCursorKind(parent) == CXCursor_Namespace;
    if (is_namespace && clang_Cursor_isInlineNamespace(parent) != 0) continue;
    const std::string outer = spelling_of(parent);
    if (!outer.empty()) name = outer + "::" + name;
  }
  return name;
}

/// Where a cursor or diagnostic stands, macros resolved to where they are used.
struct Place {
  std::string file;  ///< as Clang names it; empty: nowhere
  unsigned line = 0;
  unsigned column = 0;
  unsigned offset = 0;
};

inline Place place_of(CXSourceLocation location) {
  CXFile file = nullptr;
  Place place;
  clang_getExpansionLocation(location, &file, &place.line, &place.column, &place.offset);
  if (file != nullptr) place.file = to_string(clang_getFileName(file));
  return place;
}

inline Place place_of(CXCursor cursor) { return place_of(clang_getCursorLocation(cursor)); }

}  // namespace netabase::compiler::frontend
