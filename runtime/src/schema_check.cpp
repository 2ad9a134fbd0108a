#include "netabase/detail/schema_check.hpp"

#include "netabase/detail/access.hpp"
#include "netabase/error.hpp"

namespace netabase::detail {

namespace {

template <class Number>
std::optional<Number> to_number(const std::optional<std::string>& bytes) {
  if (!bytes || bytes->size() != sizeof(Number)) return std::nullopt;
  Number number{};
  std::memcpy(&number, bytes->data(), sizeof(number));
  return number;
}

}  // namespace

SchemaAge check_identity(const std::string& path, const StoredIdentity& stored, const CompiledIdentity& compiled) {
  const auto format = to_number<std::uint32_t>(stored.format);
  if (!format || !stored.definition || !stored.schema || !to_number<std::uint16_t>(stored.schema_version)) {
    throw FormatMismatch(path +
                         " is an LMDB file, but not a netabase store: its table `netabase` lacks the format, the "
                         "definition or the schema; open another file");
  }
  if (*format != format_version) {
    throw FormatMismatch(path + " has netabase's file format " + std::to_string(*format) + ", and this program reads " +
                         std::to_string(format_version) + ": use a program built with a newer netabase");
  }
  if (*stored.definition != compiled.definition) {
    throw SchemaMismatch(path + " holds the definition " + *stored.definition + ", and the program opens it as " +
                             std::string(compiled.definition) + ": open another file, or use the other definition",
                         "definition: " + *stored.definition + " in the file, " + std::string(compiled.definition) +
                             " in the program\n");
  }
  if (*stored.schema == compiled.schema) return SchemaAge::same;
  return *to_number<std::uint16_t>(stored.schema_version) > compiled.schema_version ? SchemaAge::newer
                                                                                    : SchemaAge::older;
}

std::optional<std::uint16_t> to_version(Bytes entry) noexcept {
  std::uint16_t version = 0;
  if (entry.size() != sizeof(version)) return std::nullopt;
  std::memcpy(&version, entry.data(), sizeof(version));
  return version;
}

evolution::Schema parse_stored(const std::string& path, const StoredIdentity& stored) {
  try {
    return evolution::parse(as_bytes(*stored.schema));
  } catch (const Corrupt& error) {
    throw Corrupt("the schema that is stored in " + path + " is damaged: " + error.what() + "; restore a backup");
  } catch (const FormatMismatch& error) {
    throw FormatMismatch(path + ": " + error.what());
  }
}

void throw_needs_migration(const std::string& path, const CompiledIdentity& compiled, const evolution::Schema& stored,
                           const evolution::Comparison& comparison, const std::string& missing, bool read_only) {
  throw SchemaMismatch(path + " was written with version " + std::to_string(stored.version) + " of the schema of " +
                           stored.definition + ", and the records of " + missing + " do not follow to version " +
                           std::to_string(compiled.schema_version) + " by themselves:\n" + comparison.text() +
                           (read_only ? "Open it once for writing with a netabase::Migration for each of them in "
                                        "Config::migrations"
                                      : "Register a netabase::Migration for each of them in Config::migrations, or "
                                        "use the program that wrote the file") +
                           ". The file was not changed",
                       comparison.text());
}

void throw_absent(std::string_view table) {
  const bool index = table.find('.') != std::string_view::npos;
  throw SchemaMismatch("the store was opened read-only and its file, of another version of the schema, has no " +
                           std::string(index ? "index " : "table ") + std::string(table) +
                           " that this program can use: open it once for writing, which makes what is missing, or ask "
                           "without it",
                       std::string(table) + " is missing\n");
}

void throw_newer(const std::string& path, const CompiledIdentity& compiled, const evolution::Schema& stored,
                 const evolution::Comparison& comparison, bool writing) {
  throw SchemaNewer(
      path + " has version " + std::to_string(stored.version) + " of the schema of " + stored.definition +
      ", and the program was compiled with version " + std::to_string(compiled.schema_version) + ", which cannot " +
      (writing ? "keep right what is new:\n" : "read it:\n") + comparison.text() +
      (writing ? "Use the newer program, or open the file with Config::read_only" : "Use the newer program"));
}

}  // namespace netabase::detail
