#pragma once

/// \file
/// Places: keys of every length, in every position.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(PlacesDefinition, PlacesKeys)]] places {

struct [[netabase::model, netabase::index(by_region_name, region, desc(name)),
         netabase::index(by_name_height, unique, name, height)]] Place {
  [[netabase::primary_key]] std::string path;
  [[netabase::secondary_key(unique)]] std::string slug;
  [[netabase::secondary_key]] std::string name;
  [[netabase::secondary_key]] std::vector<std::string> labels;
  [[netabase::secondary_key]] std::optional<std::string> region;
  std::int32_t height = 0;

  friend bool operator==(const Place&, const Place&) = default;
};

struct [[netabase::model]] Visit {
  [[netabase::primary_key]] std::string path;
  [[netabase::primary_key]] std::int64_t time = 0;
  [[netabase::secondary_key]] std::string visitor;
  [[netabase::secondary_key(unique)]] std::vector<std::string> tickets;

  friend bool operator==(const Visit&, const Visit&) = default;
};

}  // namespace places
