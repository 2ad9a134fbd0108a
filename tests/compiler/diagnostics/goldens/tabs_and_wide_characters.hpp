#include <cstdint>
#include <string>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
	std::string	name;	/* größe */ long	count = 0;
  /* 漢字 */ char letter = 0;
};

}  // namespace blog
