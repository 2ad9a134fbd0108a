/// \file
/// The stores whose keys and links are of every kind.

#include "games.netabase.hpp"
#include "office.netabase.hpp"
#include "people.netabase.hpp"
#include "sightings.netabase.hpp"
#include "tests/tools/stores.hpp"
#include "tests/tools/typed_store.hpp"

namespace netabase::tools::test {

void make_people(const std::string& path) {
  const auto store = make<people::PeopleDefinition>(path);
  auto txn = store.begin_write();
  auto persons = txn.open_tree<people::Person>();
  people::Person ada;
  ada.id = 1;
  ada.email = "Ada@analytical.org";
  ada.handle = "ada";
  ada.address = {"W1", {"St James Square", "London"}, {"GB", 44}};
  ada.work = people::Address{"E1", {"Mill Lane"}, {"GB", std::nullopt}};
  ada.age = 36;
  ada.verified = true;
  ada.team = "engine";
  persons.put(ada);
  people::Person bob;
  bob.id = 2;
  bob.email = "bob@example.com";
  bob.handle = "bob";
  bob.address.zip = "W1";
  bob.age = 7;
  bob.team = "engine";
  bob.rank = -1;
  persons.put(bob);
  auto notes = txn.open_tree<people::Note>();
  notes.put({.owner = 1, .name = "first", .version = 1, .label = "red", .tags = {"a", "b"}, .pages = {{1, 2}}});
  notes.put({.owner = 1, .name = "first", .version = 2, .label = std::nullopt, .tags = {}, .pages = std::nullopt});
  txn.commit();
}

void make_office(const std::string& path) {
  const auto store = make<office::OfficeDefinition>(path);
  auto txn = store.begin_write();
  auto persons = txn.open_tree<office::Person>();
  persons.put({.id = 9, .name = "boss", .boss = 9});
  persons.put({.id = 1, .name = "clerk", .boss = 9});
  auto teams = txn.open_tree<office::Team>();
  const std::string far(700, 't');
  teams.put({.name = far, .lead = 9, .members = {1, 9}, .within = std::nullopt});
  teams.put({.name = "near", .lead = 1, .members = {}, .within = far});
  auto tasks = txn.open_tree<office::Task>();
  tasks.put(office::Task{.id = 0, .team = far, .parent = std::nullopt, .waits_for = {}, .reviewers = {9}});
  tasks.put(office::Task{.id = 0, .team = std::nullopt, .parent = 1, .waits_for = {1}, .reviewers = {}});
  txn.open_tree<office::Badge>().put({.person = 1, .code = "x"});
  txn.open_tree<office::Access>().put({.badge = 1, .team = "near"});
  txn.open_tree<office::Seat>().put({.number = 4, .person = 1});
  txn.commit();
}

void make_sightings(const std::string& path) {
  const auto store = make<sightings::SightingsDefinition>(path);
  auto txn = store.begin_write();
  auto accounts = txn.open_tree<sightings::Account>();
  const auto greatest = static_cast<Int128>(~UInt128{0} >> 1);
  accounts.put({.number = greatest, .age = std::chrono::seconds(60)});
  accounts.put({.number = -greatest - 1, .age = std::chrono::seconds(-60)});
  accounts.put({.number = 0, .age = {}});
  auto all = txn.open_tree<sightings::Sighting>();
  sightings::Sighting fox;
  fox.camera = "gate/north";
  fox.at = std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(1500));
  fox.serial = ~UInt128{0};
  fox.day = std::chrono::sys_days(std::chrono::days(7));
  fox.maybe_day = std::chrono::sys_days(std::chrono::days(-1));
  fox.distance = -Int128{5};
  fox.tags = {"fox", "night"};
  fox.lenses = {-35, 50};
  fox.size = {640, 480};
  fox.returns = {fox.day, fox.day};
  fox.copies = {"a/b"};
  fox.uuid[15] = 1;
  fox.parts = {{"head", {1, -1}, {{"ear", {}, {}}}}};
  fox.groups = {{1, 2}, {}};
  fox.matrix = {{0.5}, {}};
  all.put(fox);
  sightings::Sighting none;
  none.camera = "gate/north";
  all.put(none);
  txn.commit();
}

void make_games(const std::string& path) {
  const auto store = make<games::GamesDefinition>(path);
  auto txn = store.begin_write();
  auto all = txn.open_tree<games::Game>();
  games::Game game;
  game.id = 1;
  game.scores = {{"ada", 3}, {"bob", -1}};
  game.notes[-7] = {{1, 2}, {3, 4}, "bold"};
  game.notes[12] = {};
  game.tags[{0xca, 0xfe}] = {"opening"};
  game.players = {"ada", "bob"};
  game.rules = {3, true, 0.5};
  game.moves = {{{0, 1}, {0, -2}, std::nullopt}};
  game.result = games::Resigned{games::Colour::white};
  game.log.emplace_back(std::in_place_index<1>, "second");
  game.log.emplace_back(std::int32_t{-4});
  game.clocks["ada"][games::Colour::black] = 60;
  all.put(game);
  games::Game empty;
  empty.id = 2;
  all.put(empty);
  txn.commit();
}

void make_empty_people(const std::string& path) { make<people::PeopleDefinition>(path); }
void make_empty_office(const std::string& path) { make<office::OfficeDefinition>(path); }
void make_empty_sightings(const std::string& path) { make<sightings::SightingsDefinition>(path); }
void make_empty_games(const std::string& path) { make<games::GamesDefinition>(path); }

std::string problems_of_people(const std::string& path) { return problems<people::PeopleDefinition>(path); }
std::string problems_of_office(const std::string& path) { return problems<office::OfficeDefinition>(path); }
std::string problems_of_sightings(const std::string& path) { return problems<sightings::SightingsDefinition>(path); }
std::string problems_of_games(const std::string& path) { return problems<games::GamesDefinition>(path); }

}  // namespace netabase::tools::test
