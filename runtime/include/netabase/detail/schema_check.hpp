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
///     "schema_version"       2 bytes: how many layouts the definition had when that was written; 2 more while an
///                            upgrade in batches is under way: the version that it leads to
///     "sequence/" + model    8 bytes: the next automatic primary key
///     "removed/" + model     the schema that the records of a removed model are left in
///     "upgrade"              how far an upgrade in batches is; see UpgradeState
///     "upgrade/plan"         what it does: the line "versions 1 2", a line for each step ("records User", "index
///                            User.email", "link Post.author"), then for each table that was made for it ("made
///                            User.email"), an empty line, and the schema that it leads to, as in "schema"
///
/// What the steps make lies in tables of its own, "upgrade/" + the table's name, until the last commit exchanges them.

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
  std::optional<std::string> upgrade;
};

/// What the program was compiled with.
struct CompiledIdentity {
  std::string_view definition;
  std::string_view schema;
  std::uint16_t schema_version = 0;
};

template <class Definition>
constexpr CompiledIdentity compiled_identity() {
  return {Definition::name, Definition::schema(), Definition::schema_version};
}

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

/// The entry "upgrade": 32 bytes, then the key of the record that the step came to; numbers little-endian.
///
///     0   8  the number of the commit that wrote the entry. When the next one has not the next number, somebody who
///            knows nothing of this wrote to the file meanwhile, and what was made of the records is void.
///     8   8  records done, over all steps
///     16  8  records of all steps together
///     24  4  the step, from 0; as many as there are: all are done
///     28  4  1 when the tables are exchanged, and what lies in "upgrade/..." is to be removed; otherwise 0
struct UpgradeState {
  std::uint64_t commit = 0;
  std::uint64_t done = 0;
  std::uint64_t total = 0;
  std::uint32_t step = 0;
  bool exchanged = false;
  std::vector<std::byte> last;  ///< empty: the step begins

  std::vector<std::byte> bytes() const;
  /// Throws Corrupt.
  static UpgradeState parse(Bytes entry);
};

inline constexpr std::string_view upgrade_key = "upgrade";
inline constexpr std::string_view upgrade_plan_key = "upgrade/plan";
/// The table in which what is to become `table` is made.
inline std::string table_beside(std::string_view table) { return "upgrade/" + std::string(table); }

/// The entry with the next number of a model with an automatic primary key.
inline std::string sequence_key(std::string_view model) { return "sequence/" + std::string(model); }

/// Throws UpgradeUnderWay when the identity says so.
void check_no_upgrade(const std::string& path, const StoredIdentity& stored);

/// The file's schema, taken apart. Throws Corrupt and FormatMismatch, naming the file.
evolution::Schema parse_stored(const std::string& path, const StoredIdentity& stored);

/// Throws SchemaMismatch: `missing` are the models that need a migration.
[[noreturn]] void throw_needs_migration(const std::string& path, const CompiledIdentity& compiled,
                                        const evolution::Schema& stored, const evolution::Comparison& comparison,
                                        const std::string& missing, bool read_only);
/// Throws SchemaNewer.
[[noreturn]] void throw_newer(const std::string& path, const CompiledIdentity& compiled,
                              const evolution::Schema& stored, const evolution::Comparison& comparison, bool writing);

/// When another process gave the open file a newer schema. Throws SchemaNewer unless the program may go on.
void follow_newer(const std::string& path, const CompiledIdentity& compiled, const evolution::Schema& schema,
                  const StoredIdentity& stored, bool writing);

/// Removes what an upgrade in batches made and left, and its entries; the old store is as it was. Nothing when there is
/// none. When the tables were exchanged already, this is the end of that upgrade.
template <class WriteTransaction>
void remove_upgrade(WriteTransaction& transaction, engine::Table meta) {
  const auto read = [&](std::string_view key) {
    Bytes value;
    return transaction.get(meta, as_bytes(key), value) ? std::string(as_text(value)) : std::string();
  };
  const std::string state = read(upgrade_key);
  if (state.empty()) return;
  const std::string plan = read(upgrade_plan_key);
  const bool exchanged = UpgradeState::parse(as_bytes(state)).exchanged;
  const auto drop = [&](const std::string& name) {
    if (const std::optional<engine::Table> table = transaction.find_table(name)) transaction.drop_table(*table);
  };
  for (std::size_t start = 0, end = 0; start < plan.size() && plan[start] != '\n'; start = end + 1) {
    end = plan.find('\n', start);
    if (end == std::string::npos) break;
    const std::string line = plan.substr(start, end - start);
    const std::string name = line.substr(line.find(' ') + 1);
    if (line.starts_with("made ")) {
      if (!exchanged) drop(name);
    } else if (line.starts_with("records ") || line.starts_with("index ")) {
      drop(table_beside(name));
    }
  }
  transaction.erase(meta, as_bytes(upgrade_key));
  transaction.erase(meta, as_bytes(upgrade_plan_key));
  const std::string version = read("schema_version").substr(0, sizeof(std::uint16_t));
  engine::put(transaction, meta, as_bytes("schema_version"), version.size(), engine::PutMode::upsert,
              [&](std::byte* space) { std::memcpy(space, version.data(), version.size()); });
}

template <class Transaction>
StoredIdentity read_identity(const Transaction& transaction, engine::Table meta) {
  const auto read = [&](std::string_view name) -> std::optional<std::string> {
    Bytes value;
    if (!transaction.get(meta, as_bytes(name), value)) return std::nullopt;
    return std::string(as_text(value));
  };
  return {read("format"), read("definition"), read("schema"), read("schema_version"), read(upgrade_key)};
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
