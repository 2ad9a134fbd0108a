#pragma once

/// \file
/// The check of a whole store.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "netabase/detail/descriptor.hpp"
#include "netabase/engine/engine.hpp"

namespace netabase {

/// What Store::check() found.
struct CheckReport {
  std::uint64_t records = 0;          ///< read and compared with their checksums
  std::uint64_t entries = 0;          ///< index entries followed to their records
  std::vector<std::string> problems;  ///< in words, at most `max_problems`
  bool truncated = false;             ///< there were more

  static constexpr std::size_t max_problems = 100;
  bool ok() const noexcept { return problems.empty(); }
};

namespace detail {

/// Adds to a report until it is full.
class Findings {
 public:
  explicit Findings(CheckReport& report) : report_(report) {}
  void add(std::string problem) {
    if (report_.problems.size() < CheckReport::max_problems) {
      report_.problems.push_back(std::move(problem));
    } else {
      report_.truncated = true;
    }
  }

 private:
  CheckReport& report_;
};

std::string describe_key(Bytes key);

/// Reads every field of a stored record. Throws Corrupt.
template <class Model>
void decode_stored(Bytes record) {
  static_cast<void>(Model::Codec::own(Model::Codec::read(stored_root(record))));
}

/// decode_stored() of each model of the list, in its order.
template <class Models>
struct Decoders;
template <class... Models>
struct Decoders<List<Models...>> {
  static constexpr std::array<void (*)(Bytes), sizeof...(Models)> value = {&decode_stored<Models>...};
};

/// What is checked, and what is needed for it.
struct CheckedDefinition {
  const DefinitionDescriptor& definition;
  std::span<void (*const)(Bytes)> decoders;  ///< by model
};
template <class Definition>
inline constexpr CheckedDefinition checked_definition = {descriptor_of<Definition>,
                                                         Decoders<typename Definition::Models>::value};

/// Store::check(). `tables`: the definition's. In the library for Lmdb and Memory; with another engine, include
/// detail/store_check.hpp.
template <class Engine>
CheckReport check_store(const CheckedDefinition& checked, Engine& engine,
                        const typename Engine::ReadTransaction& transaction, const std::vector<engine::Table>& tables);

}  // namespace detail
}  // namespace netabase
