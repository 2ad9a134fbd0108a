#pragma once

/// \file
/// Two definitions in one header that share a struct, one of them with the default names and a nested namespace.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stores {

struct Label {
  std::string text;
  std::optional<std::string> language;
};

/// Its wrapper has the name of what is generated for Label, in another namespace.
enum class LabelRef : bool { by_name, by_number };

}  // namespace stores

namespace stores {
namespace [[netabase::definition]] inner {

struct Outer {
  struct Part {
    std::vector<std::optional<std::string>> lines;
  };
};

struct [[netabase::model]] Thing {
  [[netabase::primary_key]] std::uint64_t id = 0;
  stores::Label label;
  Outer::Part part;
  std::vector<stores::LabelRef> references;
  std::vector<std::optional<stores::Label>> others;
};

}  // namespace inner
}  // namespace stores

namespace stores {
namespace [[netabase::definition(SecondDefinition, SecondKeys)]] second {

struct [[netabase::model]] Thing {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::vector<stores::Label> labels;
  std::vector<std::optional<std::string>> lines;
};

}  // namespace second
}  // namespace stores
