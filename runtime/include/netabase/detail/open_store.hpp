#pragma once

/// \file
/// What Store calls to open a file. It is compiled in the library, since it is much code and the same for every
/// definition: store_opening.hpp has it, which a program with an engine of its own includes.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "netabase/config.hpp"
#include "netabase/detail/descriptor.hpp"
#include "netabase/upgrade.hpp"

namespace netabase::detail {

/// An engine whose file the program may use.
template <class Engine>
struct Opened {
  std::shared_ptr<Engine> engine;
  std::uint16_t version = 0;        ///< of the schema in the file
  std::vector<std::string> absent;  ///< tables of the program's that must not be used, by name
};

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
