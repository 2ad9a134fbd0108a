#include "netabase/detail/schema_check.hpp"

#include <algorithm>

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
  const auto version = stored.schema_version ? to_version(as_bytes(*stored.schema_version)) : std::nullopt;
  if (!format || !stored.definition || !stored.schema || !version) {
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
  return *version > compiled.schema_version ? SchemaAge::newer : SchemaAge::older;
}

std::optional<std::uint16_t> to_version(Bytes entry) noexcept {
  std::uint16_t version = 0;
  if (entry.size() != sizeof(version) && entry.size() != 2 * sizeof(version)) return std::nullopt;
  std::memcpy(&version, entry.data(), sizeof(version));
  return version;
}

std::vector<std::byte> UpgradeState::bytes() const {
  std::vector<std::byte> out;
  const auto append = [&](const auto& number) {
    const auto* const from = reinterpret_cast<const std::byte*>(&number);
    out.insert(out.end(), from, from + sizeof(number));
  };
  append(commit);
  append(done);
  append(total);
  append(step);
  append(std::uint32_t{exchanged});
  out.insert(out.end(), last.begin(), last.end());
  return out;
}

UpgradeState UpgradeState::parse(Bytes entry) {
  constexpr std::size_t fixed = 32;
  if (entry.size() < fixed) {
    throw Corrupt("the entry that tells how far an upgrade in batches is has " + std::to_string(entry.size()) +
                  " bytes: the file is damaged; restore a backup");
  }
  UpgradeState out;
  std::uint32_t exchanged = 0;
  std::memcpy(&out.commit, entry.data(), sizeof(out.commit));
  std::memcpy(&out.done, entry.data() + 8, sizeof(out.done));
  std::memcpy(&out.total, entry.data() + 16, sizeof(out.total));
  std::memcpy(&out.step, entry.data() + 24, sizeof(out.step));
  std::memcpy(&exchanged, entry.data() + 28, sizeof(exchanged));
  out.exchanged = exchanged != 0;
  out.last.assign(entry.begin() + fixed, entry.end());
  return out;
}

void check_no_upgrade(const std::string& path, const StoredIdentity& stored) {
  if (!stored.upgrade || !stored.schema_version) return;
  const UpgradeState state = UpgradeState::parse(as_bytes(*stored.upgrade));
  if (state.exchanged) return;
  std::uint16_t versions[2] = {};
  std::memcpy(versions, stored.schema_version->data(), std::min(sizeof(versions), stored.schema_version->size()));
  throw UpgradeUnderWay(path, versions[0], versions[1], state.done, state.total);
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

void follow_newer(const std::string& path, const CompiledIdentity& compiled, const evolution::Schema& schema,
                  const StoredIdentity& stored, bool writing) {
  const evolution::Schema newer = parse_stored(path, stored);
  const evolution::Comparison comparison = evolution::compare(schema, newer);
  if (writing ? evolution::may_go_on_writing(comparison) : evolution::may_go_on_reading(comparison)) return;
  throw_newer(path, compiled, newer, comparison, writing);
}

}  // namespace netabase::detail
