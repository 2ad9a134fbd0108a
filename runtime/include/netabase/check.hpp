#pragma once

/// \file
/// The check of a whole store.

#include <cstdint>
#include <exception>
#include <string>
#include <vector>

#include "netabase/detail/upkeep.hpp"

namespace netabase {

/// What Store::check() found.
struct CheckReport {
  std::uint64_t records = 0;          ///< read and compared with their checksums
  std::uint64_t entries = 0;          ///< index entries followed to their records
  std::vector<std::string> problems;  ///< in words, at most `max_problems`
  bool truncated = false;             ///< there were more

  static constexpr std::size_t max_problems = 100;
  bool ok() const noexcept { return problems.empty(); }
};

namespace detail {

/// Adds to a report until it is full.
class Findings {
 public:
  explicit Findings(CheckReport& report) : report_(report) {}
  void add(std::string problem) {
    if (report_.problems.size() < CheckReport::max_problems) {
      report_.problems.push_back(std::move(problem));
    } else {
      report_.truncated = true;
    }
  }

 private:
  CheckReport& report_;
};

std::string describe_key(Bytes key);

/// What a record links to is there.
template <class Link, class Engine, class AnyRecord>
void check_link(const Access<typename Link::Model, Engine>& access, const AnyRecord& record, const std::string& where,
                Findings& findings) {
  Link::each_key(record, [&](const auto& key) {
    Bytes value;
    if (find_target<Link, Engine>(access, value, key)) return;
    findings.add(where + ": its link " + std::string(Link::table) + " names " + std::string(Link::Target::name) + ' ' +
                 target_text<Link>(key) + ", which is not there");
  });
}

/// Records against their checksums and keys, and each of their index entries and links; then each index entry against
/// its record.
template <class Model, class Engine>
void check_model(const Access<Model, Engine>& access, CheckReport& report) {
  if (access.is_absent()) return;
  Findings findings(report);
  const std::string name(Model::name);
  key::Buffer buffer;
  auto cursor = access.transaction().cursor(access.records());
  for (bool found = cursor.first(); found; found = cursor.next()) {
    ++report.records;
    const Bytes record_key = cursor.key();
    const std::string where = "record " + describe_key(record_key) + " of " + name;
    if (!record::checksum_matches(cursor.value())) {
      findings.add(where + ": its bytes do not match their checksum");
      continue;
    }
    try {
      const auto view = access.view(cursor.value());
      const typename Model::Record owned = Model::Codec::own(view);
      const auto& record = [&]() -> const auto& {
        if constexpr (model_calls_functions<Model>) {
          return owned;
        } else {
          return view;
        }
      }
      ();
      buffer.clear();
      access.append_primary(buffer, record);
      key::seal_record_key(buffer);
      if (compare(buffer.bytes(), record_key) != 0)
        findings.add(where + ": holds another primary key than it is stored under");
      for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t) {
        if (access.template is_absent<Index>()) return;
        each_entry<Index>(record, record_key, buffer, [&](const Entry& entry) {
          Bytes value;
          if (!access.transaction().get(access.template table<Index>(), entry.key, value)) {
            findings.add(where + ": index " + std::string(Index::table) + " lacks its entry");
          } else if (compare(value, entry.value) != 0) {
            findings.add(where + ": its entry in index " + std::string(Index::table) + " names another record");
          }
        });
        if constexpr (IsLink<Index>) check_link<Index>(access, record, where, findings);
      });
    } catch (const Corrupt& error) {
      findings.add(where + ": " + error.what());
    } catch (const Error&) {
      throw;
    } catch (const std::exception& error) {
      if constexpr (!model_calls_functions<Model>) throw;
      findings.add(where + ": a function that its indexes call throws: " + error.what());
    }
  }
  for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, std::size_t) {
    if (access.template is_absent<Index>()) return;
    IndexSource<Index, Engine> source(access, {});
    for (bool found = source.start(false); found; found = source.advance()) {
      ++report.entries;
      const std::string where = "entry " + describe_key(source.entry_key()) + " of index " + std::string(Index::table);
      try {
        const Bytes record_key = source.record_key();
        Bytes value;
        bool belongs = false;
        if (access.find(record_key, value)) {
          each_entry<Index>(access.view(value), record_key, buffer, [&](const Entry& entry) {
            belongs = belongs || compare(entry.key, source.entry_key()) == 0;
          });
        }
        if (!belongs) findings.add(where + ": no record has this key");
      } catch (const Corrupt& error) {
        findings.add(where + ": " + error.what());
      } catch (const Error&) {
        throw;
      } catch (const std::exception& error) {
        if constexpr (!CallsFunctions<Index>) throw;
        findings.add(where + ": a function that the index calls throws: " + error.what());
      }
    }
  });
}

template <class Definition, class Engine, class Transaction>
CheckReport check_store(Engine& engine, Transaction& transaction) {
  CheckReport report;
  if constexpr (requires { engine.check_pages(); }) {
    Findings findings(report);
    for (std::string& problem : engine.check_pages()) findings.add(std::move(problem));
    // Pages that contradict each other must not be walked.
    if (!report.ok()) return report;
  }
  for_each_type(typename Definition::Models{}, [&]<class Model>(std::type_identity<Model>, std::size_t) {
    check_model<Model, Engine>(transaction.template access<Model>(), report);
  });
  return report;
}

}  // namespace detail
}  // namespace netabase
