/// \file
/// What errors say.

#include <set>

#include "runtime/engine/support.hpp"

namespace netabase::test {

TEST_CASE("every code has a name of its own") {
  std::set<std::string_view> names;
  for (int code = 0; code <= static_cast<int>(ErrorCode::network_filesystem); ++code) {
    names.insert(to_string(static_cast<ErrorCode>(code)));
  }
  CHECK(names.size() == static_cast<std::size_t>(ErrorCode::network_filesystem) + 1);
  CHECK(names.count("unknown") == 0);
}

TEST_CASE("a unique violation names the index, the key and the record that has it") {
  const UniqueViolation error("User.email", "\"alice@example.com\"", "1");
  CHECK(error.code() == ErrorCode::unique_violation);
  CHECK(error.index() == "User.email");
  CHECK(error.key() == "\"alice@example.com\"");
  CHECK(error.existing() == "1");
  CHECK(std::string(error.what())
            .starts_with("User.email \"alice@example.com\" is already taken by the record with primary key 1: "));
}

TEST_CASE("a unique index that cannot be built names both records") {
  const UniqueViolation error("User.email", "\"alice@example.com\"", "1", "7");
  CHECK(error.existing() == "1");
  CHECK(error.other() == "7");
  CHECK(std::string(error.what()).find("the records with the primary keys 1 and 7 both have \"alice@example.com\"") !=
        std::string::npos);
}

TEST_CASE("a failed migration names the model, the key and the record's place") {
  const MigrationFailed error("User", "17", 3, "no such city");
  CHECK(error.code() == ErrorCode::migration_failed);
  CHECK(error.model() == "User");
  CHECK(error.key() == "17");
  CHECK(error.number() == 3);
  CHECK(std::string(error.what()).starts_with("the migration of User 17 (record 3) failed: no such city."));
}

TEST_CASE("a key that is too long is named with both lengths") {
  const KeyTooLong error("User.city", 300, 64);
  CHECK(error.code() == ErrorCode::key_too_long);
  CHECK(std::string(error.what()).find("User.city has a value of 300 bytes, and its max_length is 64") == 0);
}

TEST_CASE("a schema mismatch keeps its difference") {
  const SchemaMismatch error("message", "a line");
  CHECK(error.code() == ErrorCode::schema_mismatch);
  CHECK(error.difference() == "a line");
}

}  // namespace netabase::test
