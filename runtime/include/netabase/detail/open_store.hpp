#pragma once

/// \file
/// What Store calls to open a file. It is compiled in the library, since it is much code and the same for every
/// definition: store_opening.hpp has it, which a program with an engine of its own includes.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "netabase/config.hpp"
#include "netabase/detail/access.hpp"
#include "netabase/detail/descriptor.hpp"
#include "netabase/upgrade.hpp"

namespace netabase::detail {

/// An engine whose file the program may use.
template <class Engine>
struct Opened {
  std::shared_ptr<Engine> engine;
  std::uint16_t version = 0;  ///< of the schema in the file
  engine::Table meta;
  std::vector<engine::Table> tables;  ///< the definition's, in its order; absent_table: must not be used
};

/// Finds the tables of a store in `transaction`'s snapshot, all but those named in `absent`. Returns the name of one
/// that is not there, or nothing.
template <class Engine, class Transaction>
std::string_view find_tables(const DefinitionDescriptor& definition, const Transaction& transaction,
                             const std::vector<std::string>& absent, Opened<Engine>& opened) {
  opened.meta = *transaction.find_table(meta_table);
  std::string_view missing;
  definition.each_table([&](std::string_view name) {
    const bool is_absent = std::find(absent.begin(), absent.end(), name) != absent.end();
    const std::optional<engine::Table> table = is_absent ? std::optional(absent_table) : transaction.find_table(name);
    if (table) {
      opened.tables.push_back(*table);
    } else {
      missing = name;
    }
  });
  return missing;
}

/// Store::open(). In the library for Lmdb and Memory.
template <class Engine>
Opened<Engine> open_store(const DefinitionDescriptor& definition, const Config& config);

/// Store::dry_run_upgrade(). In the library for Lmdb and Memory.
template <class Engine>
UpgradeReport dry_run_upgrade(const DefinitionDescriptor& definition, const Config& config);

/// What a new store begins with.
template <class WriteTransaction>
void initialise_store(const DefinitionDescriptor& definition, WriteTransaction& transaction) {
  write_identity(transaction, transaction.make_table(meta_table), definition.identity);
  definition.each_table([&](std::string_view name) { transaction.make_table(name); });
}

}  // namespace netabase::detail
