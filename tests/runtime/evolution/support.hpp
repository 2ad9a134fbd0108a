#pragma once

/// \file
/// What the tests of schema changes share: versions of a journal and of letters, and records of them.

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "journal_back.netabase.hpp"
#include "journal_v1.netabase.hpp"
#include "journal_v2.netabase.hpp"
#include "journal_v3.netabase.hpp"
#include "letters_v1.netabase.hpp"
#include "letters_v2.netabase.hpp"
#include "promises/support.hpp"

namespace evolution_test {

using promises::code_of;
using promises::ids;
using promises::Ids;
using promises::require_sound;
using promises::TemporaryFolder;

using Journal1 = netabase::Store<journal_v1::JournalDefinition>;
using Journal2 = netabase::Store<journal_v2::JournalDefinition>;
using Journal3 = netabase::Store<journal_v3::JournalDefinition>;
using JournalBack = netabase::Store<journal_back::JournalDefinition>;
using Letters1 = netabase::Store<letters_v1::LettersDefinition>;
using Letters2 = netabase::Store<letters_v2::LettersDefinition>;

inline journal_v1::Author author(std::uint64_t id) {
  journal_v1::Author out;
  out.id = id;
  out.name = "name " + std::to_string(id);
  out.email = std::to_string(id) + "@example.com";
  out.city = id % 2 == 0 ? "Lyon" : "Nice";
  out.age = static_cast<std::uint16_t>(20 + id % 50);
  out.mood = journal_v1::Mood::busy;
  out.motto = "motto";
  return out;
}

/// A journal of version 1 with `count` authors, entries and drafts, numbered from 1.
inline void write_journal(const std::string& path, std::uint64_t count) {
  const auto store = Journal1::open(path);
  store.with_write_transaction([&](auto& txn) {
    std::vector<journal_v1::Author> authors;
    std::vector<journal_v1::Entry> entries;
    std::vector<journal_v1::Draft> drafts;
    for (std::uint64_t id = 1; id <= count; ++id) {
      authors.push_back(author(id));
      entries.push_back({.id = id, .author = 1 + id % 3, .text = "text " + std::to_string(id)});
      drafts.push_back({.id = id, .title = "draft"});
    }
    txn.template open_tree<journal_v1::Author>().put_many(authors);
    txn.template open_tree<journal_v1::Entry>().put_many(entries);
    txn.template open_tree<journal_v1::Draft>().put_many(drafts);
    txn.template open_tree<journal_v1::Sketch>().put({.id = 1, .label = "cover"});
  });
}

inline netabase::Config at(const std::string& path) {
  netabase::Config config;
  config.path = path;
  return config;
}

inline netabase::Config reading(const std::string& path) {
  netabase::Config config = at(path);
  config.read_only = true;
  return config;
}

inline std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What `action` throws, in words.
template <class Action>
std::string message_of(Action&& action) {
  try {
    action();
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace evolution_test
