#include "compiler/frontend/structs.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "compiler/frontend/defaults.hpp"

namespace netabase::compiler::frontend {
namespace {

using schema::Struct;

bool is_snake_case(const std::string& name) {
  return std::none_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_class(CXCursor cursor) {
  const CXCursorKind kind = clang_getCursorKind(cursor);
  return kind == CXCursor_StructDecl || kind == CXCursor_ClassDecl;
}

bool is_hidden(CXCursor member) {
  const CX_CXXAccessSpecifier access = clang_getCXXAccessSpecifier(member);
  return access == CX_CXXPrivate || access == CX_CXXProtected;
}

/// Whether generated code can write `T value{};`.
bool is_default_constructible(CXCursor definition) {
  bool has_constructor = false;
  for (const CXCursor child : children_of(definition)) {
    if (clang_getCursorKind(child) != CXCursor_Constructor) continue;
    has_constructor = has_constructor || clang_CXXConstructor_isCopyConstructor(child) == 0;
    const bool usable = clang_getCursorAvailability(child) == CXAvailability_Available && !is_hidden(child);
    if (clang_CXXConstructor_isDefaultConstructor(child) != 0) return usable;
  }
  return !has_constructor;
}

}  // namespace

std::string generated_name(CXCursor declaration) {
  std::string name = spelling_of(declaration);
  const bool snake_case = is_snake_case(name);
  for (CXCursor parent = clang_getCursorSemanticParent(declaration); is_class(parent);
       parent = clang_getCursorSemanticParent(parent)) {
    name = spelling_of(parent) + (snake_case ? "_" : "") + name;
  }
  return name;
}

std::vector<schema::DroppedName> dropped_names(const Attribute& dropped) {
  std::vector<schema::DroppedName> out;
  for (const PlacedName& name : dropped.names) out.push_back({name.name, name.location});
  return out;
}

const Struct* StructReader::structure(CXCursor definition) {
  const auto known = structs_.find(definition);
  if (known != structs_.end()) return known->second;
  Struct& out = *schema_.structs.emplace_back(std::make_unique<Struct>());
  structs_[definition] = &out;
  read(definition, out);
  return &out;
}

const schema::Enum* StructReader::enumeration(CXCursor definition) {
  const auto known = enums_.find(definition);
  if (known != enums_.end()) return known->second;
  schema::Enum& out = *schema_.enums.emplace_back(std::make_unique<schema::Enum>());
  enums_[definition] = &out;
  out.qualified_name = "::" + qualified_name(definition);
  out.name = generated_name(definition);
  out.scoped = clang_EnumDecl_isScoped(definition) != 0;
  out.underlying =
      integer_kind(clang_getCanonicalType(clang_getEnumDeclIntegerType(definition))).value_or(schema::TypeKind::int32);
  out.location = run_.location(definition);
  for (const CXCursor child : children_of(definition)) {
    if (clang_getCursorKind(child) != CXCursor_EnumConstantDecl) continue;
    // Clang extends the value by its sign or by zeros as it is asked, whatever the type.
    const std::int64_t value = is_unsigned(out.underlying)
                                   ? static_cast<std::int64_t>(clang_getEnumConstantDeclUnsignedValue(child))
                                   : clang_getEnumConstantDeclValue(child);
    out.enumerators.push_back({spelling_of(child), value, run_.location(child)});
  }
  return &out;
}

const std::vector<CXCursor>& StructReader::fields_of(const Struct* structure) const {
  static const std::vector<CXCursor> none;
  const auto found = fields_.find(structure);
  return found == fields_.end() ? none : found->second;
}

void StructReader::read(CXCursor definition, Struct& structure) {
  structure.qualified_name = "::" + qualified_name(definition);
  structure.name = generated_name(definition);
  structure.snake_case = is_snake_case(structure.name);
  structure.location = run_.location(definition);
  read_evolution(definition, structure);
  bool has_virtual = false;
  for (const CXCursor child : children_of(definition)) {
    if (clang_getCursorKind(child) == CXCursor_CXXMethod || clang_getCursorKind(child) == CXCursor_Destructor) {
      if (clang_CXXMethod_isVirtual(child) != 0 && !std::exchange(has_virtual, true)) {
        diagnostics_.error(run_.location(child), "a stored struct has no virtual functions",
                           "keep the data in a plain struct and the behaviour in another class");
      }
    }
    member(child, structure);
  }
  structure.default_constructible = is_default_constructible(definition);
  if (!structure.default_constructible) {
    diagnostics_.error(structure.location, "`" + structure.name + "` has no usable default constructor",
                       "records are read into a new object: add `" + spelling_of(definition) + "() = default;`");
  }
}

void StructReader::read_evolution(CXCursor definition, Struct& structure) {
  if (const Attribute* renamed = declarations_.find(definition, AttributeKind::renamed_from);
      renamed && renamed->text) {
    structure.renamed_from = renamed->text->name;
  }
  if (const Attribute* dropped = declarations_.find(definition, AttributeKind::dropped)) {
    structure.dropped = dropped_names(*dropped);
  }
}

void StructReader::member(CXCursor cursor, Struct& structure) {
  switch (clang_getCursorKind(cursor)) {
    case CXCursor_FieldDecl:
      field(cursor, structure);
      break;
    case CXCursor_CXXBaseSpecifier:
      base(cursor);
      break;
    case CXCursor_UnionDecl:
    case CXCursor_StructDecl:
    case CXCursor_ClassDecl:
      if (clang_Cursor_isAnonymousRecordDecl(cursor) != 0) {
        const bool is_union = clang_getCursorKind(cursor) == CXCursor_UnionDecl;
        diagnostics_.error(run_.location(cursor),
                           is_union ? "an anonymous union cannot be stored" : "an anonymous struct cannot be stored",
                           is_union ? "store the alternatives as fields of their own, each `std::optional`"
                                    : "give the struct a name and make it a member, or move its fields out of it");
      }
      break;
    default:
      break;
  }
}

void StructReader::base(CXCursor cursor) {
  diagnostics_.error(run_.location(cursor), "netabase stores no base classes", "make it a member");
}

void StructReader::field(CXCursor cursor, Struct& structure) {
  const std::string name = spelling_of(cursor);
  const SourceLocation place = run_.location(cursor);
  if (declarations_.find(cursor, AttributeKind::skip) != nullptr) {
    structure.skipped.push_back(name);
    return;
  }
  schema::Field out;
  out.name = name;
  out.location = place;
  if (const Attribute* renamed = declarations_.find(cursor, AttributeKind::renamed_from); renamed && renamed->text) {
    out.renamed_from = renamed->text->name;
  }
  if (name.empty()) {
    if (clang_Cursor_isBitField(cursor) == 0) return;
    diagnostics_.error(place, "a bit-field cannot be stored", "leave it out: it only pads the struct");
    return;
  }
  if (clang_Cursor_isBitField(cursor) != 0) {
    diagnostics_.error(place, "`" + name + "` is a bit-field, which cannot be stored",
                       "leave the width out, and use `bool` or the smallest integer that holds it");
  } else if (is_hidden(cursor)) {
    diagnostics_.error(place, "`" + name + "` is not public: generated code cannot read it",
                       "make it public or mark it `[[netabase::skip]]`");
  } else if (std::optional<schema::Type> type = types_.read(clang_getCursorType(cursor), place)) {
    out.type = std::move(*type);
    out.default_value = read_default(cursor, out.type, place, diagnostics_);
  }
  // A field of a type that was refused stays, with no spelling: what else refers to it need not be refused, too.
  structure.fields.push_back(std::move(out));
  fields_[&structure].push_back(cursor);
}

}  // namespace netabase::compiler::frontend
