#pragma once

/// \file
/// What the engine tests share.

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "netabase/engine/lmdb.hpp"
#include "netabase/engine/memory.hpp"
#include "netabase/error.hpp"
#include "support/temporary_folder.hpp"

// Whether an address or thread sanitizer runs along: it has an allocator and an address space of its own.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define NETABASE_TEST_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define NETABASE_TEST_SANITIZED 1
#endif
#endif
#ifndef NETABASE_TEST_SANITIZED
#define NETABASE_TEST_SANITIZED 0
#endif

namespace netabase::test {

using engine::PutMode;
using engine::Table;

/// The seed of a random test: NETABASE_TEST_SEED, or a new one. Print it with INFO.
inline std::uint64_t seed() {
  static const std::uint64_t value = [] {
    const char* const given = std::getenv("NETABASE_TEST_SEED");  // NOLINT(concurrency-mt-unsafe)
    return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  }();
  return value;
}

class Folder : public TemporaryFolder {
 public:
  /// What lies in it, in order.
  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(path()))
      found.push_back(entry.path().filename().string());
    std::sort(found.begin(), found.end());
    return found;
  }
};

inline std::string read_bytes(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline void write_bytes(const std::string& file, std::string_view bytes) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  REQUIRE(out.good());
}

template <class Transaction>
bool put(Transaction& txn, Table table, std::string_view key, std::string_view value, PutMode mode = PutMode::upsert) {
  return engine::put(txn, table, as_bytes(key), value.size(), mode, [&](std::byte* space) {
    if (!value.empty()) std::memcpy(space, value.data(), value.size());
  });
}

template <class Transaction>
std::optional<std::string> get(const Transaction& txn, Table table, std::string_view key) {
  Bytes value;
  if (!txn.get(table, as_bytes(key), value)) return std::nullopt;
  return std::string(as_text(value));
}

/// Everything in a table, by walking it.
template <class Transaction>
std::map<std::string, std::string> all(const Transaction& txn, Table table) {
  std::map<std::string, std::string> found;
  auto cursor = txn.cursor(table);
  for (bool more = cursor.first(); more; more = cursor.next()) {
    found.emplace_hint(found.end(), as_text(cursor.key()), as_text(cursor.value()));
  }
  return found;
}

/// The code that `call` throws as a netabase::Error, or nothing when it does not.
template <class Call>
std::optional<ErrorCode> code_of(Call&& call) {
  try {
    std::forward<Call>(call)();
  } catch (const Error& error) {
    return error.code();
  }
  return std::nullopt;
}

/// Runs `body` in a child process and returns its exit status: what `body` returns, or 250 when it throws, or 1000 and
/// the signal that killed it. doctest must not be used in it.
template <class Body>
int in_child(Body&& body) {
  const pid_t child = ::fork();
  if (child == 0) {
    int result = 250;
    try {
      result = std::forward<Body>(body)();
    } catch (const std::exception& error) {
      std::fprintf(stderr, "child: %s\n", error.what());
    }
    ::_exit(result);
  }
  REQUIRE(child > 0);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) REQUIRE(errno == EINTR);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

inline Config at(const std::string& path) {
  Config config;
  config.path = path;
  return config;
}

}  // namespace netabase::test

namespace netabase {
/// For doctest.
inline doctest::String toString(ErrorCode code) {
  return {to_string(code).data(), static_cast<doctest::String::size_type>(to_string(code).size())};
}
}  // namespace netabase
