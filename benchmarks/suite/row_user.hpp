#pragma once

/// \file
/// The record of the user workload.

#include <string>

#include "row.hpp"
#include "users.netabase.hpp"

namespace suite {

template <>
struct Row<users::User> {
  using Record = users::User;
  using Definition = users::UsersDefinition;

  struct View {
    std::uint64_t id = 0;
    std::string_view username;
    std::string_view email;
    std::uint32_t age = 0;
    std::optional<std::string_view> city;
  };

  static constexpr std::array columns{Column{"id", "INTEGER PRIMARY KEY"}, Column{"username", "TEXT NOT NULL"},
                                      Column{"email", "TEXT NOT NULL"}, Column{"age", "INTEGER NOT NULL"},
                                      Column{"city", "TEXT"}};
  static constexpr std::array indexes{Index{"email", Kind::unique_text}, Index{"age", Kind::number32},
                                      Index{"city", Kind::text}};
  static constexpr std::size_t asked = 3;
  static constexpr const char* sql_plain = "username = 'renamed'";
  static constexpr const char* sql_indexed = "age = age + 1";

  template <class Any>
  static View view(const Any& row) {
    View view{SUITE_FIELD(row, id), SUITE_FIELD(row, username), SUITE_FIELD(row, email), SUITE_FIELD(row, age), {}};
    if (auto&& city = SUITE_FIELD(row, city)) view.city = std::string_view(*city);
    return view;
  }

  static Record own(const View& view) {
    Record record{view.id, std::string(view.username), std::string(view.email), view.age, {}};
    if (view.city) record.city.emplace(*view.city);
    return record;
  }

  template <class Use>
  static void each_field(View& view, Use&& use) {
    use(view.id);
    use(view.username);
    use(view.email);
    use(view.age);
    use(view.city);
  }

  static std::uint64_t digest(const View& view) {
    return view.id + text_digest(view.username) + text_digest(view.email) + 3 * view.age +
           (view.city ? 1 + text_digest(*view.city) : 0);
  }

  template <std::size_t i>
  static std::optional<IndexValue> key(const View& view) {
    if constexpr (i == 0) return IndexValue{0, view.email};
    if constexpr (i == 1) return IndexValue{view.age, {}};
    if constexpr (i == 2) return view.city ? std::optional(IndexValue{0, *view.city}) : std::nullopt;
  }

  template <std::size_t i, class Tree>
  static auto by(const Tree& tree) {
    if constexpr (i == 0) return tree.template by<&Record::email>();
    if constexpr (i == 1) return tree.template by<&Record::age>();
    if constexpr (i == 2) return tree.template by<&Record::city>();
  }

  template <class Any>
  static void change_plain(Any& row) {
    row.username = "renamed";
  }
  template <class Any>
  static void change_indexed(Any& row) {
    ++row.age;
  }
};

}  // namespace suite
