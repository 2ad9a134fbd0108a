#pragma once

/// \file
/// What the parts of code generation share about one definition: its names in generated code, and the C++ and wire
/// types of its fields.

#include <string>
#include <vector>

#include "compiler/codegen/printer.hpp"
#include "compiler/evolution/lock.hpp"
#include "compiler/layout/capnp_file.hpp"
#include "compiler/schema/names.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::codegen {

/// Borrows everything; lives as long as one call of generate_header().
struct Context {
  const schema::Definition& definition;
  const evolution::Lock& lock;
  const layout::CapnpFile& file;  ///< of the lock's .capnp
  const Templates& templates;
  std::string capnp_name;  ///< "blog.capnp"

  const evolution::LockedDefinition& locked_definition() const;
  const evolution::LockedStruct& locked(const schema::Struct& structure) const;
  /// The struct that wraps values of the type.
  const evolution::LockedStruct& wrapper(const schema::Type& type) const;
  static const evolution::LockedField& locked(const evolution::LockedStruct& structure, const schema::Field& field);

  /// "blog::UserRef": from outside the namespace.
  std::string qualified(const std::string& name) const;
  /// The user's struct, from inside the namespace: "User" where that cannot be mistaken, else "::blog::inner::User".
  std::string record(const schema::Struct& structure) const;
  /// The namespace of the wrappers' codecs, inside the definition's: two definitions may share theirs.
  std::string wrapper_namespace() const { return schema::wrapper_namespace_name(definition); }

  static std::string wrapper_codec(const evolution::LockedStruct& wrapper) { return wrapper.name + "Codec"; }
  /// What is generated into the definition's namespace, as wrappers may name it: in full where one of them hides it.
  std::string visible(const std::string& name) const;

  /// Of a type whose values lie behind a pointer: "netabase::wire::Text". `required`: its text has a default.
  std::string wire(const schema::Type& type, bool required = false) const;
  /// What an accessor of a field of that type gives: "std::string_view". Not for optionals.
  std::string view(const schema::Type& type) const;
  /// The same as the value of an optional, which holds no references.
  std::string value_view(const schema::Type& type) const;

 private:
  std::string element_wire(const schema::Type& type) const;
};

/// What lies in a data section: a number, bool, enum or time.
bool is_scalar(const schema::Type& type);
/// The same, or an integer of 128 bits: copied rather than moved.
bool is_number(const schema::Type& type);
/// An enum stored as a bit.
bool is_boolean_enum(const schema::Type& type);
bool is_boolean(const schema::Type& type);

/// The accessor of a field in the borrowed record: the field's name, unless the class needs that for itself.
std::string accessor_name(const schema::Field& field);
/// The member of a strong key for a part of that name.
std::string key_member_name(const std::string& part);

}  // namespace netabase::compiler::codegen
