#include <cstdint>
#include <string>
#include <vector>

namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {

struct [[netabase::model, netabase::index(by_a, changing, id), netabase::index(by_b, words, id),
         netabase::index(by_c, domian), netabase::index(by_d, domain.size), netabase::index(by_e, domain, domain),
         netabase::index(by_f, hidden)]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string mail;

  std::string changing() { return mail; }
  std::vector<std::string> words() const { return {mail}; }
  std::string domain() const { return mail; }
  [[netabase::secondary_key(max_length = 4)]] int length() const { return 0; }
  [[netabase::primary_key]] std::string key() const { return mail; }
  [[netabase::skip]] std::string skipped() const { return mail; }

 protected:
  std::string hidden() const { return mail; }
};

}  // namespace blog
