#pragma once

/// \file
/// Names with their values: aligned lines for people, one JSON object for programs.

#include <cstdint>
#include <string>
#include <vector>

#include "tools/output/context.hpp"

namespace netabase::tools {

class Pairs {
 public:
  void text(const std::string& name, const std::string& value);
  void number(const std::string& name, std::uint64_t value);
  /// With a unit for people, plainly for programs.
  void bytes(const std::string& name, std::uint64_t value);

  void print(const Context& context) const;
  /// An object; blanks in names become underscores.
  std::string json() const;

 private:
  struct Pair {
    std::string name;
    std::string shown;
    std::string json;
  };
  std::vector<Pair> pairs_;
};

}  // namespace netabase::tools
