#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct Country {
  std::string code;
};

struct Address {
  std::string zip;
  Country country;
  std::vector<std::string> lines;
  [[netabase::skip]] std::string cache;
};

struct [[netabase::model, netabase::index(by_a, address.zpi), netabase::index(by_b, adress.zip),
         netabase::index(by_c, homes.zip), netabase::index(by_d, name.length), netabase::index(by_e, address.country),
         netabase::index(by_f, address.cache), netabase::index(by_g, id, address.lines),
         netabase::index(by_h, address.zip, desc(address.zip)), netabase::index(by_i, address.zip.size),
         netabase::index(by_j, work.country.cod), netabase::index(by_k, maybe.zip)]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
  Address address;
  std::vector<Address> homes;
  std::optional<Address> work;
  std::optional<std::vector<Address>> maybe;
};

}  // namespace blog
