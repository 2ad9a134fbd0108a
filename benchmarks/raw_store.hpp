#pragma once

/// \file
/// The limit: the benchmarks' records in LMDB called by hand, the way a careful engineer writes it. Packed structs,
/// cursors kept, no abstraction, and no checks beyond LMDB's return codes.

#include <lmdb.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "accounts.netabase.hpp"

namespace bench {

/// The fixed head of a packed record; the three texts follow.
struct PackedAccount {
  std::uint64_t id;
  std::uint32_t age;
  std::uint16_t username;
  std::uint16_t email;
  std::uint16_t city;
  std::uint16_t reserved;
};

/// Bytes of a record, packed, and the packing itself, into LMDB's own page.
std::size_t packed_size(const accounts::Account& account);
void pack(const accounts::Account& account, void* space);

/// Ends the program when LMDB reports a failure: the benchmark would mean nothing.
void require(int code, const char* what);

MDB_val to_value(std::string_view text);
std::string_view to_text(const MDB_val& value);

/// Big-endian, so that memcmp order is numeric order.
struct RawKey {
  explicit RawKey(std::uint64_t id) : bytes(__builtin_bswap64(id)) {}
  MDB_val value() { return {sizeof(bytes), &bytes}; }
  std::uint64_t bytes;
};

/// A record as its bytes hold it.
struct UnpackedAccount {
  explicit UnpackedAccount(const MDB_val& value);
  std::uint64_t id;
  std::uint32_t age;
  std::string_view username;
  std::string_view email;
  std::string_view city;
};

/// An environment with two tables, records and one index. Not synced, as the netabase side of the benchmarks is not.
class RawStore {
 public:
  explicit RawStore(const std::string& path);
  ~RawStore();
  RawStore(const RawStore&) = delete;
  RawStore& operator=(const RawStore&) = delete;

  MDB_txn* begin(bool read_only);
  void commit(MDB_txn* txn);
  /// One transaction that puts every record with its index entry, through cursors that are kept.
  void put_all(const std::vector<accounts::Account>& accounts);
  /// The record with this primary key, packed.
  MDB_val get(MDB_txn* txn, std::uint64_t id) const;
  /// Entries of both tables.
  std::uint64_t count();
  /// Empties both tables.
  void clear();

  MDB_env* env = nullptr;
  MDB_dbi records = 0;
  MDB_dbi index = 0;

 private:
  std::string path_;
};

}  // namespace bench
