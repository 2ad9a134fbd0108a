#include "compiler/frontend/placement.hpp"

#include <string>

namespace netabase::compiler::frontend {
namespace {

bool is_class(CXCursorKind kind) { return kind == CXCursor_StructDecl || kind == CXCursor_ClassDecl; }

std::string described(CXCursor cursor) {
  switch (clang_getCursorKind(cursor)) {
    case CXCursor_Namespace:
      return "a namespace";
    case CXCursor_StructDecl:
      return "a struct";
    case CXCursor_ClassDecl:
      return "a class";
    case CXCursor_UnionDecl:
      return "a union";
    case CXCursor_ClassTemplate:
    case CXCursor_ClassTemplatePartialSpecialization:
      return "a class template";
    case CXCursor_EnumDecl:
      return "an enum";
    case CXCursor_EnumConstantDecl:
      return "an enumerator";
    case CXCursor_FieldDecl:
      return "a field";
    case CXCursor_VarDecl:
      return is_class(clang_getCursorKind(clang_getCursorSemanticParent(cursor))) ? "a static member" : "a variable";
    case CXCursor_CXXMethod:
      return "a member function";
    case CXCursor_ConversionFunction:
      return "a conversion";
    case CXCursor_Constructor:
      return "a constructor";
    case CXCursor_Destructor:
      return "a destructor";
    case CXCursor_FunctionDecl:
    case CXCursor_FunctionTemplate:
      return "a function";
    case CXCursor_ParmDecl:
      return "a parameter";
    case CXCursor_TypedefDecl:
    case CXCursor_TypeAliasDecl:
    case CXCursor_TypeAliasTemplateDecl:
      return "an alias";
    default:
      return "a declaration of this kind";
  }
}

bool is_for_structs(AttributeKind kind) { return kind == AttributeKind::model || kind == AttributeKind::index; }
bool is_key(AttributeKind kind) {
  return kind == AttributeKind::primary_key || kind == AttributeKind::secondary_key || kind == AttributeKind::link;
}

class Checker {
 public:
  Checker(Run& run, const Declarations& declarations, Diagnostics& diagnostics)
      : run_(run), declarations_(declarations), diagnostics_(diagnostics) {}

  void check(const Owner& owner) {
    for (const Attribute& attribute : owner.attributes) {
      if (!belongs(owner.cursor, attribute)) continue;
      if (is_key(attribute.kind)) key(owner.cursor, attribute);
      if (attribute.kind == AttributeKind::index) index(owner.cursor, attribute);
    }
    repeated(owner);
    contradictions(owner);
  }

 private:
  void misplaced(const Attribute& attribute, CXCursor cursor, const std::string& goes_on, const std::string& mend) {
    diagnostics_.error(
        attribute.location,
        "`netabase::" + name_of(attribute.kind) + "` is for " + goes_on + ", and this is " + described(cursor), mend);
  }

  bool belongs(CXCursor cursor, const Attribute& attribute) {
    const CXCursorKind kind = clang_getCursorKind(cursor);
    if (attribute.kind == AttributeKind::definition) {
      if (kind == CXCursor_Namespace) return true;
      misplaced(attribute, cursor, "namespaces", "put it on the namespace that holds the models");
      return false;
    }
    if (attribute.kind == AttributeKind::dropped) return dropped(cursor, attribute);
    if (attribute.kind == AttributeKind::renamed_from && is_class(kind)) return true;
    if (is_for_structs(attribute.kind)) {
      if (is_class(kind)) return true;
      const bool is_template = kind == CXCursor_ClassTemplate || kind == CXCursor_ClassTemplatePartialSpecialization;
      misplaced(attribute, cursor, "structs",
                is_template ? "a model has fixed fields: write a plain struct for each instance"
                            : "put it on the struct whose records are stored");
      return false;
    }
    return belongs_to_field(cursor, attribute);
  }

  bool dropped(CXCursor cursor, const Attribute& attribute) {
    const CXCursorKind kind = clang_getCursorKind(cursor);
    if (is_class(kind)) return true;
    if (kind == CXCursor_Namespace) {
      if (declarations_.find(cursor, AttributeKind::definition) != nullptr || declarations_.has_failed(cursor)) {
        return true;
      }
      diagnostics_.error(attribute.location,
                         "`netabase::dropped` on `" + spelling_of(cursor) + "`, which is not a definition",
                         "put it on the namespace marked `netabase::definition`, to name models, or on a struct, to "
                         "name fields");
      return false;
    }
    misplaced(attribute, cursor, "structs and definitions",
              "put it on the struct that had the field, or on the namespace that had the model");
    return false;
  }

  bool belongs_to_field(CXCursor cursor, const Attribute& attribute) {
    const CXCursorKind kind = clang_getCursorKind(cursor);
    const bool is_computed = kind == CXCursor_CXXMethod && attribute.kind == AttributeKind::secondary_key;
    if (kind == CXCursor_FieldDecl || is_computed) {
      if (is_class(clang_getCursorKind(clang_getCursorSemanticParent(cursor)))) return true;
      diagnostics_.error(attribute.location,
                         "`netabase::" + name_of(attribute.kind) + "` stands in " +
                             described(clang_getCursorSemanticParent(cursor)) + ", which is not stored",
                         "write it on a field of a struct");
      return false;
    }
    const bool is_static =
        kind == CXCursor_VarDecl && is_class(clang_getCursorKind(clang_getCursorSemanticParent(cursor)));
    const bool is_struct = is_class(kind);
    std::string mend = "put it on a field of a model";
    if (is_static) mend = "static members are not stored; leave the attribute or `static` out";
    if (is_struct && is_key(attribute.kind)) {
      mend = attribute.kind == AttributeKind::secondary_key
                 ? "put it on the field, or write `[[netabase::index(name, field, ...)]]` for a key of several fields"
             : attribute.kind == AttributeKind::link
                 ? "put it on the field that holds the other record's primary key"
                 : "put it on the field, or on each of several fields for a composite key";
    }
    const bool is_secondary = attribute.kind == AttributeKind::secondary_key;
    const std::string goes_on = is_secondary                                    ? "fields and const member functions"
                                : attribute.kind == AttributeKind::renamed_from ? "fields and structs"
                                                                                : "fields";
    misplaced(attribute, cursor, goes_on, mend);
    return false;
  }

  void key(CXCursor field, const Attribute& attribute) {
    const CXCursor structure = clang_getCursorSemanticParent(field);
    if (declarations_.find(structure, AttributeKind::model) != nullptr || declarations_.has_failed(structure)) return;
    Diagnostic& error = diagnostics_.error(
        attribute.location,
        "`netabase::" + name_of(attribute.kind) + "` in `" + spelling_of(structure) + "`, which is not a model",
        "mark the struct `[[netabase::model]]`, or leave the key out: only models are found by keys");
    error.notes.insert(
        error.notes.begin(),
        {Severity::note, run_.location(structure), "`" + spelling_of(structure) + "` is declared here", {}});
  }

  void index(CXCursor structure, const Attribute& attribute) {
    if (declarations_.find(structure, AttributeKind::model) != nullptr || declarations_.has_failed(structure)) return;
    diagnostics_.error(
        attribute.location, "`netabase::index` on `" + spelling_of(structure) + "`, which is not a model",
        "add `netabase::model`: `struct [[netabase::model, netabase::index(...)]] " + spelling_of(structure) + "`");
  }

  void repeated(const Owner& owner) {
    for (std::size_t i = 0; i < owner.attributes.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const Attribute& later = owner.attributes[i];
        const Attribute& earlier = owner.attributes[j];
        if (later.kind != earlier.kind || later.kind == AttributeKind::index) continue;
        const std::string message = later.kind == AttributeKind::definition
                                        ? "two definitions for one namespace"
                                        : "`netabase::" + name_of(later.kind) + "` is given twice";
        Diagnostic& error = diagnostics_.error(later.location, message, "leave one of them out");
        error.notes.insert(error.notes.begin(), {Severity::note, earlier.location, "the other one is here", {}});
        break;
      }
    }
  }

  void contradictions(const Owner& owner) {
    const Attribute* skip = declarations_.find(owner.cursor, AttributeKind::skip);
    for (const Attribute& attribute : owner.attributes) {
      if (skip == nullptr || attribute.kind == AttributeKind::skip) continue;
      diagnostics_.error(attribute.location,
                         "`" + name_of(attribute.kind) + "` on a field marked `skip`, which is not stored",
                         "leave one of the two out");
    }
  }

  Run& run_;
  const Declarations& declarations_;
  Diagnostics& diagnostics_;
};

}  // namespace

void check_placement(Run& run, const Declarations& declarations, Diagnostics& diagnostics) {
  Checker checker(run, declarations, diagnostics);
  for (const Owner& owner : declarations.owners()) checker.check(owner);
}

}  // namespace netabase::compiler::frontend
