#include <algorithm>
#include <string>
#include <vector>

#include "compiler/schema/checks.hpp"
#include "compiler/schema/key_parts.hpp"
#include "compiler/schema/links.hpp"
#include "compiler/schema/suggest.hpp"

namespace netabase::compiler::schema {
namespace {

void also_here(Diagnostic& error, const SourceLocation& other, const std::string& what) {
  error.notes.insert(error.notes.begin(), {Severity::note, other, what, {}});
}

class LinkChecker {
 public:
  LinkChecker(const Schema& schema, const Definition& definition, const DeclaredNames& declared,
              Diagnostics& diagnostics)
      : schema_(schema), definition_(definition), declared_(declared), diagnostics_(diagnostics) {}

  void run() {
    for (const Model& model : definition_.models) {
      for (const Key& key : model.secondary) {
        if (!key.link) continue;
        if (key.link->model) {
          found(model, key, definition_.models[*key.link->model]);
        } else {
          not_found(*key.link);
        }
      }
    }
  }

 private:
  // ---- the target

  void not_found(const Link& link) {
    const std::vector<std::size_t> several = models_named(definition_, link.target);
    if (several.size() > 1) return ambiguous(link, several);
    for (const Definition& other : schema_.definitions) {
      if (&other == &definition_) continue;
      const std::vector<std::size_t> there = models_named(other, link.target);
      if (!there.empty()) return of_another(link, other, other.models[there[0]]);
    }
    if (const DeclaredName* name = declared(link.target)) {
      also_here(
          diagnostics_.error(link.target_location, "a link leads to a model, and `" + link.target + "` is not one",
                             "mark it `struct [[netabase::model]] " + name->name + "`, or link to another"),
          name->location, "`" + name->name + "` is declared here");
      return;
    }
    std::vector<std::string> names;
    for (const Model& model : definition_.models) names.push_back(model.structure->name);
    const std::string near = closest(link.target, names);
    diagnostics_.error(link.target_location,
                       "definition `" + definition_.name + "` has no model `" + link.target + "` to link to",
                       near.empty() ? "its models are `" + joined(names) + "`" : "did you mean `" + near + "`?");
  }

  static std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : "`, `") + name;
    return out;
  }

  void ambiguous(const Link& link, const std::vector<std::size_t>& models) {
    Diagnostic& error = diagnostics_.error(
        link.target_location, "several models of `" + definition_.name + "` are named `" + link.target + "`",
        "say which: `link(" + definition_.models[models[0]].structure->qualified_name.substr(2) + ")`");
    for (const std::size_t model : models) {
      also_here(error, definition_.models[model].structure->location, "one of them is here");
    }
  }

  void of_another(const Link& link, const Definition& other, const Model& model) {
    also_here(diagnostics_.error(link.target_location,
                                 "`" + link.target + "` is a model of `" + other.name + "`, which is another store",
                                 "links stay within a definition: they are checked in one transaction. Move the model, "
                                 "or store its key with `[[netabase::secondary_key]]` instead of a link"),
              model.structure->location, "the model is here");
  }

  /// What the user declares under that name, in the definition's namespace or around it.
  const DeclaredName* declared(const std::string& target) const {
    const std::size_t colons = target.rfind("::");
    const std::string name = colons == std::string::npos ? target : target.substr(colons + 2);
    for (std::string scope = definition_.cpp_namespace;; scope.resize(scope.rfind("::"))) {
      if (const auto names = declared_.find(scope); names != declared_.end()) {
        for (const DeclaredName& it : names->second) {
          if (it.name == name) return &it;
        }
      }
      if (scope.find("::") == std::string::npos) return nullptr;
    }
  }

  // ---- the field

  void found(const Model& model, const Key& key, const Model& target) {
    const Link& link = *key.link;
    const std::string name = target.structure->name;
    const std::vector<KeyPart>& primary = target.primary.parts;
    if (primary.empty()) return;  // reported with the model's keys
    if (primary.size() > 1) {
      diagnostics_.error(link.target_location,
                         "`" + name + "` has a primary key of " + std::to_string(primary.size()) +
                             " fields, and a link holds one value",
                         "give `" + name +
                             "` a primary key of one field, such as `primary_key(auto)`, and a unique "
                             "index over the others");
      return;
    }
    const Field& field = *fields_of(*model.structure, key.parts[0]).back();
    const Field& id = *fields_of(*target.structure, primary[0]).back();
    if (field.type.cpp.empty() || id.type.cpp.empty()) return;  // refused by the front end
    if (is_primary(model, key) && !primary_accepts(model, key, target, field)) return;
    const bool is_plain = field.type == id.type;
    const bool is_wrapped = (field.type.kind == TypeKind::optional || field.type.kind == TypeKind::vector) &&
                            !field.type.arguments.empty() && field.type.arguments[0] == id.type;
    if (!is_plain && !is_wrapped) {
      also_here(diagnostics_.error(key.location,
                                   "`" + field.name + "` is a `" + field.type.cpp + "`, and the primary key of `" +
                                       name + "` is a `" + id.type.cpp + "`",
                                   "use `" + id.type.cpp + "`, or `std::optional` or `std::vector` of it"),
                id.location, "the primary key is here");
    } else if (link.on_delete == OnDelete::set_null && is_plain) {
      diagnostics_.error(link.on_delete_location, "`set_null` on `" + field.name + "`, which always has a value",
                         "make it `std::optional<" + id.type.cpp + ">`, or choose `restrict` or `cascade`");
    }
  }

  static bool is_primary(const Model& model, const Key& key) {
    return model.primary.parts.size() == 1 && same_part(model.primary.parts[0], key.parts[0]);
  }

  /// A record may be found by the key of another one that it belongs to; not by a number of its own.
  bool primary_accepts(const Model& model, const Key& key, const Model& target, const Field& field) {
    if (&model == &target) {
      diagnostics_.error(key.link->target_location,
                         "`" + field.name + "` is the primary key, and would link every record to itself",
                         "link from another field");
    } else if (model.primary.automatic) {
      diagnostics_.error(
          key.location, "`" + field.name + "` is numbered by a sequence, and cannot name a record of another model",
          "leave `auto` out when the key is that of a `" + target.structure->name + "`, or link from another field");
    } else {
      return true;
    }
    return false;
  }

  const Schema& schema_;
  const Definition& definition_;
  const DeclaredNames& declared_;
  Diagnostics& diagnostics_;
};

}  // namespace

void check_links(const Schema& schema, const Definition& definition, const DeclaredNames& declared,
                 Diagnostics& diagnostics) {
  LinkChecker(schema, definition, declared, diagnostics).run();
}

}  // namespace netabase::compiler::schema
