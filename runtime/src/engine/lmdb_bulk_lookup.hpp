#pragma once

/// \file
/// Many keys looked up at once in the pages of a snapshot.
///
/// A look-up in a table that fits no cache waits for memory some ten times, once for each page and key that the search
/// compares with, and by LMDB's calls one after the other. Here several searches go on in turn: each asks the processor
/// for what it compares with next, and the others are advanced while that comes. The keys being sorted, those of a
/// batch share the way down as far as it is the same for the first and the last.
///
/// The pages and the rules are those of lmdb_lookup.hpp, which looks one key up. Values on pages of their own are left
/// to LMDB here, too.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "engine/lmdb_lookup.hpp"
#include "netabase/bytes.hpp"

namespace netabase::engine::lmdb {

/// Looks for each of `keys`, which are sorted (equal ones allowed), and puts what it finds, or nothing, at the same
/// place in `values`. What LMDB has to be asked for is left out: `ask(i)` is called for the key at `i` instead, and may
/// throw.
void look_up_sorted(const Tree& tree, std::span<const Bytes> keys, std::span<std::optional<Bytes>> values,
                    const std::function<void(std::size_t)>& ask);

}  // namespace netabase::engine::lmdb
