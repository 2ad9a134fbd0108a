#pragma once

/// \file
/// The entries of one index, made from the records alone.

#include <cstddef>
#include <optional>
#include <string>

#include "netabase/detail/key_list.hpp"
#include "netabase/detail/upkeep.hpp"
#include "tools/output/progress.hpp"
#include "tools/store/store_file.hpp"

namespace netabase::tools {

/// Borrows the transaction, the file, the model and the index, which need not be of the file's own schema: of any that
/// can read its records. 32 bytes and the keys of each entry stay in memory.
class IndexBuild {
 public:
  IndexBuild(const Lmdb::Transaction& transaction, const StoreFile& file, const Model& model, const Key& index)
      : transaction_(transaction), file_(file), model_(model), index_(index) {}

  /// Gathers the entries. Throws KeyTooLong and Corrupt, which name the record.
  void collect(Progress& progress);

  /// Of a unique index: "the records 5 and 7 of User have the same key of the unique index email", when there are such.
  std::optional<std::string> twins() const;

  /// Puts what was collected in place of what the index holds. Returns how many entries there are.
  std::size_t write(Lmdb::WriteTransaction& transaction) const;

 private:
  const Lmdb::Transaction& transaction_;
  const StoreFile& file_;
  const Model& model_;
  const Key& index_;
  detail::KeyList entries_;
  detail::ByteStrings record_keys_;
};

}  // namespace netabase::tools
