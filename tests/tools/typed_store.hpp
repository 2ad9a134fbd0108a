#pragma once

/// \file
/// Stores as their generated code opens and checks them.

#include <string>

#include "netabase/netabase.hpp"

namespace netabase::tools::test {

template <class Definition>
Store<Definition> make(const std::string& path) {
  Config config;
  config.path = path;
  config.durability = Durability::none;
  return Store<Definition>::open(config);
}

/// What the generated code's own check says, a line each.
template <class Definition>
std::string problems(const std::string& path) {
  std::string out;
  for (const std::string& problem : make<Definition>(path).check().problems) out += problem + '\n';
  return out;
}

}  // namespace netabase::tools::test
