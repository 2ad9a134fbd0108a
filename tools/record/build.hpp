#pragma once

/// \file
/// Building values by the runtime's rules about null: empty text, bytes and lists, and structs with nothing set, are
/// null pointers, except text of a field with a default, where null would read as that.

#include <capnp/dynamic.h>
#include <capnp/message.h>

#include <functional>
#include <string_view>

#include "tools/schema/schema.hpp"

namespace netabase::tools {

/// A place for one value: a field of a struct, or an element of a list.
class Slot {
 public:
  Slot(capnp::DynamicStruct::Builder holder, const FieldShape& field) : Slot(holder, field.field, field.has_default) {}
  Slot(capnp::DynamicStruct::Builder holder, capnp::StructSchema::Field field, bool has_default)
      : holder_(holder), field_(field), has_default_(has_default) {}
  Slot(capnp::DynamicList::Builder list, unsigned index) : list_(list), index_(index), in_list_(true) {}

  void set(const capnp::DynamicValue::Reader& value) const;
  void set_text(std::string_view text) const;
  void set_bytes(std::string_view bytes) const;
  /// `fill` sets the fields.
  void set_struct(const std::function<void(capnp::DynamicStruct::Builder)>& fill) const;
  /// `fill` is called for each element. Throws InputError for more elements than a list can have.
  void set_list(std::size_t size, const std::function<void(const Slot&, std::size_t)>& fill) const;

 private:
  /// Null, and of a union's member the one that it holds.
  void set_null() const;

  mutable capnp::DynamicStruct::Builder holder_;
  capnp::StructSchema::Field field_;
  mutable capnp::DynamicList::Builder list_;
  unsigned index_ = 0;
  bool in_list_ = false;
  bool has_default_ = false;
};

/// Throws InputError when a list or bytes of that shape cannot have so many elements. None are the defaults.
void check_extent(const Shape& shape, std::size_t size);

/// Sets every field of `out` to that of `in`, by the same rules about what is empty. For messages that others built.
/// Throws kj::Exception.
void copy_normalised(capnp::DynamicStruct::Builder out, capnp::DynamicStruct::Reader in, const StructShape& shape);

/// The message of `root`, the root of `message`, in the form that records have: canonical, as the runtime writes them.
/// Only where a list of more than wire::max_empty_elements structs would then take no space, which no reader accepts,
/// the sections keep their size. Throws InputError for such a list of structs that have no fields at all.
kj::Array<capnp::word> record_body(capnp::MallocMessageBuilder& message, capnp::DynamicStruct::Builder root,
                                   const StructShape& shape);

}  // namespace netabase::tools
