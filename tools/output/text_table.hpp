#pragma once

/// \file
/// Aligned tables for people.

#include <string>
#include <vector>

#include "tools/output/context.hpp"

namespace netabase::tools {

/// Collects rows and prints them aligned, in blocks: a table of any length takes the memory of one block. Columns grow
/// from block to block and never shrink. On a terminal cells are shortened so that a row fits on a line where that
/// leaves each column 8 places.
class TextTable {
 public:
  struct Column {
    std::string heading;
    bool to_the_right = false;  ///< numbers
  };

  TextTable(std::vector<Column> columns, const Context& context);
  ~TextTable() = default;
  TextTable(const TextTable&) = delete;
  TextTable& operator=(const TextTable&) = delete;

  /// As many cells as columns; they are made printable here.
  void add(const std::vector<std::string>& cells);
  /// Prints what was not printed yet. Nothing at all, headings neither, when there was no row.
  void finish();

 private:
  static constexpr std::size_t block_size = 256;
  void print_row(const std::vector<std::string>& cells, bool heading) const;
  void fit();

  std::vector<Column> columns_;
  const Context& context_;
  std::vector<std::size_t> widths_;
  std::vector<std::vector<std::string>> block_;
  bool headed_ = false;
};

}  // namespace netabase::tools
