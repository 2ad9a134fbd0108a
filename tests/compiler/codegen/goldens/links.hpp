#pragma once

/// \file
/// Links of every policy, forward, to the own model, and between models in either style of names.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(LinksDefinition, LinksKeys)]] links {

struct [[netabase::model]] Page {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::link(site_name)]] std::string site;
  [[netabase::link(Page, on_delete = set_null)]] [[netabase::secondary_key(unique)]] std::optional<std::uint64_t> next;
  [[netabase::link(Page, on_delete = cascade)]] std::vector<std::uint64_t> parts;
};

struct [[netabase::model("sites")]] site_name {
  [[netabase::primary_key]] std::string host;
  [[netabase::link(site_name, on_delete = restrict)]] std::optional<std::string> mirror_of;
};

struct [[netabase::model]] Cover {
  [[netabase::primary_key, netabase::link(Page, on_delete = cascade)]] std::uint64_t page = 0;
};

}  // namespace links
