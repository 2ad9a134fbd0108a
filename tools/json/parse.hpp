#pragma once

/// \file
/// Strict JSON (RFC 8259) into a tree that keeps numbers as they are written, so that 64 bits survive.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace netabase::tools::json {

/// A JSON value; owns what it holds.
struct Value {
  enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
  Kind kind = Kind::null;
  bool boolean = false;
  std::string text;  ///< of a string its content, of a number its digits
  std::vector<Value> items;
  std::vector<std::pair<std::string, Value>> members;  ///< in their order; no name twice

  Value();
  Value(Value&& other) noexcept;
  Value& operator=(Value&& other) noexcept;
  ~Value();

  /// Null when there is no such member.
  const Value* find(std::string_view name) const;
};

/// "a number": for messages.
std::string_view name_of(Value::Kind kind);

/// Throws InputError with the column when `text` is not exactly one value, has a name twice in an object, is nested
/// more than 200 deep or is not UTF-8.
Value parse(std::string_view text);

}  // namespace netabase::tools::json
