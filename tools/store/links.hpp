#pragma once

/// \file
/// Links: whether the records that others name are there.

#include <capnp/dynamic.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tools/store/store_file.hpp"

namespace netabase::tools {

/// Calls `use(whole)` with each whole encoded primary key that the record's link names and no record has. Nothing for
/// an index that is no link. Throws Corrupt, kj::Exception.
void each_dangling(const Lmdb::Transaction& transaction, const StoreFile& file, capnp::DynamicStruct::Reader record,
                   const Key& index, const std::function<void(Bytes)>& use);

/// The links of an import. A record may come before the one that it names, so what is missing is remembered, and looked
/// up again at the end. A missing key costs some 100 bytes until then.
class PendingLinks {
 public:
  /// Remembers what the record, which has been put, links to and is not there yet.
  void add(const Lmdb::Transaction& transaction, const StoreFile& file, const Model& model, Bytes value,
           std::uint64_t number);

  struct Dangling {
    std::uint64_t number = 0;  ///< as given to add()
    std::string what;
  };
  /// The first one whose record still links to what is not there.
  std::optional<Dangling> find(const Lmdb::Transaction& transaction, const StoreFile& file) const;

 private:
  struct Pending {
    const Model* model = nullptr;
    const Key* link = nullptr;
    std::uint64_t number = 0;
    std::string record_key;  // whole, encoded
    std::string target;      // the same
  };
  std::vector<Pending> pending_;
};

}  // namespace netabase::tools
