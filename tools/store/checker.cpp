#include "tools/store/checker.hpp"

#include <kj/exception.h>

#include "netabase/codec/record.hpp"
#include "netabase/error.hpp"
#include "netabase/key/stored.hpp"
#include "tools/key/record_keys.hpp"
#include "tools/record/write_json.hpp"
#include "tools/store/links.hpp"
#include "tools/store/walk.hpp"

namespace netabase::tools {

namespace {

class Checker {
 public:
  Checker(const Lmdb::Transaction& transaction, const StoreFile& file, const std::function<void()>& step,
          Findings& findings)
      : transaction_(transaction), file_(file), step_(step), findings_(findings), report_(findings.report) {}

  void check(const Model& model) {
    const auto records = transaction_.find_table(model.name);
    if (!records) {
      report_.add("the table " + model.name + " is missing");
      return;
    }
    std::vector<std::optional<Table>> indexes;
    for (const Key& index : model.indexes) {
      indexes.push_back(transaction_.find_table(index.table));
      if (!indexes.back()) report_.add("the table of index " + index.table + " is missing");
      if (!index.readable) {
        findings_.notes.push_back("index " + index.table + " " + index.obstacle + ": it was not checked");
      } else if (index.computed) {
        findings_.notes.push_back("index " + index.table + " " + index.obstacle +
                                  ": that its entries name records was checked, but not that they are all there");
      } else if (!index.obstacle.empty()) {
        findings_.notes.push_back("index " + index.table + " " + index.obstacle +
                                  ": its entries were checked against their records, but not that they are all there");
      }
    }
    greatest_ = 0;
    for (RecordWalk walk(transaction_, file_, model); next_record(walk);) check_record(walk, model, indexes);
    for (std::size_t i = 0; i < indexes.size(); ++i) {
      if (indexes[i] && model.indexes[i].readable) check_entries(model, model.indexes[i]);
    }
    if (model.primary.automatic) check_sequence(model);
  }

 private:
  bool next_record(RecordWalk& walk) {
    const bool more = started_ ? walk.advance() : walk.start();
    started_ = more;
    if (more) step_();
    return more;
  }

  void check_record(const RecordWalk& walk, const Model& model, const std::vector<std::optional<Table>>& indexes) {
    ++findings_.report.records;
    const std::string where = "record " + key_json(walk.key(), model) + " of " + model.name + ": ";
    if (!record::checksum_matches(walk.value())) {
      report_.add(where + "its bytes do not match their checksum");
      return;
    }
    try {
      const Record record(walk.value(), *model.shape);
      guard_capnp([&] {
        text_.clear();
        append_json(text_, record.root(), *model.shape);  // reads everything
        check_primary(where, record, walk.key(), model);
        for (const Key& index : model.indexes) check_link(where, record, index);
        for (std::size_t i = 0; i < indexes.size(); ++i) {
          if (indexes[i] && model.indexes[i].obstacle.empty()) {
            check_record_entries(where, record, walk.key(), model.indexes[i], *indexes[i]);
          }
        }
      });
    } catch (const Error& error) {
      report_.add(where + error.what());
    }
  }

  void check_primary(const std::string& where, const Record& record, Bytes record_key, const Model& model) {
    if (!model.primary.obstacle.empty()) return;
    key::Buffer own;
    append_primary(own, record.root(), model);
    key::seal_record_key(own);
    if (compare(own.bytes(), record_key) != 0) {
      report_.add(where + "holds another primary key than it is stored under");
    }
    if (!model.primary.automatic) return;
    const FieldShape& field = *model.primary.parts[0].path[0];
    const auto number = record.root().get(field.field);
    if (field.shape.kind == Shape::Kind::unsigned_integer) {
      greatest_ = std::max(greatest_, number.as<std::uint64_t>());
    } else {
      greatest_ = std::max(greatest_, static_cast<std::uint64_t>(std::max<std::int64_t>(0, number.as<std::int64_t>())));
    }
  }

  void check_link(const std::string& where, const Record& record, const Key& link) {
    each_dangling(transaction_, file_, record.root(), link, [&](Bytes target) {
      report_.add(where + "its link " + link.table + " names " + link.link + ' ' + whole_key_json(target, link) +
                  ", which is not there");
    });
  }

  void check_record_entries(const std::string& where, const Record& record, Bytes record_key, const Key& index,
                            Table table) {
    each_entry(record.root(), index, record_key, [&](const IndexEntry& entry) {
      Bytes value;
      if (!transaction_.get(table, entry.key, value)) {
        report_.add(where + "index " + index.table + " lacks its entry");
      } else if (compare(value, entry.value) != 0) {
        report_.add(where + "its entry in index " + index.table + " names another record");
      }
    });
  }

  void check_entries(const Model& model, const Key& index) {
    IndexWalk walk(transaction_, file_, model, index);
    for (bool more = walk.start(); more; more = walk.advance()) {
      ++findings_.report.entries;
      step_();
      try {
        if (!belongs(walk, model, index)) report_.add(describe(walk, index) + ": no record has this key");
      } catch (const Error& error) {
        report_.add(describe(walk, index) + ": " + error.what());
      }
    }
  }

  bool belongs(const IndexWalk& walk, const Model& model, const Key& index) const {
    const Bytes record_key = walk.record_key();
    Bytes value;
    if (!walk.record(value)) return false;
    if (index.computed) return true;
    const Record record(value, *model.shape);
    bool found = false;
    guard_capnp([&] {
      each_entry(record.root(), index, record_key, [&](const IndexEntry& entry) {
        found = found || (compare(entry.key, walk.entry_key()) == 0 && compare(entry.value, walk.entry_value()) == 0);
      });
    });
    return found;
  }

  static std::string describe(const IndexWalk& walk, const Key& index) {
    return "entry " + detail::describe_key(walk.entry_key()) + " of index " + index.table;
  }

  void check_sequence(const Model& model) {
    try {
      const std::uint64_t next = read_sequence(transaction_, file_, model).value_or(1);
      if (next == 0 || next > greatest_) return;
      report_.add("the sequence of " + model.name + " stands at " + std::to_string(next) + ", and a record has " +
                  std::to_string(greatest_) + ": a number would be given twice");
    } catch (const Corrupt& error) {
      report_.add(error.what());
    }
  }

  const Lmdb::Transaction& transaction_;
  const StoreFile& file_;
  const std::function<void()>& step_;
  Findings& findings_;
  detail::Findings report_;
  std::string text_;
  std::uint64_t greatest_ = 0;
  bool started_ = false;
};

}  // namespace

Findings check_records(const Lmdb::Transaction& transaction, const StoreFile& file, const std::function<void()>& step) {
  Findings findings;
  Checker checker(transaction, file, step, findings);
  for (const Model& model : file.schema().models()) checker.check(model);
  return findings;
}

}  // namespace netabase::tools
