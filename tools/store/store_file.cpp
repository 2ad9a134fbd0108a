#include "tools/store/store_file.hpp"

#include <algorithm>
#include <cstring>

#include "netabase/detail/schema_check.hpp"
#include "netabase/error.hpp"

namespace netabase::tools {

namespace {

/// Most definitions have fewer; for the others the file is opened a second time.
constexpr std::uint32_t usual_tables = 16;

template <class Number>
std::optional<Number> number_of(const std::optional<std::string>& bytes) {
  if (!bytes || bytes->size() != sizeof(Number)) return std::nullopt;
  Number number{};
  std::memcpy(&number, bytes->data(), sizeof(number));
  return number;
}

/// Runs `work`; the engine's errors get words for people who have no Config to change.
template <class Work>
auto with_own_words(const std::string& path, Work&& work) {
  try {
    return work();
  } catch (const ReadOnly&) {
    throw ReadOnly("'" + path + "' or its folder may not be written to: get the right to");
  } catch (const FormatMismatch& error) {
    const std::string text = error.what();
    throw FormatMismatch(text.substr(0, text.find(", or open it with Config")));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::not_found) throw;
    throw Error(ErrorCode::not_found, "there is no file '" + path + "'");
  }
}

}  // namespace

std::vector<std::string> check_pages_of(const std::string& path) {
  return with_own_words(path, [&] { return Lmdb::check_file(path); });
}

StoreFile::StoreFile(const std::string& path, Access access, std::uint32_t tables) : path_(path) {
  Config config;
  config.path = path;
  config.create_if_missing = false;
  config.read_only = access == Access::read;
  const std::uint32_t room = std::max(usual_tables, tables);
  open(config, room);
  const auto needed = static_cast<std::uint32_t>(schema_->table_count());
  if (needed <= room) return;
  engine_.reset();
  open(config, needed);
  if (schema_->table_count() > needed) {
    throw Error(ErrorCode::in_use, path + ": another program is changing the schema: wait for it and try again");
  }
}

void StoreFile::open(const Config& config, std::uint32_t tables) {
  engine_ = with_own_words(path_, [&] { return Lmdb::open(config, tables); });
  const auto transaction = engine_->begin_read();
  const std::optional<Table> meta = transaction.find_table(detail::meta_table);
  const detail::StoredIdentity identity = meta ? detail::read_identity(transaction, *meta) : detail::StoredIdentity{};
  const auto format = number_of<std::uint32_t>(identity.format);
  const auto version = identity.schema_version ? detail::to_version(as_bytes(*identity.schema_version)) : std::nullopt;
  if (!format || !identity.definition || !identity.schema || !version) {
    throw FormatMismatch(path_ +
                         " is an LMDB file, but not a netabase store: its table `netabase` lacks the format, the "
                         "definition or the schema; name another file");
  }
  if (*format != detail::format_version) {
    throw FormatMismatch(path_ + " has netabase's file format " + std::to_string(*format) +
                         ", and this program reads " + std::to_string(detail::format_version) +
                         ": use a newer netabase");
  }
  format_ = *format;
  schema_version_ = *version;
  stored_schema_ = *identity.schema;
  schema_ = Schema::decode(as_bytes(*identity.schema), path_);
}

void throw_missing_table(const std::string& name, const StoreFile& file) {
  throw Corrupt("the table " + name + " is missing in " + file.path() +
                ", though its schema names it: netabase check says what else is wrong, netabase repair-indexes makes "
                "indexes anew");
}

std::optional<std::uint64_t> read_sequence(const Lmdb::Transaction& transaction, const StoreFile& file,
                                           const Model& model) {
  const std::string key = sequence_key(model);
  Bytes value;
  if (!transaction.get(table_of(transaction, std::string(detail::meta_table), file), as_bytes(key), value)) {
    return std::nullopt;
  }
  std::uint64_t next = 0;
  if (value.size() != sizeof(next)) {
    throw Corrupt("the sequence of " + model.name + " in " + file.path() + " has " + std::to_string(value.size()) +
                  " bytes instead of 8: the file is damaged; restore a backup");
  }
  std::memcpy(&next, value.data(), sizeof(next));
  return next;
}

}  // namespace netabase::tools
