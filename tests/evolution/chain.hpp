#pragma once

/// \file
/// One schema on its way through many versions: its header, its lock, a store, and what the store must hold.

#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/evolution/changes.hpp"
#include "tests/evolution/draft.hpp"
#include "tests/evolution/dynamic_store.hpp"
#include "tests/evolution/generation.hpp"
#include "tests/evolution/random.hpp"

namespace random_evolution {

/// What was said and what happens are two things.
class Disagreement : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Chain {
 public:
  /// `folder`: an existing one for its store.
  Chain(std::string name, std::string folder, std::uint64_t seed);

  const std::string& name() const { return name_; }
  /// Which changes are wanted.
  enum class Wish : std::uint8_t { any, safe, unsafe };
  /// The header to be generated next, with one change, or some, against the last one that was accepted.
  std::string propose(Wish wish = Wish::any);
  /// The last one that was accepted.
  std::string header() const { return header_text(draft_); }
  /// The committed .capnp; empty before the first step.
  const std::string& lock() const { return lock_; }

  /// What came of a step.
  struct Outcome {
    Verdict verdict = Verdict::safe;
    bool needless = false;        ///< nothing stored would have been misread
    bool duplicates = false;      ///< an index could not be made unique
    std::string what;             ///< the changes, in words
    std::string generator_words;  ///< the generator's differences
  };
  /// Takes what the proposed header gave: compares verdicts with what happens to the records, and goes on with the
  /// proposal, or without. Throws Disagreement.
  Outcome take(const Generated& generated);

  using Records = std::map<Id, std::vector<Value>>;  ///< by the model's struct
  /// The last draft that was accepted, and the one that take() is asked about.
  const Draft& draft() const { return draft_; }
  const Draft& proposal() const { return proposal_; }
  /// What the store holds, and what it held when it had just been upgraded.
  const Records& records() const { return records_; }
  const Records& upgraded_records() const { return upgraded_records_; }

  /// Everything that was done, a line each.
  std::string history() const { return history_; }

 private:
  /// The proposal with a store of its own.
  void start(const Generated& generated);
  /// False, with nothing changed: records are not unique in an index that is.
  bool upgrade(const Generated& generated, const netabase::evolution::Comparison& comparison);
  void check_expected(const Generated& generated) const;
  void check_ordinals(const Generated& generated);
  /// Each model's records as the store gives them, against what they must be.
  void check_records() const;
  void add_records(std::size_t count);
  void rewrite_some();
  /// Whether the store's records, read as they are, would have been something else for the proposal.
  bool would_be_misread(const Generated& generated) const;
  std::string key_of(const Model& model, const Value& record) const;
  SchemaBytes schema_of(const Generated& generated, const Draft& draft) const;

  std::string name_;
  std::string folder_;
  Random random_;
  Draft draft_;
  std::string lock_;
  std::unique_ptr<DynamicStore> store_;
  Records records_;
  Records upgraded_records_;
  std::map<std::pair<std::uint64_t, unsigned>, Id> ordinals_;  // of a struct's id

  Draft proposal_;
  std::vector<Change> changes_;
  std::optional<Change> second_thought_;  // the proposal says what the last one left open
  std::string history_;
};

}  // namespace random_evolution
