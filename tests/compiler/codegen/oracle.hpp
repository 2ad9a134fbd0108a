#pragma once

/// \file
/// Generated codecs against libcapnp: random values of every field type, put into libcapnp's builders and encoded by
/// the codec, must give the same bytes, and each side must read what the other wrote.

#include <capnp/any.h>
#include <capnp/dynamic.h>
#include <capnp/message.h>
#include <capnp/serialize.h>
#include <doctest/doctest.h>

#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

#include "compiler/layout/capnp_file.hpp"
#include "netabase/netabase.hpp"
#include "tests/compiler/codegen/libcapnp_values.hpp"
#include "tests/compiler/codegen/random_values.hpp"
#include "tests/compiler/driver/scratch.hpp"

namespace netabase::compiler::test {

using layout::CapnpFile;

inline std::string encode(const auto& codec_value, auto codec) {
  using Codec = typename decltype(codec)::type;
  std::vector<std::uint64_t> space(netabase::record::size<Codec>(codec_value) / 8);
  auto* bytes = reinterpret_cast<std::byte*>(space.data());
  // Whatever the space held before must not show.
  std::memset(bytes, 0xa5, space.size() * 8);
  netabase::record::write<Codec>(bytes, space.size() * 8, codec_value, 1);
  return {reinterpret_cast<const char*>(bytes) + netabase::record::header_size,
          space.size() * 8 - netabase::record::header_size};
}

/// The record of a body as libcapnp wrote it, decoded and encoded again.
template <class Codec>
std::string encode_decoded(kj::ArrayPtr<const capnp::word> body) {
  std::vector<std::uint64_t> record(1);
  for (const capnp::word& word : body) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &word, sizeof(bits));
    record.push_back(bits);
  }
  const netabase::Bytes bytes(reinterpret_cast<const std::byte*>(record.data()), record.size() * 8);
  const auto view = netabase::record::read<Codec>(bytes, netabase::Lifetime());
  return encode(view.to_owned(), std::type_identity<Codec>());
}

template <class Model>
void check_model(const CapnpFile& file, const char* name, Random& random, int rounds) {
  using Codec = typename Model::Codec;
  const capnp::StructSchema schema = file.nested(name).asStruct();
  for (int round = 0; round < rounds; ++round) {
    CAPTURE(name);
    CAPTURE(round);
    typename Model::Record value;
    if (round > 0) random.fill(value);
    const std::string ours = encode(value, std::type_identity<Codec>());

    capnp::MallocMessageBuilder message(1 << 16);
    auto root = message.initRoot<DynamicStruct>(schema);
    put_struct(root, value);
    const kj::Array<capnp::word> canonical = message.getRoot<capnp::AnyStruct>().asReader().canonicalize();
    const std::string theirs(reinterpret_cast<const char*>(canonical.begin()), canonical.size() * sizeof(capnp::word));
    REQUIRE(ours.size() == theirs.size());
    REQUIRE(ours == theirs);

    // libcapnp reads ours, and knows it as canonical.
    std::vector<capnp::word> words(ours.size() / sizeof(capnp::word));
    std::memcpy(words.data(), ours.data(), ours.size());
    kj::ArrayPtr<const capnp::word> segment(words.data(), words.size());
    capnp::SegmentArrayMessageReader reader(kj::arrayPtr(&segment, 1));
    CHECK(reader.isCanonical());
    CHECK(kj::str(reader.getRoot<DynamicStruct>(schema)) == kj::str(root.asReader()));

    // We read theirs, canonical and not.
    CHECK(encode_decoded<Codec>(canonical) == ours);
    const auto segments = message.getSegmentsForOutput();
    if (segments.size() == 1) CHECK(encode_decoded<Codec>(segments[0]) == ours);
  }
}

/// The parsed golden of that name.
inline CapnpFile golden_file(const std::string& name) {
  CapnpFile file(name, Scratch::read_file(std::string(NETABASE_GOLDENS_DIR) + "/" + name));
  REQUIRE(file.ok());
  return file;
}

}  // namespace netabase::compiler::test
