#pragma once

/// \file
/// What a store's file says of itself, and whether the program that opens it may.
///
/// Table `netabase` of every file, format 1; numbers are little-endian:
///
///     key                    value
///     "format"               4 bytes: 1
///     "definition"           the definition's name
///     "schema"               the schema, a Cap'n Proto message (StoredSchema) as netabase-gen made it
///     "schema_version"       2 bytes: how many layouts the definition had when that was written
///     "sequence/" + model    8 bytes: the next automatic primary key

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "netabase/bytes.hpp"
#include "netabase/engine/engine.hpp"

namespace netabase::detail {

inline constexpr std::uint32_t format_version = 1;
inline constexpr std::string_view meta_table = "netabase";

/// The entries above, copied out of a file; absent ones empty.
struct StoredIdentity {
  std::optional<std::string> format;
  std::optional<std::string> definition;
  std::optional<std::string> schema;
  std::optional<std::string> schema_version;
};

/// What the program was compiled with.
struct CompiledIdentity {
  std::string_view definition;
  std::string_view schema;
  std::uint16_t schema_version = 0;
};

/// Returns when the file's schema is the program's. Throws FormatMismatch, SchemaMismatch or SchemaNewer.
void check_identity(const std::string& path, const StoredIdentity& stored, const CompiledIdentity& compiled);

template <class Transaction>
StoredIdentity read_identity(const Transaction& transaction, engine::Table meta) {
  const auto read = [&](std::string_view name) -> std::optional<std::string> {
    Bytes value;
    if (!transaction.get(meta, as_bytes(name), value)) return std::nullopt;
    return std::string(as_text(value));
  };
  return {read("format"), read("definition"), read("schema"), read("schema_version")};
}

template <class WriteTransaction>
void write_identity(WriteTransaction& transaction, engine::Table meta, const CompiledIdentity& compiled) {
  const auto write = [&](std::string_view name, std::string_view value) {
    engine::put(transaction, meta, as_bytes(name), value.size(), engine::PutMode::upsert,
                [&](std::byte* space) { std::memcpy(space, value.data(), value.size()); });
  };
  const auto number = [](const auto& value) {
    return std::string_view(reinterpret_cast<const char*>(&value), sizeof(value));
  };
  write("format", number(format_version));
  write("definition", compiled.definition);
  write("schema", compiled.schema);
  write("schema_version", number(compiled.schema_version));
}

}  // namespace netabase::detail
