#pragma once

/// \file
/// Cases over a table: what every workload of records says again and again.

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "row.hpp"
#include "side.hpp"

namespace suite {

using Ids = std::vector<std::uint64_t>;
using Probes = std::vector<Probe>;

/// The same on every machine.
inline std::uint64_t mix(std::uint64_t i) {
  i += 0x9e3779b97f4a7c15;
  i = (i ^ (i >> 30)) * 0xbf58476d1ce4e5b9;
  i = (i ^ (i >> 27)) * 0x94d049bb133111eb;
  return i ^ (i >> 31);
}

template <class Element>
std::vector<Element> shuffled(std::vector<Element> elements) {
  // Not std::shuffle, whose order is the library's own affair.
  for (std::size_t i = elements.size(); i > 1; --i) std::swap(elements[i - 1], elements[mix(i) % i]);
  return elements;
}

template <class Record>
Ids ids_of(const std::vector<Record>& records) {
  Ids ids;
  ids.reserve(records.size());
  for (const Record& record : records) ids.push_back(record.id);
  return ids;
}

inline Ids every_second(const Ids& ids) {
  Ids some;
  for (std::size_t i = 0; i < ids.size(); i += 2) some.push_back(ids[i]);
  return some;
}

template <class Record>
class Table {
 public:
  using AnySide = Side<Record>;

  Table(Suite& suite, Contest<Record>& contest, std::string workload, std::uint64_t records)
      : suite_(suite), contest_(contest), workload_(std::move(workload)), records_(records) {}

  Case make_case(const std::string& operation, std::uint64_t operations) const {
    Case what;
    what.workload = workload_;
    what.operation = operation;
    what.records = records_;
    what.operations = operations;
    what.expected = operations;
    return what;
  }

  /// Work that reads: repeated until it lasts, the store as it is.
  template <class Work>
  void read(const std::string& operation, std::uint64_t operations, std::uint64_t expected, Work&& work) {
    Case what = make_case(operation, operations);
    what.expected = expected;
    what.repeats = repeats(expected, 20000, 1000);
    suite_.run(what, {contest_.names, {}, [&](std::size_t i) { return work(*contest_.sides[i]); }, {}});
  }

  /// Work that writes: `prepare` before each time, and what it left is compared. `work` returns how many.
  template <class Prepare, class Work>
  void write(const std::string& operation, std::uint64_t operations, Prepare&& prepare, Work&& work) {
    write(operation, operations, repeats(operations, 2000, 20), prepare, work);
  }
  /// The same, once in a round, where it waits for a disk.
  template <class Prepare, class Work>
  void write_once(const std::string& operation, std::uint64_t operations, Prepare&& prepare, Work&& work) {
    write(operation, operations, 1, prepare, work);
  }

  /// Work whose outcome is more than a count.
  template <class Prepare, class Work>
  void run(const std::string& operation, std::uint64_t operations, std::uint64_t expected, Prepare&& prepare,
           Work&& work) {
    Case what = make_case(operation, operations);
    what.expected = expected;
    what.repeats = repeats(operations, 2000, 20);
    suite_.run(what, {contest_.names,
                      [&](std::size_t i) { prepare(*contest_.sides[i]); },
                      [&](std::size_t i) { return work(*contest_.sides[i]); },
                      {}});
  }

  /// Each side filled anew, ready to be read.
  void fill(const std::vector<Record>& records) {
    for (const auto& side : contest_.sides) {
      side->clear();
      side->put_bulk(records);
      side->settle();
    }
  }

  /// New stores in place of those that were written to for a while: files do not shrink.
  void renew(const Place& place) {
    contest_ = {};  // before new ones take the same paths
    contest_ = open_sides<Record>(suite_, place, "renewed");
  }

  /// Bytes of the files for each record.
  void bytes() {
    for (std::size_t i = 0; i < contest_.sides.size(); ++i) {
      std::uintmax_t all = 0;
      for (const std::string& file : contest_.sides[i]->files()) all += std::filesystem::file_size(file);
      suite_.figure(make_case("bytes on disk", records_), contest_.names[i], "bytes",
                    static_cast<double>(all) / static_cast<double>(records_));
    }
  }

 private:
  template <class Prepare, class Work>
  void write(const std::string& operation, std::uint64_t operations, int repeats, Prepare& prepare, Work& work) {
    Case what = make_case(operation, operations);
    what.repeats = repeats;
    suite_.run(what, {contest_.names, [&](std::size_t i) { prepare(*contest_.sides[i]); },
                      [&](std::size_t i) {
                        return Outcome{work(*contest_.sides[i]), 0};
                      },
                      [&](std::size_t i) { return contest_.sides[i]->scan(); }});
  }

  int repeats(std::uint64_t operations, std::uint64_t wanted, std::uint64_t most) const {
    if (suite_.options().size == Size::smoke) return 1;
    if (suite_.options().size == Size::quick) wanted /= 4;
    return static_cast<int>(std::clamp<std::uint64_t>(wanted / std::max<std::uint64_t>(operations, 1), 1, most));
  }

  Suite& suite_;
  Contest<Record>& contest_;
  std::string workload_;
  std::uint64_t records_;
};

}  // namespace suite
