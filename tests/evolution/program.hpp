#pragma once

/// \file
/// What the programs that write_programs.cpp writes are made of: versions of one definition, each compiled with its own
/// generated header, on one file.

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "netabase/netabase.hpp"

namespace random_evolution::program {

inline netabase::Config at(const std::string& path) {
  netabase::Config config;
  config.path = path;
  config.durability = netabase::Durability::none;
  return config;
}

[[noreturn]] inline void fail(const std::string& where, const std::string& what) {
  throw std::runtime_error(where + ": " + what);
}

/// Exactly these records are there, as owned ones and through views.
template <class Record, class Store>
void expect(const Store& store, const std::vector<Record>& expected, const std::string& where) {
  auto transaction = store.begin_read();
  const auto tree = transaction.template open_tree<Record>();
  if (tree.len() != expected.size()) {
    fail(where, "there are " + std::to_string(tree.len()) + " records instead of " + std::to_string(expected.size()));
  }
  std::vector<Record> found;
  for (const Record& record : tree.iter()) found.push_back(record);
  std::vector<Record> viewed;
  for (const auto view : tree.iter_borrowed()) viewed.push_back(view.to_owned());
  if (viewed != found) fail(where, "views give other records than iter()");
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (std::find(found.begin(), found.end(), expected[i]) == found.end()) {
      fail(where, "record " + std::to_string(i) + " is not what was put");
    }
  }
}

template <class Store>
void expect_sound(const Store& store, const std::string& where) {
  const netabase::CheckReport report = store.check();
  if (!report.ok()) fail(where, report.problems[0]);
}

template <class Error, class Definition>
void expect_error(const std::string& path, const std::string& where) {
  const auto bytes = [&] {
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  const std::string before = bytes();
  try {
    netabase::Store<Definition>::open(at(path));
  } catch (const Error&) {
    if (bytes() != before) fail(where, "open() changed the file before it refused it");
    return;
  } catch (const std::exception& error) {
    fail(where, std::string("open() threw another error: ") + error.what());
  }
  fail(where, "open() threw nothing");
}

}  // namespace random_evolution::program
