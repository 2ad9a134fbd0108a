#pragma once

/// \file
/// Opens every side that was built: included by the one file for each record that instantiates them.

#include "lmdb_side.hpp"
#include "netabase_side.hpp"
#ifdef SUITE_SQLITE
#include "sqlite_side.hpp"
#endif
#ifdef SUITE_ROCKSDB
#include "rocksdb_side.hpp"
#endif

namespace suite {

template <class Record>
Contest<Record> open_sides(const Suite& suite, const Place& place, const std::string& name) {
  Contest<Record> contest;
  const auto add = [&]<class AnySide>(const char* side, std::type_identity<AnySide>) {
    if (!suite.wants_side(side)) return;
    contest.names.push_back(side);
    contest.sides.push_back(std::make_unique<AnySide>(place, name));
  };
  add("netabase", std::type_identity<NetabaseSide<Record>>());
  add("LMDB", std::type_identity<LmdbSide<Record>>());
#ifdef SUITE_SQLITE
  add("SQLite", std::type_identity<SqliteSide<Record>>());
#endif
#ifdef SUITE_ROCKSDB
  add("RocksDB", std::type_identity<RocksSide<Record>>());
#endif
  return contest;
}

}  // namespace suite
