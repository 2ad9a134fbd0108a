/// \file
/// Whatever a header contains, the front end comes back: with a schema or with errors, never with a crash or a hang.
///
/// Headers are made from a rich schema by random edits. Each must leave either errors or a schema that prints. The
/// count is 300, or NETABASE_TEST_MUTATIONS; the seed is printed, or taken from NETABASE_TEST_SEED.

#include <doctest/doctest.h>

#include <cstdlib>
#include <ctime>
#include <iostream>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/frontend/attribute.hpp"
#include "compiler/frontend/attribute_scan.hpp"
#include "compiler/frontend/lexer.hpp"
#include "schema_files.hpp"

using namespace netabase::compiler;

namespace {

// No includes: each run is then quick, and the templates below stand for the standard ones.
constexpr std::string_view base = R"--(
namespace std {
using uint64_t = unsigned long; using uint8_t = unsigned char; using int64_t = long;
template <class T> struct allocator {};
template <class T> struct char_traits {};
template <class C, class T = char_traits<C>, class A = allocator<C>> struct basic_string { basic_string(); basic_string(const C*); };
using string = basic_string<char>;
template <class T, class A = allocator<T>> struct vector {};
template <class T> struct optional {};
template <class T, unsigned long N> struct array { T v[N]; };
}
#define PK(how) [[netabase::primary_key how]]
namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog {
enum class Status : std::uint8_t { draft, published = 7, gone };
struct Address { std::string street; [[netabase::skip]] void* cache = nullptr; int number = -3; };
struct [[netabase::model("users"), netabase::index(by_name, name, desc(created), unique)]] User {
  PK((auto)) std::uint64_t id = 0;
  std::string name = "nobody";
  [[netabase::secondary_key(unique, max_length = 64)]] std::string email;
  [[netabase::secondary_key]] std::optional<std::string> city;
  [[using netabase: secondary_key, renamed_from("labels")]] std::vector<std::string> tags;
  std::int64_t created = 1 << 4;
  Status status = Status::published;
  std::vector<std::optional<Address>> places;
  std::array<std::uint8_t, 16> hash{};
  double ratio = -0.5, other [[netabase::secondary_key]] = 2;
};
/* [[netabase::model]] */ inline const char* raw = R"x([[netabase::model]])x";
struct [[netabase::model]] post { [[netabase::primary_key]] std::uint64_t author; [[netabase::primary_key]] int number; };
}
)--";

constexpr std::string_view pieces[] = {"[[",
                                       "]]",
                                       "(",
                                       ")",
                                       "{",
                                       "}",
                                       "<",
                                       ">",
                                       ",",
                                       ";",
                                       "::",
                                       "\"",
                                       "'",
                                       "R\"(",
                                       ")\"",
                                       "/*",
                                       "*/",
                                       "//",
                                       "\\\n",
                                       "\n",
                                       "#",
                                       "#if 0\n",
                                       "#endif\n",
                                       "#define X ",
                                       "netabase",
                                       "using netabase:",
                                       "netabase::",
                                       "model",
                                       "index",
                                       "primary_key",
                                       "secondary_key",
                                       "definition(",
                                       "desc(",
                                       "unique",
                                       "auto",
                                       "skip",
                                       "link(User)",
                                       "struct",
                                       "namespace",
                                       "union",
                                       "enum",
                                       "template<class T>",
                                       "std::vector<",
                                       "std::optional<",
                                       "User",
                                       "Address",
                                       "long",
                                       "const",
                                       "*",
                                       "&",
                                       "=",
                                       "{}",
                                       "0",
                                       "-1",
                                       "18446744073709551615",
                                       "virtual",
                                       "static",
                                       "private:",
                                       "\xFF",
                                       "\0",
                                       "\xEF\xBB\xBF",
                                       "<:<:",
                                       "?"
                                       "?/"};

class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : random_(seed) {}

  std::string next() {
    std::string text(base);
    for (std::size_t edits = 1 + below(4); edits > 0; --edits) edit(text);
    return text;
  }

 private:
  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }

  void edit(std::string& text) {
    const std::size_t at = below(text.size());
    const std::size_t length = std::min(1 + below(12), text.size() - at);
    switch (below(6)) {
      case 0:
        text.erase(at, length);
        break;
      case 1:
        text.insert(at, std::string(pieces[below(std::size(pieces))]));
        break;
      case 2:
        text.replace(at, length, std::string(pieces[below(std::size(pieces))]));
        break;
      case 3:
        text.insert(below(text.size()), text.substr(at, 1 + below(120)));
        break;
      case 4:
        text[at] = static_cast<char>(below(256));
        break;
      default:
        std::swap(text[at], text[below(text.size())]);
    }
  }

  std::mt19937_64 random_;
};

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

}  // namespace

TEST_CASE("mutated schemas give a schema or errors") {
  const std::uint64_t seed = number_from("NETABASE_TEST_SEED", std::random_device{}());
  const std::uint64_t count = number_from("NETABASE_TEST_MUTATIONS", 300);
  const test::SchemaFiles files;
  frontend::Options options;
  options.headers = {"mutated.hpp"};

  files.write("mutated.hpp", std::string(base));
  REQUIRE(test::result_of(options).starts_with("definition BlogDefinition"));

  Mutator mutator(seed);
  std::uint64_t good = 0;
  // Of the processor, in all threads of the process: libclang parses in one of its own, and others may keep the machine
  // busy.
  std::clock_t longest = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    files.write("mutated.hpp", mutator.next());
    const std::clock_t begin = std::clock();
    Diagnostics diagnostics;
    const schema::Schema schema = frontend::parse(options, diagnostics);
    longest = std::max(longest, std::clock() - begin);
    const std::string said = diagnostics.render(true);
    CHECK_MESSAGE(diagnostics.has_errors() == !said.empty(), "seed " << seed << ", mutation " << i);
    if (diagnostics.has_errors()) continue;
    ++good;
    CHECK_MESSAGE(!schema::print(schema).empty(), "seed " << seed << ", mutation " << i);
  }
  const double seconds = static_cast<double>(longest) / CLOCKS_PER_SEC;
  std::cout << "mutated schemas: " << count << ", still good: " << good << ", longest " << seconds << " s, seed "
            << seed << "\n";
  CHECK(seconds < 10);
  if (count >= 100) {
    CHECK(good > 0);      // some edits are harmless: a generator of nothing but noise would test little
    CHECK(good < count);  // and most are not
  }
}

TEST_CASE("the lexer, the scanner and the attribute parser take any bytes") {
  const std::uint64_t seed = number_from("NETABASE_TEST_SEED", std::random_device{}());
  CAPTURE(seed);
  Mutator mutator(seed);
  for (int i = 0; i < 3000; ++i) {
    std::string text = mutator.next();
    text.erase(0, static_cast<std::size_t>(i) % text.size());
    std::size_t last = 0;
    bool ordered = true;
    for (const frontend::Token& token : frontend::lex(text)) {
      ordered = ordered && token.begin >= last && token.end > token.begin && token.end <= text.size();
      last = token.end;
    }
    CHECK(ordered);
    for (const frontend::ScannedSpecifier& specifier : frontend::scan_attributes(text).specifiers) {
      CHECK((specifier.begin < specifier.end && specifier.end <= text.size()));
    }
    Diagnostics diagnostics;
    const bool understood =
        frontend::parse_attribute({text.substr(0, 200), {"x", 1, 1, 1}, {}}, diagnostics).has_value();
    CHECK((understood || diagnostics.has_errors()));
  }
}
