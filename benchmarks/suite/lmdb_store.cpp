#include "lmdb_store.hpp"

#include <filesystem>

#include "harness.hpp"

namespace suite {

void check_lmdb(int code, const char* what) {
  if (code != 0) fail(std::string(what) + ": " + mdb_strerror(code));
}

LmdbStore::LmdbStore(std::string path, std::size_t index_count, bool full_durability)
    : indexes(index_count), path_(std::move(path)), full_durability_(full_durability) {
  std::filesystem::remove(path_);
  std::filesystem::remove(path_ + "-lock");
  open();
}

LmdbStore::~LmdbStore() {
  mdb_env_close(env);
  std::filesystem::remove(path_);
  std::filesystem::remove(path_ + "-lock");
}

void LmdbStore::open() {
  check_lmdb(mdb_env_create(&env), "mdb_env_create");
  check_lmdb(mdb_env_set_maxdbs(env, static_cast<MDB_dbi>(1 + indexes.size())), "mdb_env_set_maxdbs");
  check_lmdb(mdb_env_set_mapsize(env, std::size_t{16} << 30), "mdb_env_set_mapsize");
  const unsigned durability = full_durability_ ? 0U : unsigned{MDB_NOSYNC | MDB_NOMETASYNC};
  const unsigned advice = read_ahead ? 0U : unsigned{MDB_NORDAHEAD};
  check_lmdb(mdb_env_open(env, path_.c_str(), MDB_NOSUBDIR | MDB_NOTLS | durability | advice, 0644), "mdb_env_open");
  MDB_txn* txn = nullptr;
  check_lmdb(mdb_txn_begin(env, nullptr, 0, &txn), "mdb_txn_begin");
  check_lmdb(mdb_dbi_open(txn, "records", MDB_CREATE, &records), "mdb_dbi_open");
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    check_lmdb(mdb_dbi_open(txn, ("index" + std::to_string(i)).c_str(), MDB_CREATE, &indexes[i]), "mdb_dbi_open");
  }
  check_lmdb(mdb_txn_commit(txn), "mdb_txn_commit");
}

void LmdbStore::reopen(const std::function<void()>& while_closed) {
  mdb_env_close(env);
  if (while_closed) while_closed();
  open();
}

void LmdbStore::clear() {
  MDB_txn* txn = nullptr;
  check_lmdb(mdb_txn_begin(env, nullptr, 0, &txn), "mdb_txn_begin");
  check_lmdb(mdb_drop(txn, records, 0), "mdb_drop");
  for (const MDB_dbi index : indexes) check_lmdb(mdb_drop(txn, index, 0), "mdb_drop");
  check_lmdb(mdb_txn_commit(txn), "mdb_txn_commit");
}

}  // namespace suite
