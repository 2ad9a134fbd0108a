// Files that are no stores, and input that is no export: each is refused in words, and nothing is changed.

#include <sys/stat.h>
#include <unistd.h>

#include <functional>

#include "netabase/error.hpp"
#include "tests/tools/stores.hpp"
#include "tests/tools/support.hpp"

using namespace netabase::tools;
using namespace netabase::tools::test;

namespace {

struct Case {
  const char* input;
  const char* expected;
};

}  // namespace

TEST_CASE("a file that cannot be used is named, with the reason") {
  const Folder folder;
  make_blog(folder / "store");
  write_file(folder / "text", std::string(10000, 'x'));
  write_file(folder / "empty", "");
  const std::string whole = read_file(folder / "store");
  write_file(folder / "half", whole.substr(0, 4096));
  for (const std::string command : {"info", "schema", "stat", "check", "export"}) {
    INFO(command);
    CHECK(run({command, folder / "missing"}).code == exit_file);
    CHECK(contains(run({"info", folder / "missing"}).err, "there is no file"));
    const Result text = run({command, folder / "text"});
    CHECK(text.code == exit_file);
    CHECK(contains(text.err, "is not a netabase store"));
    CHECK_FALSE(contains(text.err, "Config"));
    CHECK(run({command, folder / "empty"}).code == exit_file);
    CHECK(run({command, folder / "half"}).code != exit_ok);
  }
  // Nothing was made beside them.
  CHECK_FALSE(std::filesystem::exists(folder / "missing"));
  CHECK(read_file(folder / "text") == std::string(10000, 'x'));
}

TEST_CASE("an LMDB file of another program is no store") {
  const Folder folder;
  {
    netabase::Config config;
    config.path = folder / "other";
    Lmdb::open(config, 3, [](Lmdb::WriteTransaction& txn) { put(txn, txn.make_table("cats"), "tom", "grey"); });
  }
  const Result result = run({"info", folder / "other"});
  CHECK(result.code == exit_file);
  CHECK(contains(result.err, "not a netabase store"));
}

TEST_CASE("a stored schema that is damaged, or of a later format") {
  struct Damage {
    const char* key;
    std::function<std::string(std::string)> change;
    const char* expected;
  };
  const std::vector<Damage> damages = {
      {"format", [](std::string) { return std::string("\2\0\0\0", 4); }, "file format 2"},
      {"format", [](std::string) { return std::string("\1"); }, "not a netabase store"},
      {"schema", [](std::string) { return std::string("rubbish"); }, "the stored schema is damaged"},
      {"schema", [](std::string) { return std::string(64, '\xff'); }, "the stored schema is damaged"},
      {"schema", [](std::string old) { return old.substr(0, old.size() / 2 / 8 * 8); }, "the stored schema is damaged"},
      {"schema_version", [](std::string) { return std::string(); }, "not a netabase store"},
  };
  for (const Damage& one : damages) {
    const Folder folder;
    make_blog(folder / "store");
    damage(folder / "store", [&](Lmdb::WriteTransaction& txn, const auto& of) {
      netabase::Bytes value;
      REQUIRE(txn.get(of("netabase"), netabase::as_bytes(one.key), value));
      put(txn, of("netabase"), one.key, one.change(std::string(netabase::as_text(value))));
    });
    for (const std::string command : {"info", "check", "export"}) {
      const Result result = run({command, folder / "store"});
      INFO(one.key, ": ", result.err);
      CHECK(result.code == exit_file);
      CHECK(contains(result.err, one.expected));
    }
  }
}

TEST_CASE("a key of a type that a newer netabase made is left alone") {
  const Folder folder;
  make_blog(folder / "store");
  change_schema(folder / "store", [](netabase::stored::StoredSchema::Builder schema) {
    schema.getModels()[0].getIndexes()[1].getParts()[0].setKeyType(static_cast<KeyType>(200));
  });
  CHECK(contains(output({"scan", folder / "store", "User"}), "alice"));
  CHECK(contains(output({"find", folder / "store", "User", "--index", "email", "bob@example.com"}), "bob"));
  CHECK(contains(output({"check", folder / "store"}),
                 "Note: index User.city has a part of a type that this netabase does not know: it was not checked"));
  CHECK(run({"find", folder / "store", "User", "--index", "city", "Paris"}).code == exit_file);
  for (const std::string command : {"import", "repair-indexes"}) {
    const Result result = run({command, folder / "store"}, R"({"$model":"User","id":9})");
    CHECK(result.code == exit_usage);
    CHECK(contains(result.err, "the index User.city has a part of a type that this netabase does not know"));
  }
  output({"import", folder / "store"}, R"({"$model":"Post","id":9})");
}

TEST_CASE("random damage to the stored schema is a clear error or does no harm") {
  INFO("NETABASE_TEST_SEED=", seed());
  std::mt19937_64 random(seed());
  const Folder folder;
  make_kitchen(folder / "store");
  std::string schema;
  damage(folder / "store", [&](Lmdb::WriteTransaction& txn, const auto& of) {
    netabase::Bytes value;
    REQUIRE(txn.get(of("netabase"), netabase::as_bytes("schema"), value));
    schema = netabase::as_text(value);
  });
  int refused = 0;
  for (int round = 0; round < 300; ++round) {
    std::string bytes = schema;
    for (auto changes = 1 + random() % 3; changes-- > 0;) bytes[random() % bytes.size()] = static_cast<char>(random());
    std::vector<std::uint64_t> aligned(bytes.size() / 8);
    std::memcpy(aligned.data(), bytes.data(), bytes.size());
    try {
      Schema::decode(netabase::as_bytes(bytes), "here");
    } catch (const netabase::Error& error) {
      CHECK(contains(error.what(), "here"));
      ++refused;
    }
  }
  CHECK(refused > 0);
}

TEST_CASE("a file that may only be read can be read, and not be written to") {
  const Folder folder;
  make_blog(folder / "store");
  output({"info", folder / "store"});
  std::filesystem::permissions(folder / "store", std::filesystem::perms::owner_read);
  std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  CHECK(contains(output({"info", folder / "store"}), "BlogDefinition"));
  if (::access((folder / "store").c_str(), W_OK) == 0) return;  // root may write everywhere
  const Result result = run({"import", folder / "store"}, "");
  CHECK(result.code == exit_file);
  CHECK(contains(result.err, "may not be written to"));
}

TEST_CASE("a line that is no record is named, and nothing is imported") {
  const std::string good = R"({"$model":"Customer","id":7,"login":"good"})";
  const std::vector<Case> cases = {
      {"{", "not JSON"},
      {"[]", "the record does not say whose it is"},
      {R"({"$model":"Kunde"})", "ShopDefinition has no model Kunde"},
      {R"({"$model":7})", "$model is the name of a model"},
      {R"({"$model":"Customer","name":"x"})", "shop::Customer has no field name"},
      {R"({"$model":"Customer","id":-1})", "the field id takes an integer from 0 to 18446744073709551615, not -1"},
      {R"({"$model":"Customer","id":18446744073709551616})", "the field id takes an integer"},
      {R"({"$model":"Customer","id":1.5})", "the field id takes an integer"},
      {R"({"$model":"Customer","age":256})", "the field age takes an integer from 0 to 255, not 256"},
      {R"({"$model":"Customer","login":null})", "the field login takes a text, not null"},
      {R"({"$model":"Customer","login":{"$base64":"?"}})", "the field login takes a text"},
      {R"({"$model":"Product","category":"garden"})", "the field category takes tools, toys, books, or a number"},
      {R"({"$model":"Product","on_sale":1})", "the field on_sale takes true or false, not 1"},
      {R"({"$model":"Product","aliases":"x"})", "the field aliases takes an array"},
      {R"({"$model":"Product","aliases":["x",3]})", "the field aliases[1] takes a text, not 3"},
      {R"({"$model":"Product","price":3})", "the field price takes an object"},
      {R"({"$model":"Product","price":{"cents":"x"}})", "the field price.cents takes an integer"},
      {R"({"$model":"Product","price":{"euros":1}})", "shop::Price has no field price.euros"},
      {R"({"$model":"Product","rating":"high"})", "the field rating takes a number"},
      {R"({"$model":"Blob","digest":"x"})", "the field digest takes bytes as base64"},
      {R"({"$model":"Blob","kind":"AAAA"})", "the field kind takes 4 bytes as base64"},
      {R"({"$model":"Customer","id":8,"login":"a text that is longer than thirty-two bytes"})", "max_length is 32"},
      {R"({"$model":"Customer","id":8,"login":"good"})", "Customer.login \"good\" is already taken"},
      {R"({"$model":"Customer","id":7,"login":"again"})", "Customer 7 is in the store already"},
      {R"({"$model":"Customer","id":7,"id":8})", "the name \"id\" is there twice"},
      {R"({"$netabase":1,"definition":"BlogDefinition"})", "this is an export of BlogDefinition"},
      {R"({"$netabase":2,"definition":"ShopDefinition"})", "written by a newer netabase"},
      {R"({"$netabase":1,"definition":"ShopDefinition","sequences":{"Product":1}})", "no sequence of Product"},
  };
  const Folder folder;
  make_empty_shop(folder / "store");
  const auto before = dump(folder / "store");
  for (const Case& one : cases) {
    INFO(one.input);
    const std::string input = good + "\n\n" + one.input + "\n";
    const Result result = run({"import", folder / "store"}, input);
    INFO(result.err);
    CHECK(result.code == exit_found);
    CHECK(contains(result.err, "standard input, line 3: "));
    CHECK(contains(result.err, one.expected));
    CHECK(contains(result.err, "Nothing was imported"));
    CHECK(dump(folder / "store") == before);
  }
  // All of them at once, and the good ones go in.
  std::string input = good + "\n";
  for (const Case& one : cases) input += std::string(one.input) + "\n";
  input += R"({"$model":"Customer","id":9,"login":"last","age":9})";
  const Result result = run({"import", folder / "store", "--continue"}, input);
  INFO(result.out, result.err);
  CHECK(result.code == exit_found);
  CHECK(contains(result.out, "2 records imported, " + std::to_string(cases.size()) + " refused"));
  CHECK(contains(result.err, "standard input, line " + std::to_string(cases.size() + 1) + ": "));
  CHECK(problems_of_shop(folder / "store") == "");
  CHECK(output({"count", folder / "store", "Customer"}) == "2\n");
}

TEST_CASE("a damaged stream of messages is refused") {
  const Folder folder;
  make_blog(folder / "store");
  make_empty_blog(folder / "copy");
  const std::string messages = output({"export", folder / "store", "User", "--format", "capnp"});
  const auto import = [&](const std::string& input, bool go_on) {
    std::vector<std::string> arguments{"import", folder / "copy", "--format", "capnp", "--model", "User"};
    if (go_on) arguments.push_back("--continue");
    return run(arguments, input);
  };
  const Result cut = import(messages.substr(0, messages.size() - 8), false);
  CHECK(cut.code == exit_found);
  CHECK(contains(cut.err, "standard input, message 3: "));
  CHECK(output({"count", folder / "copy", "User"}) == "0\n");
  CHECK(import("rubbish", true).code == exit_found);
  INFO("NETABASE_TEST_SEED=", seed());
  std::mt19937_64 random(seed());
  for (int round = 0; round < 200; ++round) {
    std::string bytes = messages;
    bytes[random() % bytes.size()] = static_cast<char>(random());
    import(bytes, true);
  }
  CHECK(contains(output({"check", folder / "copy"}), "all is well"));
}
