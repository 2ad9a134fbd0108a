#pragma once

/// \file
/// Puts records through the stored schema, with every index entry, as the generated code does.

#include <cstdint>
#include <map>
#include <vector>

#include "netabase/detail/upkeep.hpp"
#include "tools/record/record.hpp"
#include "tools/store/store_file.hpp"

namespace netabase::tools {

/// Writes into one open transaction; borrows it and the file.
class Writer {
 public:
  Writer(Lmdb::WriteTransaction& transaction, const StoreFile& file) : transaction_(transaction), file_(file) {}

  enum class Outcome : std::uint8_t { inserted, replaced, exists };

  /// Stores a record, which lies 8-aligned. When its key is there already: replaces that record, or does nothing and
  /// returns `exists`.
  ///
  /// Throws UniqueViolation, KeyTooLong, Error(key_collision) and Corrupt with nothing written; Error(invalid_argument)
  /// when a key of the model is computed by the program, which alone can put such records. Whatever else is thrown
  /// leaves the transaction unable to commit.
  Outcome put(const Model& model, Bytes value, bool replace);

  /// The next number of a model whose primary key is automatic, taken. Throws Error(invalid_argument) when none is
  /// left.
  std::uint64_t take_number(const Model& model);
  /// Sees to it that no number below `next` is given any more.
  void move_sequence(const Model& model, std::uint64_t next);
  /// Writes the sequences that moved; before the commit.
  void store_sequences();

 private:
  struct IndexTables {
    Table records;
    std::vector<Table> indexes;
  };
  struct Sequence {
    std::uint64_t next = 1;  // 0: every number was given
    bool changed = false;
  };

  const IndexTables& tables_of(const Model& model);
  Sequence& sequence_of(const Model& model);
  void gather_new(const Model& model, capnp::DynamicStruct::Reader record, key::Buffer& record_key);
  void gather(capnp::DynamicStruct::Reader record, const Key& index, Bytes record_key, detail::ByteStrings& out);
  void check_unique(const Model& model, const Key& index, Table table, capnp::DynamicStruct::Reader record,
                    Bytes record_key, const detail::Scratch::Entries& entries);
  void put_bytes(Table table, Bytes key, Bytes value);

  Lmdb::WriteTransaction& transaction_;
  const StoreFile& file_;
  std::map<const Model*, IndexTables> tables_;
  std::map<const Model*, Sequence> sequences_;
  std::vector<detail::Scratch::Entries> entries_;
};

/// Throws UsageError when this program cannot tell the index entries of the model's records. `refused` ends the
/// message: "its records can be put by the program alone".
void check_writable(const Model& model, const std::string& refused);

}  // namespace netabase::tools
