#pragma once

/// \file
/// What differs between two schemas of one definition, in words, and what it means for stored records.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "netabase/evolution/schema.hpp"

namespace netabase::evolution {

enum class Change : std::uint8_t {
  renamed,          ///< the same under another name
  model_added,      ///< its tables are made
  model_removed,    ///< its tables stay as they are, unused
  field_added,      ///< old records read as its default
  field_removed,    ///< what old records hold of it is not looked at
  made_optional,    ///< old records read as having the value
  alternative,      ///< a variant can hold one type more
  enumerators,      ///< an enum's names, or new values
  automatic,        ///< whether a sequence gives the primary key
  index_added,      ///< it is built from the records
  index_removed,    ///< its entries are removed
  index_changed,    ///< it is built again
  retyped,          ///< the stored value is another one
  moved,            ///< the value belongs in another field, which cannot read it
  default_changed,  ///< what is stored is the difference from the default
  renumbered,       ///< an enum's name stands for another integer
  primary_key,      ///< records lie in its order
  field_lost,       ///< the newer schema does not know the field, not even as removed: it does not follow the older one
};

enum class Verdict : std::uint8_t {
  safe,             ///< old records are read as they are; indexes follow by themselves
  needs_migration,  ///< only a function of the user's can make new records of the old ones
};

Verdict verdict_of(Change change) noexcept;

struct Difference {
  Change change = Change::renamed;
  std::string model;  ///< whose records or indexes it concerns, by table
  std::string text;   ///< "User.nick was added"
};

/// What the tables of a model need.
struct ModelChanges {
  std::string model;
  bool is_new = false;
  bool records_differ = false;  ///< the record's layout differs at all, safely or not
  bool needs_migration = false;
  /// An index to build may refuse records that are there: a migration that is registered is run, so that it can mend
  /// them.
  bool has_new_rules = false;
  std::vector<std::string> build;    ///< names of indexes to build from the records
  std::vector<std::string> dropped;  ///< names of indexes that are no more
};

struct Comparison {
  std::vector<Difference> differences;  ///< each once, in the order of the newer schema
  std::vector<ModelChanges> models;     ///< of the newer schema, by its order

  bool needs_migration() const;
  const ModelChanges* find(std::string_view model) const;
  /// The differences of all, or of one model, a line each: "safe: User.nick was added".
  std::string text(std::string_view model = {}) const;
};

/// Compares what `older` says with what `newer` says. Fields are matched by their ordinals, models and indexes by their
/// names; C++ namespaces and the order of anything mean nothing. Pure.
Comparison compare(const Schema& older, const Schema& newer);

/// The model was removed and is back, and its records were left as `left` describes them: puts what differs from that
/// into `comparison`, which took the model for a new one.
void bring_back(Comparison& comparison, std::string_view model, const Schema& left, const Schema& newer);

/// Whether records of `newer` may be read by a program of `older` that has the store open since before.
bool may_go_on_reading(const Comparison& comparison);
/// Whether a program of `older` may write to a store of `newer`: it cannot keep what it does not know, except fields of
/// records that it puts again (carry.hpp).
bool may_go_on_writing(const Comparison& comparison);

}  // namespace netabase::evolution
