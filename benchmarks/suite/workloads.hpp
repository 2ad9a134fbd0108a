#pragma once

/// \file
/// The workloads, each in a file of its own.

#include "harness.hpp"

namespace suite {

/// netabase_store's own.
void run_article(Suite& suite);
/// Its inserts on both media, with commits that wait for the medium and with such that do not.
void run_media(Suite& suite);
/// Three indexes: keys in order, shuffled and random; every kind of read and write.
void run_user(Suite& suite);
/// Puts with 0, 1, 2, 5 and 10 indexes.
void run_indexes(Suite& suite);
/// Every type of field, and one field beside something large.
void run_wide(Suite& suite);
/// Readers on threads of their own, beside a writer and alone.
void run_readers(Suite& suite);
/// Growing stores: time for a record, bytes, time to open.
void run_scale(Suite& suite);
/// A store on disk of which nothing is in memory when it is read.
void run_cold(Suite& suite);
/// The memory of a process with one side; ask for one side only.
void run_memory(Suite& suite);

}  // namespace suite
