#pragma once

/// \file
/// The statements and expressions that store and read one field: of a struct, or of a wrapper.

#include <string>

#include "compiler/codegen/context.hpp"
#include "compiler/layout/layout.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::codegen {

/// One value of a field: the field's own, or that in an optional, or a variant's alternative. Borrows its arguments.
class ValueCode {
 public:
  ValueCode(const Context& context, const schema::Type& type, const layout::FieldLayout& layout);

  bool pointer() const { return layout_.pointer; }
  const std::string& wire() const { return wire_; }

  /// An expression that reads it from the StructView called `view`.
  std::string read(const std::string& view) const;
  /// `action`: "size" or "write".
  std::string store(const std::string& action, const std::string& value) const;
  /// Nothing when it has no content.
  std::string content(const std::string& value) const;
  /// Copies the view `view` (an expression) to `out`.
  std::string own(const std::string& view, const std::string& out) const;
  /// Whether own() assigns.
  bool plain() const;

 private:
  const Context& context_;
  const schema::Type& type_;
  const layout::FieldLayout& layout_;
  std::string offset_;
  std::string read_default_;
  std::string stored_default_;
  std::string wire_;
};

/// A field, or a member of a wrapper that is no union: optionals are a union beside the other fields. Borrows its
/// arguments.
class FieldCode {
 public:
  FieldCode(const Context& context, const schema::Type& type, const layout::FieldLayout& layout);

  const layout::FieldLayout& layout() const { return layout_; }
  const ValueCode& value() const { return value_; }
  std::string accessor(const std::string& name) const;
  /// The accessor of a record that contains its own kind: declared in the class, defined when all of them are known.
  std::string accessor_declaration(const std::string& name) const;
  std::string accessor_definition(const std::string& ref, const std::string& name) const;
  /// An expression that reads it from the StructView called `view`.
  std::string read(const std::string& view) const;
  /// `record` is the expression of the field. `action`: "size" or "write".
  std::string store(const std::string& action, const std::string& record) const;
  std::string content(const std::string& record) const;
  /// Copies the view `view` (an expression) to `out`.
  std::string own(const std::string& view, const std::string& out) const;

 private:
  std::string store_discriminant(const std::string& action, std::uint16_t value) const;
  std::string if_present(const std::string& record, const std::string& statements) const;

  const Context& context_;
  bool optional_;
  const schema::Type& type_;
  const layout::FieldLayout& layout_;
  ValueCode value_;
};

/// The statement that stores `value` as the discriminant at `offset`; `action`: "size" or "write".
std::string store_discriminant(const Context& context, const std::string& action, std::uint32_t offset,
                               std::uint16_t value);

/// Whether the one field is written before the other: pointers in the order of their section, which is the canonical
/// order of what they lead to.
bool written_before(const layout::FieldLayout& left, const layout::FieldLayout& right);

}  // namespace netabase::compiler::codegen
