#pragma once

/// \file
/// What a user may do to a schema between two versions, done at random.

#include <string>

#include "tests/evolution/draft.hpp"
#include "tests/evolution/random.hpp"

namespace random_evolution {

/// What must be said of a change when it is the only one.
enum class Expected : std::uint8_t {
  safe,     ///< old records are read as they are
  unsafe,   ///< they are not: a migration, or a refusal
  refused,  ///< nobody can know what is meant
  any,      ///< depends on the rest of the schema
};

struct Change {
  std::string what;  ///< empty: nothing was changed
  Expected expected = Expected::any;
};

/// Makes one change to `draft`. Takes care that the header stays correct.
Change random_change(Draft& draft, Random& random);
/// One of those that must get that verdict.
Change random_change(Draft& draft, Random& random, Expected expected);

/// What the user says of a field that got another name without a word, at the second thought: that it is the same one,
/// or that the old one was dropped and this is another. Empty: there is no such field.
Change say_renamed(Draft& draft, const Draft& before);
Change say_dropped(Draft& draft, const Draft& before);

}  // namespace random_evolution
