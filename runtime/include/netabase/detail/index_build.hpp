#pragma once

/// \file
/// Filling an index from the records that are there already: entries are gathered, sorted, and appended in order.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "netabase/detail/descriptor.hpp"
#include "netabase/detail/key_list.hpp"
#include "netabase/upgrade.hpp"

namespace netabase::detail {

/// Tells a callback now and then how far a walk over records is.
class ProgressReport {
 public:
  /// `done`: records that were done before.
  ProgressReport(const std::function<void(const UpgradeProgress&)>& tell, std::string what, std::uint64_t total,
                 std::uint64_t done = 0)
      : tell_(tell), progress_{std::move(what), done, total} {}

  /// One record more.
  void step() {
    ++progress_.done;
    if (progress_.done % interval == 0 && progress_.done != progress_.total) tell();
  }
  void finish() { tell(); }
  std::uint64_t done() const noexcept { return progress_.done; }

 private:
  static constexpr std::uint64_t interval = 4096;

  void tell() {
    if (tell_) tell_(progress_);
  }

  const std::function<void(const UpgradeProgress&)>& tell_;
  UpgradeProgress progress_;
};

/// Builds one index of a model. Throws UniqueViolation, KeyTooLong, key_collision, and MigrationFailed when a function
/// of the struct throws; the transaction must then be rolled back.
template <class Engine>
class IndexBuild {
 public:
  using Transaction = typename Engine::WriteTransaction;

  /// `records`, `table`: the model's and the index's. Borrows all but these.
  IndexBuild(Transaction& transaction, const ModelDescriptor& model, const IndexDescriptor& index,
             engine::Table records, engine::Table table, ProgressReport& progress)
      : transaction_(transaction),
        model_(model),
        index_(index),
        records_(records),
        table_(table),
        progress_(progress) {}

  /// Whatever the table held is replaced. Memory: some 40 bytes and the keys for each entry, at most about `batch`
  /// bytes at a time; beyond it, sorted batches are merged into the table one after the other.
  void run(std::size_t batch = std::size_t{256} << 20) {
    transaction_.clear(table_);
    key::Buffer last;
    bool more = true;
    while (more) {
      more = gather(last, batch, UINT64_MAX);
      flush();
    }
  }

  /// The entries of at most `records` of the records behind `last`, which moves on, are added to the table. False:
  /// there are no more.
  bool add(key::Buffer& last, std::uint64_t records) {
    is_first_ = false;
    bool more = true;
    for (const std::uint64_t end = progress_.done() + std::min(records, UINT64_MAX - progress_.done());
         more && progress_.done() < end;) {
      more = gather(last, std::size_t{256} << 20, end - progress_.done());
      flush();
    }
    return more;
  }

 private:
  void flush() {
    entries_.sort();
    write();
    entries_ = {};
    record_keys_.clear();
    is_first_ = false;
  }

  /// Collects the entries of the records behind `last`, and moves it on. False: to the end.
  bool gather(key::Buffer& last, std::size_t batch, std::uint64_t most) {
    auto cursor = transaction_.cursor(records_);
    bool found = last.size() == 0 ? cursor.first() : cursor.seek(last.bytes());
    if (found && last.size() != 0) found = cursor.next();
    std::size_t bytes = 0;
    for (; found; found = cursor.next()) {
      const Bytes record_key = cursor.key();
      const auto number = static_cast<std::uint32_t>(record_keys_.size());
      bool needs_key = index_.unique;
      find_keys(cursor.value());
      for (std::size_t i = 0; i < keys_.size(); ++i) {
        buffer_.clear();
        buffer_.append(keys_[i]);
        const bool has_value = seal_entry(index_, buffer_, record_key);
        entries_.add(buffer_.bytes(), number, has_value);
        needs_key = needs_key || has_value;
        bytes += buffer_.size() + sizeof(SortedKey);
      }
      record_keys_.add(needs_key ? record_key : Bytes{}, needs_key);
      bytes += record_key.size() + sizeof(ByteStrings::Item);
      progress_.step();
      if (bytes >= batch || --most == 0) {
        last.clear();
        last.append(record_key.data(), record_key.size());
        return true;
      }
    }
    return false;
  }

  /// The record's keys. What that throws names the record.
  void find_keys(Bytes record) {
    keys_.clear();
    try {
      if (index_.check_lengths != nullptr) index_.check_lengths(record);
      index_.add_keys(record, keys_);
    } catch (const KeyTooLong& error) {
      throw KeyTooLong(error, std::string(model_.name) + ' ' + stored_key_text(model_, record));
    } catch (const Error&) {
      throw;
    } catch (const std::exception& error) {
      throw_failed(record, error.what());
    } catch (...) {
      throw_failed(record, "a function of the struct threw something that is no std::exception");
    }
  }

  /// With the exception that is being handled nested in it.
  [[noreturn]] void throw_failed(Bytes record, const std::string& what) const {
    std::throw_with_nested(MigrationFailed(std::string(model_.name), stored_key_text(model_, record),
                                           progress_.done() + 1, index_.table, what));
  }

  void write() {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const Bytes entry = entries_[i];
      const std::uint32_t record = entries_.operation(i);
      if (i > 0 && compare(entries_[i - 1], entry) == 0) {
        if (index_.unique && entries_.operation(i - 1) != record) {
          throw_violation(entry, record_keys_[entries_.operation(i - 1)], record_keys_[record]);
        }
        continue;  // one record's key twice
      }
      const Bytes value = entries_.has_value(i) ? record_keys_[record] : Bytes{};
      const engine::PutMode mode = is_first_ ? engine::PutMode::append : engine::PutMode::insert;
      const engine::Reserved reserved = transaction_.reserve(table_, entry, value.size(), mode);
      if (reserved.space == nullptr) {
        const std::vector<std::byte> owner(reserved.existing.begin(), reserved.existing.end());
        throw_violation(entry, owner, value);
      }
      if (!value.empty()) std::memcpy(reserved.space, value.data(), value.size());
    }
  }

  [[noreturn]] void throw_violation(Bytes entry, Bytes first_key, Bytes second_key) {
    Bytes first;
    Bytes second;
    if (!transaction_.get(records_, first_key, first) || !transaction_.get(records_, second_key, second)) {
      throw_dangling(index_.table, model_.name);
    }
    keys_.clear();
    index_.add_keys(second, keys_);
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      const Bytes whole = keys_[i];
      buffer_.clear();
      buffer_.append(whole);
      key::seal_unique_key(buffer_);
      if (compare(buffer_.bytes(), entry) != 0) continue;
      if (key::is_hashed_unique_key(entry) && !has_stored_key(index_, first, whole)) throw_collision(index_.table);
      throw UniqueViolation(std::string(index_.table), index_.text(whole), stored_key_text(model_, first),
                            stored_key_text(model_, second));
    }
    throw_dangling(index_.table, model_.name);
  }

  Transaction& transaction_;
  const ModelDescriptor& model_;
  const IndexDescriptor& index_;
  engine::Table records_;
  engine::Table table_;
  ProgressReport& progress_;
  bool is_first_ = true;
  KeyList entries_;
  ByteStrings record_keys_;  ///< of the batch's records, where an entry needs one
  ByteStrings keys_;         ///< of one record
  key::Buffer buffer_;
};

}  // namespace netabase::detail
