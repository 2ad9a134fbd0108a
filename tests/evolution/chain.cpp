#include "tests/evolution/chain.hpp"

#include <algorithm>
#include <set>

#include "tests/evolution/random_draft.hpp"
#include "tests/evolution/value.hpp"

namespace random_evolution {

namespace evolution = netabase::evolution;

namespace {

using Fields = std::map<std::string, std::string>;

std::string text_of(const Fields& fields) {
  std::string out;
  for (const auto& [name, value] : fields) out += "    " + name + " = " + value + "\n";
  return out;
}

/// Of a record that is expected and one that is there.
std::string difference_of(const Fields& expected, const Fields& found) {
  std::string out;
  for (const auto& [name, value] : expected) {
    const auto place = found.find(name);
    if (place != found.end() && place->second == value) continue;
    out += "    " + name + " is " + (place == found.end() ? "missing" : place->second) + " instead of " + value + "\n";
  }
  for (const auto& [name, value] : found) {
    if (!expected.contains(name)) out += "    " + name + " = " + value + " is too much\n";
  }
  return out;
}

/// Whether any struct has the field.
bool is_elsewhere(const Draft& draft, Id field) {
  return std::any_of(draft.structs.begin(), draft.structs.end(),
                     [&](const Struct& it) { return it.find(field) != nullptr; });
}

}  // namespace

Chain::Chain(std::string name, std::string folder, std::uint64_t seed)
    : name_(std::move(name)), folder_(std::move(folder)), random_(seed) {
  draft_ = proposal_ = random_draft(name_, random_);
}

std::string Chain::propose(Wish wish) {
  if (!store_) return header_text(proposal_);
  if (second_thought_) {
    // Of one change alone it is known what must be said.
    if (changes_.size() != 1) second_thought_->expected = Expected::any;
    changes_ = {*second_thought_};
    return header_text(proposal_);
  }
  proposal_ = draft_;
  changes_.clear();
  for (Struct& structure : proposal_.structs) {
    structure.free_names.insert(structure.free_names.end(), structure.freed_names.begin(), structure.freed_names.end());
    structure.freed_names.clear();
  }
  std::size_t count = random_.one_in(5) ? 2 + random_.below(2) : 1;
  if (wish == Wish::safe) count = 4;  // they must pay for a version that is compiled
  for (; count > 0; --count) {
    changes_.push_back(wish == Wish::any
                           ? random_change(proposal_, random_)
                           : random_change(proposal_, random_, wish == Wish::safe ? Expected::safe : Expected::unsafe));
  }
  return header_text(proposal_);
}

SchemaBytes Chain::schema_of(const Generated& generated, const Draft& draft) const {
  return {draft.definition_name, generated.schema, generated.version};
}

void Chain::start(const Generated& generated) {
  draft_ = proposal_;
  lock_ = generated.files.capnp;
  store_ = std::make_unique<DynamicStore>(folder_ + "/" + name_ + ".mdb", schema_of(generated, draft_));
  records_.clear();
  upgraded_records_.clear();
  add_records(5);
  check_records();
}

Chain::Outcome Chain::take(const Generated& generated) {
  Outcome out;
  if (!store_) {
    start(generated);
    check_ordinals(generated);
    history_ += "a first version\n";
    return out;
  }
  for (const Change& change : changes_) out.what += (out.what.empty() ? "" : "; ") + change.what;
  out.verdict = generated.verdict;
  out.generator_words = generated.words();
  history_ += out.what + ": " + name_of(generated.verdict) + "\n";
  const bool is_second = second_thought_.has_value();
  second_thought_.reset();
  const SchemaBytes schema = schema_of(generated, proposal_);
  const evolution::Comparison comparison = store_->compare_with(schema);
  const std::string both = "the generator says:\n" + generated.words() + "the runtime says:\n" + comparison.text();
  // A new rule, of a unique index: the data decides, when the store is opened.
  const bool has_new_rules = std::any_of(comparison.models.begin(), comparison.models.end(),
                                         [](const evolution::ModelChanges& it) { return it.has_new_rules; });
  const bool is_rule = generated.verdict == Verdict::migration && !comparison.needs_migration() && has_new_rules;
  if (!is_rule) check_expected(generated);
  switch (generated.verdict) {
    case Verdict::safe:
      if (comparison.needs_migration())
        throw Disagreement("the generator calls it safe, the runtime does not\n" + both);
      if (lock_ == generated.files.capnp && !comparison.differences.empty()) {
        throw Disagreement("the lock is the same and the schema is not\n" + both);
      }
      if (!upgrade(generated, comparison)) throw Disagreement("records are not unique after a safe change\n" + both);
      break;
    case Verdict::migration:
      if (!comparison.needs_migration()) {
        if (!is_rule) throw Disagreement("the generator asks for a migration, the runtime does not\n" + both);
        out.duplicates = !upgrade(generated, comparison);
        out.needless = !out.duplicates && changes_.size() == 1 && changes_[0].expected == Expected::safe;
        if (out.duplicates) history_.insert(history_.size() - 1, ", and records are not unique");
        break;
      }
      out.needless = !would_be_misread(generated);
      // As after a migration that makes every record anew.
      proposal_.removed_models.clear();
      proposal_.removed_structs.clear();
      start(generated);
      check_ordinals(generated);
      break;
    case Verdict::refused:
      // A store of another definition is not opened at all.
      out.needless = !comparison.needs_migration() && proposal_.definition_name == draft_.definition_name &&
                     !would_be_misread(generated);
      if (!is_second) {
        Change change = random_.one_in(2) ? say_dropped(proposal_, draft_) : say_renamed(proposal_, draft_);
        if (!change.what.empty()) second_thought_ = std::move(change);
      }
      break;
  }
  return out;
}

bool Chain::upgrade(const Generated& generated, const evolution::Comparison& comparison) {
  if (!store_->upgrade(schema_of(generated, proposal_), comparison)) return false;
  draft_ = proposal_;
  lock_ = generated.files.capnp;
  check_ordinals(generated);
  check_records();
  upgraded_records_ = records_;
  rewrite_some();
  add_records(2);
  check_records();
  const std::string problems = store_->check();
  if (!problems.empty()) {
    throw Disagreement("the store is damaged after the upgrade\n" + problems + comparison.text());
  }
  return true;
}

void Chain::check_expected(const Generated& generated) const {
  if (changes_.size() != 1) return;
  const Expected expected = changes_[0].expected;
  const bool good = expected == Expected::any || (expected == Expected::safe && generated.verdict == Verdict::safe) ||
                    (expected == Expected::unsafe && generated.verdict != Verdict::safe) ||
                    (expected == Expected::refused && generated.verdict == Verdict::refused);
  if (good) return;
  const std::string wanted = expected == Expected::safe ? "safe" : expected == Expected::unsafe ? "unsafe" : "refused";
  throw Disagreement("this change should be " + wanted + ", and the generator says:\n" + generated.words() +
                     generated.diagnostics);
}

void Chain::check_ordinals(const Generated& generated) {
  const auto claim = [&](std::uint64_t structure, unsigned ordinal, Id field) {
    const auto [place, is_new] = ordinals_.try_emplace({structure, ordinal}, field);
    if (!is_new && place->second != field) {
      throw Disagreement("the ordinal " + std::to_string(ordinal) + " was given to two fields\n" + generated.words());
    }
  };
  for (const auto& locked : generated.lock.structs) {
    if (locked.wrapper || locked.removed) continue;
    for (const Struct& structure : draft_.structs) {
      if (locked.cpp_name != draft_.name + "::" + structure.name) continue;
      for (const Field& field : structure.fields) {
        const auto found = std::find_if(locked.fields.begin(), locked.fields.end(),
                                        [&](const auto& it) { return !it.removed && it.cpp_name == field.name; });
        if (found == locked.fields.end()) throw Disagreement("the lock does not know " + field.name);
        claim(locked.id, found->ordinal, field.id);
        if (found->absent_ordinal) claim(locked.id, *found->absent_ordinal, field.id);
      }
    }
  }
}

void Chain::check_records() const {
  for (const Model& model : draft_.models) {
    const Struct& structure = draft_.structure(model.structure);
    std::map<std::string, Fields> expected;
    const auto found_records = records_.find(structure.id);
    if (found_records != records_.end()) {
      for (const Value& record : found_records->second) {
        expected.emplace(key_of(model, record), json_fields(draft_, structure, record));
      }
    }
    DynamicStore::Records found = store_->read(draft_.table(model));
    for (const Fields& fields : found) {
      std::string key;
      for (const Id id : model.primary) {
        const auto part = fields.find(structure.find(id)->name);
        key += (part == fields.end() ? "missing" : part->second) + ' ';
      }
      const auto place = expected.find(key);
      if (place == expected.end()) {
        throw Disagreement(draft_.table(model) + " has a record that was never put:\n" + text_of(fields));
      }
      if (place->second != fields) {
        throw Disagreement(draft_.table(model) + " " + key + "is misread:\n" + difference_of(place->second, fields));
      }
      expected.erase(place);
    }
    if (!expected.empty()) {
      throw Disagreement(draft_.table(model) + " lost a record:\n" + text_of(expected.begin()->second));
    }
  }
}

std::string Chain::key_of(const Model& model, const Value& record) const {
  const Struct& structure = draft_.structure(model.structure);
  const Fields fields = json_fields(draft_, structure, record);
  std::string key;
  for (const Id id : model.primary) key += fields.at(structure.find(id)->name) + ' ';
  return key;
}

void Chain::add_records(std::size_t count) {
  for (const Model& model : draft_.models) {
    const Struct& structure = draft_.structure(model.structure);
    std::vector<Value> values;
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < count; ++i) {
      values.push_back(random_struct(draft_, structure, random_));
      // Zero asks for a number.
      if (model.automatic && values.back().fields[model.primary[0]].integer == 0) {
        values.back().fields[model.primary[0]].integer = 1;
      }
      texts.push_back(json_of(draft_, structure, values.back()));
    }
    const std::vector<bool> put = store_->insert(draft_.table(model), texts);
    for (std::size_t i = 0; i < count; ++i) {
      if (put[i]) records_[structure.id].push_back(std::move(values[i]));
    }
  }
}

/// Some that an older version wrote, with one field changed and the others as they are.
void Chain::rewrite_some() {
  for (const Model& model : draft_.models) {
    const Struct& structure = draft_.structure(model.structure);
    auto& records = records_[structure.id];
    if (records.empty()) continue;
    Value& record = random_.of(records);
    Value changed = record;
    const Field& field = random_.of(structure.fields);
    if (std::find(model.primary.begin(), model.primary.end(), field.id) == model.primary.end()) {
      changed.fields[field.id] = random_value(draft_, field.type, random_);
    }
    if (store_->replace(draft_.table(model), json_of(draft_, structure, changed))) record = std::move(changed);
  }
}

bool Chain::would_be_misread(const Generated& generated) const {
  std::set<std::string> tables;
  for (const Model& model : proposal_.models) tables.insert(proposal_.table(model));
  for (const Model& model : draft_.models) {
    const std::string table = draft_.table(model);
    const auto is_same = [&](const Model& it) { return it.structure == model.structure; };
    const auto now = std::find_if(proposal_.models.begin(), proposal_.models.end(), is_same);
    if (now == proposal_.models.end()) continue;  // removed on purpose
    if (proposal_.table(*now) != table) return true;
    if (!store_->has_same_keys(table, generated.schema)) return true;
    // Every surviving field, under its new name.
    const Struct& before = draft_.structure(model.structure);
    const Struct& after = proposal_.structure(model.structure);
    const DynamicStore::Records old_records = store_->read(table);
    const DynamicStore::Records new_records = store_->read(table, &generated.schema);
    for (std::size_t i = 0; i < old_records.size(); ++i) {
      for (const Field& field : before.fields) {
        const Field* survivor = after.find(field.id);
        if (survivor == nullptr) {
          if (is_elsewhere(proposal_, field.id)) return true;
          continue;
        }
        const auto value = new_records[i].find(survivor->name);
        if (value == new_records[i].end() || value->second != old_records[i].at(field.name)) return true;
      }
    }
  }
  return false;
}

}  // namespace random_evolution
