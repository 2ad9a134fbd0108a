#include "netabase/detail/schema_check.hpp"

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

void check_identity(const std::string& path, const StoredIdentity& stored, const CompiledIdentity& compiled) {
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
  if (*stored.schema == compiled.schema) return;
  const std::uint16_t version = *to_number<std::uint16_t>(stored.schema_version);
  if (version > compiled.schema_version) {
    throw SchemaNewer(path + " was written with version " + std::to_string(version) + " of the schema of " +
                      *stored.definition + ", and the program was compiled with version " +
                      std::to_string(compiled.schema_version) + ": use the newer program");
  }
  throw SchemaMismatch(
      path + " was written with version " + std::to_string(version) + " of the schema of " + *stored.definition +
          ", and the program was compiled with another one, version " + std::to_string(compiled.schema_version) +
          ". This version of netabase does not convert stores: read the records with the program that wrote them and "
          "put them into a new store. The file was not changed",
      "schema version: " + std::to_string(version) + " in the file, " + std::to_string(compiled.schema_version) +
          " in the program\n");
}

}  // namespace netabase::detail
