// The article workload: netabase_store's own, so that its published figures can be set beside.
#pragma once

#include <cstdint>
#include <string>

namespace [[netabase::definition(ArticlesDefinition, ArticlesKeys)]] articles {

struct [[netabase::model]] Article {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string title;
  std::string content;
  [[netabase::secondary_key]] std::uint64_t author_id = 0;
};

}  // namespace articles
