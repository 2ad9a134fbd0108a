#pragma once

/// \file
/// Filling an index from the records that are there already: entries are gathered, sorted, and appended in order.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "netabase/detail/key_list.hpp"
#include "netabase/detail/upkeep.hpp"
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

/// Builds one index. Throws UniqueViolation, KeyTooLong, key_collision, and MigrationFailed when a function of the
/// struct throws; the transaction must then be rolled back.
template <class Index, class Engine>
class IndexBuild {
 public:
  using Model = typename Index::Model;
  using Transaction = typename Engine::WriteTransaction;

  IndexBuild(const Access<Model, Engine>& access, Transaction& transaction, ProgressReport& progress)
      : access_(access), transaction_(transaction), progress_(progress), table_(access.template table<Index>()) {}

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
    records_.clear();
    is_first_ = false;
  }

  /// Collects the entries of the records behind `last`, and moves it on. False: to the end.
  bool gather(key::Buffer& last, std::size_t batch, std::uint64_t most) {
    auto cursor = access_.transaction().cursor(access_.records());
    bool found = last.size() == 0 ? cursor.first() : cursor.seek(last.bytes());
    if (found && last.size() != 0) found = cursor.next();
    std::size_t bytes = 0;
    for (; found; found = cursor.next()) {
      const Bytes record_key = cursor.key();
      const auto record = access_.view(cursor.value());
      const auto number = static_cast<std::uint32_t>(records_.size());
      bool needs_key = Index::unique;
      with_words(record, [&] {
        if constexpr (Index::max_length != 0) {
          Index::each_key(record, [](const auto&... parts) { check_length<Index>(parts...); });
        }
        each_entry<Index>(record, record_key, buffer_, [&](const Entry& entry) {
          entries_.add(entry.key, number, !entry.value.empty());
          needs_key = needs_key || !entry.value.empty();
          bytes += entry.key.size() + sizeof(SortedKey);
        });
      });
      records_.add(needs_key ? record_key : Bytes{}, needs_key);
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

  /// Runs `work` on a record. What it throws names the record.
  template <class Work>
  void with_words(const typename Model::Ref& record, Work&& work) const {
    const auto key = [&] { return to_string(primary_key_of<typename Model::PrimaryIndex>(record)); };
    try {
      work();
    } catch (const KeyTooLong& error) {
      throw KeyTooLong(error, std::string(Model::name) + ' ' + key());
    } catch (const Error&) {
      throw;
    } catch (const std::exception& error) {
      std::throw_with_nested(MigrationFailed(std::string(Model::name), key(), progress_.done() + 1,
                                             std::string_view(Index::table), error.what()));
    } catch (...) {
      std::throw_with_nested(MigrationFailed(std::string(Model::name), key(), progress_.done() + 1,
                                             std::string_view(Index::table),
                                             "a function of the struct threw something that is no std::exception"));
    }
  }

  void write() {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const Bytes entry = entries_[i];
      const std::uint32_t record = entries_.operation(i);
      if (i > 0 && compare(entries_[i - 1], entry) == 0) {
        if (Index::unique && entries_.operation(i - 1) != record) {
          throw_violation(entry, records_[entries_.operation(i - 1)], records_[record]);
        }
        continue;  // one record's key twice
      }
      const Bytes value = entries_.has_value(i) ? records_[record] : Bytes{};
      const engine::PutMode mode = is_first_ ? engine::PutMode::append : engine::PutMode::insert;
      const engine::Reserved reserved = transaction_.reserve(table_, entry, value.size(), mode);
      if (reserved.space == nullptr) {
        const std::vector<std::byte> owner(reserved.existing.begin(), reserved.existing.end());
        throw_violation(entry, owner, value);
      }
      if (!value.empty()) std::memcpy(reserved.space, value.data(), value.size());
    }
  }

  [[noreturn]] void throw_violation(Bytes entry, Bytes first_key, Bytes second_key) const {
    Bytes first;
    Bytes second;
    if (!access_.find(first_key, first) || !access_.find(second_key, second)) access_.throw_dangling(Index::table);
    key::Buffer buffer;
    Index::each_key(access_.view(second), [&](const auto&... parts) {
      buffer.clear();
      Index::Parts::append(buffer, parts...);
      key::Buffer whole;
      whole.append(buffer.data(), buffer.size());
      key::seal_unique_key(buffer);
      if (compare(buffer.bytes(), entry) != 0) return;
      if (key::is_hashed_unique_key(entry) && !has_key<Index>(access_.view(first), whole.bytes())) {
        throw_collision(Index::table);
      }
      throw UniqueViolation(std::string(Index::table), to_string(own_key<Index>(parts...)),
                            to_string(primary_key_of<typename Model::PrimaryIndex>(access_.view(first))),
                            to_string(primary_key_of<typename Model::PrimaryIndex>(access_.view(second))));
    });
    access_.throw_dangling(Index::table);
  }

  const Access<Model, Engine>& access_;
  Transaction& transaction_;
  ProgressReport& progress_;
  engine::Table table_;
  bool is_first_ = true;
  KeyList entries_;
  ByteStrings records_;  ///< keys of the batch's records, where an entry needs one
  key::Buffer buffer_;
};

}  // namespace netabase::detail
