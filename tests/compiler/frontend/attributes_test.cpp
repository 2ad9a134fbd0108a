/// \file
/// Attributes are read wherever C++ lets them stand, and from whatever they come out of.

#include <doctest/doctest.h>

#include <string>

#include "schema_files.hpp"

using netabase::compiler::test::result_of_text;

namespace {

const std::string head = "#include <cstdint>\n#include <optional>\n#include <string>\n#include <vector>\n";

/// The same schema in many spellings; this is what each must give.
const std::string expected =
    "definition D, keys K, namespace n, header schema.hpp\n"
    "  struct ::n::User\n    id: std::uint64_t\n    name: std::string\n    mail: std::string, renamed from email\n"
    "    cache: skipped\n"
    "  model User, stored as \"users\"\n    key primary: id (unique, on the field)\n"
    "    key name: name (on the field)\n    key mail: mail (unique, on the field)\n"
    "    key by_both: name, mail descending (unique)\n";

void check_same(const std::string& text) {
  CAPTURE(text);
  CHECK(result_of_text(head + text) == expected);
}

}  // namespace

TEST_CASE("before the declarator and after it, in one list, in several, and with using") {
  check_same(R"--(namespace [[netabase::definition(D, K)]] n {
struct [[netabase::model("users"), netabase::index(by_both, name, desc(mail), unique)]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::string name;
  [[netabase::secondary_key(unique), netabase::renamed_from("email")]] std::string mail;
  [[netabase::skip]] int cache = 0;
};
})--");
  check_same(R"--(namespace [[netabase::definition(D, K)]] n {
struct [[netabase::model("users")]] [[netabase::index(by_both, name, desc(mail), unique)]] User {
  std::uint64_t id [[netabase::primary_key]] = 0;
  std::string name [[netabase::secondary_key]], mail [[netabase::secondary_key(unique)]] [[netabase::renamed_from("email")]];
  int cache [[netabase::skip]] = 0;
};
})--");
  check_same(R"--(namespace [[using netabase: definition(D, K)]] n {
struct [[using netabase: model("users"), index(by_both, name, desc(mail), unique)]] User {
  [[using netabase: primary_key]] std::uint64_t id = 0;
  [[using netabase: secondary_key]] std::string name;
  [[using netabase: secondary_key(unique), renamed_from("email")]] std::string mail;
  [[using netabase: skip]] int cache = 0;
};
})--");
}

TEST_CASE("beside attributes of others") {
  check_same(R"--(namespace [[deprecated("soon"), netabase::definition(D, K)]] n {
struct [[nodiscard, netabase::model("users"), netabase::index(by_both, name, desc(mail), unique)]] User {
  [[maybe_unused, netabase::primary_key]] [[no_unique_address]] alignas(8) std::uint64_t id = 0;
  [[gnu::unused, netabase::secondary_key, clang::annotate("other")]] std::string name;
  [[netabase::secondary_key(unique), netabase::renamed_from("email"), maybe_unused]] std::string mail;
  [[netabase::skip]] int cache = 0;
};
})--");
}

TEST_CASE("as annotations in Clang's own spelling") {
  check_same(R"--(namespace [[clang::annotate("netabase::definition(D, K)")]] n {
struct [[clang::annotate("netabase::model(\"users\")"), clang::annotate("netabase::index(by_both, name, desc(mail), unique)")]] User {
  [[clang::annotate("netabase::primary_key")]] std::uint64_t id = 0;
  __attribute__((annotate("netabase::secondary_key"))) std::string name;
  [[clang::annotate("netabase::secondary_key(unique)"), clang::annotate("netabase::renamed_from(\"email\")")]] std::string mail;
  [[clang::annotate("netabase::skip")]] int cache = 0;
};
})--");
}

TEST_CASE("out of macros with and without parameters, and as their arguments") {
  check_same(R"--(#define DEFINITION(name, keys) [[netabase::definition(name, keys)]]
#define MODEL(stored, ...) [[netabase::model(stored), netabase::__VA_ARGS__]]
#define PK [[netabase::primary_key]]
#define KEY(...) [[netabase::secondary_key __VA_ARGS__]]
#define NB(what) [[netabase::what]]
#define FIELD(attribute, type, name) \
  attribute type name
#define STORED "users"
#define FIRST name
namespace DEFINITION(D, K) n {
struct MODEL(STORED, index(by_both, FIRST, desc(mail), unique)) User {
  PK std::uint64_t id = 0;
  FIELD([[netabase::secondary_key]], std::string, FIRST);
  FIELD(KEY((unique)) NB(renamed_from("email")), std::string, mail);
  NB(skip) int cache = 0;
};
})--");
  check_same(R"--(#define STRUCT(body) namespace [[netabase::definition(D, K)]] n { body }
#define LONG \
  [[netabase::model("users"), \
    netabase::index(by_both, name, desc(mail), unique)]]
STRUCT(struct LONG User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::string name;
  [[netabase::secondary_key(unique)]] [[netabase::renamed_from("email")]] std::string mail;
  [[netabase::skip]] int cache = 0;
};))--");
}

TEST_CASE("macros in an attribute's arguments are expanded") {
  check_same(R"--(#define TABLE "users"
#define SECOND mail
namespace [[netabase::definition(D, K)]] n {
struct [[netabase::model(TABLE), netabase::index(by_both, name, desc(SECOND), unique)]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::string name;
  [[netabase::secondary_key(unique), netabase::renamed_from("email")]] std::string SECOND;
  [[netabase::skip]] int cache = 0;
};
})--");
}

TEST_CASE("across lines, splices, comments, digraphs, CRLF and a byte order mark") {
  const std::string text = R"--(namespace [[ /* ]] */ netabase::definition(D, // ]]
    K)]] n {
struct [[
    netabase::model("users"),
    netabase::index(by_both,
                    name /* the first */,
                    desc(mail), unique)
  ]]
  User {
  <:<:netabase::primary_key:>:> std::uint64_t id = 0;
  [[net\
abase::second\
ary_key]] std::string name;
  [ [netabase::secondary_key(unique), netabase::renamed_from("email")] ] std::string mail;
  [[netabase::skip]] int cache = 0;
};
})--";
  check_same(text);
  std::string windows = "\xEF\xBB\xBF";
  for (const char c : head + text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  CHECK(result_of_text(windows) == expected);
}

TEST_CASE("only in code that the preprocessor keeps, and never in literals") {
  check_same(R"--(#if 0
struct [[netabase::model]] Ghost {};
#endif
namespace [[netabase::definition(D, K)]] n {
inline const char* text = R"([[netabase::model]] " )" "[[netabase::nothing]]";
#ifdef NETABASE_GEN
#define NAME User
#else
struct [[netabase::model]] Other { [[netabase::nonsense]] int x; };
#endif
#define UNUSED [[netabase::model]]
struct [[netabase::model("users"), netabase::index(by_both, name, desc(mail), unique)]] NAME {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::string name;
  [[netabase::secondary_key(unique), netabase::renamed_from("email")]] std::string mail;
  [[netabase::skip]] int cache = 0;
};
})--");
}

TEST_CASE("on forward declarations, on reopened namespaces and on classes") {
  check_same(R"--(namespace [[netabase::definition(D, K)]] n {
struct [[netabase::model("users"), netabase::index(by_both, name, desc(mail), unique)]] User;
}
namespace n { struct User; }
namespace n {
struct User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::string name;
  [[netabase::secondary_key(unique), netabase::renamed_from("email")]] std::string mail;
  [[netabase::skip]] int cache = 0;
};
})--");
  check_same(R"--(namespace [[netabase::definition(D, K)]] n {}
namespace n {
class [[netabase::model("users"), netabase::index(by_both, name, desc(mail), unique)]] User {
  [[netabase::skip]] int cache = 0;
 public:
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::string name;
  [[netabase::secondary_key(unique), netabase::renamed_from("email")]] std::string mail;
};
})--");
}

TEST_CASE("composite and automatic primary keys, sparse, per-element and bounded keys") {
  CHECK(result_of_text(head + R"--(namespace [[netabase::definition]] n {
struct [[netabase::model, netabase::index(only_city, city)]] A {
  [[netabase::primary_key]] std::uint64_t order = 0;
  [[netabase::primary_key]] std::string part;
  [[netabase::secondary_key(max_length = 40)]] std::optional<std::string> city;
  [[netabase::secondary_key(unique)]] std::vector<std::uint32_t> numbers;
  [[netabase::secondary_key]] std::vector<std::uint8_t> blob;
};
struct [[netabase::model]] B { [[netabase::primary_key(auto)]] std::uint32_t id = 0; };
struct [[netabase::model]] C { [[netabase::primary_key(max_length = 16)]] std::string id; };
})--") ==
        "definition Definition, keys Keys, namespace n, header schema.hpp\n"
        "  struct ::n::A\n    order: std::uint64_t\n    part: std::string\n    city: std::optional<std::string>\n"
        "    numbers: std::vector<std::uint32_t>\n    blob: std::vector<std::uint8_t>\n"
        "  struct ::n::B\n    id: std::uint32_t\n  struct ::n::C\n    id: std::string\n"
        "  model A, stored as \"A\"\n    key primary: order, part (unique)\n"
        "    key city: city (on the field, sparse, at most 40 bytes)\n"
        "    key numbers: numbers (unique, on the field, per element)\n    key blob: blob (on the field)\n"
        "    key only_city: city (sparse)\n"
        "  model B, stored as \"B\"\n    key primary: id (unique, auto, on the field)\n"
        "  model C, stored as \"C\"\n    key primary: id (unique, on the field, at most 16 bytes)\n");
}

TEST_CASE("links: by name, by qualified name, forward, to the own model, beside other keys, and on primary keys") {
  CHECK(result_of_text(head + R"--(namespace [[netabase::definition(D, K)]] n {
using Id = std::uint64_t;
struct [[netabase::model]] Post {
  [[netabase::primary_key]] Id id = 0;
  [[netabase::link(User)]] Id author = 0;
  [[netabase::link(n::User, on_delete = set_null)]] std::optional<Id> editor;
  [[netabase::link(::n::Post, on_delete = cascade)]] [[netabase::secondary_key(unique)]] std::optional<Id> next;
  [[netabase::link(Tag, on_delete = restrict), netabase::secondary_key(max_length = 9)]] std::vector<std::string> tags;
};
struct [[netabase::model]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
};
struct [[netabase::model]] Profile {
  [[using netabase: primary_key, link(User, on_delete = cascade)]] Id user = 0;
};
struct [[netabase::model, netabase::index(by_post, post, desc(user))]] Like {
  [[using netabase: primary_key, link(User, on_delete = cascade)]] Id user = 0;
  [[using netabase: primary_key, link(Post, on_delete = cascade)]] Id post = 0;
};
struct [[netabase::model]] Tag {
  [[netabase::primary_key]] std::string text;
};
})--") ==
        "definition D, keys K, namespace n, header schema.hpp\n"
        "  struct ::n::Post\n    id: std::uint64_t\n    author: std::uint64_t\n"
        "    editor: std::optional<std::uint64_t>\n    next: std::optional<std::uint64_t>\n"
        "    tags: std::vector<std::string>\n"
        "  struct ::n::User\n    id: std::uint64_t\n"
        "  struct ::n::Profile\n    user: std::uint64_t\n"
        "  struct ::n::Like\n    user: std::uint64_t\n    post: std::uint64_t\n"
        "  struct ::n::Tag\n    text: std::string\n"
        "  model Post, stored as \"Post\"\n    key primary: id (unique, on the field)\n"
        "    key author: author (on the field, links to User, on_delete = restrict)\n"
        "    key editor: editor (on the field, sparse, links to User, on_delete = set_null)\n"
        "    key next: next (unique, on the field, sparse, links to Post, on_delete = cascade)\n"
        "    key tags: tags (on the field, per element, at most 9 bytes, links to Tag, on_delete = restrict)\n"
        "  model User, stored as \"User\"\n    key primary: id (unique, on the field)\n"
        "  model Profile, stored as \"Profile\"\n    key primary: user (unique, on the field)\n"
        "    key user: user (on the field, links to User, on_delete = cascade)\n"
        "  model Like, stored as \"Like\"\n    key primary: user, post (unique)\n"
        "    key user: user (on the field, links to User, on_delete = cascade)\n"
        "    key post: post (on the field, links to Post, on_delete = cascade)\n"
        "    key by_post: post, user descending\n"
        "  model Tag, stored as \"Tag\"\n    key primary: text (unique, on the field)\n");
}

TEST_CASE("nested, computed and partial keys, through macros, behind the name, and in any order of arguments") {
  CHECK(result_of_text(head + R"--(#define UNIQUE_KEY [[netabase::secondary_key(unique)]]
#define INDEX(...) [[netabase::index(__VA_ARGS__)]]
namespace [[netabase::definition]] n {
struct Home { std::string zip; };
struct [[netabase::model]] INDEX(by_zip, home . zip, where = on) INDEX(where, where = on, where, unique) User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  Home home;
  std::optional<Home> work [[netabase::renamed_from("office")]];
  bool on = false;
  std::int32_t where = 0;
  std::string domain [[netabase::secondary_key]] () const { return home.zip; }
  UNIQUE_KEY std::optional<std::string> macro() const { return home.zip; }
  [[using netabase: secondary_key(where = is_on)]] std::string used() const;
  bool is_on() const { return on; }
};
inline std::string User::used() const { return home.zip; }
})--") ==
        "definition Definition, keys Keys, namespace n, header schema.hpp\n"
        "  struct ::n::Home\n    zip: std::string\n"
        "  struct ::n::User\n    id: std::uint64_t\n    home: ::n::Home\n"
        "    work: std::optional<::n::Home>, renamed from office\n    on: bool\n    where: std::int32_t\n"
        "  model User, stored as \"User\"\n    key primary: id (unique, on the field)\n"
        "    key domain: domain() -> std::string (on the function)\n"
        "    key macro: macro() -> std::optional<std::string> (unique, on the function, sparse)\n"
        "    key used: used() -> std::string (on the function, where is_on())\n"
        "    key by_zip: home.zip (where on)\n    key where: where (unique, where on)\n");
}
