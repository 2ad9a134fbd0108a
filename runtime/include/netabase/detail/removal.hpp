#pragma once

/// \file
/// Removing records that others link to: first everything that follows is found, by reading only; then, if nothing
/// forbids it, it is carried out.
///
/// What is to be removed is a set of primary keys for each model, which is also the list of work: a record comes in
/// once, so cycles end, and nothing is recursive. Memory: about 24 bytes and the key for each record that is removed.
/// Records whose links are emptied are found one after the other and take none.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <tuple>
#include <utility>

#include "netabase/detail/key_set.hpp"
#include "netabase/detail/link_access.hpp"
#include "netabase/detail/upkeep.hpp"

namespace netabase::detail {

/// Removals of records of `Root`, and what they entail in all models of its definition. Used once: add what is to go,
/// then plan(), then execute().
template <class Root, class Engine>
class Removal {
 public:
  using Definition = typename Root::Definition;
  using Transaction = typename Engine::WriteTransaction;

  Removal(const Access<Root, Engine>& access, Transaction& transaction, Scratch& scratch)
      : access_(access), transaction_(transaction), scratch_(scratch) {}

  /// `whole`: an encoded primary key. The record need not exist.
  void add(Bytes whole) { victims_[model_position<Root>].keys.insert(whole); }
  void add_all() { victims_[model_position<Root>].all = true; }

  /// Records of `Root` that the call writes anew, by their stored keys: what they link to now does not count.
  void set_written(std::function<bool(Bytes record_key)> is_written) { is_written_ = std::move(is_written); }

  /// Finds everything that is removed. Throws LinkViolation when something that stays forbids it. Writes nothing.
  void plan() {
    while (spread()) continue;
    for_each_type(Models{}, [&]<class Target>(std::type_identity<Target>, std::size_t) {
      for_each_link<Target, OnDelete::restrict_>([&]<class Link>(std::type_identity<Link>) { forbid<Link>(); });
    });
  }

  /// The records of `Root` that are removed, once plan() is done.
  const KeySet& root_keys() const { return victims_[model_position<Root>].keys; }

  /// Whether the record of `Model` under this stored key is removed, once plan() is done.
  template <class Model>
  bool removes(Bytes record_key) const {
    const Victims& victims = victims_[model_position<Model>];
    if (victims.all || victims.keys.size() == 0) return victims.all;
    key::Buffer whole;
    append_whole_key(access_.template of<Model>(), record_key, whole);
    return victims.keys.contains(whole.bytes());
  }

  /// Carries out what was planned; what it throws leaves it half done. `root_is_done`: records of `Root` itself have
  /// been removed already.
  void execute(bool root_is_done = false) {
    for_each_type(Models{}, [&]<class Model>(std::type_identity<Model>, std::size_t) {
      if constexpr (std::is_same_v<Model, Root>) {
        if (root_is_done) return;
      }
      if constexpr (can_lose<Model>) remove<Model>();
    });
    for_each_type(Models{}, [&]<class Target>(std::type_identity<Target>, std::size_t) {
      for_each_link<Target, OnDelete::set_null>([&]<class Link>(std::type_identity<Link>) { unlink_all<Link>(); });
    });
  }

 private:
  using Models = typename Definition::Models;

  /// What is removed of one model.
  struct Victims {
    KeySet keys;
    bool all = false;         ///< every record; the keys mean nothing then
    std::size_t spread = 0;   ///< so many keys have been followed
    bool all_spread = false;  ///< and so has `all`
  };

  /// Whether a removal can reach `Model`.
  template <class Model>
  static constexpr bool can_lose = std::is_same_v<Model, Root> || []<class... Links>(List<Links...>) {
    return ((Links::on_delete == OnDelete::cascade) || ...);
  }(LinksOf<Model>{});

  template <class Model>
  Victims& victims() {
    return victims_[model_position<Model>];
  }

  template <class Target, OnDelete policy, class Use>
  static void for_each_link(Use&& use) {
    if constexpr (can_lose<Target>) {
      for_each_type(LinksTo<Target>{}, [&]<class Link>(std::type_identity<Link> link, std::size_t) {
        if constexpr (Link::on_delete == policy) use(link);
      });
    }
  }

  template <class Model>
  bool is_written(Bytes record_key) const {
    if constexpr (std::is_same_v<Model, Root>) return is_written_ && is_written_(record_key);
    return false;
  }

  /// Whether the record stays, and stays as it is.
  template <class Model>
  bool keeps(Bytes record_key) const {
    return !is_written<Model>(record_key) && !removes<Model>(record_key);
  }

  /// Follows cascading links from all that was added since the last time. Returns whether there was anything.
  bool spread() {
    bool moved = false;
    for_each_type(Models{}, [&]<class Target>(std::type_identity<Target>, std::size_t) {
      if constexpr (has_link_to<Target, OnDelete::cascade> && can_lose<Target>) {
        Victims& from = victims<Target>();
        if (from.all) {
          moved = moved || !from.all_spread;
          if (std::exchange(from.all_spread, true)) return;
          for_each_link<Target, OnDelete::cascade>([&]<class Link>(std::type_identity<Link>) { spread_all<Link>(); });
          return;
        }
        key::Buffer whole;
        for (; from.spread < from.keys.size() && !from.all; ++from.spread) {
          moved = true;
          whole.clear();
          whole.append(from.keys[from.spread]);
          for_each_link<Target, OnDelete::cascade>([&]<class Link>(std::type_identity<Link>) {
            add_dependents<Link>(dependents_of<Link>(of<Link>(), whole.bytes()));
          });
        }
      }
    });
    return moved;
  }

  template <class Link>
  void spread_all() {
    if constexpr (is_plain_link<Link>) {
      victims<typename Link::Model>().all = true;  // every record links to one that goes
    } else {
      add_dependents<Link>(IndexSource<Link, Engine>(of<Link>(), {}));
    }
  }

  template <class Link>
  void add_dependents(IndexSource<Link, Engine> source) {
    using Model = typename Link::Model;
    Victims& to = victims<Model>();
    key::Buffer whole;
    for (bool found = !to.all && source.start(false); found; found = source.advance()) {
      const Bytes record_key = source.record_key();
      if (is_written<Model>(record_key)) continue;
      whole.clear();
      append_whole_key(of<Link>(), record_key, whole);
      to.keys.insert(whole.bytes());
    }
  }

  /// Throws when a record that stays links to one that goes.
  template <class Link>
  void forbid() {
    const Victims& targets = victims<typename Link::Target>();
    if (victims<typename Link::Model>().all) return;
    if (!targets.all) {
      for (std::size_t i = 0; i < targets.keys.size(); ++i) forbid<Link>(targets.keys[i]);
      return;
    }
    IndexSource<Link, Engine> source(of<Link>(), {});
    for (bool found = source.start(false); found; found = source.advance()) {
      if (!keeps<typename Link::Model>(source.record_key())) continue;
      Link::each_key(of<Link>().view(source.record()), [&](const auto& key) {
        key::Buffer whole;
        Link::Parts::append(whole, key);
        forbid<Link>(whole.bytes());
      });
    }
  }

  /// The same for one that goes.
  template <class Link>
  void forbid(Bytes target) {
    std::uint64_t dependents = 0;
    std::string record;
    IndexSource<Link, Engine> source = dependents_of<Link>(of<Link>(), target);
    bool found = source.start(false);
    for (; found && dependents < LinkViolation::most_counted; found = source.advance()) {
      if (!keeps<typename Link::Model>(source.record_key())) continue;
      if (++dependents == 1) record = to_string(source.primary_key());
    }
    if (dependents == 0) return;
    throw LinkViolation(Link::table, std::move(record), Link::Target::name,
                        to_string(std::make_from_tuple<typename Link::Target::PrimaryKey>(
                            Link::Target::PrimaryIndex::Parts::decode(target))),
                        dependents);
  }

  template <class Model>
  void remove() {
    const Access<Model, Engine> access = access_.template of<Model>();
    Victims& gone = victims<Model>();
    if (gone.all) {
      transaction_.clear(access.records());
      return clear_indexes(access, transaction_);
    }
    Upkeep<Model, Engine> upkeep(access, transaction_, scratch_);
    key::Buffer record_key;
    for (std::size_t i = 0; i < gone.keys.size(); ++i) {
      record_key.clear();
      record_key.append(gone.keys[i]);
      key::seal_record_key(record_key);
      Bytes value;
      if (access.find(record_key.bytes(), value)) upkeep.remove(value, record_key.bytes());
    }
  }

  /// Takes the keys of removed targets out of the records that are left.
  template <class Link>
  void unlink_all() {
    Victims& targets = victims<typename Link::Target>();
    if (targets.all) {
      while (unlink_first<Link>(IndexSource<Link, Engine>(of<Link>(), {}), [](const auto&) { return true; })) continue;
      return;
    }
    key::Buffer own;
    for (std::size_t i = 0; i < targets.keys.size(); ++i) {
      const Bytes whole = targets.keys[i];
      const auto is_gone = [&](const auto& key) {
        own.clear();
        Link::Parts::append(own, key);
        return compare(own.bytes(), whole) == 0;
      };
      while (unlink_first<Link>(dependents_of<Link>(of<Link>(), whole), is_gone)) continue;
    }
  }

  /// Changes the first record that the entries name, which takes its entry away. False: there is none.
  template <class Link, class IsGone>
  bool unlink_first(IndexSource<Link, Engine> source, IsGone&& is_gone) {
    using Model = typename Link::Model;
    if (!source.start(false)) return false;
    const Access<Model, Engine> access = of<Link>();
    key::Buffer record_key;
    record_key.append(source.record_key());
    typename Model::Record record = Model::Codec::own(access.view(source.record()));
    if (!unlink<Link>(record, is_gone)) access.throw_dangling(Link::table);
    using Writer = Upkeep<Model, Engine>;
    Writer(access, transaction_, scratch_).put(record, record_key.bytes(), Writer::Existing::replace);
    return true;
  }

  template <class Link>
  Access<typename Link::Model, Engine> of() const {
    return access_.template of<typename Link::Model>();
  }

  const Access<Root, Engine>& access_;
  Transaction& transaction_;
  Scratch& scratch_;
  std::array<Victims, Models::size> victims_;
  std::function<bool(Bytes)> is_written_;
};

/// Runs `work()` so that nothing of it stays when it throws: in a nested transaction where it could fail halfway, which
/// is where emptying a link can meet a unique key. `access` and `transaction` then lead into that one meanwhile.
template <class Model, class Engine, class Work>
auto undoable(Access<Model, Engine>& access, typename Engine::WriteTransaction*& transaction, Work&& work) {
  if constexpr (LinksTo<Model>::size != 0 && unlinking_may_clash<typename Model::Definition>) {
    auto nested = transaction->begin_nested();
    const Access<Model, Engine> outer_access = std::exchange(access, access.in(nested));
    auto* const outer = std::exchange(transaction, &nested);
    const auto restore = [&] {
      access = outer_access;
      transaction = outer;
    };
    try {
      if constexpr (std::is_void_v<decltype(work())>) {
        work();
        nested.commit();
        restore();
      } else {
        auto result = work();
        nested.commit();
        restore();
        return result;
      }
    } catch (...) {
      restore();
      throw;
    }
  } else {
    return work();
  }
}

}  // namespace netabase::detail
