#include <exception>
#include <span>
#include <vector>

#include "netabase/detail/record_migration.hpp"

namespace netabase::detail {

ConvertedRecord RecordConversion::convert(Bytes old_key, Bytes old_value, std::uint64_t number) const {
  try {
    ConvertedRecord out{path_.convert(old_value), {old_key.begin(), old_key.end()}, number};
    return out;
  } catch (const std::exception& error) {
    std::throw_with_nested(MigrationFailed(std::string(model_.name), describe(old_value), number, error.what()));
  } catch (...) {
    std::throw_with_nested(MigrationFailed(std::string(model_.name), describe(old_value), number,
                                           "it threw something that is no std::exception"));
  }
}

void RecordConversion::throw_same_key(const ConvertedRecord& converted) const {
  // Aligned for the view, as the engine gives values.
  std::vector<std::uint64_t> words(converted.value.size() / sizeof(std::uint64_t));
  std::memcpy(words.data(), converted.value.data(), converted.value.size());
  throw MigrationFailed(std::string(model_.name), stored_key_text(model_, std::as_bytes(std::span(words))),
                        converted.number, "another record has the same primary key after the migration");
}

std::string RecordConversion::describe(Bytes old_value) const {
  return describe_primary_key(stored_, *stored_.find_model(model_.name), old_value);
}

}  // namespace netabase::detail
