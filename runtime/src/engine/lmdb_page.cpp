#include "engine/lmdb_page.hpp"

#include <algorithm>
#include <utility>

namespace netabase::engine::lmdb {

namespace {

std::size_t lower_of(Bytes page) noexcept { return load<std::uint16_t>(page, 12); }

/// An offset in a page of 64 KiB may be 65536, which is stored as 0.
std::size_t upper_of(Bytes page) noexcept {
  const auto stored = load<std::uint16_t>(page, 14);
  return stored == 0 && page.size() == 65536 ? 65536 : stored;
}

/// Returns what is wrong with it; empty: nothing.
std::string read_node(Bytes page, std::size_t index, bool leaf, Node& node) {
  node.offset = load<std::uint16_t>(page, page_header_size + 2 * index);
  if (node.offset < upper_of(page) || node.offset % 2 != 0 || node.offset + node_header_size > page.size()) {
    return "begins at " + std::to_string(node.offset);
  }
  const std::size_t key_size = load<std::uint16_t>(page, node.offset + 6);
  const std::size_t key_at = node.offset + node_header_size;
  if (key_at + key_size > page.size()) return "has a key that reaches beyond the page";
  node.key = page.subspan(key_at, key_size);
  node.end = key_at + key_size;
  if (!leaf) {
    node.child = load<std::uint32_t>(page, node.offset) |
                 static_cast<std::uint64_t>(load<std::uint16_t>(page, node.offset + 4)) << 32;
    return {};
  }
  node.value_size = load<std::uint32_t>(page, node.offset);
  node.flags = load<std::uint16_t>(page, node.offset + 4);
  const std::size_t in_page = (node.flags & overflow_value) != 0 ? 8 : node.value_size;
  if (in_page > page.size() - node.end) return "has a value that reaches beyond the page";
  node.value = page.subspan(node.end, in_page);
  node.end += in_page;
  return {};
}

}  // namespace

std::string header_fault(Bytes page, std::uint64_t number, bool leaf) {
  const auto found = load<std::uint64_t>(page, 0);
  const auto kind = load<std::uint16_t>(page, 10);
  const std::size_t lower = lower_of(page);
  const std::size_t upper = upper_of(page);
  if (found != number) return "it carries the number " + std::to_string(found);
  if (kind != (leaf ? leaf_kind : branch_kind)) {
    return "it should be a " + std::string(leaf ? "leaf" : "branch") + " page, and its kind is " + std::to_string(kind);
  }
  if (lower < page_header_size || lower % 2 != 0 || lower > upper || upper > page.size()) {
    return "its header gives a node table up to " + std::to_string(lower) + " and nodes from " + std::to_string(upper);
  }
  return lower == page_header_size ? "it is empty" : "";
}

std::vector<Node> read_nodes(Bytes page, bool leaf, std::string& fault) {
  const std::size_t count = (lower_of(page) - page_header_size) / 2;
  std::vector<Node> nodes;
  nodes.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    Node node;
    if (const std::string wrong = read_node(page, i, leaf, node); !wrong.empty()) {
      fault = "node " + std::to_string(i) + ' ' + wrong;
      break;
    }
    nodes.push_back(node);
  }
  return nodes;
}

std::optional<std::size_t> overlap(const std::vector<Node>& nodes) {
  std::vector<std::pair<std::size_t, std::size_t>> ranges;
  ranges.reserve(nodes.size());
  for (const Node& node : nodes) ranges.emplace_back(node.offset, node.end);
  std::sort(ranges.begin(), ranges.end());
  for (std::size_t i = 1; i < ranges.size(); ++i) {
    if (ranges[i].first < ranges[i - 1].second) return ranges[i].first;
  }
  return std::nullopt;
}

std::string overflow_fault(Bytes header, std::uint64_t number, std::uint64_t needed) {
  const auto found = load<std::uint64_t>(header, 0);
  const auto kind = load<std::uint16_t>(header, 10);
  const std::uint64_t pages = overflow_pages(header);
  // A run that got a shorter value later keeps its length.
  if (found == number && kind == run_kind && pages >= needed) return {};
  return "it should begin an overflow run of " + std::to_string(needed) + " pages at least, and carries the number " +
         std::to_string(found) + ", the kind " + std::to_string(kind) + " and " + std::to_string(pages) + " pages";
}

}  // namespace netabase::engine::lmdb
