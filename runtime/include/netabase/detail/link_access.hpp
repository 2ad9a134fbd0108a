#pragma once

/// \file
/// Following links in an open transaction, and what is said of those that lead nowhere.

#include <cstdint>
#include <string>
#include <tuple>
#include <utility>

#include "netabase/detail/access.hpp"
#include "netabase/detail/source.hpp"
#include "netabase/link.hpp"

namespace netabase::detail {

/// The record that a key of the link names, as stored bytes; false: there is none.
template <class Link, class Engine, class Part>
bool find_target(const Access<typename Link::Model, Engine>& access, Bytes& value, const Part& key) {
  return access.template of<typename Link::Target>().get(value, key);
}

/// A key of the link, for people.
template <class Link, class Part>
std::string target_text(const Part& key) {
  return to_string(own_key<typename Link::Target::PrimaryIndex>(key));
}

/// Throws what a record deserves whose link names none. `key`: what it names.
template <class Link, class AnyRecord, class Part>
[[noreturn]] void throw_no_target(const AnyRecord& record, const Part& key) {
  throw LinkViolation(Link::table, to_string(primary_key_of<typename Link::Model::PrimaryIndex>(record)),
                      Link::Target::name, target_text<Link>(key));
}

/// Throws LinkViolation unless each key of the record's link names a record.
template <class Link, class Engine, class AnyRecord>
void check_targets(const Access<typename Link::Model, Engine>& access, const AnyRecord& record) {
  Link::each_key(record, [&](const auto& key) {
    Bytes value;
    if (!find_target<Link, Engine>(access, value, key)) throw_no_target<Link>(record, key);
  });
}

/// The whole encoded primary key of the record that is stored under `record_key`.
template <class Model, class Engine>
void append_whole_key(const Access<Model, Engine>& access, Bytes record_key, key::Buffer& out) {
  if (key::is_hashed_record_key(record_key)) {
    Bytes value;
    if (!access.find(record_key, value)) access.throw_dangling(Model::name);
    access.append_primary(out, access.view(value));
    return;
  }
  Bytes padding = record_key;
  if (!Model::PrimaryIndex::Parts::skip(padding)) access.throw_dangling(Model::name);
  out.append(record_key.first(record_key.size() - padding.size()));
}

/// The entries of a link that name the record with the whole encoded primary key `whole`.
template <class Link, class Engine>
IndexSource<Link, Engine> dependents_of(const Access<typename Link::Model, Engine>& access, Bytes whole) {
  return {access, Interval::with_prefix([&](key::Buffer& out) { out.append(whole); })};
}

}  // namespace netabase::detail
