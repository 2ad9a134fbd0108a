#pragma once

/// \file
/// What can differ between the committed layout and the structs as they are now, and the verdict on it.

#include <cstdint>
#include <string>
#include <vector>

namespace netabase::compiler::evolution {

/// What a difference means for stores that hold data already.
enum class Verdict : std::uint8_t {
  safe,             ///< they open, and every value that the structs still have a place for is there
  needs_migration,  ///< a function of the user's must make new records of the old ones, or mend them
  refused,          ///< nothing is generated until the user says what is meant
};

/// "safe", "migration", "refused": as --diff prints it.
const char* name_of(Verdict verdict);

/// One thing that differs.
struct Difference {
  Verdict verdict = Verdict::safe;
  /// "blog.User.age": the field, struct, enumerator, model (by its struct), index or definition.
  std::string place;
  /// What kind of difference it is, for programs: "field-added". README.md lists them; none ever changes its meaning.
  std::string kind;
  std::string what;               ///< in words, without the place: "is new"
  std::vector<std::string> mend;  ///< what the user can do, or must choose from; one line each
  std::string record;             ///< C++ name of the struct or enum it is about; empty: none
  std::string field;              ///< C++ name of its field or enumerator as it is now; empty: all of it

  bool operator==(const Difference&) const = default;
};

/// How many of them have the verdict.
std::size_t count(const std::vector<Difference>& differences, Verdict verdict);

/// "safe blog.User.nick: is new", a line for each, and a line that counts them.
std::string to_text(const std::vector<Difference>& differences);

/// A JSON array of objects {"verdict", "place", "kind", "what"}, each on a line of its own.
std::string to_json(const std::vector<Difference>& differences);

}  // namespace netabase::compiler::evolution
