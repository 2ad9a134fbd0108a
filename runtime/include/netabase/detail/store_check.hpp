#pragma once

/// \file
/// The check of a whole store. The library has it compiled for Lmdb and Memory (src/check.cpp). To check a store with
/// another engine, include this header.

#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "netabase/check.hpp"

namespace netabase::detail {

/// Checks one model after the other.
template <class Engine>
class StoreCheck {
 public:
  using Transaction = typename Engine::ReadTransaction;

  /// Borrows everything.
  StoreCheck(const CheckedDefinition& checked, const Transaction& transaction, const std::vector<engine::Table>& tables,
             CheckReport& report)
      : definition_(checked.definition),
        decoders_(checked.decoders),
        transaction_(transaction),
        tables_(tables),
        report_(report),
        findings_(report) {}

  void run() {
    for (std::size_t place = 0; place < definition_.models.size(); ++place) {
      const ModelDescriptor& model = definition_.models[place];
      if (is_absent(model.table)) continue;
      check_records(model, decoders_[place]);
      for (std::size_t i = 0; i < model.indexes.size(); ++i) {
        if (!is_absent(model.table + 1 + i)) check_entries(model, i);
      }
    }
  }

 private:
  bool is_absent(std::size_t table) const { return tables_[table].id == absent_table.id; }

  /// Records against their checksums and keys, and each of their index entries and links.
  void check_records(const ModelDescriptor& model, void (*decode)(Bytes)) {
    bool calls_functions = false;
    for (const IndexDescriptor& index : model.indexes) calls_functions = calls_functions || index.calls_functions;
    auto cursor = transaction_.cursor(tables_[model.table]);
    for (bool found = cursor.first(); found; found = cursor.next()) {
      ++report_.records;
      const std::string where = "record " + describe_key(cursor.key()) + " of " + std::string(model.name);
      if (!record::checksum_matches(cursor.value())) {
        findings_.add(where + ": its bytes do not match their checksum");
        continue;
      }
      try {
        decode(cursor.value());
        check_record(model, cursor.key(), cursor.value(), where);
      } catch (const Corrupt& error) {
        findings_.add(where + ": " + error.what());
      } catch (const Error&) {
        throw;
      } catch (const std::exception& error) {
        if (!calls_functions) throw;
        findings_.add(where + ": a function that its indexes call throws: " + error.what());
      }
    }
  }

  void check_record(const ModelDescriptor& model, Bytes record_key, Bytes record, const std::string& where) {
    find_keys(model.primary, record);
    buffer_.clear();
    buffer_.append(keys_[0]);
    key::seal_record_key(buffer_);
    if (compare(buffer_.bytes(), record_key) != 0) {
      findings_.add(where + ": holds another primary key than it is stored under");
    }
    for (std::size_t place = 0; place < model.indexes.size(); ++place) {
      const std::size_t table = model.table + 1 + place;
      if (is_absent(table)) continue;
      const IndexDescriptor& index = model.indexes[place];
      find_keys(index, record);
      for (std::size_t i = 0; i < keys_.size(); ++i) {
        const Bytes wanted = make_entry(index, keys_[i], record_key) ? record_key : Bytes{};
        Bytes value;
        if (!transaction_.get(tables_[table], buffer_.bytes(), value)) {
          findings_.add(where + ": index " + std::string(index.table) + " lacks its entry");
        } else if (compare(value, wanted) != 0) {
          findings_.add(where + ": its entry in index " + std::string(index.table) + " names another record");
        }
      }
      if (index.target != IndexDescriptor::no_target) check_targets(index, where);
    }
  }

  /// What the link's keys, in `keys_`, name is there.
  void check_targets(const IndexDescriptor& link, const std::string& where) {
    const ModelDescriptor& target = definition_.models[link.target];
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      if (has_record(transaction_, target, tables_[target.table], keys_[i])) continue;
      findings_.add(where + ": its link " + std::string(link.table) + " names " + std::string(target.name) + ' ' +
                    target.primary.text(keys_[i]) + ", which is not there");
    }
  }

  /// Each entry of an index against its record.
  void check_entries(const ModelDescriptor& model, std::size_t place) {
    const IndexDescriptor& index = model.indexes[place];
    auto cursor = transaction_.cursor(tables_[model.table + 1 + place]);
    for (bool found = cursor.first(); found; found = cursor.next()) {
      ++report_.entries;
      const std::string where = "entry " + describe_key(cursor.key()) + " of index " + std::string(index.table);
      try {
        const Bytes record_key = entry_record_key(model, index, cursor.key(), cursor.value());
        Bytes record;
        bool belongs = false;
        if (transaction_.get(tables_[model.table], record_key, record)) {
          find_keys(index, record);
          for (std::size_t i = 0; i < keys_.size() && !belongs; ++i) {
            make_entry(index, keys_[i], record_key);
            belongs = compare(buffer_.bytes(), cursor.key()) == 0;
          }
        }
        if (!belongs) findings_.add(where + ": no record has this key");
      } catch (const Corrupt& error) {
        findings_.add(where + ": " + error.what());
      } catch (const Error&) {
        throw;
      } catch (const std::exception& error) {
        if (!index.calls_functions) throw;
        findings_.add(where + ": a function that the index calls throws: " + error.what());
      }
    }
  }

  void find_keys(const IndexDescriptor& index, Bytes record) {
    keys_.clear();
    index.add_keys(record, keys_);
  }

  /// Makes the entry of a key in `buffer_`; whether its value is the record's key.
  bool make_entry(const IndexDescriptor& index, Bytes key, Bytes record_key) {
    buffer_.clear();
    buffer_.append(key);
    return seal_entry(index, buffer_, record_key);
  }

  const DefinitionDescriptor& definition_;
  std::span<void (*const)(Bytes)> decoders_;
  const Transaction& transaction_;
  const std::vector<engine::Table>& tables_;
  CheckReport& report_;
  Findings findings_;
  ByteStrings keys_;  ///< of one record in one index
  key::Buffer buffer_;
};

template <class Engine>
CheckReport check_store(const CheckedDefinition& checked, Engine& engine,
                        const typename Engine::ReadTransaction& transaction, const std::vector<engine::Table>& tables) {
  CheckReport report;
  if constexpr (requires { engine.check_pages(); }) {
    Findings findings(report);
    for (std::string& problem : engine.check_pages()) findings.add(std::move(problem));
    // Pages that contradict each other must not be walked.
    if (!report.ok()) return report;
  }
  StoreCheck<Engine>(checked, transaction, tables, report).run();
  return report;
}

}  // namespace netabase::detail
