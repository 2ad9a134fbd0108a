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
///     "removed/" + model     the schema that the records of a removed model are left in

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "netabase/bytes.hpp"
#include "netabase/engine/engine.hpp"
#include "netabase/evolution/compare.hpp"

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

/// How the file's schema relates to the program's.
enum class SchemaAge : std::uint8_t {
  same,   ///< byte for byte
  older,  ///< or another one with the same number
  newer,
};

/// Looks at the file's entries without taking the schema apart. Throws FormatMismatch for a file that is no netabase
/// store or of a later format, and SchemaMismatch for one of another definition.
SchemaAge check_identity(const std::string& path, const StoredIdentity& stored, const CompiledIdentity& compiled);

/// The number in the entry "schema_version", or nothing when there is none.
std::optional<std::uint16_t> to_version(Bytes entry) noexcept;

/// The file's schema, taken apart. Throws Corrupt and FormatMismatch, naming the file.
evolution::Schema parse_stored(const std::string& path, const StoredIdentity& stored);

/// Throws SchemaMismatch: `missing` are the models that need a migration.
[[noreturn]] void throw_needs_migration(const std::string& path, const CompiledIdentity& compiled,
                                        const evolution::Schema& stored, const evolution::Comparison& comparison,
                                        const std::string& missing, bool read_only);
/// Throws SchemaNewer.
[[noreturn]] void throw_newer(const std::string& path, const CompiledIdentity& compiled,
                              const evolution::Schema& stored, const evolution::Comparison& comparison, bool writing);

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
