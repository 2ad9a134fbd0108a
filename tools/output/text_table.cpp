#include "tools/output/text_table.hpp"

#include <algorithm>
#include <numeric>
#include <ostream>

#include "tools/output/text.hpp"

namespace netabase::tools {

namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t least_width = 8;

}  // namespace

TextTable::TextTable(std::vector<Column> columns, const Context& context)
    : columns_(std::move(columns)), context_(context), widths_(columns_.size(), 0) {
  for (std::size_t i = 0; i < columns_.size(); ++i) widths_[i] = columns_of(columns_[i].heading);
}

void TextTable::add(const std::vector<std::string>& cells) {
  std::vector<std::string>& row = block_.emplace_back();
  for (const std::string& cell : cells) row.push_back(printable(cell));
  if (block_.size() == block_size) finish();
}

void TextTable::fit() {
  for (const auto& row : block_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths_[i] = std::max(widths_[i], columns_of(row[i]));
  }
  if (context_.width == 0 || widths_.empty()) return;
  // The widest column gives way until the row fits.
  std::size_t total = std::accumulate(widths_.begin(), widths_.end(), gap * (widths_.size() - 1));
  while (total > context_.width) {
    const auto widest = std::max_element(widths_.begin(), widths_.end());
    if (*widest <= least_width) break;
    --*widest;
    --total;
  }
}

void TextTable::finish() {
  if (block_.empty()) return;
  fit();
  if (!headed_) {
    std::vector<std::string> headings;
    for (const Column& column : columns_) headings.push_back(column.heading);
    print_row(headings, true);
    headed_ = true;
  }
  for (const auto& row : block_) print_row(row, false);
  block_.clear();
}

void TextTable::print_row(const std::vector<std::string>& cells, bool heading) const {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string cell = context_.width == 0 ? cells[i] : shortened(cells[i], widths_[i]);
    const std::size_t columns = columns_of(cell);
    const std::string space(widths_[i] > columns ? widths_[i] - columns : 0, ' ');
    if (i != 0) line.append(gap, ' ');
    if (columns_[i].to_the_right) line += space;
    line += heading ? styled(cell, Style::heading, context_.colour) : cell;
    if (!columns_[i].to_the_right && i + 1 != cells.size()) line += space;
  }
  context_.out << line << '\n';
}

}  // namespace netabase::tools
