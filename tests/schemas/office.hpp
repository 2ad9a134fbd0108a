#pragma once

/// \file
/// Links of every shape and policy: plain, optional and lists; to other models and to the own one; of numbers and of
/// texts without a limit; on primary keys; unique ones.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace [[netabase::definition(OfficeDefinition, OfficeKeys)]] office {

struct [[netabase::model]] Person {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
  [[netabase::link(Person, on_delete = set_null)]] std::optional<std::uint64_t> boss;

  friend bool operator==(const Person&, const Person&) = default;
};

struct [[netabase::model]] Team {
  [[netabase::primary_key]] std::string name;
  [[netabase::link(Person)]] std::uint64_t lead = 0;
  [[netabase::link(Person, on_delete = set_null)]] std::vector<std::uint64_t> members;
  [[netabase::link(Team, on_delete = restrict)]] std::optional<std::string> within;

  friend bool operator==(const Team&, const Team&) = default;
};

struct [[netabase::model]] Task {
  [[netabase::primary_key(auto)]] std::uint64_t id = 0;
  [[netabase::link(Team, on_delete = cascade)]] std::optional<std::string> team;
  [[netabase::link(Task, on_delete = cascade)]] std::optional<std::uint64_t> parent;
  [[netabase::link(Task, on_delete = cascade)]] std::vector<std::uint64_t> waits_for;
  [[netabase::link(Person, on_delete = restrict)]] std::vector<std::uint64_t> reviewers;

  friend bool operator==(const Task&, const Task&) = default;
};

/// Found by the key of the record that it belongs to.
struct [[netabase::model]] Badge {
  [[netabase::primary_key, netabase::link(Person, on_delete = cascade)]] std::uint64_t person = 0;
  [[netabase::secondary_key(unique)]] std::string code;

  friend bool operator==(const Badge&, const Badge&) = default;
};

/// Many to many.
struct [[netabase::model]] Access {
  [[netabase::primary_key, netabase::link(Badge, on_delete = cascade)]] std::uint64_t badge = 0;
  [[netabase::primary_key, netabase::link(Team, on_delete = cascade)]] std::string team;

  friend bool operator==(const Access&, const Access&) = default;
};

struct [[netabase::model]] Seat {
  [[netabase::primary_key]] std::uint32_t number = 0;
  [[netabase::link(Person, on_delete = set_null), netabase::secondary_key(unique)]] std::optional<std::uint64_t> person;

  friend bool operator==(const Seat&, const Seat&) = default;
};

}  // namespace office

/// Where emptying a link can give two records one unique key.
namespace [[netabase::definition(DrawerDefinition, DrawerKeys)]] drawer {

struct [[netabase::model, netabase::index(by_place, within, name, unique)]] Folder {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::link(Folder, on_delete = set_null)]] std::optional<std::uint64_t> within;
  std::string name;

  friend bool operator==(const Folder&, const Folder&) = default;
};

struct [[netabase::model]] Sheet {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::link(Folder, on_delete = cascade)]] std::uint64_t folder = 0;

  friend bool operator==(const Sheet&, const Sheet&) = default;
};

}  // namespace drawer

/// Links to primary keys of every kind.
namespace [[netabase::definition(KindsDefinition, KindsKeys)]] kinds {

enum class Colour : std::uint8_t { red, green, blue };

struct [[netabase::model]] ByEnum {
  [[netabase::primary_key]] Colour id = Colour::red;
};
struct [[netabase::model]] ByFixedBytes {
  [[netabase::primary_key]] std::array<std::byte, 16> id{};
};
struct [[netabase::model]] ByBytes {
  [[netabase::primary_key]] std::vector<std::uint8_t> id;
};
struct [[netabase::model]] ByDouble {
  [[netabase::primary_key]] double id = 0;
};
struct [[netabase::model]] ByBool {
  [[netabase::primary_key]] bool id = false;
};
struct [[netabase::model]] BySigned {
  [[netabase::primary_key]] std::int16_t id = 0;
};

struct [[netabase::model]] Holder {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::link(ByEnum)]] Colour colour = Colour::red;
  [[netabase::link(ByEnum, on_delete = set_null)]] std::vector<Colour> colours;
  [[netabase::link(ByFixedBytes, on_delete = set_null)]] std::optional<std::array<std::byte, 16>> fixed;
  [[netabase::link(ByBytes, on_delete = set_null)]] std::vector<std::vector<std::uint8_t>> bytes;
  [[netabase::link(ByDouble, on_delete = set_null)]] std::vector<double> numbers;
  [[netabase::link(ByBool, on_delete = set_null)]] std::vector<bool> flags;
  [[netabase::link(BySigned, on_delete = cascade)]] std::optional<std::int16_t> number;
};

}  // namespace kinds
