#include "raw.hpp"

#include <cstdio>
#include <cstdlib>

namespace hot {

void require(int code) {
  if (code == 0) return;
  std::fprintf(stderr, "LMDB: %s\n", mdb_strerror(code));
  std::exit(1);
}

RawStore::RawStore(const std::string& path) {
  require(mdb_env_create(&env));
  require(mdb_env_set_maxdbs(env, 4));
  require(mdb_env_set_mapsize(env, std::size_t{1} << 30));
  require(mdb_env_open(env, path.c_str(), MDB_NOSUBDIR | MDB_NOTLS | MDB_NOSYNC | MDB_NOMETASYNC, 0644));
  MDB_txn* txn = begin(0);
  require(mdb_dbi_open(txn, "records", MDB_CREATE, &records));
  require(mdb_dbi_open(txn, "index", MDB_CREATE, &index));
  require(mdb_txn_commit(txn));
}

RawStore::~RawStore() { mdb_env_close(env); }

MDB_txn* RawStore::begin(unsigned flags) {
  MDB_txn* txn = nullptr;
  require(mdb_txn_begin(env, nullptr, flags, &txn));
  return txn;
}

MDB_cursor* RawStore::cursor(MDB_txn* txn, MDB_dbi table) {
  MDB_cursor* cursor = nullptr;
  require(mdb_cursor_open(txn, table, &cursor));
  return cursor;
}

void RawStore::clear() {
  MDB_txn* txn = begin(0);
  require(mdb_drop(txn, records, 0));
  require(mdb_drop(txn, index, 0));
  require(mdb_txn_commit(txn));
}

}  // namespace hot
