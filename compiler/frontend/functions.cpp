#include "compiler/frontend/functions.hpp"

#include <algorithm>

namespace netabase::compiler::frontend {
namespace {

bool is_function(CXCursor member) {
  const CXCursorKind kind = clang_getCursorKind(member);
  return kind == CXCursor_CXXMethod || kind == CXCursor_FunctionTemplate;
}

std::vector<CXCursor> functions_named(CXCursor definition, const std::string& name) {
  std::vector<CXCursor> out;
  for (const CXCursor member : children_of(definition)) {
    if (is_function(member) && spelling_of(member) == name) out.push_back(member);
  }
  return out;
}

bool is_hidden(CXCursor member) {
  const CX_CXXAccessSpecifier access = clang_getCXXAccessSpecifier(member);
  return access == CX_CXXPrivate || access == CX_CXXProtected;
}

/// What a function returns, without a reference.
CXType returned(CXCursor function) {
  const CXType type = clang_getCursorResultType(function);
  const CXTypeKind kind = clang_getCanonicalType(type).kind;
  return kind == CXType_LValueReference || kind == CXType_RValueReference
             ? clang_getPointeeType(clang_getCanonicalType(type))
             : type;
}

}  // namespace

bool FunctionReader::has(CXCursor definition, const std::string& name) {
  return !functions_named(definition, name).empty();
}

std::vector<std::string> FunctionReader::names(CXCursor definition) {
  std::vector<std::string> out;
  for (const CXCursor member : children_of(definition)) {
    if (clang_getCursorKind(member) == CXCursor_CXXMethod && clang_CXXMethod_isConst(member) != 0 &&
        !spelling_of(member).starts_with("operator")) {
      out.push_back(spelling_of(member));
    }
  }
  return out;
}

void FunctionReader::refuse(CXCursor function, const PlacedName& use, const std::string& why, const std::string& mend) {
  const SourceLocation declared = run_.location(function);
  Diagnostic& error = diagnostics_.error(use.location, "`" + use.name + "` " + why, mend);
  if (declared.file == use.location.file && declared.line == use.location.line) return;
  error.notes.insert(error.notes.begin(), {Severity::note, declared, "`" + use.name + "` is declared here", {}});
}

std::optional<CXCursor> FunctionReader::usable(CXCursor definition, const PlacedName& use) {
  const std::vector<CXCursor> functions = functions_named(definition, use.name);
  const CXCursor function = functions.front();
  if (functions.size() > 1) {
    refuse(function, use, "is overloaded, and an index calls one function", "give that function a name of its own");
  } else if (clang_getCursorKind(function) == CXCursor_FunctionTemplate) {
    refuse(function, use, "is a template, and an index calls one function", "write a plain member function");
  } else if (use.name.starts_with("operator")) {
    refuse(function, use, "cannot be called by name", "write a member function with a name, which calls the operator");
  } else if (is_hidden(function)) {
    refuse(function, use, "is not public: generated code cannot call it", "make it public");
  } else if (clang_CXXMethod_isStatic(function) != 0) {
    refuse(function, use, "is static, and an index is computed from a record",
           "make it a const member function without parameters");
  } else if (clang_Cursor_getNumArguments(function) != 0) {
    refuse(function, use, "takes parameters, and an index is computed from the record alone", "leave them out");
  } else if (clang_CXXMethod_isConst(function) == 0) {
    refuse(function, use, "is not const, and computing an index leaves the record as it is",
           "write `const` behind its parentheses");
  } else if (clang_Type_getCXXRefQualifier(clang_getCursorType(function)) == CXRefQualifier_RValue) {
    refuse(function, use, "is for temporaries only, and an index calls it on a record", "leave `&&` out");
  } else if (clang_getCursorAvailability(function) == CXAvailability_NotAvailable) {
    refuse(function, use, "is deleted", "define it, or leave it out of the index");
  } else {
    return function;
  }
  return std::nullopt;
}

std::optional<schema::Computed> FunctionReader::computed(CXCursor definition, const PlacedName& use) {
  const std::optional<CXCursor> function = usable(definition, use);
  if (!function) return std::nullopt;
  const CXType type = returned(*function);
  const CXType canonical = clang_getCanonicalType(type);
  if (canonical.kind == CXType_Void) {
    refuse(*function, use, "returns nothing",
           "return the key: a number, an enum, `std::string`, bytes, or "
           "`std::optional` or `std::vector` of one of these");
    return std::nullopt;
  }
  if (canonical.kind == CXType_Auto || canonical.kind == CXType_Unexposed) {
    refuse(*function, use, "does not say what it returns", "write the type instead of `auto`");
    return std::nullopt;
  }
  const CXCursor declaration = clang_getTypeDeclaration(canonical);
  const bool is_view = qualified_name(declaration) == "std::basic_string_view" &&
                       clang_Type_getTemplateArgumentAsType(canonical, 0).kind == CXType_Char_S;
  if (is_view) {
    return schema::Computed{
        use.name, {schema::TypeKind::string, "std::string", {}, nullptr, nullptr, 0}, "std::string_view"};
  }
  std::optional<schema::Type> read = types_.read_returned(type, run_.location(*function));
  if (!read) return std::nullopt;
  std::string returns = read->cpp;
  return schema::Computed{use.name, std::move(*read), std::move(returns)};
}

bool FunctionReader::is_predicate(CXCursor definition, const PlacedName& use) {
  const std::optional<CXCursor> function = usable(definition, use);
  if (!function) return false;
  const CXType type = clang_getCursorResultType(*function);
  if (clang_getCanonicalType(type).kind == CXType_Bool) return true;
  refuse(*function, use, "returns `" + spelling_of(type) + "`, which does not say yes or no", "return `bool`");
  return false;
}

}  // namespace netabase::compiler::frontend
