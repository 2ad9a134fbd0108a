#include "engine/lmdb_registry.hpp"

#include <pthread.h>

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

namespace netabase::engine::lmdb {

namespace {

struct Registry {
  std::mutex mutex;
  // Each with the generation of the process that made it: what a parent has open is not open in its child.
  std::vector<std::pair<FileId, std::uint32_t>> files;
  std::vector<std::pair<std::string, std::uint32_t>> paths;

  template <class Key>
  static bool add(std::vector<std::pair<Key, std::uint32_t>>& claims, const Key& key) {
    const std::uint32_t generation = process_generation();
    std::erase_if(claims, [&](const auto& claim) { return claim.second != generation; });
    if (std::ranges::any_of(claims, [&](const auto& claim) { return claim.first == key; })) return false;
    claims.emplace_back(key, generation);
    return true;
  }

  template <class Key>
  static void remove(std::vector<std::pair<Key, std::uint32_t>>& claims, const Key& key) {
    std::erase_if(claims,
                  [&](const auto& claim) { return claim.first == key && claim.second == process_generation(); });
  }
};

Registry& registry() {
  // Never destroyed: stores in static storage release their claims at exit. Locked across fork(), so that a child finds
  // it in order.
  static Registry* const instance = [] {
    auto* const made = new Registry;
    pthread_atfork([] { registry().mutex.lock(); }, [] { registry().mutex.unlock(); },
                   [] {
                     detail::process_generation.fetch_add(1, std::memory_order_relaxed);
                     registry().mutex.unlock();
                   });
    return made;
  }();
  return *instance;
}

}  // namespace

std::optional<FileClaim> FileClaim::take(FileId file) {
  Registry& all = registry();
  const std::lock_guard lock(all.mutex);
  if (!Registry::add(all.files, file)) return std::nullopt;
  return FileClaim(file);
}

FileClaim::FileClaim(FileClaim&& other) noexcept : file_(other.file_), held_(std::exchange(other.held_, false)) {}

FileClaim& FileClaim::operator=(FileClaim&& other) noexcept {
  if (this != &other) {
    release();
    file_ = other.file_;
    held_ = std::exchange(other.held_, false);
  }
  return *this;
}

void FileClaim::release() noexcept {
  if (!std::exchange(held_, false)) return;
  Registry& all = registry();
  const std::lock_guard lock(all.mutex);
  Registry::remove(all.files, file_);
}

std::optional<PathClaim> PathClaim::take(std::string path) {
  Registry& all = registry();
  const std::lock_guard lock(all.mutex);
  if (!Registry::add(all.paths, path)) return std::nullopt;
  return PathClaim(std::move(path));
}

PathClaim::PathClaim(PathClaim&& other) noexcept
    : path_(std::move(other.path_)), held_(std::exchange(other.held_, false)) {}

PathClaim::~PathClaim() {
  if (!held_) return;
  Registry& all = registry();
  const std::lock_guard lock(all.mutex);
  Registry::remove(all.paths, path_);
}

}  // namespace netabase::engine::lmdb
