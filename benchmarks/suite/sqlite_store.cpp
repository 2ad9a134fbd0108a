#include "sqlite_store.hpp"

#include <filesystem>
#include <utility>

#include "harness.hpp"

namespace suite {

SqliteStatement::SqliteStatement(sqlite3* database, const std::string& sql) {
  if (sqlite3_prepare_v3(database, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr) != SQLITE_OK) {
    fail("SQLite: " + std::string(sqlite3_errmsg(database)) + ": " + sql);
  }
}

void SqliteStatement::failed() const { fail("SQLite: " + std::string(sqlite3_errmsg(sqlite3_db_handle(statement_)))); }

SqliteStore::SqliteStore(std::string path, bool full_durability)
    : path_(std::move(path)), full_durability_(full_durability) {
  remove_files();
  open();
}

SqliteStore::~SqliteStore() {
  close();
  remove_files();
}

void SqliteStore::open() { database = connect(); }

void SqliteStore::close() {
  require(sqlite3_close(database) == SQLITE_OK, "SQLite: a statement was left open");
  database = nullptr;
}

sqlite3* SqliteStore::connect() const {
  // Statistics of its allocations, behind a lock, that nobody here asks for.
  static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  require(configured == SQLITE_OK, "SQLite was in use before it was configured");
  sqlite3* connection = nullptr;
  if (sqlite3_open_v2(path_.c_str(), &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                      nullptr) != SQLITE_OK) {
    fail("SQLite: cannot open " + path_);
  }
  // As for a program that lives from its database: read through the memory map, 256 MiB of cache for what is written.
  // Debian's SQLite overwrites with zeros what is deleted, unless told not to; nobody else does.
  std::string setup = "PRAGMA page_size=4096; PRAGMA journal_mode=WAL; PRAGMA synchronous=";
  setup += full_durability_ ? "FULL" : "OFF";
  setup +=
      "; PRAGMA cache_size=-262144; PRAGMA mmap_size=68719476736; PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=60000"
      "; PRAGMA secure_delete=OFF";
  char* message = nullptr;
  if (sqlite3_exec(connection, setup.c_str(), nullptr, nullptr, &message) != SQLITE_OK) {
    fail("SQLite: " + std::string(message));
  }
  return connection;
}

void SqliteStore::execute(const std::string& sql) const {
  char* message = nullptr;
  if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message) != SQLITE_OK) {
    fail("SQLite: " + std::string(message) + ": " + sql);
  }
}

void SqliteStore::settle() const { execute("PRAGMA wal_checkpoint(TRUNCATE)"); }

std::vector<std::string> SqliteStore::files() const {
  std::vector<std::string> all;
  for (const char* suffix : {"", "-wal"}) {
    if (std::filesystem::exists(path_ + suffix)) all.push_back(path_ + suffix);
  }
  return all;
}

void SqliteStore::remove_files() const {
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path_ + suffix);
}

}  // namespace suite
