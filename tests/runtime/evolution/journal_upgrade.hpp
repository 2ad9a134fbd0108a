#pragma once

/// \file
/// The upgrade of a journal from version 1 to 3, with the migrations that it needs, and what comes of it.

#include <map>
#include <string>

#include "netabase/migration.hpp"
#include "runtime/evolution/support.hpp"

namespace evolution_test {

inline journal_v3::Author migrated_author(const netabase::DynamicRecord& old) {
  journal_v3::Author out;
  out.id = old.get<std::uint64_t>("id");
  out.full_name = "migrated";
  out.email = old.get<std::string>("email");
  out.age = std::to_string(old.get<int>("age"));
  return out;
}

inline netabase::Config migrating(const std::string& path, std::uint64_t batch = 0) {
  netabase::Config config = at(path);
  config.upgrade_batch = batch;
  config.migrations = {
      netabase::Migration<netabase::DynamicRecord, journal_v3::Author>(migrated_author),
      netabase::Migration<netabase::DynamicRecord, journal_v3::Entry>([](const netabase::DynamicRecord& old) {
        return journal_v3::Entry{.author = old.get<std::uint64_t>("author"),
                                 .id = old.get<std::uint64_t>("id"),
                                 .text = old.get<std::string>("text")};
      })};
  return config;
}

inline void count_author_migrations(netabase::Config& config, int& calls) {
  config.migrations[0] =
      netabase::Migration<netabase::DynamicRecord, journal_v3::Author>([&calls](const netabase::DynamicRecord& old) {
        ++calls;
        return migrated_author(old);
      });
}

inline void require_migrated(const Journal3& store, std::uint64_t count) {
  require_sound(store);
  auto txn = store.begin_read();
  const auto authors = txn.open_tree<journal_v3::Author>();
  REQUIRE(authors.len() == count);
  REQUIRE(authors.get(count)->full_name == "migrated");
  REQUIRE(authors.by<&journal_v3::Author::email>().count() == count);
  REQUIRE(authors.by<&journal_v3::Author::email>().find("3@example.com")->id() == 3);
  const auto entries = txn.open_tree<journal_v3::Entry>();
  REQUIRE(entries.len() == count);
  REQUIRE(entries.by<&journal_v3::Entry::text>().equal("text 9").first()->author() == 1 + 9 % 3);
}

/// Every table of a file with all its entries.
inline std::map<std::string, std::map<std::string, std::string>> tables_of(const std::string& path) {
  std::map<std::string, std::map<std::string, std::string>> out;
  const auto engine = netabase::Lmdb::open(reading(path), 64);
  const auto txn = engine->begin_read();
  for (const char* model : {"netabase", "Author", "Entry", "Comment", "Draft", "Sketch"}) {
    for (const char* index :
         {"", ".city", ".age", ".email", ".author", ".text", ".entry", ".title", ".label", ".by_city_age"}) {
      for (const char* prefix : {"", "upgrade/"}) {
        const std::string name = std::string(prefix) + model + index;
        const auto table = txn.find_table(name);
        if (!table) continue;
        auto cursor = txn.cursor(*table);
        out[name];
        for (bool found = cursor.first(); found; found = cursor.next()) {
          out[name].emplace(netabase::as_text(cursor.key()), netabase::as_text(cursor.value()));
        }
      }
    }
  }
  return out;
}

}  // namespace evolution_test
