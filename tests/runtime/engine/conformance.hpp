#pragma once

/// \file
/// What the tests share that run on every engine: TEST_CASE_TEMPLATE("…", E, ENGINES).

#include <string_view>

#include "runtime/engine/support.hpp"

#define ENGINES engine::Lmdb, engine::Memory

namespace netabase::test {

/// A table of that name, committed.
template <class E>
Table table_of(E& engine, std::string_view name) {
  auto txn = engine.begin_write();
  const Table table = txn.make_table(name);
  txn.commit();
  return table;
}

}  // namespace netabase::test
