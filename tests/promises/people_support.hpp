#pragma once

/// \file
/// People and notes for the tests on the people schema.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "people.netabase.hpp"
#include "promises/support.hpp"

namespace promises {

using people::Person;
using people::PersonKey;

template <class Engine>
using PeopleStore = netabase::Store<people::PeopleDefinition, Engine>;

inline Person person(std::uint64_t id, const std::string& domain = "example.org") {
  Person out;
  out.id = id;
  out.handle = "handle" + std::to_string(id);
  out.email = "user" + std::to_string(id) + "@" + domain;
  out.rank = static_cast<std::int32_t>(id);
  return out;
}

inline Person person_in(std::uint64_t id, std::string zip, std::string country = "fr") {
  Person out = person(id);
  out.address.zip = std::move(zip);
  out.address.country.code = std::move(country);
  return out;
}

inline people::Address address(std::string zip, std::optional<std::uint16_t> prefix = {},
                               std::vector<std::string> lines = {}) {
  people::Address out;
  out.zip = std::move(zip);
  out.country.prefix = prefix;
  out.lines = std::move(lines);
  return out;
}

inline people::Note note(std::uint32_t owner, std::string name, std::uint8_t version = 0,
                         std::optional<std::string> label = {}) {
  people::Note out;
  out.owner = owner;
  out.name = std::move(name);
  out.version = version;
  out.label = std::move(label);
  return out;
}

/// A store with these people.
template <class Engine>
PeopleStore<Engine> store_of(const std::vector<Person>& persons) {
  PeopleStore<Engine> store = PeopleStore<Engine>::temp();
  store.with_write_transaction([&](auto& txn) { txn.template open_tree<Person>().put_many(persons); });
  return store;
}

/// A store with these notes.
template <class Engine>
PeopleStore<Engine> store_of(const std::vector<people::Note>& notes) {
  PeopleStore<Engine> store = PeopleStore<Engine>::temp();
  store.with_write_transaction([&](auto& txn) { txn.template open_tree<people::Note>().put_many(notes); });
  return store;
}

/// "7 ab 0": the primary keys of notes.
template <class Range>
std::vector<std::string> names(Range&& range) {
  return collect(range, [](const auto& ref) {
    return std::to_string(ref.owner()) + " " + std::string(ref.name()) + " " + std::to_string(ref.version());
  });
}

using Names = std::vector<std::string>;

}  // namespace promises
