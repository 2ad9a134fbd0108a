namespace [[netabase::definition(BlogDefinition)]] blog {

struct [[netabase::model]] User;

}  // namespace blog
