#pragma once

/// \file
/// What the tests of promises share: engines to run on, records to store, folders to keep files in.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "netabase/check.hpp"
#include "netabase/engine/lmdb.hpp"
#include "netabase/engine/memory.hpp"
#include "netabase/error.hpp"
#include "support/temporary_folder.hpp"

/// A test case that runs once on each engine; `Engine` names it.
#define ON_BOTH_ENGINES(name) TEST_CASE_TEMPLATE(name, Engine, netabase::Lmdb, netabase::Memory)

TYPE_TO_STRING(netabase::Lmdb);
TYPE_TO_STRING(netabase::Memory);

namespace promises {

using netabase::test::TemporaryFolder;

/// The elements of a range, each as `project(element)` gives it.
template <class Range, class Project>
auto collect(Range&& range, Project&& project) {
  using Value = std::decay_t<decltype(project(*range.begin()))>;
  std::vector<Value> values;
  for (auto&& element : range) values.push_back(project(element));
  return values;
}

/// The ids of the records of a range.
template <class Range>
auto ids(Range&& range) {
  return collect(range, [](const auto& record) {
    if constexpr (requires { record.id(); }) {
      return record.id();
    } else {
      return record.id;
    }
  });
}

using Ids = std::vector<std::uint64_t>;

/// The code of the Error that `action` throws; nothing when it throws none.
template <class Action>
std::optional<netabase::ErrorCode> code_of(Action&& action) {
  try {
    action();
  } catch (const netabase::Error& error) {
    return error.code();
  }
  return std::nullopt;
}

/// Fails the test with the report's first words when the store is not sound.
template <class Store>
void require_sound(const Store& store) {
  const netabase::CheckReport report = store.check();
  INFO((report.problems.empty() ? std::string() : report.problems.front()));
  REQUIRE(report.ok());
}

}  // namespace promises

namespace doctest {

template <class T>
struct StringMaker<std::optional<T>> {
  static String convert(const std::optional<T>& value) {
    return value ? StringMaker<T>::convert(*value) : String("(nothing)");
  }
};

template <class T>
struct StringMaker<std::vector<T>> {
  static String convert(const std::vector<T>& values) {
    String text = "[";
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i != 0) text += ", ";
      text += StringMaker<T>::convert(values[i]);
    }
    return text + "]";
  }
};

template <>
struct StringMaker<std::string> {
  static String convert(const std::string& value) {
    if (value.size() > 60) return ("\"" + value.substr(0, 60) + "...\" of " + std::to_string(value.size())).c_str();
    return ("\"" + value + "\"").c_str();
  }
};

template <>
struct StringMaker<netabase::ErrorCode> {
  static String convert(netabase::ErrorCode code) { return std::string(netabase::to_string(code)).c_str(); }
};

}  // namespace doctest
