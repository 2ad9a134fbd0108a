#include "engine/memory_state.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "netabase/error.hpp"

namespace netabase::engine::memory {

Database::Database(std::uint32_t max_tables, std::optional<std::uint64_t> max_size, std::uint32_t max_readers)
    : max_tables_(max_tables + 1),
      max_size_(max_size),
      max_readers_(max_readers),
      current_(std::make_shared<Version>()),
      names_(1) {}

std::unique_ptr<TransactionState> Database::begin_read() {
  auto state = std::make_unique<TransactionState>();
  state->database = shared_from_this();
  const std::lock_guard lock(mutex_);
  if (reader_count_ >= max_readers_) {
    throw Error(ErrorCode::readers_full, "all " + std::to_string(max_readers_) +
                                             " read transactions of the memory store are "
                                             "open: end some, or raise Config::max_readers");
  }
  ++readers_[current_->number];
  ++reader_count_;
  state->snapshot = current_;
  return state;
}

void Database::end_read(const Version& version) noexcept {
  const std::lock_guard lock(mutex_);
  const auto found = readers_.find(version.number);
  if (--found->second == 0) readers_.erase(found);
  --reader_count_;
}

std::unique_ptr<TransactionState> Database::begin_write(bool wait) {
  if (writer_.held_by_this_thread()) {
    if (!wait) return nullptr;
    throw Error(ErrorCode::invalid_argument,
                "this thread has a write transaction of the memory store open and would wait "
                "for itself: end that one first, or nest in it");
  }
  auto state = std::make_unique<TransactionState>();
  if (!writer_.take(wait)) return nullptr;
  try {
    state->writing = true;
    state->thread = std::this_thread::get_id();
    const std::lock_guard lock(mutex_);
    state->own = current_->tables;
  } catch (...) {
    writer_.give_back();
    throw;
  }
  state->database = shared_from_this();
  return state;
}

void Database::publish(Tables tables) {
  auto next = std::make_shared<Version>();
  next->tables = std::move(tables);
  std::shared_ptr<const Version> before;  // freed after the lock: it may be the last reference to much
  const std::lock_guard lock(mutex_);
  next->number = current_->number + 1;
  before = std::exchange(current_, std::move(next));
}

std::optional<std::uint32_t> Database::find_id(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  const auto found = std::find(names_.begin() + 1, names_.end(), name);
  if (found == names_.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - names_.begin());
}

std::uint32_t Database::give_id(std::string_view name) {
  if (const auto known = find_id(name)) return *known;
  const std::lock_guard lock(mutex_);  // nobody else can have added it: only the writer adds
  names_.emplace_back(name);
  return static_cast<std::uint32_t>(names_.size() - 1);
}

bool Database::knows(Table table) const {
  const std::lock_guard lock(mutex_);
  return table.id != 0 && table.id < names_.size();
}

Stats Database::stats() const {
  Stats stats;
  const std::lock_guard lock(mutex_);
  for (const auto& tree : current_->tables) {
    if (tree) stats.used_bytes += tree->bytes();
  }
  stats.max_bytes = max_size_.value_or(std::numeric_limits<std::uint64_t>::max());
  stats.readers = reader_count_;
  stats.max_readers = max_readers_;
  stats.last_transaction = current_->number;
  if (!readers_.empty()) stats.oldest_reader_lag = current_->number - readers_.begin()->first;
  return stats;
}

const Tree* TransactionState::tree(Table table) const {
  const Tables& all = tables();
  if (table.id < all.size() && all[table.id]) return &*all[table.id];
  if (writing || !database->knows(table)) {
    throw Error(ErrorCode::invalid_argument,
                "a table handle was used that does not belong to the memory store, or whose "
                "table was made in a transaction that was rolled back");
  }
  return nullptr;
}

void TransactionState::finish() noexcept {
  if (ended) return;
  ended = true;
  ++epoch;
  if (child != nullptr) {
    child->finish();
    child = nullptr;
  }
  own.clear();
  if (!writing) {
    database->end_read(*std::exchange(snapshot, nullptr));
  } else if (parent != nullptr) {
    parent->child = nullptr;
  } else {
    database->end_write();
  }
}

}  // namespace netabase::engine::memory
