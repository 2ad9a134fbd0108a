#include "compiler/frontend/attribute.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <set>
#include <string_view>
#include <utility>

#include "compiler/frontend/attribute_arguments.hpp"
#include "compiler/frontend/link_arguments.hpp"
#include "compiler/schema/suggest.hpp"

namespace netabase::compiler::frontend {
namespace {

struct Grammar {
  AttributeKind kind;
  std::string_view name;
  std::string_view forms;  ///< every way to write it, for messages
};

constexpr std::array<Grammar, 9> grammar = {{
    {AttributeKind::definition, "definition", "`definition`, `definition(Name)` or `definition(Name, KeysName)`"},
    {AttributeKind::model, "model", "`model` or `model(\"stored_name\")`"},
    {AttributeKind::index, "index",
     "`index(name, field)`, with more fields for a composite index, `desc(field)` for descending order, `unique`, and "
     "`where = member` for some records only"},
    {AttributeKind::primary_key, "primary_key",
     "`primary_key`, `primary_key(auto)` or `primary_key(max_length = 64)` (bytes)"},
    {AttributeKind::secondary_key, "secondary_key",
     "`secondary_key`, `secondary_key(unique)`, `secondary_key(max_length = 64)` (bytes) or "
     "`secondary_key(where = member)`"},
    {AttributeKind::link, "link",
     "`link(Model)` or `link(Model, on_delete = restrict)`, where `cascade` and `set_null` may stand, too"},
    {AttributeKind::renamed_from, "renamed_from", "`renamed_from(\"old_name\")`"},
    {AttributeKind::dropped, "dropped", "`dropped(\"old_name\")`, with more names behind it"},
    {AttributeKind::skip, "skip", "`skip`"},
}};

const Grammar& grammar_of(AttributeKind kind) {
  return *std::find_if(grammar.begin(), grammar.end(), [&](const Grammar& g) { return g.kind == kind; });
}

bool is_keyword(const std::string& word) {
  static const std::set<std::string, std::less<>> keywords = {
      "alignas",     "alignof",   "and",        "and_eq",    "asm",      "auto",         "bitand",
      "bitor",       "bool",      "break",      "case",      "catch",    "char",         "char8_t",
      "char16_t",    "char32_t",  "class",      "compl",     "concept",  "const",        "consteval",
      "constexpr",   "constinit", "const_cast", "continue",  "co_await", "co_return",    "co_yield",
      "decltype",    "default",   "delete",     "do",        "double",   "dynamic_cast", "else",
      "enum",        "explicit",  "export",     "extern",    "false",    "float",        "for",
      "friend",      "goto",      "if",         "inline",    "int",      "long",         "mutable",
      "namespace",   "new",       "noexcept",   "not",       "not_eq",   "nullptr",      "operator",
      "or",          "or_eq",     "private",    "protected", "public",   "register",     "reinterpret_cast",
      "requires",    "return",    "short",      "signed",    "sizeof",   "static",       "static_assert",
      "static_cast", "struct",    "switch",     "template",  "this",     "thread_local", "throw",
      "true",        "try",       "typedef",    "typeid",    "typename", "union",        "unsigned",
      "using",       "virtual",   "void",       "volatile",  "wchar_t",  "while",        "xor",
      "xor_eq"};
  return keywords.count(word) != 0;
}

/// Reads the arguments of one attribute into its meaning.
class Reader {
 public:
  Reader(Attribute& attribute, Diagnostics& diagnostics) : attribute_(attribute), diagnostics_(diagnostics) {}

  void read(std::vector<Argument>& arguments, bool parenthesised) {
    if (parenthesised && arguments.empty() && attribute_.kind != AttributeKind::link) {
      diagnostics_.error(attribute_.location, "`" + name() + "()` has no arguments between its parentheses", forms());
      return;
    }
    switch (attribute_.kind) {
      case AttributeKind::definition:
        return definition(arguments);
      case AttributeKind::model:
        return text(arguments, false);
      case AttributeKind::renamed_from:
        return text(arguments, true);
      case AttributeKind::dropped:
        return dropped(arguments);
      case AttributeKind::index:
        return index(arguments);
      case AttributeKind::primary_key:
      case AttributeKind::secondary_key:
        return key(arguments);
      case AttributeKind::link:
        return read_link(arguments, attribute_, forms(), diagnostics_);
      case AttributeKind::skip:
        for (const Argument& argument : arguments) unexpected(argument);
    }
  }

 private:
  std::string name() const { return name_of(attribute_.kind); }
  std::string forms() const { return "write " + std::string(grammar_of(attribute_.kind).forms); }

  void unexpected(const Argument& argument) {
    const std::vector<std::string> words = attribute_.kind == AttributeKind::primary_key
                                               ? std::vector<std::string>{"auto", "max_length"}
                                               : std::vector<std::string>{"unique", "max_length", "where"};
    const bool is_key =
        attribute_.kind == AttributeKind::primary_key || attribute_.kind == AttributeKind::secondary_key;
    const std::string near = is_key ? schema::closest(argument.name, words) : std::string();
    diagnostics_.error(argument.location, "`" + name() + "` takes no argument `" + argument.text + "`",
                       near.empty() || near == argument.name ? forms() : "did you mean `" + near + "`?");
  }

  void said_twice(const Argument& argument) {
    diagnostics_.error(argument.location, "`" + argument.name + "` is given twice", "leave one of them out");
  }

  /// A name that will be declared in generated code.
  bool declarable(const Argument& argument, const std::string& what) {
    if (argument.kind != ArgumentKind::word) {
      diagnostics_.error(argument.location, what + " must be a plain name, not `" + argument.text + "`", forms());
      return false;
    }
    if (is_keyword(argument.name)) {
      diagnostics_.error(argument.location, what + " cannot be `" + argument.name + "`: that is a C++ keyword",
                         "choose another name");
      return false;
    }
    return true;
  }

  void definition(const std::vector<Argument>& arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (i >= 2) {
        unexpected(arguments[i]);
      } else if (declarable(arguments[i], i == 0 ? "a definition's name" : "the name of a definition's keys")) {
        attribute_.names.push_back({arguments[i].name, arguments[i].location});
      }
    }
  }

  void text(const std::vector<Argument>& arguments, bool required) {
    if (arguments.empty() && required) {
      diagnostics_.error(attribute_.location, "`" + name() + "` needs the old name of the field or struct", forms());
    }
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (i > 0) {
        unexpected(arguments[i]);
      } else {
        attribute_.text = quoted(arguments[i]);
      }
    }
  }

  void dropped(const std::vector<Argument>& arguments) {
    if (arguments.empty()) {
      diagnostics_.error(attribute_.location, "`dropped` needs the names of what is gone", forms());
    }
    for (const Argument& argument : arguments) {
      if (std::optional<PlacedName> name = quoted(argument)) attribute_.names.push_back(std::move(*name));
    }
  }

  std::optional<PlacedName> quoted(const Argument& argument) {
    if (argument.kind == ArgumentKind::word) {
      diagnostics_.error(argument.location, "the name in `" + name() + "` must be in quotes",
                         "write `" + name() + "(\"" + argument.name + "\")`");
    } else if (argument.kind != ArgumentKind::string) {
      diagnostics_.error(argument.location, "`" + argument.text + "` is not a name in quotes", forms());
    } else {
      return PlacedName{argument.value, argument.location};
    }
    return std::nullopt;
  }

  void key(const std::vector<Argument>& arguments) {
    const bool primary = attribute_.kind == AttributeKind::primary_key;
    for (const Argument& argument : arguments) {
      if (argument.kind == ArgumentKind::word && argument.name == (primary ? "auto" : "unique")) {
        bool& flag = primary ? attribute_.automatic : attribute_.unique;
        if (flag) said_twice(argument);
        flag = true;
      } else if (argument.kind == ArgumentKind::word && argument.name == "unique") {
        diagnostics_.error(argument.location, "a primary key is always unique", "leave `unique` out");
      } else if (argument.kind == ArgumentKind::word && argument.name == "auto") {
        diagnostics_.error(argument.location, "only a primary key can be `auto`",
                           "write `primary_key(auto)` on the integer that netabase is to number");
      } else if (argument.name == "max_length" && argument.kind != ArgumentKind::call) {
        max_length(argument);
      } else if (!primary && is_where(argument)) {
        where(argument);
      } else {
        unexpected(argument);
      }
    }
  }

  void max_length(const Argument& argument) {
    std::uint64_t length = 0;
    const char* end = argument.value.data() + argument.value.size();
    const auto [rest, error] = std::from_chars(argument.value.data(), end, length);
    if (argument.kind != ArgumentKind::assignment || error != std::errc{} || rest != end || length == 0) {
      diagnostics_.error(argument.location, "`max_length` needs a number of bytes, at least 1",
                         "write `" + name() + "(max_length = 64)`");
      return;
    }
    if (attribute_.max_length != 0) said_twice(argument);
    attribute_.max_length = length;
    attribute_.max_length_location = argument.location;
  }

  /// A field may be named `where`, too.
  static bool is_where(const Argument& argument) {
    return argument.name == "where" && argument.kind != ArgumentKind::word && argument.kind != ArgumentKind::path;
  }

  void where(const Argument& argument) {
    const bool is_name = argument.kind == ArgumentKind::assignment && !argument.value.empty() &&
                         (std::isalpha(static_cast<unsigned char>(argument.value[0])) != 0 || argument.value[0] == '_');
    if (!is_name) {
      diagnostics_.error(argument.location, "`where` needs the name of one member that says yes or no",
                         "write `where = is_active`, a `bool` field or a const member function that returns `bool`; "
                         "put anything longer into such a function");
      return;
    }
    if (attribute_.where) said_twice(argument);
    attribute_.where = PlacedName{argument.value, argument.location};
  }

  void index(const std::vector<Argument>& arguments) {
    if (arguments.empty()) {
      diagnostics_.error(attribute_.location, "an index needs a name and the fields it is made of", forms());
      return;
    }
    if (declarable(arguments[0], "an index's name")) attribute_.index = {arguments[0].name, arguments[0].location};
    for (std::size_t i = 1; i < arguments.size(); ++i) part(arguments[i]);
    if (attribute_.parts.empty() && !part_failed_) {
      const std::string& first = arguments[0].text;
      const bool is_field =
          arguments.size() == 1 && arguments[0].kind == ArgumentKind::word && !first.starts_with("by_");
      diagnostics_.error(attribute_.location, "index `" + first + "` names no field",
                         is_field
                             ? "write the index's name first, then its fields: `index(by_" + first + ", " + first + ")`"
                             : forms());
    }
  }

  static bool names_field(const Argument& argument) {
    return argument.kind == ArgumentKind::word || argument.kind == ArgumentKind::path;
  }

  void part(const Argument& argument) {
    if (argument.kind == ArgumentKind::word && argument.name == "unique") {
      if (attribute_.unique) said_twice(argument);
      attribute_.unique = true;
      return;
    }
    if (is_where(argument)) return where(argument);
    if (names_field(argument)) {
      attribute_.parts.push_back({{argument.name, argument.location}, false});
      return;
    }
    part_failed_ = true;
    if (argument.kind != ArgumentKind::call) {
      diagnostics_.error(argument.location, "`" + argument.text + "` is not a part of an index", forms());
    } else if (argument.name == "asc") {
      diagnostics_.error(argument.location, "fields are ascending without being told",
                         "write the field's name alone, or `desc(field)` for descending order");
    } else if (argument.name != "desc") {
      diagnostics_.error(argument.location, "an index knows no `" + argument.name + "(...)`",
                         "write a field's name, or `desc(field)` for descending order");
    } else if (argument.arguments.size() != 1 || !names_field(argument.arguments[0])) {
      diagnostics_.error(argument.location, "`desc(...)` takes the name of one field", forms());
    } else {
      attribute_.parts.push_back({{argument.arguments[0].name, argument.arguments[0].location}, true});
    }
  }

  Attribute& attribute_;
  Diagnostics& diagnostics_;
  bool part_failed_ = false;
};

}  // namespace

std::string name_of(AttributeKind kind) { return std::string(grammar_of(kind).name); }

bool is_attribute_name(const std::string& name) {
  return std::any_of(grammar.begin(), grammar.end(), [&](const Grammar& g) { return g.name == name; });
}

std::optional<Attribute> parse_attribute(const AttributeText& text, Diagnostics& diagnostics) {
  std::optional<ParsedAttribute> parsed = parse_arguments(text, diagnostics);
  if (!parsed) return std::nullopt;
  const auto known =
      std::find_if(grammar.begin(), grammar.end(), [&](const Grammar& g) { return g.name == parsed->name; });
  if (known == grammar.end()) {
    std::vector<std::string> names;
    for (const Grammar& g : grammar) names.emplace_back(g.name);
    const std::string near = schema::closest(parsed->name, names);
    diagnostics.error(parsed->name_location, "netabase has no attribute `" + parsed->name + "`",
                      near.empty() ? "its attributes are " + schema::listed(names) : "did you mean `" + near + "`?");
    return std::nullopt;
  }
  Attribute attribute;
  attribute.kind = known->kind;
  attribute.location = text.location;
  Reader(attribute, diagnostics).read(parsed->arguments, parsed->parenthesised);
  return attribute;
}

}  // namespace netabase::compiler::frontend
