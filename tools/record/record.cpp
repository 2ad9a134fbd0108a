#include "tools/record/record.hpp"

#include <kj/exception.h>

#include <cstring>
#include <string>

#include "netabase/codec/record.hpp"
#include "netabase/error.hpp"

namespace netabase::tools {

namespace {

kj::ArrayPtr<const capnp::word> words_of(Bytes value) {
  if (value.size() < record::header_size + sizeof(capnp::word) || value.size() % sizeof(capnp::word) != 0) {
    throw Corrupt("the record is cut off: it has " + std::to_string(value.size()) + " bytes");
  }
  if (reinterpret_cast<std::uintptr_t>(value.data()) % sizeof(capnp::word) != 0) {
    throw Corrupt("the record lies on an odd address: a key or value of its table has a length that no record has");
  }
  std::uint16_t flags = 0;
  std::memcpy(&flags, value.data() + 6, sizeof(flags));
  if (flags != 0) throw Corrupt("the record's head has flags that this version of netabase does not know");
  return {reinterpret_cast<const capnp::word*>(value.data() + record::header_size),
          (value.size() - record::header_size) / sizeof(capnp::word)};
}

/// Cap'n Proto counts a list's elements even where they take no space; eight times the record bounds what hostile bytes
/// can cost, and its own least limit is kept for small ones.
capnp::ReaderOptions options_for(std::size_t words) {
  capnp::ReaderOptions options;
  options.traversalLimitInWords += std::uint64_t{words} * 8;
  return options;
}

}  // namespace

Record::Record(Bytes value, const StructShape& shape)
    : segment_(words_of(value)), message_(kj::arrayPtr(&segment_, 1), options_for(segment_.size())) {
  root_ = guard_capnp([&] { return message_.getRoot<capnp::DynamicStruct>(shape.schema); });
}

std::uint16_t Record::schema_version(Bytes value) { return record::schema_version(value); }

Bytes Record::body(Bytes value) {
  const auto words = words_of(value);
  return {reinterpret_cast<const std::byte*>(words.begin()), words.size() * sizeof(capnp::word)};
}

void throw_damaged_record(const kj::Exception& exception) {
  throw Corrupt(std::string("the record is damaged: ") + exception.getDescription().cStr());
}

void RecordBytes::assign(kj::ArrayPtr<const capnp::word> body, std::uint16_t schema_version) {
  words_.resize(1 + body.size());
  std::memcpy(words_.data() + 1, body.begin(), body.size() * sizeof(capnp::word));
  const Bytes content(reinterpret_cast<const std::byte*>(words_.data() + 1), body.size() * sizeof(capnp::word));
  words_[0] = record::detail::checksum(content) | std::uint64_t{schema_version} << 32;
}

}  // namespace netabase::tools
