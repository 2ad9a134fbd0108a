#include "compiler/schema/checks.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

namespace netabase::compiler::schema {
namespace {

bool is_word(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

void also_here(Diagnostic& error, const SourceLocation& other, const std::string& what) {
  error.notes.insert(error.notes.begin(), {Severity::note, other, what, {}});
}

void check_stored_names(const Definition& definition, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < definition.models.size(); ++i) {
    const Model& model = definition.models[i];
    const std::string& name = model.stored_name;
    if (!is_word(name)) {
      diagnostics.error(model.location, "\"" + name + "\" cannot be a stored name",
                        "use letters, digits and `_` only: `model(\"users\")`");
    } else if (name == "netabase") {
      diagnostics.error(model.location, "the stored name \"netabase\" is taken: the store keeps its schema under it",
                        "give the model another: `model(\"my_netabase\")`");
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (definition.models[j].stored_name != name) continue;
      also_here(diagnostics.error(model.location, "two models are stored as \"" + name + "\"",
                                  "give one of them another name: `model(\"other_name\")`"),
                definition.models[j].location, "the other one is here");
      break;
    }
  }
}

void check_dropped(const Definition& definition, Diagnostics& diagnostics) {
  for (const DroppedName& dropped : definition.dropped) {
    for (const Model& model : definition.models) {
      if (model.stored_name != dropped.name) continue;
      also_here(diagnostics.error(dropped.location, "model `" + dropped.name + "` is dropped and is there",
                                  "leave the name out of `dropped`"),
                model.location, "`" + dropped.name + "` is here");
    }
  }
}

}  // namespace

void check_definitions(const Schema& schema, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < schema.definitions.size(); ++i) {
    const Definition& definition = schema.definitions[i];
    if (definition.name == definition.keys_name) {
      diagnostics.error(definition.location, "`" + definition.name + "` is the name of the definition and of its keys",
                        "give them two names: `definition(BlogDefinition, BlogKeys)`");
    }
    for (std::size_t j = 0; j < i; ++j) {
      const Definition& other = schema.definitions[j];
      const auto stem = [](const std::string& header) { return std::filesystem::path(header).stem(); };
      if (other.name == definition.name) {
        also_here(diagnostics.error(definition.location, "several definitions are named `" + definition.name + "`",
                                    "name each: `namespace [[netabase::definition(BlogDefinition, BlogKeys)]] blog`"),
                  other.location, "another one is here");
      } else if (other.header != definition.header && stem(other.header) == stem(definition.header)) {
        also_here(diagnostics.error(definition.location,
                                    "`" + definition.header + "` and `" + other.header + "` would both write `" +
                                        stem(definition.header).string() + ".netabase.hpp`",
                                    "rename one of the headers, or generate them into two folders"),
                  other.location, "the other header's definition is here");
      } else {
        continue;
      }
      break;
    }
    check_stored_names(definition, diagnostics);
    check_dropped(definition, diagnostics);
  }
}

void check(const Schema& schema, const DeclaredNames& declared, Diagnostics& diagnostics) {
  check_definitions(schema, diagnostics);
  for (const Definition& definition : schema.definitions) {
    check_structs(definition, diagnostics);
    for (const Model& model : definition.models) check_keys(model, diagnostics);
    check_links(schema, definition, declared, diagnostics);
    check_names(definition, declared, diagnostics);
  }
}

}  // namespace netabase::compiler::schema
