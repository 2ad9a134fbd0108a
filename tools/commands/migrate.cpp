/// \file
/// What opening a store with a program of another version of its schema would do, and doing it where no function of the
/// program's is needed.

#include <algorithm>
#include <charconv>
#include <cstring>
#include <map>
#include <optional>
#include <ostream>
#include <utility>

#include "netabase/codec/record.hpp"
#include "netabase/detail/upgrade.hpp"
#include "netabase/error.hpp"
#include "netabase/evolution/compare.hpp"
#include "tools/commands/commands.hpp"
#include "tools/errors.hpp"
#include "tools/json/text.hpp"
#include "tools/key/record_keys.hpp"
#include "tools/output/progress.hpp"
#include "tools/output/text.hpp"
#include "tools/record/record.hpp"
#include "tools/schema/stored_of_capnp.hpp"
#include "tools/store/begin_write.hpp"
#include "tools/store/index_build.hpp"
#include "tools/store/walk.hpp"

namespace netabase::tools {

namespace {

/// The schema to come, in both forms that are needed, and how it differs from the file's.
struct Target {
  std::string bytes;
  std::shared_ptr<const Schema> schema;
  evolution::Schema newer;
  detail::StoredSchemas stored;
  evolution::Comparison comparison;
};

Target target_of(const MigrateOptions& options, const StoreFile& file) {
  const std::string& own = file.schema().definition();
  Target out;
  out.bytes = stored_of_capnp(options.to, options.definition.empty() ? own : options.definition, file.schema());
  out.schema = Schema::decode(as_bytes(out.bytes), options.to);
  if (out.schema->definition() != own) {
    throw UsageError("the store holds the definition " + own + ", not " + out.schema->definition());
  }
  out.newer = evolution::parse(as_bytes(out.bytes));
  out.stored.current = evolution::parse(as_bytes(file.stored_schema()));
  out.comparison = evolution::compare(out.stored.current, out.newer);
  // Models that come back with the records that were left of them.
  const auto transaction = file.engine().begin_read();
  const Table meta = table_of(transaction, std::string(detail::meta_table), file);
  std::vector<std::string> added;
  for (const evolution::ModelChanges& changes : out.comparison.models) {
    if (changes.is_new) added.push_back(changes.model);
  }
  for (const std::string& model : added) {
    Bytes left;
    if (!transaction.get(meta, as_bytes(detail::removed_key(model)), left)) continue;
    evolution::Schema schema = evolution::parse(left);
    if (schema.find_model(model) == nullptr) continue;
    evolution::bring_back(out.comparison, model, schema, out.newer);
    out.stored.left.emplace(model, std::move(schema));
  }
  return out;
}

/// What would be done, and what stands in the way.
struct Plan {
  struct OfModel {
    std::uint64_t records = 0;
    bool needs_migration = false;
    std::vector<std::string> build;
    std::vector<std::string> dropped;
    bool removed = false;
  };
  std::map<std::string, OfModel> models;  ///< of those that something is done to
  std::vector<std::string> problems;      ///< each ends it
  std::vector<std::string> by_program;    ///< what can be done, or told, by the program alone
};

/// Looks at the file, which is only read.
class Planner {
 public:
  Planner(const Lmdb::Transaction& transaction, const StoreFile& file, const Target& target, const Context& context)
      : transaction_(transaction), file_(file), target_(target), context_(context) {}

  Plan run() {
    for (const evolution::ModelChanges& changes : target_.comparison.models) plan_model(changes);
    for (const evolution::Model& before : target_.stored.current.models) {
      if (target_.comparison.find(before.name) != nullptr) continue;
      Plan::OfModel& model = plan_.models[before.name];
      model.removed = true;
      model.records = count(before.name);
      for (const evolution::Index& index : before.indexes) model.dropped.push_back(index.name);
    }
    return std::move(plan_);
  }

 private:
  std::uint64_t count(const std::string& table) const {
    const std::optional<Table> found = transaction_.find_table(table);
    return found ? transaction_.count(*found) : 0;
  }

  void plan_model(const evolution::ModelChanges& changes) {
    if (!changes.is_new && !changes.needs_migration && changes.build.empty() && changes.dropped.empty()) return;
    Plan::OfModel& model = plan_.models[changes.model];
    model.records = count(changes.model);
    // Where there are no records, an empty function would do; the program asks for one all the same.
    model.needs_migration = changes.needs_migration;
    model.build = changes.build;
    model.dropped = changes.dropped;
    if (changes.needs_migration) return;  // the records to come are not known
    const Model& after = target_.schema->model(changes.model);
    for (const std::string& name : changes.build) {
      if (model.records != 0) try_index(after, after.index(name));
    }
    for (const Key& index : after.indexes) {
      const bool is_built = std::find(changes.build.begin(), changes.build.end(), index.name) != changes.build.end();
      if (is_built && !index.link.empty() && model.records != 0) try_link(after, index);
    }
  }

  void try_index(const Model& model, const Key& index) {
    if (!index.obstacle.empty()) {
      plan_.by_program.push_back("the index " + index.table + " " + index.obstacle +
                                 ": only the program can build it, and tell whether that succeeds");
      return;
    }
    try {
      Progress progress(context_, "records", count(model.name));
      IndexBuild build(transaction_, file_, model, index);
      build.collect(progress);
      if (const auto twins = build.twins()) plan_.problems.push_back(*twins);
    } catch (const Error& error) {
      plan_.problems.emplace_back(error.what());
    }
  }

  /// The first record whose link leads nowhere.
  void try_link(const Model& model, const Key& link) {
    if (!link.obstacle.empty()) return;
    const Model& linked = target_.schema->target_of(link);
    const evolution::ModelChanges* changes = target_.comparison.find(linked.name);
    if (changes != nullptr && changes->needs_migration) {
      plan_.by_program.push_back("what the link " + link.table + " leads to is made by a migration of " + linked.name +
                                 ": only the program can tell whether it is there");
      return;
    }
    const std::optional<Table> records = transaction_.find_table(linked.name);
    Progress progress(context_, "links", count(model.name));
    RecordWalk walk(transaction_, file_, model);
    for (bool more = walk.start(); more; more = walk.advance()) {
      progress.step();
      const Record record(walk.value(), *model.shape);
      std::string missing;
      guard_capnp([&] {
        each_key(record.root(), link, [&](key::Buffer& whole) {
          Bytes value;
          key::Buffer key = whole;
          if (missing.empty() && (!records || !find_record(transaction_, *records, linked, key, value))) {
            missing = whole_key_json(whole.bytes(), link);
          }
        });
      });
      if (missing.empty()) continue;
      plan_.problems.push_back(model.name + ' ' + key_json(walk.key(), model) + " links to " + linked.name + ' ' +
                               missing + " (" + link.table + "), which is not there");
      return;
    }
  }

  const Lmdb::Transaction& transaction_;
  const StoreFile& file_;
  const Target& target_;
  const Context& context_;
  Plan plan_;
};

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

/// What has to be done by somebody before the file can follow; empty: nothing.
std::string obstacle_of(const Plan& plan) {
  std::vector<std::string> needing;
  for (const auto& [name, model] : plan.models) {
    if (model.needs_migration) needing.push_back(name);
  }
  std::string out;
  if (!needing.empty()) {
    out = "only a program with a netabase::Migration for " + joined(needing) + " can upgrade the file";
  }
  if (!plan.problems.empty()) {
    out += std::string(out.empty() ? "" : ", and ") +
           "what is in the records stands in the way: mend it with the program that wrote them";
  }
  return out;
}

void print(const Plan& plan, const Target& target, const StoreFile& file, const MigrateOptions& options,
           const Context& context) {
  const std::string obstacle = obstacle_of(plan);
  std::string differences = target.comparison.text();
  if (context.json) {
    const auto append_list = [](std::string& out, const std::vector<std::string>& texts) {
      out += '[';
      for (const std::string& text : texts) {
        if (out.back() != '[') out += ',';
        json::append_text(out, text);
      }
      out += ']';
    };
    std::vector<std::string> lines;
    for (std::size_t start = 0; start < differences.size(); start = differences.find('\n', start) + 1) {
      lines.push_back(differences.substr(start, differences.find('\n', start) - start));
    }
    std::string out = "{\"from\":" + std::to_string(file.schema_version()) +
                      ",\"to\":" + std::to_string(target.newer.version) + ",\"differences\":";
    append_list(out, lines);
    out += ",\"models\":{";
    for (const auto& [name, model] : plan.models) {
      if (out.back() != '{') out += ',';
      json::append_text(out, name);
      out += ":{\"records\":" + std::to_string(model.records) +
             ",\"needs_migration\":" + (model.needs_migration ? "true" : "false") + ",\"build\":";
      append_list(out, model.build);
      out += ",\"drop\":";
      append_list(out, model.dropped);
      out += '}';
    }
    out += "},\"problems\":";
    append_list(out, plan.problems);
    out += ",\"by_program\":";
    append_list(out, plan.by_program);
    out += std::string(",\"ready\":") + (obstacle.empty() ? "true" : "false") + "}\n";
    context.out << out;
    return;
  }
  context.out << "The file has version " << file.schema_version() << " of " << printable(file.schema().definition())
              << ", " << printable(options.to) << " version " << target.newer.version << ".\n"
              << differences;
  for (const auto& [name, model] : plan.models) {
    context.out << name << ": " << counted(model.records, "record", "records");
    if (model.removed) context.out << (model.records == 0 ? ", removed" : " that stay, out of reach");
    if (model.needs_migration && !model.removed) context.out << " to be migrated";
    if (!model.build.empty()) context.out << "; to build: " << joined(model.build);
    if (!model.dropped.empty()) context.out << "; to drop: " << joined(model.dropped);
    context.out << '\n';
  }
  for (const std::string& problem : plan.problems) {
    context.out << styled("problem: " + printable(problem), Style::bad, context.colour) << '\n';
  }
  for (const std::string& note : plan.by_program) context.out << "note: " << printable(note) << '\n';
}

/// Carries a plan out that nothing stands in the way of, in one transaction.
class Migrator {
 public:
  Migrator(const StoreFile& file, const Target& target, const Context& context)
      : file_(file), target_(target), context_(context), transaction_(begin_write(file, context)) {}

  /// `planned_at`: the commit that the plan was made of.
  void run(std::uint64_t planned_at) {
    meta_ = table_of(transaction_, std::string(detail::meta_table), file_);
    if (detail::read_identity(transaction_, meta_).schema != file_.stored_schema()) {
      throw Error(ErrorCode::in_use, file_.path() + ": another program has changed the schema: try again");
    }
    if (transaction_.number() != planned_at + 1) {
      const Plan again = Planner(transaction_, file_, target_, context_).run();
      if (const std::string obstacle = obstacle_of(again); !obstacle.empty()) {
        throw InputError((again.problems.empty() ? "" : again.problems.front() + ": ") + obstacle +
                         "; nothing was changed");
      }
    }
    detail::remove_upgrade(transaction_, meta_);  // the tables that a finished one left
    detail::UnusedTables<Lmdb::WriteTransaction>(transaction_, meta_, target_.stored, target_.comparison,
                                                 target_.newer.version)
        .remove();
    for (const Model& model : target_.schema->models()) migrate_model(model);
    detail::write_identity(transaction_, meta_, {target_.schema->definition(), target_.bytes, target_.newer.version});
    transaction_.commit();
  }

 private:
  void migrate_model(const Model& model) {
    const Table records = transaction_.make_table(model.name);
    for (const Key& index : model.indexes) transaction_.make_table(index.table);
    const evolution::ModelChanges& changes = *target_.comparison.find(model.name);
    if (transaction_.count(records) != 0) {
      for (const std::string& name : changes.build) {
        Progress progress(context_, "records", transaction_.count(records));
        IndexBuild build(transaction_, file_, model, model.index(name));
        build.collect(progress);
        if (const auto twins = build.twins()) {
          throw Error(ErrorCode::unique_violation,
                      *twins + ": nothing was changed; change or remove one of them first");
        }
        build.write(transaction_);
      }
    } else {
      for (const std::string& name : changes.build)
        transaction_.clear(transaction_.make_table(model.name + '.' + name));
    }
    if (model.primary.automatic) raise_sequence(model, records);
    transaction_.erase(meta_, as_bytes(detail::removed_key(model.name)));
  }

  /// A key that became automatic: its numbers go on behind the greatest.
  void raise_sequence(const Model& model, Table records) {
    auto cursor = transaction_.cursor(records);
    if (!cursor.last()) return;
    const std::string text = key_json(cursor.key(), model);
    std::uint64_t greatest = 0;
    std::from_chars(text.data(), text.data() + text.size(), greatest);  // 0 of negative ones
    std::uint64_t next = 1;
    Bytes value;
    const std::string key = sequence_key(model);
    if (transaction_.get(meta_, as_bytes(key), value) && value.size() == sizeof(next)) {
      std::memcpy(&next, value.data(), sizeof(next));
    }
    if (next == 0 || next > greatest) return;
    next = greatest + 1;
    engine::put(transaction_, meta_, as_bytes(key), sizeof(next), engine::PutMode::upsert,
                [&](std::byte* space) { std::memcpy(space, &next, sizeof(next)); });
  }

  const StoreFile& file_;
  const Target& target_;
  const Context& context_;
  Lmdb::WriteTransaction transaction_;
  Table meta_;
};

int abandon(const MigrateOptions& options, const Context& context) {
  if (!options.to.empty() || options.dry_run || !options.backup.empty()) {
    throw UsageError("--abandon takes no other option");
  }
  const StoreFile file(options.file, Access::write);
  auto transaction = file.engine().begin_write();
  const Table meta = table_of(transaction, std::string(detail::meta_table), file);
  Bytes state;
  const bool was_there = transaction.get(meta, as_bytes(detail::upgrade_key), state);
  detail::remove_upgrade(transaction, meta);
  transaction.commit();
  if (context.json) {
    context.out << "{\"abandoned\":" << (was_there ? "true" : "false") << "}\n";
  } else {
    context.out << (was_there ? "The upgrade was taken back: the store is as it was before it.\n"
                              : "No upgrade is under way: nothing was changed.\n");
  }
  return exit_ok;
}

}  // namespace

int run_migrate(const MigrateOptions& options, const Context& context) {
  if (options.abandon) return abandon(options, context);
  if (options.to.empty()) throw UsageError("say to which schema: --to, and the .capnp of the new program");
  Target target;
  Plan plan;
  std::uint32_t tables = 0;
  std::uint64_t planned_at = 0;
  {
    const StoreFile file(options.file, Access::read);
    target = target_of(options, file);
    const auto transaction = file.engine().begin_read();
    detail::check_no_upgrade(
        file.path(), detail::read_identity(transaction, table_of(transaction, std::string(detail::meta_table), file)));
    if (target.bytes == file.stored_schema()) {
      context.out << (context.json ? "{\"from\":" + std::to_string(file.schema_version()) +
                                         ",\"to\":" + std::to_string(file.schema_version()) + ",\"ready\":true}\n"
                                   : std::string("The file has this schema already: there is nothing to do.\n"));
      return exit_ok;
    }
    if (target.newer.version < file.schema_version()) {
      throw InputError("the file has version " + std::to_string(file.schema_version()) + " of the schema, and '" +
                       options.to + "' is the older version " + std::to_string(target.newer.version) +
                       ": a store does not go back; restore a backup, or use the newer program");
    }
    planned_at = transaction.number();
    plan = Planner(transaction, file, target, context).run();
    if (options.dry_run || !context.json) print(plan, target, file, options, context);
    tables = static_cast<std::uint32_t>(file.schema().table_count() + target.schema->table_count());
  }
  std::string obstacle = obstacle_of(plan);
  if (options.dry_run) {
    if (!context.json) {
      context.out << (obstacle.empty() ? std::string("Opening the file with the new program upgrades it") : obstacle)
                  << ".\n";
    }
    return obstacle.empty() ? exit_ok : exit_found;
  }
  if (obstacle.empty() && !plan.by_program.empty()) obstacle = "only the new program can do it: open the file with it";
  if (!obstacle.empty()) throw InputError(obstacle + "; nothing was changed");

  const StoreFile file(options.file, Access::write, tables);
  if (!options.backup.empty()) file.engine().backup(options.backup);
  Migrator(file, target, context).run(planned_at);
  if (context.json) {
    context.out << "{\"from\":" << target.stored.current.version << ",\"to\":" << target.newer.version << "}\n";
  } else {
    context.out << "The file has version " << target.newer.version << " now.\n";
  }
  return exit_ok;
}

}  // namespace netabase::tools
