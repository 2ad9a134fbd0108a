#pragma once

/// \file
/// What the tests of the command netabase share: running it, and looking at what a store's file holds.

#include <capnp/message.h>
#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "netabase/detail/schema_check.hpp"
#include "support/temporary_folder.hpp"
#include "tools/cli/command_line.hpp"
#include "tools/errors.hpp"
#include "tools/store/store_file.hpp"

namespace netabase::tools::test {

using Folder = netabase::test::TemporaryFolder;

/// What one run printed and returned.
struct Result {
  int code = 0;
  std::string out;
  std::string err;
};

inline Result run(const std::vector<std::string>& arguments, const std::string& input = "") {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  Result result;
  result.code = run_command_line(arguments, {in, out, err});
  result.out = out.str();
  result.err = err.str();
  return result;
}

/// The output of a run that must succeed.
inline std::string output(const std::vector<std::string>& arguments, const std::string& input = "") {
  const Result result = run(arguments, input);
  INFO("the command said: ", result.err);
  REQUIRE(result.code == exit_ok);
  return result.out;
}

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

inline std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline void write_file(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  REQUIRE(out.good());
}

using Entries = std::map<std::string, std::string>;

/// Everything that lies in a store's tables.
inline std::map<std::string, Entries> dump(const std::string& path) {
  const StoreFile file(path, Access::read);
  const auto transaction = file.engine().begin_read();
  std::map<std::string, Entries> tables;
  const auto add = [&](const std::string& name) {
    auto cursor = transaction.cursor(table_of(transaction, name, file));
    for (bool more = cursor.first(); more; more = cursor.next()) {
      tables[name].emplace(as_text(cursor.key()), as_text(cursor.value()));
    }
  };
  add(std::string(detail::meta_table));
  for (const Model& model : file.schema().models()) {
    add(model.name);
    for (const Key& index : model.indexes) add(index.table);
  }
  return tables;
}

/// Fails with the table's name where the two stores differ.
inline void check_same(const std::string& left, const std::string& right) {
  const auto a = dump(left);
  const auto b = dump(right);
  REQUIRE(a.size() == b.size());
  for (const auto& table : a) {
    INFO("table ", table.first);
    REQUIRE(b.contains(table.first));
    CHECK(table.second == b.at(table.first));
  }
}

/// Changes a store's tables behind the back of its schema.
template <class Change>
void damage(const std::string& path, Change&& change) {
  const StoreFile file(path, Access::write);
  auto transaction = file.engine().begin_write();
  change(transaction, [&](const std::string& name) { return table_of(transaction, name, file); });
  transaction.commit();
}

template <class Transaction>
void put(Transaction& transaction, engine::Table table, std::string_view key, std::string_view value) {
  engine::put(transaction, table, netabase::as_bytes(key), value.size(), engine::PutMode::upsert,
              [&](std::byte* space) { std::copy(value.begin(), value.end(), reinterpret_cast<char*>(space)); });
}

/// Changes the schema that lies in the store: `change(StoredSchema::Builder)`.
template <class Change>
void change_schema(const std::string& path, Change&& change) {
  damage(path, [&](Lmdb::WriteTransaction& transaction, const auto& table) {
    Bytes value;
    REQUIRE(transaction.get(table(std::string(detail::meta_table)), netabase::as_bytes("schema"), value));
    std::vector<capnp::word> words(value.size() / sizeof(capnp::word));
    std::copy(value.begin(), value.end(), reinterpret_cast<std::byte*>(words.data()));
    const kj::ArrayPtr<const capnp::word> segment(words.data(), words.size());
    capnp::SegmentArrayMessageReader in(kj::arrayPtr(&segment, 1));
    capnp::MallocMessageBuilder message;
    message.setRoot(in.getRoot<stored::StoredSchema>());
    change(message.getRoot<stored::StoredSchema>());
    const auto bytes = capnp::canonicalize(message.getRoot<stored::StoredSchema>().asReader());
    put(transaction, table(std::string(detail::meta_table)), "schema",
        {bytes.asChars().begin(), bytes.size() * sizeof(capnp::word)});
  });
}

/// The seed of a random test: NETABASE_TEST_SEED, or a new one. Print it with INFO.
inline std::uint64_t seed() {
  static const std::uint64_t value = [] {
    const char* const given = std::getenv("NETABASE_TEST_SEED");  // NOLINT(concurrency-mt-unsafe)
    return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  }();
  return value;
}

/// Compares with a file of goldens/; with NETABASE_UPDATE_GOLDENS in the environment, writes that and fails once.
inline void check_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(NETABASE_GOLDENS_DIR) + "/" + name + ".txt";
  const std::string golden = read_file(path);
  if (golden != text && std::getenv("NETABASE_UPDATE_GOLDENS") != nullptr) {  // NOLINT(concurrency-mt-unsafe)
    write_file(path, text);
    FAIL_CHECK("wrote ", path, ": look at it");
    return;
  }
  INFO(path);
  CHECK(text == golden);
}

}  // namespace netabase::tools::test
