#pragma once

/// \file
/// Looks at every page that LMDB may ever follow a reference to, without LMDB, which trusts what it reads and may abort
/// the process or leave its map on a damaged file.

#include <string>
#include <vector>

#include "engine/lmdb_head.hpp"

namespace netabase::engine::lmdb {

/// Checks the version of the store that `head` describes, in the open file `fd`: both trees that a meta page names and
/// every table; page numbers, kinds and headers, node offsets, order and separation of keys, overflow runs, the counts
/// that are kept of all that; and that each page is in use once or free once. The content of values is not looked at.
///
/// Returns what is wrong, in words with page numbers, at most `most_findings`; nothing when the store is sound. Reads
/// the file page by page (so a file that is cut off meanwhile is a finding, not a signal) in time linear in its size,
/// with one bit of memory for each page. Throws Error(io) when reading fails.
///
/// Pages of that version must not be written meanwhile: a read transaction of it, or nobody writing, sees to that.
std::vector<std::string> check_pages(int fd, const Head& head, const std::string& name);

inline constexpr std::size_t most_findings = 100;

}  // namespace netabase::engine::lmdb
