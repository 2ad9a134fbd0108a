#pragma once

/// \file
/// SQLite: one table, an index for each key, prepared statements, write-ahead log.

#include "hand.hpp"
#include "side.hpp"
#include "sqlite_store.hpp"

namespace suite {

template <class Record>
class SqliteSide : public Side<Record> {
  using AnyRow = Row<Record>;
  using View = typename AnyRow::View;
  using Ids = std::span<const std::uint64_t>;
  using Probes = std::span<const Probe>;

 public:
  SqliteSide(const Place& place, const std::string& name)
      : store_(place.folder + "/" + name + "_sqlite.db", place.full_durability) {
    std::string create = "CREATE TABLE rows(";
    for (const Column& column : AnyRow::columns) {
      create += (&column == AnyRow::columns.begin() ? "" : ", ") + std::string(column.name) + " " + column.type;
    }
    store_.execute(create + ")");
    for (const Index& index : AnyRow::indexes) {
      store_.execute((index.kind == Kind::unique_text ? "CREATE UNIQUE INDEX by_" : "CREATE INDEX by_") +
                     std::string(index.column) + " ON rows(" + index.column + ")");
    }
    prepare();
  }
  ~SqliteSide() override { statements_ = {}; }
  SqliteSide(const SqliteSide&) = delete;
  SqliteSide& operator=(const SqliteSide&) = delete;

  void clear() override {
    store_.execute("DELETE FROM rows");
    store_.settle();
  }
  void settle() override { store_.settle(); }
  void reopen(const std::function<void()>& while_closed) override {
    statements_ = {};
    store_.close();
    if (while_closed) while_closed();
    store_.open();
    prepare();
  }
  std::vector<std::string> files() override { return store_.files(); }

  std::uint64_t put_loop(std::span<const Record> records) override {
    statements_.begin.run();
    std::uint64_t stored = 0;
    for (const Record& record : records) stored += put(AnyRow::view(record));
    statements_.commit.run();
    return stored;
  }
  /// SQLite has no other way than the loop; its records are put in the order of their keys first.
  std::uint64_t put_bulk(std::span<const Record> records) override {
    std::vector<const Record*> sorted;
    sorted.reserve(records.size());
    for (const Record& record : records) sorted.push_back(&record);
    const auto by_id = [](const Record* a, const Record* b) { return a->id < b->id; };
    if (!std::is_sorted(sorted.begin(), sorted.end(), by_id)) std::sort(sorted.begin(), sorted.end(), by_id);
    statements_.begin.run();
    std::uint64_t stored = 0;
    for (const Record* record : sorted) stored += put(AnyRow::view(*record));
    statements_.commit.run();
    return stored;
  }
  std::uint64_t put_each(std::span<const Record> records) override {
    std::uint64_t stored = 0;
    for (const Record& record : records) stored += put(AnyRow::view(record));  // a statement is a transaction
    return stored;
  }

  Outcome get_owned(Ids ids) override {
    return get(ids, [](Outcome& outcome, const View& view) { own(outcome, view); });
  }
  Outcome get_borrowed(Ids ids) override { return get(ids, borrow); }
  Outcome contains(Ids ids) override {
    return read([&](Outcome& outcome) {
      for (const std::uint64_t id : ids) {
        statements_.contains.bind(1, id);
        if (statements_.contains.step()) outcome.add(0);
        statements_.contains.reset();
      }
    });
  }
  Outcome get_many(Ids ids) override {
    return read([&](Outcome& outcome) {
      std::vector<std::pair<std::uint64_t, std::size_t>> wanted;
      wanted.reserve(ids.size());
      for (const std::uint64_t id : ids) wanted.emplace_back(id, wanted.size());
      if (!std::is_sorted(wanted.begin(), wanted.end())) std::sort(wanted.begin(), wanted.end());
      std::vector<std::optional<Record>> records(ids.size());
      for (const auto& [id, at] : wanted) {
        statements_.get.bind(1, id);
        if (statements_.get.step()) records[at].emplace(AnyRow::own(row(statements_.get)));
        statements_.get.reset();
      }
      for (const std::optional<Record>& record : records) {
        if (!record) continue;
        keep(*record);
        outcome.add(AnyRow::digest(AnyRow::view(*record)));
      }
    });
  }

  Outcome scan() override {
    return read([&](Outcome& outcome) { each_row(statements_.scan, outcome, borrow); });
  }
  Outcome range(std::span<const std::pair<std::uint64_t, std::uint64_t>> ranges) override {
    return read([&](Outcome& outcome) {
      for (const auto& [from, to] : ranges) {
        statements_.range.bind(1, from);
        statements_.range.bind(2, to);
        each_row(statements_.range, outcome, borrow);
      }
    });
  }

  Outcome equal_owned(std::size_t index, Probes probes) override {
    return ask(statements_.equal, index, probes, [](Outcome& outcome, SqliteStatement& at) { own(outcome, row(at)); });
  }
  Outcome equal_borrowed(std::size_t index, Probes probes) override {
    return ask(statements_.equal, index, probes,
               [](Outcome& outcome, SqliteStatement& at) { borrow(outcome, row(at)); });
  }
  Outcome equal_keys(std::size_t index, Probes probes) override {
    return ask(statements_.keys, index, probes,
               [](Outcome& outcome, SqliteStatement& at) { outcome.add(at.number(0)); });
  }
  Outcome count(std::size_t index, Probes probes) override {
    return ask(statements_.count, index, probes,
               [](Outcome& outcome, SqliteStatement& at) { outcome.count += at.number(0); });
  }
  /// From the text up to the text with its last byte raised.
  Outcome prefix(std::size_t index, Probes probes) override {
    return read([&](Outcome& outcome) {
      SqliteStatement& statement = statements_.prefix[index];
      for (const Probe& probe : probes) {
        std::string end = probe.text;
        ++end.back();
        statement.bind(1, std::string_view(probe.text));
        statement.bind(2, std::string_view(end));
        each_row(statement, outcome, borrow);
      }
    });
  }

  std::uint64_t update_plain(Ids ids) override { return change(statements_.update_plain, ids); }
  std::uint64_t update_indexed(Ids ids) override { return change(statements_.update_indexed, ids); }
  std::uint64_t remove(Ids ids) override { return change(statements_.remove, ids); }

  Outcome snapshot_across_removal(Ids ids) override {
    Outcome outcome;
    sqlite3* reader = store_.connect();
    {
      SqliteStatement begin(reader, "BEGIN");
      SqliteStatement first(reader, "SELECT 1 FROM rows LIMIT 1");  // a snapshot is taken by the first read
      SqliteStatement all(reader, "SELECT * FROM rows ORDER BY id");
      SqliteStatement commit(reader, "COMMIT");
      begin.run();
      first.run();
      remove(ids);
      Outcome seen;
      each_row(all, seen, borrow);
      commit.run();
      outcome.count = seen.count;
    }
    sqlite3_close(reader);
    SqliteStatement count(store_.database, "SELECT count(*) FROM rows");
    count.step();
    outcome.sum = count.number(0);
    return outcome;
  }

  /// A transaction of SQLite's begins with its first read.
  std::uint64_t begin_read(std::uint64_t times) override {
    std::uint64_t begun = 0;
    for (; begun < times; ++begun) {
      statements_.begin_read.run();
      statements_.contains.bind(1, 0);
      statements_.contains.run();
      statements_.commit.run();
    }
    return begun;
  }
  std::function<Outcome(Ids)> reader() override {
    struct Connection {
      explicit Connection(const SqliteStore& store) : database(store.connect()) {}
      ~Connection() { sqlite3_close_v2(database); }  // lives on until its statements are gone
      Connection(const Connection&) = delete;
      Connection& operator=(const Connection&) = delete;
      sqlite3* database;
      SqliteStatement begin{database, "BEGIN"};
      SqliteStatement commit{database, "COMMIT"};
      SqliteStatement get;
    };
    const auto connection = std::make_shared<Connection>(store_);
    connection->get = SqliteStatement(connection->database, "SELECT * FROM rows WHERE id = ?1");
    return [connection](Ids ids) {
      Outcome outcome;
      connection->begin.run();
      for (const std::uint64_t id : ids) {
        connection->get.bind(1, id);
        if (connection->get.step()) borrow(outcome, row(connection->get));
        connection->get.reset();
      }
      connection->commit.run();
      return outcome;
    };
  }

 private:
  struct Statements {
    SqliteStatement begin, begin_read, commit, put, get, contains, scan, range, update_plain, update_indexed, remove;
    std::vector<SqliteStatement> equal, keys, count, prefix;
  };

  void prepare() {
    const auto prepared = [&](const std::string& sql) { return SqliteStatement(store_.database, sql); };
    std::string names;
    std::string values;
    std::string changes;
    int parameter = 0;
    for (const Column& column : AnyRow::columns) {
      ++parameter;
      names += (parameter == 1 ? "" : ", ") + std::string(column.name);
      values += (parameter == 1 ? "?" : ", ?") + std::to_string(parameter);
      if (parameter > 1) {
        changes += (parameter == 2 ? "" : ", ") + std::string(column.name) + " = excluded." + column.name;
      }
    }
    statements_.begin = prepared("BEGIN IMMEDIATE");
    statements_.begin_read = prepared("BEGIN");
    statements_.commit = prepared("COMMIT");
    statements_.put =
        prepared("INSERT INTO rows(" + names + ") VALUES(" + values + ") ON CONFLICT(id) DO UPDATE SET " + changes);
    statements_.get = prepared("SELECT " + names + " FROM rows WHERE id = ?1");
    statements_.contains = prepared("SELECT 1 FROM rows WHERE id = ?1");
    statements_.scan = prepared("SELECT " + names + " FROM rows ORDER BY id");
    statements_.range = prepared("SELECT " + names + " FROM rows WHERE id >= ?1 AND id < ?2 ORDER BY id");
    if constexpr (AnyRow::indexes.size() != 0) {
      statements_.update_indexed = prepared("UPDATE rows SET " + std::string(AnyRow::sql_indexed) + " WHERE id = ?1");
    }
    statements_.update_plain = prepared("UPDATE rows SET " + std::string(AnyRow::sql_plain) + " WHERE id = ?1");
    statements_.remove = prepared("DELETE FROM rows WHERE id = ?1");
    for (const Index& index : AnyRow::indexes) {
      const std::string column = index.column;
      statements_.equal.push_back(prepared("SELECT " + names + " FROM rows WHERE " + column + " = ?1"));
      statements_.keys.push_back(prepared("SELECT id FROM rows WHERE " + column + " = ?1"));
      statements_.count.push_back(prepared("SELECT count(*) FROM rows WHERE " + column + " = ?1"));
      statements_.prefix.push_back(
          prepared("SELECT " + names + " FROM rows WHERE " + column + " >= ?1 AND " + column + " < ?2"));
    }
  }

  static void borrow(Outcome& outcome, const View& view) { outcome.add(AnyRow::digest(view)); }
  static void own(Outcome& outcome, const View& view) {
    const Record record = AnyRow::own(view);
    keep(record);
    outcome.add(AnyRow::digest(AnyRow::view(record)));
  }

  static View row(const SqliteStatement& statement) {
    View view;
    int column = 0;
    AnyRow::each_field(view, [&](auto& field) {
      using Field = std::remove_cvref_t<decltype(field)>;
      if constexpr (std::is_integral_v<Field>) {
        field = static_cast<Field>(statement.number(column));
      } else if constexpr (std::is_same_v<Field, std::string_view>) {
        field = statement.text(column);
      } else if (!statement.is_null(column)) {
        field = statement.text(column);
      }
      ++column;
    });
    return view;
  }

  /// How many rows were stored.
  std::uint64_t put(View view) {
    int parameter = 0;
    AnyRow::each_field(view, [&](auto& field) {
      using Field = std::remove_cvref_t<decltype(field)>;
      ++parameter;
      if constexpr (std::is_integral_v<Field>) {
        statements_.put.bind(parameter, std::uint64_t{field});
      } else if constexpr (std::is_same_v<Field, std::string_view>) {
        statements_.put.bind(parameter, field);
      } else if (field) {
        statements_.put.bind(parameter, *field);
      } else {
        statements_.put.bind_null(parameter);
      }
    });
    statements_.put.run();
    return static_cast<std::uint64_t>(sqlite3_changes(store_.database));
  }

  template <class Use>
  Outcome read(Use&& use) {
    Outcome outcome;
    statements_.begin_read.run();
    use(outcome);
    statements_.commit.run();
    return outcome;
  }

  template <class Use>
  Outcome get(Ids ids, Use&& use) {
    return read([&](Outcome& outcome) {
      for (const std::uint64_t id : ids) {
        statements_.get.bind(1, id);
        if (statements_.get.step()) use(outcome, row(statements_.get));
        statements_.get.reset();
      }
    });
  }

  template <class Use>
  static void each_row(SqliteStatement& statement, Outcome& outcome, Use&& use) {
    while (statement.step()) use(outcome, row(statement));
    statement.reset();
  }

  template <class Use>
  Outcome ask(std::vector<SqliteStatement>& statements, std::size_t index, Probes probes, Use&& use) {
    return read([&](Outcome& outcome) {
      SqliteStatement& statement = statements[index];
      const Kind kind = AnyRow::asked == 0 ? Kind::text : AnyRow::indexes[index].kind;
      for (const Probe& probe : probes) {
        if (kind == Kind::number32 || kind == Kind::number64) {
          statement.bind(1, probe.number);
        } else {
          statement.bind(1, std::string_view(probe.text));
        }
        while (statement.step()) use(outcome, statement);
        statement.reset();
      }
    });
  }

  std::uint64_t change(SqliteStatement& statement, Ids ids) {
    std::uint64_t changed = 0;
    statements_.begin.run();
    for (const std::uint64_t id : ids) {
      statement.bind(1, id);
      statement.run();
      changed += static_cast<std::uint64_t>(sqlite3_changes(store_.database));
    }
    statements_.commit.run();
    return changed;
  }

  SqliteStore store_;
  Statements statements_;
};

}  // namespace suite
