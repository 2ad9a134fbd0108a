#pragma once

/// \file
/// Walks over records and index entries, in the order of their tables. Exact for keys of any length: where a table
/// holds a hash, the whole key is taken from the record (netabase/detail/interval.hpp).

#include "netabase/detail/interval.hpp"
#include "tools/record/record.hpp"
#include "tools/store/store_file.hpp"

namespace netabase::tools {

using detail::Interval;

/// Everything whose encoded key begins with the bytes that `append` adds to a key::Buffer.
template <class Append>
Interval interval_with_prefix(Append&& append) {
  return Interval::with_prefix(std::forward<Append>(append));
}

/// The records of a model. Borrows the transaction, the file and the model.
class RecordWalk {
 public:
  RecordWalk(const Lmdb::Transaction& transaction, const StoreFile& file, const Model& model, Interval interval = {});

  bool start(bool backward = false);
  bool advance();
  Bytes key() const { return walk_.key(); }
  Bytes value() const { return walk_.value(); }

 private:
  void whole_key(key::Buffer& out) const;

  const Model& model_;
  detail::Walk<Lmdb::Cursor> walk_;
};

/// The entries of an index.
class IndexWalk {
 public:
  IndexWalk(const Lmdb::Transaction& transaction, const StoreFile& file, const Model& model, const Key& index,
            Interval interval = {});

  bool start(bool backward = false);
  bool advance();
  Bytes entry_key() const { return walk_.key(); }
  Bytes entry_value() const { return walk_.value(); }
  /// The stored primary key that the entry names. Throws Corrupt for an entry that is none.
  Bytes record_key() const;
  /// The record; false when it is not there.
  bool record(Bytes& value) const;

 private:
  void whole_key(key::Buffer& out) const;

  const Lmdb::Transaction& transaction_;
  const Model& model_;
  const Key& index_;
  Table records_;
  detail::Walk<Lmdb::Cursor> walk_;
};

/// The record with the encoded, unsealed primary key; false when there is none. `key` is sealed here.
bool find_record(const Lmdb::Transaction& transaction, Table records, const Model& model, key::Buffer& key,
                 Bytes& value);

}  // namespace netabase::tools
