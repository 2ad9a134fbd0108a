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
#include <type_traits>
#include <utility>
#include <vector>

#include "netabase/detail/upgrade.hpp"

namespace netabase::detail {

/// One upgrade in batches; an object for each attempt to go on with it.
template <class Definition, class Engine>
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
  BatchedUpgrade(Engine& engine, const Config& config, const std::string& schema, const StoredSchemas& stored,
                 const evolution::Comparison& comparison)
      : engine_(engine),
        config_(config),
        schema_(schema),
        stored_(stored),
        comparison_(comparison),
        paths_(find_migrations<Definition>(config.migrations, stored, comparison)),
        lines_(lines()) {}

  /// Whether the file's plan, as it stands in the entry "upgrade/plan", is this upgrade's.
  bool is_of(std::string_view plan) const {
    const std::size_t end = plan.find("\n\n");
    if (!plan.starts_with(lines_) || end == plan.npos || plan.substr(end + 2) != Definition::schema()) return false;
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
      return identity.schema == std::string(Definition::schema()) ? Outcome::done : Outcome::changed;
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
  /// Calls visit.records<Model>(), visit.index<Index>() and visit.link<Link>() in the order of the plan.
  template <class Visitor>
  void each_step(Visitor&& visit) const {
    for_each_type(typename Definition::Models{}, [&]<class Model>(std::type_identity<Model>, std::size_t place) {
      if (!paths_[place].is_empty()) visit.template records<Model>();
      for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t) {
        if (must_build_index<Index>(paths_, *comparison_.find(Model::name))) visit.template index<Index>();
      });
    });
    for_each_type(typename Definition::Models{}, [&]<class Model>(std::type_identity<Model>, std::size_t) {
      for_each_type(LinksOf<Model>{}, [&]<class Link>(std::type_identity<Link>, std::size_t) {
        if (must_check_link<Link>(paths_, *comparison_.find(Model::name))) visit.template link<Link>();
      });
    });
  }

  struct Lines {
    std::string text;
    template <class Model>
    void records() {
      text += "records " + std::string(Model::name) + '\n';
    }
    template <class Index>
    void index() {
      text += "index " + std::string(Index::table) + '\n';
    }
    template <class Link>
    void link() {
      text += "link " + std::string(Link::table) + '\n';
    }
  };
  std::string lines() const {
    Lines lines;
    lines.text =
        "versions " + std::to_string(stored_.current.version) + ' ' + std::to_string(Definition::schema_version) + '\n';
    each_step(lines);
    return lines.text;
  }

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
    each_table([&](std::string_view name, bool) {
      if (transaction.find_table(name)) return;
      transaction.make_table(name);
      plan += "made " + std::string(name) + '\n';
    });
    plan += '\n' + std::string(Definition::schema());
    Totals totals{*this, transaction, 0};
    each_step(totals);
    UpgradeState state;
    state.total = totals.records_in_all;
    state.commit = transaction.number();
    each_table([&](std::string_view name, bool beside) {
      if (beside) transaction.make_table(table_beside(name));
    });
    put(transaction, meta, upgrade_plan_key, as_bytes(plan));
    const std::uint16_t versions[2] = {stored_.current.version, Definition::schema_version};
    put(transaction, meta, "schema_version", std::as_bytes(std::span(versions)));
    write_state(transaction, meta, state);
    transaction.commit();
  }

  struct Totals {
    const BatchedUpgrade& upgrade;
    Transaction& transaction;
    std::uint64_t records_in_all;
    template <class Model>
    void add() {
      records_in_all += transaction.count(*transaction.find_table(Model::name));
    }
    template <class Model>
    void records() {
      add<Model>();
    }
    template <class Index>
    void index() {
      add<typename Index::Model>();
    }
    template <class Link>
    void link() {
      add<typename Link::Model>();
    }
  };

  /// Calls `use(name, is_made_beside)` for each table of the definition, in its order.
  template <class Use>
  void each_table(Use&& use) const {
    for_each_type(typename Definition::Models{}, [&]<class Model>(std::type_identity<Model>, std::size_t place) {
      use(std::string_view(Model::name), !paths_[place].is_empty());
      for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t) {
        use(std::string_view(Index::table), must_build_index<Index>(paths_, *comparison_.find(Model::name)));
      });
    });
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
    each_table([&](std::string_view name, bool beside) {
      const engine::Table own = find(transaction, std::string(name));
      tables_.push_back(beside ? find(transaction, table_beside(name)) : own);
      if (beside) exchanged_.emplace_back(own, tables_.back());
    });
  }

  /// Runs the steps from where `state` says on, as many records as fit into a batch. False: all were done before.
  bool run_steps(Transaction& transaction, UpgradeState& state) {
    const std::uint64_t batch = config_.upgrade_batch == 0 ? UINT64_MAX : config_.upgrade_batch;
    const std::uint32_t first = state.step;
    const std::size_t last = state.last.size();
    Batch work{*this, transaction, state, batch};
    each_step(work);
    return state.step != first || last != state.last.size() || work.left != batch;
  }

  /// The part of a batch that the steps share.
  struct Batch {
    BatchedUpgrade& upgrade;
    Transaction& transaction;
    UpgradeState& state;
    std::uint64_t left;        ///< records that the batch has room for
    std::uint32_t number = 0;  ///< of the step that is visited
    std::uint64_t before = 0;  ///< records of the steps before it

    template <class Model>
    Access<Model, Engine> access() const {
      return {transaction, upgrade.tables_.data(), upgrade.lifetime_, upgrade.lifetime_.current()};
    }

    /// Runs `work(last, records, progress)`, which does at most so many records behind `last`, and gives false when
    /// there are no more.
    template <class Model, class Work>
    void step(const std::string& what, Work&& work) {
      const std::uint64_t total = transaction.count(*transaction.find_table(Model::name));
      const std::uint64_t records_before = std::exchange(before, before + total);
      if (number++ != state.step || left == 0) return;
      const std::uint64_t begun = state.done - std::min(state.done, records_before);
      ProgressReport progress(upgrade.config_.upgrade_progress, what, total, begun);
      key::Buffer last;
      last.append(state.last.data(), state.last.size());
      const bool more = work(last, left, progress);
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

    template <class Model>
    void records() {
      step<Model>("migrating " + std::string(Model::name),
                  [&](key::Buffer& last, std::uint64_t records, ProgressReport& progress) {
                    const auto own = access<Model>();
                    return RecordMigrationBeside<Model, Engine>(*transaction.find_table(Model::name), own, transaction,
                                                                upgrade.paths_[model_position<Model>],
                                                                upgrade.stored_.of(Model::name), progress)
                        .add(last, records);
                  });
    }
    template <class Index>
    void index() {
      using Model = typename Index::Model;
      step<Model>("building the index " + std::string(Index::table),
                  [&](key::Buffer& last, std::uint64_t records, ProgressReport& progress) {
                    const auto own = access<Model>();
                    return IndexBuild<Index, Engine>(own, transaction, progress).add(last, records);
                  });
    }
    template <class Link>
    void link() {
      using Model = typename Link::Model;
      step<Model>("checking the link " + std::string(Link::table),
                  [&](key::Buffer& last, std::uint64_t records, ProgressReport& progress) {
                    const auto own = access<Model>();
                    auto cursor = transaction.cursor(own.records());
                    bool found = last.size() == 0 ? cursor.first() : cursor.seek(last.bytes());
                    if (found && last.size() != 0) found = cursor.next();
                    for (; found; found = cursor.next()) {
                      check_targets<Link, Engine>(own, own.view(cursor.value()));
                      progress.step();
                      if (--records != 0) continue;
                      last.clear();
                      last.append(cursor.key().data(), cursor.key().size());
                      return true;
                    }
                    return false;
                  });
    }
  };

  void exchange(Transaction& transaction, engine::Table meta, UpgradeState& state) {
    for_each_type(typename Definition::Models{}, [&]<class Model>(std::type_identity<Model>, std::size_t) {
      const Access<Model, Engine> access(transaction, tables_.data(), lifetime_, lifetime_.current());
      if constexpr (Model::automatic) raise_sequence<Model, Engine>(access, transaction, meta);
      transaction.erase(meta, as_bytes(removed_key(Model::name)));
    });
    UnusedTables<Transaction>(transaction, meta, stored_, comparison_, Definition::schema_version).remove();
    write_identity(transaction, meta, compiled_identity<Definition>());
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

  Engine& engine_;
  const Config& config_;
  const std::string& schema_;
  const StoredSchemas& stored_;
  const evolution::Comparison& comparison_;
  const std::vector<MigrationPath> paths_;
  const std::string lines_;  ///< of the plan: the steps
  std::vector<engine::Table> tables_;
  engine::TablePairs exchanged_;
  LifetimeSource lifetime_;
  int restarts_ = 0;
};

}  // namespace netabase::detail
