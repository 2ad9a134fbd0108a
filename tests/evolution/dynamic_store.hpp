#pragma once

/// \file
/// A store's file of any schema that netabase-gen gave, without its generated code: made, upgraded by the runtime's own
/// comparison, read and written through Cap'n Proto's dynamic API.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "netabase/evolution/compare.hpp"
#include "tools/store/store_file.hpp"

namespace random_evolution {

/// A definition's schema as it lies in a file.
struct SchemaBytes {
  std::string definition;
  std::string bytes;
  std::uint16_t version = 0;
};

/// The runtime's comparison of two of them, its answer to a program of the second that opens a store of the first.
netabase::evolution::Comparison compare(const std::string& older, const std::string& newer);

class DynamicStore {
 public:
  /// Makes the file, or makes it anew.
  DynamicStore(std::string path, const SchemaBytes& schema);

  /// What opening with a program of that schema would do with what lies in the file: with the models that are back.
  netabase::evolution::Comparison compare_with(const SchemaBytes& schema) const;

  /// Does what detail::Upgrade does: clears what is dropped, builds what is to be built and nothing else. False, with
  /// nothing changed, when records are not unique in an index that is.
  bool upgrade(const SchemaBytes& schema, const netabase::evolution::Comparison& comparison);

  /// Stores the records, JSON objects. Says of each whether its key, and its unique keys, were free; others are not
  /// put.
  std::vector<bool> insert(const std::string& table, const std::vector<std::string>& records);
  /// Stores the record over the one with its key. False when one of its unique keys is taken.
  bool replace(const std::string& table, const std::string& record);

  /// Every record of the table, its members by name, as the given schema reads it; null: the file's own. What cannot be
  /// read is a record with the one member "error".
  using Records = std::vector<std::map<std::string, std::string>>;
  Records read(const std::string& table, const std::string* schema = nullptr) const;
  /// Whether the keys that records lie under are those that the schema gives them.
  bool has_same_keys(const std::string& table, const std::string& schema) const;

  /// What `netabase check` says; empty: nothing is wrong.
  std::string check();

  const std::string& path() const { return path_; }

 private:
  void open();
  std::vector<bool> put(const std::string& table, const std::vector<std::string>& records, bool replace);

  std::string path_;
  SchemaBytes schema_;
  std::map<std::string, std::string> left_;  ///< the schema that a removed model's records are left in, by table
  std::unique_ptr<netabase::tools::StoreFile> file_;
};

}  // namespace random_evolution
