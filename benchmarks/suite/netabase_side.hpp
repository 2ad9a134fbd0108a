#pragma once

/// \file
/// netabase.

#include <filesystem>
#include <optional>

#include "hand.hpp"
#include "netabase/config.hpp"
#include "side.hpp"

namespace suite {

template <class Record>
class NetabaseSide : public Side<Record> {
  using AnyRow = Row<Record>;
  using Store = netabase::Store<typename AnyRow::Definition>;
  using Ids = std::span<const std::uint64_t>;
  using Probes = std::span<const Probe>;

 public:
  NetabaseSide(const Place& place, const std::string& name) {
    config_.path = place.folder + "/" + name + "_netabase.mdb";
    config_.durability = place.full_durability ? netabase::Durability::full : netabase::Durability::none;
    config_.truncate = true;
    store_.emplace(Store::open(config_));
    config_.truncate = false;
  }
  ~NetabaseSide() override {
    store_.reset();
    std::filesystem::remove(config_.path);
    std::filesystem::remove(config_.path + "-lock");
  }
  NetabaseSide(const NetabaseSide&) = delete;
  NetabaseSide& operator=(const NetabaseSide&) = delete;

  void clear() override {
    store_->with_write_transaction([](auto& txn) { txn.template open_tree<Record>().clear(); });
  }
  void reopen(const std::function<void()>& while_closed) override {
    store_.reset();
    if (while_closed) while_closed();
    store_.emplace(Store::open(config_));
  }
  void set_read_ahead(bool on) override { config_.read_ahead = on; }
  std::vector<std::string> files() override { return {config_.path}; }

  std::uint64_t put_loop(std::span<const Record> records) override {
    auto txn = store_->begin_write();
    auto tree = txn.template open_tree<Record>();
    std::uint64_t stored = 0;
    for (const Record& record : records) {
      tree.put(record);
      ++stored;
    }
    txn.commit();
    return stored;
  }
  std::uint64_t put_bulk(std::span<const Record> records) override {
    auto txn = store_->begin_write();
    auto tree = txn.template open_tree<Record>();
    tree.put_many(records);
    txn.commit();
    return records.size();
  }
  std::uint64_t put_each(std::span<const Record> records) override {
    std::uint64_t stored = 0;
    for (const Record& record : records) {
      auto txn = store_->begin_write();
      auto tree = txn.template open_tree<Record>();
      tree.put(record);
      txn.commit();
      ++stored;
    }
    return stored;
  }

  Outcome get_owned(Ids ids) override {
    return read([&](const auto& tree, Outcome& outcome) {
      for (const std::uint64_t id : ids) {
        if (const std::optional<Record> record = tree.get(id)) own(outcome, *record);
      }
    });
  }
  Outcome get_borrowed(Ids ids) override {
    return read([&](const auto& tree, Outcome& outcome) {
      for (const std::uint64_t id : ids) {
        if (const auto record = tree.get_borrowed(id)) outcome.add(AnyRow::digest(AnyRow::view(*record)));
      }
    });
  }
  Outcome contains(Ids ids) override {
    return read([&](const auto& tree, Outcome& outcome) {
      for (const std::uint64_t id : ids) {
        if (tree.contains(id)) outcome.add(0);
      }
    });
  }
  Outcome get_many(Ids ids) override {
    return read([&](const auto& tree, Outcome& outcome) {
      const std::vector<std::optional<Record>> records = tree.get_many(ids);
      for (const std::optional<Record>& record : records) {
        if (record) own(outcome, *record);
      }
    });
  }

  Outcome scan() override {
    return read([&](const auto& tree, Outcome& outcome) {
      for (const auto record : tree.iter_borrowed()) outcome.add(AnyRow::digest(AnyRow::view(record)));
    });
  }
  Outcome range(std::span<const std::pair<std::uint64_t, std::uint64_t>> ranges) override {
    return read([&](const auto& tree, Outcome& outcome) {
      for (const auto& [from, to] : ranges) {
        for (const auto record : tree.range_borrowed(from, to)) outcome.add(AnyRow::digest(AnyRow::view(record)));
      }
    });
  }

  Outcome equal_owned(std::size_t index, Probes probes) override {
    return ask(index, probes, [](const auto& by, const auto& key, Outcome& outcome) {
      for (const Record& record : by.equal(key).owned()) own(outcome, record);
    });
  }
  Outcome equal_borrowed(std::size_t index, Probes probes) override {
    return ask(index, probes, [](const auto& by, const auto& key, Outcome& outcome) {
      if constexpr (requires { by.find(key); }) {
        if (const auto record = by.find(key)) outcome.add(AnyRow::digest(AnyRow::view(*record)));
      } else {
        for (const auto record : by.equal(key)) outcome.add(AnyRow::digest(AnyRow::view(record)));
      }
    });
  }
  Outcome equal_keys(std::size_t index, Probes probes) override {
    return ask(index, probes, [](const auto& by, const auto& key, Outcome& outcome) {
      for (const auto& id : by.equal(key).keys()) outcome.add(id.id);
    });
  }
  Outcome count(std::size_t index, Probes probes) override {
    return ask(index, probes,
               [](const auto& by, const auto& key, Outcome& outcome) { outcome.count += by.count(key); });
  }
  Outcome prefix(std::size_t index, Probes probes) override {
    return ask(index, probes, [](const auto& by, const auto& key, Outcome& outcome) {
      if constexpr (requires { by.prefix(key); }) {
        for (const auto record : by.prefix(key)) outcome.add(AnyRow::digest(AnyRow::view(record)));
      }
    });
  }

  std::uint64_t update_plain(Ids ids) override {
    return update(ids, [](Record& record) { AnyRow::change_plain(record); });
  }
  std::uint64_t update_indexed(Ids ids) override {
    return update(ids, [](Record& record) { AnyRow::change_indexed(record); });
  }
  std::uint64_t remove(Ids ids) override {
    auto txn = store_->begin_write();
    auto tree = txn.template open_tree<Record>();
    const std::uint64_t removed = tree.remove_many(ids);
    txn.commit();
    return removed;
  }

  Outcome snapshot_across_removal(Ids ids) override {
    Outcome outcome;
    {
      auto before = store_->begin_read();
      remove(ids);
      for (const auto record : before.template open_tree<Record>().iter_borrowed()) {
        keep(AnyRow::digest(AnyRow::view(record)));
        ++outcome.count;
      }
    }
    auto after = store_->begin_read();
    outcome.sum = after.template open_tree<Record>().len();
    return outcome;
  }

  std::uint64_t begin_read(std::uint64_t times) override {
    std::uint64_t begun = 0;
    for (; begun < times; ++begun) {
      const auto txn = store_->begin_read();
      keep(txn);
    }
    return begun;
  }
  std::function<Outcome(Ids)> reader() override {
    return [this](Ids ids) { return get_borrowed(ids); };
  }

 private:
  static void own(Outcome& outcome, const Record& record) {
    keep(record);
    outcome.add(AnyRow::digest(AnyRow::view(record)));
  }

  template <class Use>
  Outcome read(Use&& use) {
    Outcome outcome;
    auto txn = store_->begin_read();
    const auto tree = txn.template open_tree<Record>();
    use(tree, outcome);
    return outcome;
  }

  template <class Use>
  Outcome ask(std::size_t index, Probes probes, Use&& use) {
    return read([&](const auto& tree, Outcome& outcome) {
      each_number<AnyRow::asked>([&](auto i) {
        if constexpr (AnyRow::asked != 0) {
          if (i != index) return;
          const auto by = AnyRow::template by<i>(tree);
          for (const Probe& probe : probes) {
            constexpr Kind kind = AnyRow::indexes[i].kind;
            if constexpr (kind == Kind::number32) {
              use(by, static_cast<std::uint32_t>(probe.number), outcome);
            } else if constexpr (kind == Kind::number64) {
              use(by, probe.number, outcome);
            } else {
              use(by, std::string_view(probe.text), outcome);
            }
          }
        }
      });
    });
  }

  template <class Change>
  std::uint64_t update(Ids ids, Change&& change) {
    auto txn = store_->begin_write();
    auto tree = txn.template open_tree<Record>();
    std::uint64_t updated = 0;
    for (const std::uint64_t id : ids) updated += tree.update(id, change) ? 1 : 0;
    txn.commit();
    return updated;
  }

  netabase::Config config_;
  std::optional<Store> store_;
};

}  // namespace suite
