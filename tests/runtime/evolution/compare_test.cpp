/// \file
/// What the comparison of two schemas says, in words and verdicts.

#include "netabase/evolution/compare.hpp"
#include "runtime/evolution/support.hpp"

using namespace evolution_test;
using netabase::evolution::compare;
using netabase::evolution::compiled_schema;

namespace {

template <class Older, class Newer>
std::string difference() {
  return compare(compiled_schema<Older>(), compiled_schema<Newer>()).text();
}

}  // namespace

TEST_CASE("a schema does not differ from itself") {
  CHECK(difference<journal_v1::JournalDefinition, journal_v1::JournalDefinition>().empty());
  CHECK(difference<letters_v2::LettersDefinition, letters_v2::LettersDefinition>().empty());
}

TEST_CASE("changes that records follow by themselves are named and safe") {
  CHECK(difference<journal_v1::JournalDefinition, journal_v2::JournalDefinition>() ==
        "safe: Author.name is called full_name\n"
        "safe: Author.age is optional now\n"
        "safe: Mood::cross was added\n"
        "safe: Author.motto was removed\n"
        "safe: Author.score was added\n"
        "safe: Author.links was added\n"
        "safe: the index Author.email was added\n"
        "safe: the index Author.by_city_age was added\n"
        "safe: the index Author.city was removed\n"
        "safe: the index Author.age was removed\n"
        "safe: the primary key of Entry is automatic now\n"
        "safe: the index Entry.text was added\n"
        "safe: the model Comment was added\n"
        "safe: the model Draft was removed; its records stay in the file, out of reach\n"
        "safe: the model Sketch was removed; its records stay in the file, out of reach\n");
}

TEST_CASE("another type and another primary key need a migration") {
  CHECK(difference<journal_v2::JournalDefinition, journal_v3::JournalDefinition>() ==
        "needs a migration: the type of Author.age changed from optional UInt16 to Text\n"
        "safe: Author.age was added\n"
        "safe: the index Author.age was added\n"
        "safe: the index Author.by_city_age was removed\n"
        "needs a migration: the primary key of Entry changed from (id) to (author, id)\n"
        "safe: the primary key of Entry is not automatic any more\n"
        "safe: the index Entry.author was removed\n");
}

TEST_CASE("a schema that does not follow the older one needs a migration") {
  const std::string back = difference<journal_v2::JournalDefinition, journal_v1::JournalDefinition>();
  CHECK(contains(back, "needs a migration: Author.score (ordinal 8) is not known, not even as removed\n"));
  CHECK(contains(back, "needs a migration: the type of Author.age changed from optional UInt16 to UInt16\n"));
}

TEST_CASE("new fields in nested structs are found once") {
  const std::string text = difference<letters_v1::LettersDefinition, letters_v2::LettersDefinition>();
  CHECK(contains(text, "safe: Stamp.year was added\n"));
  CHECK(contains(text, "safe: Address.box was added\n"));
  CHECK(contains(text, "safe: Letter.via was added\n"));
  CHECK_FALSE(contains(text, "index"));
  CHECK_FALSE(contains(text, "migration"));
  CHECK(text.find("Stamp.year") == text.rfind("Stamp.year"));
}

namespace {

/// The difference that `change(schema)` makes to version 2 of the journal.
template <class Change>
netabase::evolution::Comparison after(Change&& change) {
  const netabase::evolution::Schema& before = compiled_schema<journal_v2::JournalDefinition>();
  netabase::evolution::Schema now = before;
  change(now);
  return compare(before, now);
}

netabase::evolution::Field& field(netabase::evolution::Schema& schema, std::uint64_t structure, std::string_view name) {
  for (netabase::evolution::Struct& candidate : schema.structs) {
    if (candidate.id != structure) continue;
    for (netabase::evolution::Field& found : candidate.fields) {
      if (found.cpp_name == name) return found;
    }
  }
  throw std::logic_error("no such field");
}

netabase::evolution::Field& of_author(netabase::evolution::Schema& schema, std::string_view name) {
  return field(schema, schema.models[0].struct_id, name);
}

}  // namespace

TEST_CASE("what stored values mean may not change without a migration") {
  CHECK(after([](auto& now) { now.enums[0].enumerators[1].value = 9; }).text() ==
        "needs a migration: Mood::busy changed from 1 to 9\n");
  CHECK(after([](auto& now) { of_author(now, "score").default_bits = 11; }).text() ==
        "needs a migration: the default of Author.score changed\n");
  CHECK(after([](auto& now) { of_author(now, "score").meaning = "std::chrono::seconds"; }).text() ==
        "needs a migration: the type of Author.score changed from Int32 to std::chrono::seconds (Int32)\n");
  CHECK(after([](auto& now) {
          of_author(now, "links").type.element[0].kind = netabase::evolution::TypeKind::data;
        }).needs_migration());
  CHECK(after([](auto& now) { of_author(now, "age").optional = false; }).needs_migration());
}

TEST_CASE("names and enumerators may change, and a program of the older schema may go on writing") {
  const auto renamed = after([](auto& now) { of_author(now, "score").cpp_name = "points"; });
  CHECK(renamed.text() == "safe: Author.score is called points\n");
  CHECK(may_go_on_writing(renamed));
  CHECK_FALSE(renamed.find("Author")->records_differ);
  const auto shorter = after([](auto& now) { now.enums[0].enumerators.pop_back(); });
  CHECK(shorter.text() == "safe: Mood::cross was removed\n");
  CHECK(may_go_on_writing(shorter));
}

TEST_CASE("an index that differs in anything is built again, and nobody goes on with the old one") {
  const auto unique = after([](auto& now) { now.models[1].indexes[0].unique = true; });
  CHECK(unique.text() == "safe: the index Entry.author was made unique\n");
  CHECK(unique.find("Entry")->build == std::vector<std::string>{"author"});
  CHECK_FALSE(may_go_on_reading(unique));
  CHECK_FALSE(may_go_on_writing(unique));
  const auto other = after([](auto& now) { now.models[1].indexes[0].all_bytes += "more"; });
  CHECK(other.text() == "safe: the index Entry.author has other properties\n");
  CHECK(other.find("Entry")->build == std::vector<std::string>{"author"});
}

TEST_CASE("a variant with one type more is read, but not by programs that do not know it") {
  netabase::evolution::Schema before = compiled_schema<journal_v2::JournalDefinition>();
  netabase::evolution::Struct& variant = before.structs[0];
  variant.is_union = true;
  netabase::evolution::Schema now = before;
  now.structs[0].cpp_name = "std::variant<int, bool>";
  now.structs[0].fields.push_back(now.structs[0].fields.back());
  now.structs[0].fields.back().ordinal = 99;
  const auto comparison = compare(before, now);
  CHECK(contains(comparison.text(), "is std::variant<int, bool> now"));
  CHECK_FALSE(comparison.needs_migration());
  CHECK_FALSE(may_go_on_reading(comparison));
  CHECK_FALSE(may_go_on_writing(comparison));
}
