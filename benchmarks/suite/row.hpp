#pragma once

/// \file
/// What the sides know of a record: Row<Record>, specialised in row_*.hpp, tells
///
///     struct View;                                  its fields, texts in place
///     static View view(const Any& row);             of the struct, or of netabase's view: reads every field
///     static Record own(const View&);
///     static void each_field(View&, use);           in the order of `columns`
///     static std::uint64_t digest(const View&);     made of every field
///     columns, indexes                              the table, as SQLite is told
///     static IndexKey<…> key<i>(const View&)        what index i holds of the record, if anything
///     static auto by<i>(const Tree&)                the same index of a netabase tree, i < asked
///     static void change_plain(Any&), change_indexed(Any&)   of a struct or a View; sql_plain, sql_indexed: the same
///     in SQL

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace suite {

template <class Record>
struct Row;

enum class Kind : std::uint8_t { number32, number64, text, unique_text };

struct Index {
  const char* column;
  Kind kind;
};

struct Column {
  const char* name;
  const char* type;  ///< as SQL
};

/// `number` or `text`, whichever the index's kind says.
struct IndexValue {
  std::uint64_t number = 0;
  std::string_view text;
};

/// Calls `use` with std::integral_constant 0, 1, … count - 1.
template <std::size_t count, class Use>
void each_number(Use&& use) {
  [&]<std::size_t... i>(std::index_sequence<i...>) { (use(std::integral_constant<std::size_t, i>()), ...); }
  (std::make_index_sequence<count>());
}

/// A field of a struct, or of netabase's view of one.
#define SUITE_FIELD(row, name)              \
  [&]() -> decltype(auto) {                 \
    if constexpr (requires { row.name(); }) \
      return row.name();                    \
    else                                    \
      return (row.name);                    \
  }()

inline std::uint64_t text_digest(std::string_view text) {
  return text.size() + (text.empty() ? 0U : static_cast<unsigned char>(text.back()));
}

}  // namespace suite
