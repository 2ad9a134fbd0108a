/// \file
/// A store with nested, computed and partial indexes behaves as plain maps do.

#include "people.netabase.hpp"
#include "runtime/typed/values.hpp"
#include "runtime/typed/writes.hpp"

namespace typed_test {

template <>
struct Oracle<people::Person> {
  static people::Address address(Random& random) {
    people::Address out;
    out.zip = short_text(random);
    for (std::size_t i = random.below(3); i > 0; --i) {
      static const std::string lines[] = {"Rue A", "rue b", " A  a ", ""};
      out.lines.push_back(lines[random.below(4)]);
    }
    out.country.code = random.one_in(2) ? "fr" : short_text(random);
    if (random.one_in(2)) out.country.prefix = number<std::uint16_t>(random, 3);
    return out;
  }

  static people::Person random(Random& random) {
    people::Person out;
    out.id = random.below(300);
    static const std::string domains[] = {"a.org", "b.org", "", "A.org"};
    out.email = "User" + std::to_string(random.below(60)) + "@" + domains[random.below(4)];
    if (random.one_in(40)) out.email = std::string(260, 'l') + "@" + std::string(260, 'd');
    if (random.one_in(20)) out.email = "nowhere";
    out.handle = "handle" + std::to_string(random.below(120));
    out.address = address(random);
    if (random.one_in(2)) out.work = address(random);
    out.age = static_cast<std::uint8_t>(random.below(30));
    out.verified = random.one_in(2);
    out.team = maybe(random, short_text(random));
    out.rank = number<std::int32_t>(random, 12);
    return out;
  }
  static void take_primary(const people::Person& from, people::Person& to) { to.id = from.id; }
  static Key primary(const people::Person& person) { return {part(person.id)}; }

  static std::vector<std::string> words(const people::Person& person) {
    std::vector<std::string> out;
    for (const std::string& line : person.address.lines) {
      if (line == "Rue A") out.insert(out.end(), {"rue", "a"});
      if (line == "rue b") out.insert(out.end(), {"rue", "b"});
      if (line == " A  a ") out.insert(out.end(), {"a", "a"});
    }
    return out;
  }
  static std::string lower(std::string text) {
    std::replace(text.begin(), text.end(), 'U', 'u');
    std::replace(text.begin(), text.end(), 'A', 'a');
    return text;
  }

  static std::vector<std::vector<Key>> keys(const people::Person& person) {
    const std::string domain = person.email.substr(person.email.find('@') + 1);
    const bool active = person.rank >= 0;
    const auto text = [](const std::string& one) { return part(one); };
    std::optional<std::string> work_zip;
    std::vector<Key> prefixes;
    std::vector<Key> work_lines;
    if (person.work) {
      work_zip = person.work->zip;
      if (person.work->country.prefix) prefixes = {{descending(*person.work->country.prefix)}};
      work_lines = each_as_key(person.work->lines, text);
    }
    using None = std::vector<Key>;
    return {active ? None{{part(person.handle)}} : None{},
            {{part(domain)}},
            person.age < 18 ? None{} : None{{part(static_cast<std::uint8_t>(person.age / 10))}},
            each_as_key(words(person), text),
            person.verified ? None{{part(lower(person.email))}} : None{},
            {{part(person.address.zip)}},
            {{part(person.address.country.code), descending(person.address.zip)}},
            each_as_key(person.address.lines, text),
            if_present(work_zip),
            prefixes,
            work_lines,
            {{part(work_zip), descending(person.age)}},
            {{part(domain), descending(person.age)}},
            active ? None{{part(person.age)}} : None{},
            person.verified ? None{{part(person.team), descending(person.rank)}} : None{}};
  }
  static bool throws(const people::Person& person) { return person.email == "nowhere"; }
  static bool too_long(const people::Person& person) { return person.verified && person.email.size() > 40; }
};

template <>
struct Oracle<people::Note> {
  static people::Note random(Random& random) {
    people::Note out;
    out.owner = number<std::uint32_t>(random, 3);
    out.name = short_text(random);
    out.version = number<std::uint8_t>(random, 3);
    out.label = maybe(random, short_text(random));
    for (std::size_t i = random.below(3); i > 0; --i) out.tags.push_back(short_text(random));
    if (random.one_in(2)) {
      out.pages.emplace();
      for (std::size_t i = random.below(3); i > 0; --i) out.pages->push_back(number<std::uint16_t>(random, 3));
    }
    return out;
  }
  static void take_primary(const people::Note& from, people::Note& to) {
    to.owner = from.owner;
    to.name = from.name;
    to.version = from.version;
  }
  static Key primary(const people::Note& note) { return {part(note.owner), part(note.name), part(note.version)}; }
  static std::vector<std::vector<Key>> keys(const people::Note& note) {
    return {
        each_as_key(note.tags, [](const std::string& tag) { return part(tag); }),
        each_as_key(note.pages.value_or(std::vector<std::uint16_t>()), [](std::uint16_t page) { return part(page); }),
        {{part(note.owner), part(note.name)}},
        {{descending(note.name)}},
        {{part(note.label), part(note.name)}}};
  }
  static bool too_long(const people::Note&) { return false; }
};

}  // namespace typed_test

TEST_CASE_TEMPLATE("a store of people behaves as plain maps do", Engine, netabase::Lmdb, netabase::Memory) {
  typed_test::run_model_test<people::PeopleDefinition, Engine>();
}
