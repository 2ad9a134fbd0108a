#pragma once

/// \file
/// The records of the index sweep: the same fields, of which the first `indexed` have an index.

#include <string>

#include "indexes.netabase.hpp"
#include "row.hpp"

namespace suite {

template <class Record_, class Definition_, std::size_t indexed>
struct IndexesRow {
  using Record = Record_;
  using Definition = Definition_;

  struct View {
    std::uint64_t id = 0;
    std::string_view name;
    std::array<std::uint64_t, 10> numbers{};
  };

  static constexpr std::array columns{Column{"id", "INTEGER PRIMARY KEY"},   Column{"name", "TEXT NOT NULL"},
                                      Column{"number0", "INTEGER NOT NULL"}, Column{"number1", "INTEGER NOT NULL"},
                                      Column{"number2", "INTEGER NOT NULL"}, Column{"number3", "INTEGER NOT NULL"},
                                      Column{"number4", "INTEGER NOT NULL"}, Column{"number5", "INTEGER NOT NULL"},
                                      Column{"number6", "INTEGER NOT NULL"}, Column{"number7", "INTEGER NOT NULL"},
                                      Column{"number8", "INTEGER NOT NULL"}, Column{"number9", "INTEGER NOT NULL"}};
  static constexpr std::array<Index, indexed> indexes = [] {
    std::array<Index, indexed> all{};
    for (std::size_t i = 0; i < indexed; ++i) all[i] = {columns[2 + i].name, Kind::number64};
    return all;
  }();
  static constexpr std::size_t asked = 0;
  static constexpr const char* sql_plain = "name = 'renamed'";
  static constexpr const char* sql_indexed = "number0 = number0 + 1";

  template <class Any>
  static View view(const Any& row) {
    return {SUITE_FIELD(row, id),
            SUITE_FIELD(row, name),
            {SUITE_FIELD(row, number0), SUITE_FIELD(row, number1), SUITE_FIELD(row, number2), SUITE_FIELD(row, number3),
             SUITE_FIELD(row, number4), SUITE_FIELD(row, number5), SUITE_FIELD(row, number6), SUITE_FIELD(row, number7),
             SUITE_FIELD(row, number8), SUITE_FIELD(row, number9)}};
  }

  static Record own(const View& view) {
    const auto& n = view.numbers;
    return {view.id, std::string(view.name), n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9]};
  }

  template <class Use>
  static void each_field(View& view, Use&& use) {
    use(view.id);
    use(view.name);
    for (std::uint64_t& number : view.numbers) use(number);
  }

  static std::uint64_t digest(const View& view) {
    std::uint64_t sum = view.id + text_digest(view.name);
    for (const std::uint64_t number : view.numbers) sum = 3 * sum + number;
    return sum;
  }

  template <std::size_t i>
  static std::optional<IndexValue> key(const View& view) {
    return IndexValue{view.numbers[i], {}};
  }

  template <class Any>
  static void change_plain(Any& row) {
    row.name = "renamed";
  }
  static void change_indexed(Record& row) { ++row.number0; }
  static void change_indexed(View& view) { ++view.numbers[0]; }
};

template <>
struct Row<indexes0::Row> : IndexesRow<indexes0::Row, indexes0::Indexes0Definition, 0> {};
template <>
struct Row<indexes1::Row> : IndexesRow<indexes1::Row, indexes1::Indexes1Definition, 1> {};
template <>
struct Row<indexes2::Row> : IndexesRow<indexes2::Row, indexes2::Indexes2Definition, 2> {};
template <>
struct Row<indexes5::Row> : IndexesRow<indexes5::Row, indexes5::Indexes5Definition, 5> {};
template <>
struct Row<indexes10::Row> : IndexesRow<indexes10::Row, indexes10::Indexes10Definition, 10> {};

}  // namespace suite
