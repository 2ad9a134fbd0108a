#include "compiler/frontend/link_arguments.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "compiler/frontend/lexer.hpp"
#include "compiler/schema/suggest.hpp"

namespace netabase::compiler::frontend {
namespace {

using schema::OnDelete;

constexpr std::array<OnDelete, 3> policies = {OnDelete::restrict_, OnDelete::cascade, OnDelete::set_null};

/// Whether `text` is a name such as `User` or `blog::User`.
bool is_name(const std::string& text) {
  bool wants_word = true;
  for (const Token& token : lex(text)) {
    if (wants_word && token.is("::") && token.begin == 0) continue;  // ::blog::User
    if (wants_word ? token.kind != TokenKind::identifier : !token.is("::")) return false;
    wants_word = !wants_word;
  }
  return !wants_word;
}

class LinkReader {
 public:
  LinkReader(Attribute& attribute, const std::string& forms, Diagnostics& diagnostics)
      : attribute_(attribute), forms_(forms), diagnostics_(diagnostics) {}

  void read(const std::vector<Argument>& arguments) {
    if (arguments.empty() || arguments[0].kind == ArgumentKind::assignment) {
      diagnostics_.error(arguments.empty() ? attribute_.location : arguments[0].location,
                         "`link` needs the model that it leads to first", forms_);
    } else {
      target(arguments[0]);
    }
    bool given = false;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
      const Argument& argument = arguments[i];
      if (argument.kind != ArgumentKind::assignment || argument.name != "on_delete") {
        unexpected(argument);
      } else if (std::exchange(given, true)) {
        diagnostics_.error(argument.location, "`on_delete` is given twice", "leave one of them out");
      } else {
        policy(argument);
      }
    }
  }

 private:
  void target(const Argument& argument) {
    if (argument.kind == ArgumentKind::string) {
      diagnostics_.error(argument.location, "a link leads to a struct, which is named without quotes",
                         "write `link(" + argument.value + ")`");
    } else if (is_name(argument.text)) {
      attribute_.link.target = argument.text;
      attribute_.link.target_location = argument.location;
    } else {
      diagnostics_.error(argument.location, "`" + argument.text + "` is not the name of a model", forms_);
    }
  }

  void unexpected(const Argument& argument) {
    const bool is_policy = std::any_of(policies.begin(), policies.end(),
                                       [&](OnDelete policy) { return argument.text == schema::name_of(policy); });
    if (is_policy) {
      diagnostics_.error(argument.location, "`" + argument.text + "` stands alone",
                         "write `on_delete = " + argument.text + "`");
      return;
    }
    const std::string near = schema::closest(argument.name, {"on_delete"});
    diagnostics_.error(argument.location, "`link` takes no argument `" + argument.text + "`",
                       near.empty() || near == argument.name ? forms_ : "did you mean `" + near + "`?");
  }

  void policy(const Argument& argument) {
    attribute_.link.on_delete_location = argument.location;
    std::vector<std::string> names;
    for (const OnDelete policy : policies) {
      names.emplace_back(schema::name_of(policy));
      if (argument.value != names.back()) continue;
      attribute_.link.on_delete = policy;
      return;
    }
    const std::string near = schema::closest(argument.value, names);
    diagnostics_.error(argument.location, "`on_delete` cannot be `" + argument.value + "`",
                       near.empty() ? "it is `restrict` (the removal is refused), `cascade` (what links to the record "
                                      "is removed, too) or `set_null` (the link is taken out)"
                                    : "did you mean `" + near + "`?");
  }

  Attribute& attribute_;
  const std::string& forms_;
  Diagnostics& diagnostics_;
};

}  // namespace

void read_link(const std::vector<Argument>& arguments, Attribute& attribute, const std::string& forms,
               Diagnostics& diagnostics) {
  LinkReader(attribute, forms, diagnostics).read(arguments);
}

}  // namespace netabase::compiler::frontend
