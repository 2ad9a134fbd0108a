#pragma once

/// \file
/// A thin cover for SQLite's C API: a connection in WAL mode, and statements that are prepared once.

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace suite {

class SqliteStatement {
 public:
  SqliteStatement() = default;
  SqliteStatement(sqlite3* database, const std::string& sql);
  ~SqliteStatement() { sqlite3_finalize(statement_); }
  SqliteStatement(SqliteStatement&& other) noexcept : statement_(other.statement_) { other.statement_ = nullptr; }
  SqliteStatement& operator=(SqliteStatement&& other) noexcept {
    std::swap(statement_, other.statement_);
    return *this;
  }

  /// Parameters count from 1. Texts must stay until the statement was reset.
  void bind(int parameter, std::uint64_t number) {
    sqlite3_bind_int64(statement_, parameter, static_cast<sqlite3_int64>(number));
  }
  void bind(int parameter, std::string_view text) {
    sqlite3_bind_text(statement_, parameter, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
  }
  void bind_blob(int parameter, std::string_view bytes) {
    sqlite3_bind_blob(statement_, parameter, bytes.data() == nullptr ? "" : bytes.data(),
                      static_cast<int>(bytes.size()), SQLITE_STATIC);
  }
  void bind_null(int parameter) { sqlite3_bind_null(statement_, parameter); }

  /// Whether there is a row. Ends the program when SQLite reports a failure.
  bool step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) failed();
    return false;
  }
  void reset() { sqlite3_reset(statement_); }
  /// For statements without rows.
  void run() {
    step();
    reset();
  }

  /// Columns count from 0. Texts are valid until the next step or reset.
  std::uint64_t number(int column) const {
    return static_cast<std::uint64_t>(sqlite3_column_int64(statement_, column));
  }
  std::string_view text(int column) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  std::string_view blob(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

 private:
  [[noreturn]] void failed() const;

  sqlite3_stmt* statement_ = nullptr;
};

class SqliteStore {
 public:
  /// A new database. full_durability: each commit waits for the medium (synchronous=FULL), else none does (OFF).
  SqliteStore(std::string path, bool full_durability);
  ~SqliteStore();
  SqliteStore(const SqliteStore&) = delete;
  SqliteStore& operator=(const SqliteStore&) = delete;

  /// Another connection to the same file.
  sqlite3* connect() const;
  void execute(const std::string& sql) const;
  /// The write-ahead log goes into the database, and is emptied.
  void settle() const;
  void close();
  void open();
  /// The database and its write-ahead log.
  std::vector<std::string> files() const;
  void remove_files() const;

  sqlite3* database = nullptr;

 private:
  std::string path_;
  bool full_durability_;
};

}  // namespace suite
