#pragma once

/// \file
/// A stored record, read through the stored schema.

#include <capnp/dynamic.h>
#include <capnp/message.h>

#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include "netabase/bytes.hpp"
#include "netabase/int128.hpp"
#include "tools/schema/schema.hpp"

namespace netabase::tools {

/// A record's value, borrowed from the store: valid as long as `value` is. See codec/record.hpp for its head.
class Record {
 public:
  /// Throws Corrupt when the head or the root is no record's. What lies deeper is looked at when it is read, and then
  /// throws kj::Exception: see guard_capnp().
  Record(Bytes value, const StructShape& shape);
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;

  capnp::DynamicStruct::Reader root() const { return root_; }

  /// The version of the schema that wrote it.
  static std::uint16_t schema_version(Bytes value);
  /// The Cap'n Proto message without its segment table.
  static Bytes body(Bytes value);

 private:
  kj::ArrayPtr<const capnp::word> segment_;
  capnp::SegmentArrayMessageReader message_;
  capnp::DynamicStruct::Reader root_;
};

/// Throws Corrupt with Cap'n Proto's words.
[[noreturn]] void throw_damaged_record(const kj::Exception& exception);

/// Runs `work`; what Cap'n Proto finds wrong with the bytes becomes Corrupt.
template <class Work>
decltype(auto) guard_capnp(Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (const kj::Exception& exception) {
    throw_damaged_record(exception);
  }
}

/// The integer of 128 bits that the wrapper holds.
template <class Wide>
Wide wide_integer(capnp::DynamicStruct::Reader wrapper) {
  const auto fields = wrapper.getSchema().getFields();
  using High = std::conditional_t<std::is_same_v<Wide, Int128>, std::int64_t, std::uint64_t>;
  const auto high = static_cast<std::uint64_t>(wrapper.get(fields[1]).as<High>());
  return static_cast<Wide>(UInt128{high} << 64 | wrapper.get(fields[0]).as<std::uint64_t>());
}

/// A message of whole words as a record, with its head: what a store's table holds.
class RecordBytes {
 public:
  /// `body` must not be a part of the object itself.
  void assign(kj::ArrayPtr<const capnp::word> body, std::uint16_t schema_version);
  Bytes bytes() const { return {reinterpret_cast<const std::byte*>(words_.data()), words_.size() * 8}; }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace netabase::tools
