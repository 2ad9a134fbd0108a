#pragma once

/// \file
/// The upgrade of a file to the program's schema in batches, each a commit of its own.
///
/// What is made anew (records that a migration makes, indexes) is made in tables beside the old ones, which nobody but
/// upgrades knows. The old tables and the entries that say what they are do not change until the last commit, which
/// writes the new schema and exchanges the tables of each pair. Hence, at any moment and after a kill at any moment, a
/// reader sees the old store or the new one, whole.
///
/// The new tables are right when they are exchanged, because between the first batch and the last nothing else was
/// committed: netabase's own writers are refused by the entry "schema_version" (UpgradeUnderWay); what anything else
/// writes shows in the number of the next commit, and the upgrade begins again. All that a batch needs to know lies in
/// the file and is read in its own transaction, so that two processes may take turns.
///
///     begin     missing tables of the program's are made, empty; the entries "upgrade", "upgrade/plan" are written and
///               "schema_version" gets its longer form
///     batches   steps in the order of the plan: for each model its records and then its indexes, at last links
///     exchange  tables, schema, dropped tables, sequences: the store is the new one
///     end       the old tables, now beside the new ones, are removed, and the entries of the first step

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "netabase/detail/upgrade.hpp"

namespace netabase::detail {

/// One upgrade in batches; an object for each attempt to go on with it.
template <class Engine>
class BatchedUpgrade {
 public:
  using Transaction = typename Engine::WriteTransaction;

  /// What a transaction did.
  enum class Outcome : std::uint8_t {
    more,     ///< a part of it; the next one goes on
    done,     ///< the file has the program's schema, and nothing is left of the upgrade
    changed,  ///< nothing: the file has another schema than that which the upgrade begins with
  };

  /// `schema`: the bytes of the stored schema that the others were made of. Borrows everything.
  BatchedUpgrade(const DefinitionDescriptor& definition, Engine& engine, const Config& config,
                 const std::string& schema, const StoredSchemas& stored, const evolution::Comparison& comparison)
      : definition_(definition),
        engine_(engine),
        config_(config),
        schema_(schema),
        stored_(stored),
        comparison_(comparison),
        paths_(find_migrations(definition, config.migrations, stored, comparison)),
        steps_(upgrade_steps(definition, paths_, comparison)),
        lines_(lines()) {}

  /// Whether the file's plan, as it stands in the entry "upgrade/plan", is this upgrade's.
  bool is_of(std::string_view plan) const {
    const std::size_t end = plan.find("\n\n");
    if (!plan.starts_with(lines_) || end == plan.npos || plan.substr(end + 2) != definition_.identity.schema)
      return false;
    return plan.substr(lines_.size()).starts_with("made ") || end + 1 == lines_.size();
  }

  /// The next transaction. Throws what the records or the disk make of it; nothing of the transaction is stored then.
  Outcome run() {
    Transaction transaction = engine_.begin_write();
    const engine::Table meta = *transaction.find_table(meta_table);
    StoredIdentity identity = read_identity(transaction, meta);
    if (identity.upgrade && UpgradeState::parse(as_bytes(*identity.upgrade)).exchanged) {
      remove_upgrade(transaction, meta);
      transaction.commit();
      return identity.schema == definition_.identity.schema ? Outcome::done : Outcome::changed;
    }
    if (identity.schema != schema_) return Outcome::changed;
    if (!identity.upgrade || !goes_on(transaction, meta, *identity.upgrade)) {
      begin(transaction, meta);
      return Outcome::more;
    }
    UpgradeState state = UpgradeState::parse(as_bytes(*identity.upgrade));
    find_tables(transaction);
    const bool worked = run_steps(transaction, state);
    state.commit = transaction.number();
    if (worked) {
      write_state(transaction, meta, state);
      transaction.commit();
    } else {
      exchange(transaction, meta, state);
    }
    return Outcome::more;
  }

 private:
  std::string lines() const {
    std::string text = "versions " + std::to_string(stored_.current.version) + ' ' +
                       std::to_string(definition_.identity.schema_version) + '\n';
    for (const UpgradeStep& step : steps_) {
      switch (step.kind) {
        case UpgradeStep::Kind::records:
          text += "records " + std::string(model_of(step).name) + '\n';
          break;
        case UpgradeStep::Kind::index:
          text += "index " + std::string(step.index->table) + '\n';
          break;
        case UpgradeStep::Kind::link:
          text += "link " + std::string(step.index->table) + '\n';
          break;
      }
    }
    return text;
  }

  const ModelDescriptor& model_of(const UpgradeStep& step) const { return definition_.models[step.model]; }

  bool goes_on(const Transaction& transaction, engine::Table meta, const std::string& state) const {
    Bytes plan;
    return transaction.get(meta, as_bytes(upgrade_plan_key), plan) && is_of(as_text(plan)) &&
           UpgradeState::parse(as_bytes(state)).commit + 1 == transaction.number();
  }

  /// The first transaction, or the first again, for which the tables of the one before have to go first.
  void begin(Transaction& transaction, engine::Table meta) {
    Bytes before;
    if (transaction.get(meta, as_bytes(upgrade_key), before)) {
      if (++restarts_ > most_restarts) {
        throw Error(ErrorCode::in_use, "the upgrade of " + engine_.path() +
                                           " began again and again, because another program writes to the file or "
                                           "upgrades it to another schema: end that program and open the file again");
      }
      remove_upgrade(transaction, meta);
      transaction.commit();
      return;
    }
    std::string plan = lines_;
    definition_.each_table([&](std::string_view name) {
      if (transaction.find_table(name)) return;
      transaction.make_table(name);
      plan += "made " + std::string(name) + '\n';
    });
    plan += '\n' + std::string(definition_.identity.schema);
    UpgradeState state;
    for (const UpgradeStep& step : steps_) state.total += count_records(transaction, step);
    state.commit = transaction.number();
    for (const UpgradeStep& step : steps_) {
      if (step.kind == UpgradeStep::Kind::records) transaction.make_table(table_beside(model_of(step).name));
      if (step.kind == UpgradeStep::Kind::index) transaction.make_table(table_beside(step.index->table));
    }
    put(transaction, meta, upgrade_plan_key, as_bytes(plan));
    const std::uint16_t versions[2] = {stored_.current.version, definition_.identity.schema_version};
    put(transaction, meta, "schema_version", std::as_bytes(std::span(versions)));
    write_state(transaction, meta, state);
    transaction.commit();
  }

  std::uint64_t count_records(Transaction& transaction, const UpgradeStep& step) const {
    return transaction.count(*transaction.find_table(model_of(step).name));
  }

  static engine::Table find(Transaction& transaction, const std::string& name) {
    const std::optional<engine::Table> table = transaction.find_table(name);
    if (!table) throw Corrupt("the table " + name + " of an upgrade in batches is missing: restore a backup");
    return *table;
  }

  /// The store as it is to be: what is made beside, and the rest.
  void find_tables(Transaction& transaction) {
    tables_.clear();
    exchanged_.clear();
    definition_.each_table([&](std::string_view name) { tables_.push_back(find(transaction, std::string(name))); });
    for (const UpgradeStep& step : steps_) {
      if (step.kind == UpgradeStep::Kind::link) continue;
      const bool is_index = step.kind == UpgradeStep::Kind::index;
      const engine::Table own = tables_[step.table];
      tables_[step.table] = find(transaction, table_beside(is_index ? step.index->table : model_of(step).name));
      exchanged_.emplace_back(own, tables_[step.table]);
    }
  }

  /// Runs the steps from where `state` says on, as many records as fit into a batch. False: all were done before.
  bool run_steps(Transaction& transaction, UpgradeState& state) {
    const std::uint64_t batch = config_.upgrade_batch == 0 ? UINT64_MAX : config_.upgrade_batch;
    const std::uint32_t first = state.step;
    const std::size_t last = state.last.size();
    std::uint64_t left = batch;
    std::uint64_t before = 0;  // records of the steps before this one
    for (std::uint32_t number = 0; number < steps_.size() && left != 0; ++number) {
      const std::uint64_t total = count_records(transaction, steps_[number]);
      if (number == state.step) run_step(transaction, steps_[number], state, total, before, left);
      before += total;
    }
    return state.step != first || last != state.last.size() || left != batch;
  }

  /// The next part of a step, of at most `left` records, which becomes less. `total`: records of the step; `before`: of
  /// the steps before it.
  void run_step(Transaction& transaction, const UpgradeStep& step, UpgradeState& state, std::uint64_t total,
                std::uint64_t before, std::uint64_t& left) {
    const std::uint64_t begun = state.done - std::min(state.done, before);
    ProgressReport progress(config_.upgrade_progress, describe(step), total, begun);
    key::Buffer last;
    last.append(state.last.data(), state.last.size());
    const bool more = add(transaction, step, last, left, progress);
    const std::uint64_t done = progress.done() - begun;
    state.done += done;
    left -= std::min(left, done);
    if (more) {
      const Bytes key = last.bytes();
      state.last.assign(key.begin(), key.end());
    } else {
      state.last.clear();
      ++state.step;
    }
    progress.finish();
  }

  /// For people who wait.
  std::string describe(const UpgradeStep& step) const {
    switch (step.kind) {
      case UpgradeStep::Kind::records:
        return "migrating " + std::string(model_of(step).name);
      case UpgradeStep::Kind::index:
        return "building the index " + std::string(step.index->table);
      case UpgradeStep::Kind::link:
        return "checking the link " + std::string(step.index->table);
    }
    return {};
  }

  /// Does what the step does to at most `records` records behind `last`, which moves on. False: there are no more.
  bool add(Transaction& transaction, const UpgradeStep& step, key::Buffer& last, std::uint64_t records,
           ProgressReport& progress) {
    const ModelDescriptor& model = model_of(step);
    switch (step.kind) {
      case UpgradeStep::Kind::records: {
        const RecordConversion conversion(model, paths_[step.model], stored_.of(model.name));
        return RecordMigrationBeside<Engine>(transaction, *transaction.find_table(model.name), tables_[step.table],
                                             conversion, progress)
            .add(last, records);
      }
      case UpgradeStep::Kind::index:
        return IndexBuild<Engine>(transaction, model, *step.index, tables_[model.table], tables_[step.table], progress)
            .add(last, records);
      case UpgradeStep::Kind::link:
        break;
    }
    return check_link(transaction, step, last, records, progress);
  }

  bool check_link(Transaction& transaction, const UpgradeStep& step, key::Buffer& last, std::uint64_t records,
                  ProgressReport& progress) {
    const ModelDescriptor& model = model_of(step);
    auto cursor = transaction.cursor(tables_[model.table]);
    bool found = last.size() == 0 ? cursor.first() : cursor.seek(last.bytes());
    if (found && last.size() != 0) found = cursor.next();
    for (; found; found = cursor.next()) {
      check_stored_targets(transaction, definition_, tables_, model, *step.index, cursor.value());
      progress.step();
      if (--records != 0) continue;
      last.clear();
      last.append(cursor.key().data(), cursor.key().size());
      return true;
    }
    return false;
  }

  void exchange(Transaction& transaction, engine::Table meta, UpgradeState& state) {
    for (const ModelDescriptor& model : definition_.models) {
      raise_sequence(transaction, model, tables_[model.table], meta);
      transaction.erase(meta, as_bytes(removed_key(model.name)));
    }
    UnusedTables<Transaction>(transaction, meta, stored_, comparison_, definition_.identity.schema_version).remove();
    write_identity(transaction, meta, definition_.identity);
    state.exchanged = true;
    write_state(transaction, meta, state);
    transaction.commit_exchanging(exchanged_);
  }

  static void put(Transaction& transaction, engine::Table meta, std::string_view key, Bytes value) {
    engine::put(transaction, meta, as_bytes(key), value.size(), engine::PutMode::upsert,
                [&](std::byte* space) { std::memcpy(space, value.data(), value.size()); });
  }
  static void write_state(Transaction& transaction, engine::Table meta, const UpgradeState& state) {
    const std::vector<std::byte> bytes = state.bytes();
    put(transaction, meta, upgrade_key, bytes);
  }

  static constexpr int most_restarts = 3;

  const DefinitionDescriptor& definition_;
  Engine& engine_;
  const Config& config_;
  const std::string& schema_;
  const StoredSchemas& stored_;
  const evolution::Comparison& comparison_;
  const std::vector<MigrationPath> paths_;
  const std::vector<UpgradeStep> steps_;
  const std::string lines_;  ///< of the plan: the steps
  std::vector<engine::Table> tables_;
  engine::TablePairs exchanged_;
  int restarts_ = 0;
};

}  // namespace netabase::detail
