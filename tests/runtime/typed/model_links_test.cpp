/// \file
/// A store with links keeps them as a look at every record would.

#include <cstdlib>
#include <iostream>

#include "netabase/engine/memory.hpp"
#include "office.netabase.hpp"
#include "runtime/typed/links_machine.hpp"
#include "runtime/typed/values.hpp"

namespace typed_test {
namespace {

using netabase::key::to_string;

std::string text(std::uint64_t key) { return std::to_string(key); }
std::string text(const std::string& key) { return to_string(std::tie(key)); }

std::uint64_t small_id(Random& random) { return 1 + random.below(7); }
std::optional<std::uint64_t> maybe_id(Random& random) {
  return random.one_in(2) ? std::nullopt : std::optional(small_id(random));
}
std::vector<std::uint64_t> id_list(Random& random) {
  std::vector<std::uint64_t> out;
  for (std::size_t i = random.below(4); i > 0; --i) out.push_back(small_id(random));
  return out;
}
/// Some are longer than any stored key, and alike but for their last byte.
std::string team_name(Random& random) {
  static constexpr std::size_t sizes[] = {1, 1, 223, 225, 488, 496, 600};
  std::string out(sizes[random.below(7)], 't');
  out.back() = static_cast<char>('a' + random.below(2));
  return out;
}
std::optional<std::string> maybe_team(Random& random) {
  return random.one_in(2) ? std::nullopt : std::optional(team_name(random));
}

template <class Key>
std::vector<Linking> linkings(const char* link, Policy policy, const char* model, const Key& key) {
  return {{link, policy, {model, text(key)}}};
}
template <class Key>
std::vector<Linking> linkings(const char* link, Policy policy, const char* model, const std::vector<Key>& keys) {
  std::vector<Linking> out;
  for (const Key& key : keys) out.push_back({link, policy, {model, text(key)}});
  return out;
}
template <class Key>
std::vector<Linking> linkings(const char* link, Policy policy, const char* model, const std::optional<Key>& key) {
  return key ? linkings(link, policy, model, *key) : std::vector<Linking>{};
}
std::vector<Linking> joined(std::vector<std::vector<Linking>> lists) {
  std::vector<Linking> out;
  for (auto& list : lists) out.insert(out.end(), list.begin(), list.end());
  return out;
}
void drop_from(std::optional<std::uint64_t>& field, const std::string& key) {
  if (field && text(*field) == key) field.reset();
}

}  // namespace

template <>
struct Linked<office::Person> {
  static office::Person random(Random& random) { return {small_id(random), short_text(random), maybe_id(random)}; }
  static std::vector<Linking> links(const office::Person& it) {
    return linkings("Person.boss", Policy::set_null, "Person", it.boss);
  }
  static void drop(office::Person& it, const Name& gone) {
    if (gone.first == "Person") drop_from(it.boss, gone.second);
  }
  static std::vector<std::string> unique(const office::Person&) { return {}; }
};

template <>
struct Linked<office::Team> {
  static office::Team random(Random& random) {
    return {team_name(random), small_id(random), id_list(random), maybe_team(random)};
  }
  static std::vector<Linking> links(const office::Team& it) {
    return joined({linkings("Team.lead", Policy::restrict_, "Person", it.lead),
                   linkings("Team.members", Policy::set_null, "Person", it.members),
                   linkings("Team.within", Policy::restrict_, "Team", it.within)});
  }
  static void drop(office::Team& it, const Name& gone) {
    if (gone.first == "Person") std::erase_if(it.members, [&](std::uint64_t id) { return text(id) == gone.second; });
  }
  static std::vector<std::string> unique(const office::Team&) { return {}; }
};

template <>
struct Linked<office::Task> {
  static office::Task random(Random& random) {
    const bool bare = random.one_in(2);
    return {small_id(random), maybe_team(random), maybe_id(random),
            bare ? std::vector<std::uint64_t>{} : id_list(random),
            random.one_in(3) ? id_list(random) : std::vector<std::uint64_t>{}};
  }
  static std::vector<Linking> links(const office::Task& it) {
    return joined({linkings("Task.team", Policy::cascade, "Team", it.team),
                   linkings("Task.parent", Policy::cascade, "Task", it.parent),
                   linkings("Task.waits_for", Policy::cascade, "Task", it.waits_for),
                   linkings("Task.reviewers", Policy::restrict_, "Person", it.reviewers)});
  }
  static void drop(office::Task&, const Name&) {}
  static std::vector<std::string> unique(const office::Task&) { return {}; }
};

template <>
struct Linked<office::Badge> {
  static office::Badge random(Random& random) { return {small_id(random), std::to_string(random.below(9))}; }
  static std::vector<Linking> links(const office::Badge& it) {
    return linkings("Badge.person", Policy::cascade, "Person", it.person);
  }
  static void drop(office::Badge&, const Name&) {}
  static std::vector<std::string> unique(const office::Badge& it) { return {"Badge.code " + it.code}; }
};

template <>
struct Linked<office::Access> {
  static office::Access random(Random& random) { return {small_id(random), team_name(random)}; }
  static std::vector<Linking> links(const office::Access& it) {
    return joined({linkings("Access.badge", Policy::cascade, "Badge", it.badge),
                   linkings("Access.team", Policy::cascade, "Team", it.team)});
  }
  static void drop(office::Access&, const Name&) {}
  static std::vector<std::string> unique(const office::Access&) { return {}; }
};

template <>
struct Linked<office::Seat> {
  static office::Seat random(Random& random) { return {static_cast<std::uint32_t>(random.below(8)), maybe_id(random)}; }
  static std::vector<Linking> links(const office::Seat& it) {
    return linkings("Seat.person", Policy::set_null, "Person", it.person);
  }
  static void drop(office::Seat& it, const Name& gone) {
    if (gone.first == "Person") drop_from(it.person, gone.second);
  }
  static std::vector<std::string> unique(const office::Seat& it) {
    return it.person ? std::vector{"Seat.person " + text(*it.person)} : std::vector<std::string>{};
  }
};

template <>
struct Linked<drawer::Folder> {
  static drawer::Folder random(Random& random) {
    return {small_id(random), maybe_id(random), std::string(1, static_cast<char>('a' + random.below(4)))};
  }
  static std::vector<Linking> links(const drawer::Folder& it) {
    return linkings("Folder.within", Policy::set_null, "Folder", it.within);
  }
  static void drop(drawer::Folder& it, const Name& gone) {
    if (gone.first == "Folder") drop_from(it.within, gone.second);
  }
  static std::vector<std::string> unique(const drawer::Folder& it) {
    return {(it.within ? text(*it.within) : "none") + " " + it.name};
  }
};

template <>
struct Linked<drawer::Sheet> {
  static drawer::Sheet random(Random& random) { return {random.below(10), small_id(random)}; }
  static std::vector<Linking> links(const drawer::Sheet& it) {
    return linkings("Sheet.folder", Policy::cascade, "Folder", it.folder);
  }
  static void drop(drawer::Sheet&, const Name&) {}
  static std::vector<std::string> unique(const drawer::Sheet&) { return {}; }
};

namespace {

std::uint64_t number_from_environment(const char* variable, std::uint64_t otherwise) {
  const char* const value = std::getenv(variable);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

template <class Definition, class Engine>
void run_links_test(std::initializer_list<Verdict> expected) {
  const std::uint64_t seed = number_from_environment("NETABASE_TEST_SEED", std::random_device{}());
  const std::uint64_t count = number_from_environment("NETABASE_TEST_OPERATIONS", 300000) / 20;
  std::cout << Definition::name << ": " << count << " operations, NETABASE_TEST_SEED=" << seed << std::endl;
  LinksMachine<Definition, Engine> machine(seed);
  try {
    machine.run(count);
  } catch (const std::exception& error) {
    std::cout << "with seed " << seed << ": " << error.what() << "; before that" << machine.trace() << std::endl;
    FAIL("the store and the plain model differ");
  }
  for (const Verdict verdict : expected) CHECK((count < 5000 || machine.verdicts().count(verdict) != 0));
}

}  // namespace
}  // namespace typed_test

TEST_CASE_TEMPLATE("links are kept as a look at every record would", Engine, netabase::Lmdb, netabase::Memory) {
  using typed_test::Verdict;
  typed_test::run_links_test<office::OfficeDefinition, Engine>(
      {Verdict::done, Verdict::dangling, Verdict::restricted, Verdict::clash});
}

TEST_CASE_TEMPLATE("also where emptying one meets a unique key", Engine, netabase::Lmdb, netabase::Memory) {
  using typed_test::Verdict;
  typed_test::run_links_test<drawer::DrawerDefinition, Engine>({Verdict::done, Verdict::dangling, Verdict::clash});
}
