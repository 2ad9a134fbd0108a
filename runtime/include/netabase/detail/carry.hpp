#pragma once

/// \file
/// Putting a record in place of one that a newer program wrote: see evolution/carry.hpp.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "netabase/codec/record.hpp"
#include "netabase/engine/engine.hpp"
#include "netabase/evolution/carry.hpp"

namespace netabase::detail {

/// Whether a newer schema than the program's wrote the stored record. All that the usual put pays.
template <class Model>
bool is_newer(Bytes existing) noexcept {
  std::uint16_t version = 0;
  if (existing.size() >= record::header_size) std::memcpy(&version, existing.data() + 4, sizeof(version));
  return version > Model::schema_version;
}

/// The value to store for `value` in place of `existing`.
template <class Model>
std::vector<std::uint64_t> carried(Bytes existing, const typename Model::Record& value) {
  const std::size_t size = record::size<typename Model::Codec>(value);
  std::vector<std::uint64_t> plain(size / sizeof(std::uint64_t));
  auto* const bytes = reinterpret_cast<std::byte*>(plain.data());
  record::write<typename Model::Codec>(bytes, size, value, Model::schema_version);
  return evolution::carry_unknown(evolution::compiled_schema<typename Model::Definition>(), Model::name, existing,
                                  Bytes(bytes, size));
}

/// Puts a value that carried() made.
template <class WriteTransaction>
void put_carried(WriteTransaction& transaction, engine::Table table, Bytes key,
                 const std::vector<std::uint64_t>& value) {
  const Bytes bytes = std::as_bytes(std::span(value));
  const engine::Reserved reserved = transaction.reserve(table, key, bytes.size(), engine::PutMode::upsert);
  std::memcpy(reserved.space, bytes.data(), bytes.size());
}

}  // namespace netabase::detail
