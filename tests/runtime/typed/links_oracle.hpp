#pragma once

/// \file
/// What links demand, by brute force: every record of a store in one map, and every rule as a look at all of them.

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "netabase/netabase.hpp"
#include "runtime/typed/oracle.hpp"

namespace typed_test {

/// A record's name: its model's and its primary key's text.
using Name = std::pair<std::string, std::string>;

enum class Policy { restrict_, cascade, set_null };

/// One key in one link of a record.
struct Linking {
  std::string link;  ///< "Team.lead"
  Policy policy;
  Name target;
};

/// What the oracle must know of a struct, written down by hand beside the test:
///
///     static Record random(Random& random);
///     static std::vector<Linking> links(const Record& record);
///     static void drop(Record& record, const Name& target);         // takes a removed target out of set_null links
///     static std::vector<std::string> unique(const Record& record);  // its unique keys, each with its index's name
template <class Record>
struct Linked;

template <class Record>
std::string key_text(const Record& record) {
  using Index = typename netabase::ModelType<Record>::PrimaryIndex;
  return to_string(netabase::detail::primary_key_of<Index>(record));
}
template <class Record>
Name name_of(const Record& record) {
  return {std::string(netabase::ModelType<Record>::name), key_text(record)};
}

template <class Models>
struct AnyOf;
template <class... Models>
struct AnyOf<netabase::List<Models...>> {
  using type = std::variant<typename Models::Record...>;
};

enum class Verdict { done, dangling, restricted, clash };

/// A store's records, and what a call does to them.
template <class Definition>
class World {
 public:
  using Any = typename AnyOf<typename Definition::Models>::type;

  /// What a call would do. Several verdicts: it breaks several rules, and may name any.
  struct Effect {
    std::map<Name, Any> next;
    std::set<Verdict> verdicts;
    std::set<Name> removed;
    std::set<Name> written;
  };

  std::map<Name, Any> records;

  template <class Record>
  const Record* find(const std::string& key) const {
    const auto at = records.find({std::string(netabase::ModelType<Record>::name), key});
    return at == records.end() ? nullptr : &std::get<Record>(at->second);
  }

  static std::vector<Linking> links_of(const Any& record) {
    return std::visit([]<class Record>(const Record& one) { return Linked<Record>::links(one); }, record);
  }

  /// One call that removes some records and writes others.
  Effect effect(const std::vector<Any>& puts, const std::set<Name>& removals) const {
    Effect out;
    for (const Any& record : puts) {
      std::visit([&](const auto& one) { out.written.insert(name_of(one)); }, record);
    }
    for (const Name& name : removals) {
      if (records.count(name) != 0 && out.written.count(name) == 0) out.removed.insert(name);
    }
    for (std::size_t before = 0; before != out.removed.size();) {
      before = out.removed.size();
      for_each_kept(out, [&](const Name& name, const Linking& link) {
        if (link.policy == Policy::cascade) out.removed.insert(name);
      });
    }
    for_each_kept(out, [&](const Name&, const Linking& link) {
      if (link.policy == Policy::restrict_) out.verdicts.insert(Verdict::restricted);
    });
    out.next = records;
    for (const Name& name : out.removed) out.next.erase(name);
    for (auto& [name, record] : out.next) {
      if (out.written.count(name) != 0) continue;
      std::visit(
          [&]<class Record>(Record& one) {
            for (const Name& gone : out.removed) Linked<Record>::drop(one, gone);
          },
          record);
    }
    for (const Any& record : puts) {
      std::visit([&](const auto& one) { out.next.insert_or_assign(name_of(one), record); }, record);
    }
    for (const Name& name : out.written) {
      for (const Linking& link : links_of(out.next.at(name))) {
        if (out.next.count(link.target) == 0) out.verdicts.insert(Verdict::dangling);
      }
    }
    std::set<std::string> unique;
    for (const auto& [name, record] : out.next) {
      std::visit(
          [&]<class Record>(const Record& one) {
            for (const std::string& key : Linked<Record>::unique(one)) {
              if (!unique.insert(key).second) out.verdicts.insert(Verdict::clash);
            }
          },
          record);
    }
    if (out.verdicts.empty()) out.verdicts.insert(Verdict::done);
    return out;
  }

  /// Records that hold back the removal of `target` by the link, when `effect` was refused.
  std::uint64_t dependents(const Effect& effect, const std::string& link, const Name& target) const {
    std::set<Name> found;
    for_each_kept(effect, [&](const Name& name, const Linking& it) {
      if (it.link == link && it.target == target) found.insert(name);
    });
    return found.size();
  }

 private:
  /// Each link of a record that the call neither removes nor writes to one that it removes.
  template <class Use>
  void for_each_kept(const Effect& effect, Use&& use) const {
    for (const auto& [name, record] : records) {
      if (effect.removed.count(name) != 0 || effect.written.count(name) != 0) continue;
      for (const Linking& link : links_of(record)) {
        if (effect.removed.count(link.target) != 0) use(name, link);
      }
    }
  }
};

}  // namespace typed_test
