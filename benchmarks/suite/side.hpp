#pragma once

/// \file
/// What every side can do with a table of one kind of record. One call is one piece of work, so that the virtual call
/// weighs nothing. Whatever reads does it in a transaction of its own, which is begun and ended inside the call.

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "harness.hpp"

namespace suite {

/// A key of an index: `number` or `text`, whichever the index holds.
struct Probe {
  std::uint64_t number = 0;
  std::string text;
};

enum class Medium : std::uint8_t { memory, disk };

/// Where a side keeps its files, and what its commits wait for: full means until the data is on the medium, not full
/// that it survives the death of the process.
struct Place {
  Place(const Suite& suite, Medium on, bool full)
      : folder(on == Medium::memory ? suite.options().memory_folder : suite.options().disk_folder),
        medium(on),
        full_durability(full) {}

  std::string folder;
  Medium medium;
  bool full_durability;
};

/// Where most workloads run: on tmpfs, not synced.
inline Place in_memory(const Suite& suite) { return {suite, Medium::memory, false}; }

template <class Record>
class Side {
 public:
  virtual ~Side() = default;

  /// Leaves the store empty. Not timed.
  virtual void clear() = 0;
  /// Finishes what the engine put off: checkpoints, compactions. Not timed, and before reads only.
  virtual void settle() {}
  /// Closes the store and opens it again; `while_closed` is called between, unless it is empty.
  virtual void reopen(const std::function<void()>& while_closed) = 0;
  /// From the next reopen() on: whether the system reads more of the files than was asked for. For sides that can say.
  virtual void set_read_ahead(bool) {}
  /// The files with the store's data, those that exist.
  virtual std::vector<std::string> files() = 0;

  /// Stores the records, new or not, in one transaction, one after the other; returns how many were stored.
  virtual std::uint64_t put_loop(std::span<const Record> records) = 0;
  /// The same by the engine's way of storing many.
  virtual std::uint64_t put_bulk(std::span<const Record> records) = 0;
  /// The same, a transaction for each record.
  virtual std::uint64_t put_each(std::span<const Record> records) = 0;

  /// Structs of their own, all fields; one call for each key.
  virtual Outcome get_owned(std::span<const std::uint64_t> ids) = 0;
  /// Every field read in place.
  virtual Outcome get_borrowed(std::span<const std::uint64_t> ids) = 0;
  virtual Outcome contains(std::span<const std::uint64_t> ids) = 0;
  /// One call for all keys, all structs in memory at once.
  virtual Outcome get_many(std::span<const std::uint64_t> ids) = 0;

  /// Every record in key order, every field read in place.
  virtual Outcome scan() = 0;
  /// Those from each first to each second key, without the latter.
  virtual Outcome range(std::span<const std::pair<std::uint64_t, std::uint64_t>> ranges) = 0;

  /// The records that an index has under each key.
  virtual Outcome equal_owned(std::size_t index, std::span<const Probe> probes) = 0;
  virtual Outcome equal_borrowed(std::size_t index, std::span<const Probe> probes) = 0;
  /// Their primary keys alone.
  virtual Outcome equal_keys(std::size_t index, std::span<const Probe> probes) = 0;
  /// Their number alone: the outcome's count.
  virtual Outcome count(std::size_t index, std::span<const Probe> probes) = 0;
  /// The records whose text in an index begins with each text.
  virtual Outcome prefix(std::size_t index, std::span<const Probe> probes) = 0;

  /// Changes a field that no index has, or one that has one, in one transaction. Returns how many were changed.
  virtual std::uint64_t update_plain(std::span<const std::uint64_t> ids) = 0;
  virtual std::uint64_t update_indexed(std::span<const std::uint64_t> ids) = 0;
  /// In one transaction. Returns how many were there.
  virtual std::uint64_t remove(std::span<const std::uint64_t> ids) = 0;

  /// A snapshot, then a transaction that removes these, then a scan of the snapshot (the count) and a count of what a
  /// new reader sees (the sum).
  virtual Outcome snapshot_across_removal(std::span<const std::uint64_t> ids) = 0;

  /// Begins and ends read transactions that read nothing, so many; returns how many.
  virtual std::uint64_t begin_read(std::uint64_t times) = 0;
  /// get_borrowed, for one thread beside others: with a connection of its own where the engine needs one. Does not
  /// outlive the side.
  virtual std::function<Outcome(std::span<const std::uint64_t>)> reader() = 0;
};

template <class Record>
using AnySide = std::unique_ptr<Side<Record>>;

/// All that were built and are wanted, each with an empty store. Netabase comes first.
template <class Record>
struct Contest {
  std::vector<std::string> names;
  std::vector<AnySide<Record>> sides;
};

/// Defined for each record in sides_NAME.cpp.
template <class Record>
Contest<Record> open_sides(const Suite& suite, const Place& place, const std::string& name);

}  // namespace suite
