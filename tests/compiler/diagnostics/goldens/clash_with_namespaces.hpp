namespace [[netabase::definition(BlogDefinition)]] blog {

namespace std {}

struct [[netabase::model]] User {
  [[netabase::primary_key]] int id = 0;
};

}  // namespace blog

namespace app::netabase {
namespace [[netabase::definition(AppDefinition)]] data {

struct [[netabase::model]] Item {
  [[netabase::primary_key]] int id = 0;
};

}  // namespace data
}  // namespace app::netabase
