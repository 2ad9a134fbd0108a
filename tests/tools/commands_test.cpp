// What the commands print, in full.

#include <functional>

#include "tests/tools/stores.hpp"
#include "tests/tools/support.hpp"

using namespace netabase::tools;
using namespace netabase::tools::test;

namespace {

/// Commands and what they print, one after the other; {shop} and its like stand for the stores.
class Session {
 public:
  Session() {
    make_shop(folder_ / "shop.mdb");
    make_blog(folder_ / "blog.mdb");
    make_kitchen(folder_ / "kitchen.mdb");
  }

  void run_all(const std::vector<std::vector<std::string>>& commands) {
    for (const auto& words : commands) {
      std::vector<std::string> arguments = words;
      text_ += "$ netabase";
      for (std::string& word : arguments) {
        text_ += " " + word;
        if (word.ends_with(".mdb")) word = folder_ / word;
      }
      const Result result = run(arguments);
      text_ += "\n" + result.out + result.err;
      if (result.code != 0) text_ += "exit code " + std::to_string(result.code) + "\n";
    }
  }

  /// Without the folder's name, which is another one each time.
  std::string text() const {
    std::string out = text_;
    const std::string name = folder_.path().string() + "/";
    for (std::size_t at = 0; (at = out.find(name, at)) != std::string::npos;) out.erase(at, name.size());
    return out;
  }

 private:
  Folder folder_;
  std::string text_;
};

void check_session(const std::string& golden, const std::vector<std::vector<std::string>>& commands) {
  Session session;
  session.run_all(commands);
  check_golden(golden, session.text());
}

}  // namespace

TEST_CASE("info, count and schema") {
  check_session("schema", {{"info", "blog.mdb"},
                           {"info", "shop.mdb", "--json"},
                           {"count", "shop.mdb"},
                           {"count", "shop.mdb", "Customer"},
                           {"count", "shop.mdb", "shop::Customer", "Blob", "--json"},
                           {"schema", "shop.mdb"},
                           {"schema", "shop.mdb", "--text"},
                           {"schema", "blog.mdb", "--json"},
                           {"schema", "kitchen.mdb", "--text"}});
}

TEST_CASE("get and scan") {
  check_session("records", {{"get", "shop.mdb", "Product", "hammer"},
                            {"get", "shop.mdb", "Product", "odd", "--json"},
                            {"get", "shop.mdb", "Product", "\"book\\t\\\"1\\\"\""},
                            {"get", "shop.mdb", "OrderLine", "17", "book"},
                            {"get", "shop.mdb", "Blob", "cafe"},
                            {"get", "shop.mdb", "Blob", "x'cafe'", "--json"},
                            {"get", "shop.mdb", "Temperature", "-60"},
                            {"get", "shop.mdb", "Temperature", "61"},
                            {"scan", "shop.mdb", "Product"},
                            {"scan", "shop.mdb", "OrderLine", "17"},
                            {"scan", "shop.mdb", "OrderLine", "--reverse", "--limit", "2"},
                            {"scan", "shop.mdb", "OrderLine", "--after", "17", "book", "--json"},
                            {"scan", "shop.mdb", "OrderLine", "--reverse", "--after", "18", "hammer"},
                            {"scan", "shop.mdb", "OrderLine", "17", "--prefix", "ha"},
                            {"scan", "shop.mdb", "OrderLine", "--from", "18"},
                            {"scan", "shop.mdb", "OrderLine", "--to", "18", "--json"},
                            {"scan", "shop.mdb", "Temperature", "--json"},
                            {"scan", "shop.mdb", "Voucher"},
                            {"scan", "kitchen.mdb", "Nested", "--json"},
                            {"scan", "kitchen.mdb", "Defaults", "--json"}});
}

TEST_CASE("find") {
  check_session("find", {{"find", "shop.mdb", "Product", "--index", "category", "books", "--json"},
                         {"find", "shop.mdb", "Product", "--index", "category", "200", "--json"},
                         {"find", "shop.mdb", "Product", "--index", "aliases", "club", "--json"},
                         {"find", "shop.mdb", "Product", "--index", "labels", "4000000000", "--json"},
                         {"find", "shop.mdb", "Product", "--index", "on_sale", "true", "--json"},
                         {"find", "shop.mdb", "Product", "--index", "barcode", "--prefix", "978", "--json"},
                         {"find", "shop.mdb", "Product", "--index", "rating", "0", "--json"},
                         {"find", "shop.mdb", "Customer", "--index", "by_city_age", "Paris"},
                         {"find", "shop.mdb", "Customer", "--index", "by_city_age", "null"},
                         {"find", "shop.mdb", "Customer", "--index", "by_city_age", "--from", "P"},
                         {"find", "shop.mdb", "Blob", "--index", "kind", "01020304", "--json"},
                         {"find", "blog.mdb", "Post", "--index", "by_author_date", "1"},
                         {"find", "blog.mdb", "Post", "--index", "by_author_date", "1", "--reverse"},
                         {"find", "blog.mdb", "Post", "--index", "by_author_date", "1", "--from", "150"},
                         {"find", "blog.mdb", "Post", "--index", "by_author_date", "1", "--to", "200"},
                         {"find", "blog.mdb", "Post", "--index", "by_author_date", "1", "--from", "100", "--to", "200"},
                         {"find", "blog.mdb", "Post", "--index", "tags", "b", "--limit", "1"},
                         {"find", "blog.mdb", "User", "--index", "city", "Oslo"}});
}

TEST_CASE("export and diff") {
  check_session("export", {{"export", "shop.mdb"},
                           {"export", "blog.mdb", "User", "--plain"},
                           {"diff", "blog.mdb", "blog.mdb"},
                           {"diff", "shop.mdb", "blog.mdb"},
                           {"diff", "blog.mdb", "shop.mdb", "--json"}});
}

TEST_CASE("wrong usage is explained") {
  check_session("usage", {{},
                          {"frobnicate"},
                          {"get"},
                          {"get", "shop.mdb", "Produkt", "x"},
                          {"get", "shop.mdb", "OrderLine", "17"},
                          {"get", "shop.mdb", "OrderLine", "17", "a", "b"},
                          {"get", "shop.mdb", "OrderLine", "seventeen", "x"},
                          {"get", "shop.mdb", "Voucher", "128"},
                          {"get", "shop.mdb", "Blob", "xyz"},
                          {"get", "shop.mdb", "Product", "\"no end"},
                          {"find", "shop.mdb", "Product", "--index", "colour", "red"},
                          {"find", "shop.mdb", "Product", "--index", "category", "garden"},
                          {"find", "shop.mdb", "Product", "--index", "on_sale", "1"},
                          {"find", "shop.mdb", "Product", "--index", "category", "--prefix", "b"},
                          {"find", "shop.mdb", "Blob", "--index", "kind", "0102"},
                          {"find", "shop.mdb", "Product", "--index", "rating", "1", "--from", "2"},
                          {"find", "shop.mdb", "Product", "--index", "barcode", "--from", "1", "--prefix", "2"},
                          {"scan", "shop.mdb", "OrderLine", "--after", "17"},
                          {"info", "shop.mdb", "--color", "sometimes"},
                          {"export", "shop.mdb", "--format", "xml"},
                          {"import", "shop.mdb", "--format", "capnp"},
                          {"backup", "shop.mdb", "blog.mdb"},
                          {"diff", "shop.capnp", "shop.mdb"}});
}

TEST_CASE("every command has help with an example") {
  CHECK(contains(output({"--help"}), "Exit codes:"));
  for (const std::string& name : command_names()) {
    INFO(name);
    const std::string help = output({name, "--help"});
    CHECK(contains(help, "Example:\n  netabase " + name));
    CHECK(contains(output({"--help"}), "\n  " + name + " "));
  }
  CHECK(contains(output({"--version"}), "netabase "));
}

TEST_CASE("a schema is the same as the .capnp that it was made of") {
  const Folder folder;
  make_shop(folder / "shop.mdb");
  make_blog(folder / "blog.mdb");
  make_kitchen(folder / "kitchen.mdb");
  const std::string tests = std::string(NETABASE_GOLDENS_DIR) + "/../..";
  const std::string blog = tests + "/../examples/blog/schema/generated/blog.capnp";
  CHECK(output({"diff", folder / "shop.mdb", tests + "/schemas/generated/shop.capnp"}) ==
        "The schemas are the same.\n");
  CHECK(output({"diff", folder / "kitchen.mdb", tests + "/compiler/codegen/goldens/kitchen_sink.capnp"}) ==
        "The schemas are the same.\n");
  make_people(folder / "people.mdb");
  make_office(folder / "office.mdb");
  make_sightings(folder / "sightings.mdb");
  make_games(folder / "games.mdb");
  for (const std::string name : {"people", "sightings", "games"}) {
    CHECK(output({"diff", folder / (name + ".mdb"), tests + "/schemas/generated/" + name + ".capnp"}) ==
          "The schemas are the same.\n");
  }
  CHECK(output({"diff", folder / "office.mdb", tests + "/schemas/generated/office.capnp", "--definition",
                "OfficeDefinition"}) == "The schemas are the same.\n");
  CHECK(run({"diff", folder / "shop.mdb", blog}).code == exit_usage);
  const Result other = run({"diff", folder / "shop.mdb", blog, "--definition", "BlogDefinition"});
  CHECK(other.code == exit_found);
  CHECK(contains(other.out, "+ field blog::Post.author_id: UInt64 @1\n"));
  write_file(folder / "broken.capnp", "struct {");
  CHECK(run({"diff", folder / "shop.mdb", folder / "broken.capnp"}).code == exit_usage);
  CHECK(run({"diff", folder / "shop.mdb", folder / "missing.capnp"}).code == exit_file);
}

TEST_CASE("stat, compact and backup") {
  const Folder folder;
  make_blog(folder / "blog.mdb");
  const std::string stat = output({"stat", folder / "blog.mdb"});
  CHECK(contains(stat, "Post.by_author_date        3"));
  CHECK(contains(output({"stat", folder / "blog.mdb", "--json"}), R"("tables":[{"table":"User","entries":3,)"));
  output({"backup", folder / "blog.mdb", folder / "copy.mdb"});
  check_same(folder / "blog.mdb", folder / "copy.mdb");
  CHECK(run({"backup", folder / "blog.mdb", folder / "copy.mdb"}).code == exit_usage);
  const auto before = dump(folder / "blog.mdb");
  CHECK(contains(output({"compact", folder / "blog.mdb"}), " now\n"));
  CHECK(dump(folder / "blog.mdb") == before);
}

TEST_CASE("tables fit a terminal, and colours are for terminals") {
  const Folder folder;
  make_shop(folder / "shop.mdb");
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  Surroundings terminal{in, out, err};
  terminal.out_is_terminal = true;
  terminal.width = 100;
  CHECK(run_command_line({"scan", folder / "shop.mdb", "Product"}, terminal) == exit_ok);
  CHECK(contains(out.str(), "\x1b[1m"));
  CHECK(contains(out.str(), "…"));
  CHECK_FALSE(contains(out.str(), "not UTF-8: \xff"));
  out.str("");
  terminal.no_colour = true;
  CHECK(run_command_line({"scan", folder / "shop.mdb", "Customer"}, terminal) == exit_ok);
  CHECK_FALSE(contains(out.str(), "\x1b["));
  std::istringstream lines(out.str());
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 100);
}
