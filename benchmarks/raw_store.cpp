#include "raw_store.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace bench {

void require(int code, const char* what) {
  if (code == 0) return;
  std::fprintf(stderr, "%s: %s\n", what, mdb_strerror(code));
  std::abort();
}

std::size_t packed_size(const accounts::Account& account) {
  return sizeof(PackedAccount) + account.username.size() + account.email.size() + account.city.size();
}

void pack(const accounts::Account& account, void* space) {
  const PackedAccount head{account.id,
                           account.age,
                           static_cast<std::uint16_t>(account.username.size()),
                           static_cast<std::uint16_t>(account.email.size()),
                           static_cast<std::uint16_t>(account.city.size()),
                           0};
  char* at = static_cast<char*>(space);
  std::memcpy(at, &head, sizeof(head));
  at += sizeof(head);
  for (const std::string* text : {&account.username, &account.email, &account.city}) {
    std::memcpy(at, text->data(), text->size());
    at += text->size();
  }
}

MDB_val to_value(std::string_view text) { return {text.size(), const_cast<char*>(text.data())}; }

std::string_view to_text(const MDB_val& value) { return {static_cast<const char*>(value.mv_data), value.mv_size}; }

UnpackedAccount::UnpackedAccount(const MDB_val& value) {
  PackedAccount head;
  std::memcpy(&head, value.mv_data, sizeof(head));
  const char* text = static_cast<const char*>(value.mv_data) + sizeof(head);
  id = head.id;
  age = head.age;
  username = {text, head.username};
  email = {text + head.username, head.email};
  city = {text + head.username + head.email, head.city};
}

RawStore::RawStore(const std::string& path) : path_(path) {
  std::filesystem::remove(path_);
  std::filesystem::remove(path_ + "-lock");
  require(mdb_env_create(&env), "mdb_env_create");
  require(mdb_env_set_maxdbs(env, 4), "mdb_env_set_maxdbs");
  require(mdb_env_set_mapsize(env, std::size_t{16} << 30), "mdb_env_set_mapsize");
  require(
      mdb_env_open(env, path_.c_str(), MDB_NOSUBDIR | MDB_NOTLS | MDB_NOSYNC | MDB_NOMETASYNC | MDB_NORDAHEAD, 0644),
      "mdb_env_open");
  MDB_txn* txn = begin(false);
  require(mdb_dbi_open(txn, "records", MDB_CREATE, &records), "mdb_dbi_open");
  require(mdb_dbi_open(txn, "index", MDB_CREATE, &index), "mdb_dbi_open");
  commit(txn);
}

RawStore::~RawStore() {
  mdb_env_close(env);
  std::filesystem::remove(path_);
  std::filesystem::remove(path_ + "-lock");
}

MDB_txn* RawStore::begin(bool read_only) {
  MDB_txn* txn = nullptr;
  require(mdb_txn_begin(env, nullptr, read_only ? MDB_RDONLY : 0, &txn), "mdb_txn_begin");
  return txn;
}

void RawStore::commit(MDB_txn* txn) { require(mdb_txn_commit(txn), "mdb_txn_commit"); }

void RawStore::put_all(const std::vector<accounts::Account>& accounts) {
  MDB_txn* txn = begin(false);
  MDB_cursor* into_records = nullptr;
  MDB_cursor* into_index = nullptr;
  require(mdb_cursor_open(txn, records, &into_records), "mdb_cursor_open");
  require(mdb_cursor_open(txn, index, &into_index), "mdb_cursor_open");
  for (const accounts::Account& account : accounts) {
    RawKey id(account.id);
    MDB_val key = id.value();
    MDB_val value{packed_size(account), nullptr};
    require(mdb_cursor_put(into_records, &key, &value, MDB_RESERVE | MDB_NOOVERWRITE), "mdb_cursor_put");
    pack(account, value.mv_data);
    MDB_val email = to_value(account.email);
    key = id.value();
    require(mdb_cursor_put(into_index, &email, &key, MDB_NOOVERWRITE), "mdb_cursor_put");
  }
  mdb_cursor_close(into_records);
  mdb_cursor_close(into_index);
  commit(txn);
}

MDB_val RawStore::get(MDB_txn* txn, std::uint64_t id) const {
  RawKey raw_id(id);
  MDB_val key = raw_id.value();
  MDB_val value;
  require(mdb_get(txn, records, &key, &value), "mdb_get");
  return value;
}

std::uint64_t RawStore::count() {
  MDB_txn* txn = begin(true);
  MDB_stat stat;
  require(mdb_stat(txn, records, &stat), "mdb_stat");
  std::uint64_t entries = stat.ms_entries;
  require(mdb_stat(txn, index, &stat), "mdb_stat");
  entries += stat.ms_entries;
  mdb_txn_abort(txn);
  return entries;
}

void RawStore::clear() {
  MDB_txn* txn = begin(false);
  require(mdb_drop(txn, records, 0), "mdb_drop");
  require(mdb_drop(txn, index, 0), "mdb_drop");
  commit(txn);
}

}  // namespace bench
