#pragma once

/// \file
/// netabase_store's record.

#include <string>

#include "articles.netabase.hpp"
#include "row.hpp"

namespace suite {

template <>
struct Row<articles::Article> {
  using Record = articles::Article;
  using Definition = articles::ArticlesDefinition;

  struct View {
    std::uint64_t id = 0;
    std::string_view title;
    std::string_view content;
    std::uint64_t author_id = 0;
  };

  static constexpr std::array columns{Column{"id", "INTEGER PRIMARY KEY"}, Column{"title", "TEXT NOT NULL"},
                                      Column{"content", "TEXT NOT NULL"}, Column{"author_id", "INTEGER NOT NULL"}};
  static constexpr std::array indexes{Index{"author_id", Kind::number64}};
  static constexpr std::size_t asked = 1;
  static constexpr const char* sql_plain = "title = 'renamed'";
  static constexpr const char* sql_indexed = "author_id = author_id + 1";

  template <class Any>
  static View view(const Any& row) {
    return {SUITE_FIELD(row, id), SUITE_FIELD(row, title), SUITE_FIELD(row, content), SUITE_FIELD(row, author_id)};
  }

  static Record own(const View& view) {
    return {view.id, std::string(view.title), std::string(view.content), view.author_id};
  }

  template <class Use>
  static void each_field(View& view, Use&& use) {
    use(view.id);
    use(view.title);
    use(view.content);
    use(view.author_id);
  }

  static std::uint64_t digest(const View& view) {
    return view.id + text_digest(view.title) + text_digest(view.content) + 3 * view.author_id;
  }

  template <std::size_t i>
  static std::optional<IndexValue> key(const View& view) {
    return IndexValue{view.author_id, {}};
  }

  template <std::size_t i, class Tree>
  static auto by(const Tree& tree) {
    return tree.template by<&Record::author_id>();
  }

  template <class Any>
  static void change_plain(Any& row) {
    row.title = "renamed";
  }
  template <class Any>
  static void change_indexed(Any& row) {
    ++row.author_id;
  }
};

}  // namespace suite
