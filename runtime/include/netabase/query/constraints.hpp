#pragma once

/// \file
/// What a query's conditions say about keys, without the types: what they are lowered to before an index is chosen.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "netabase/bytes.hpp"
#include "netabase/key/buffer.hpp"
#include "netabase/query/path.hpp"

namespace netabase::query {

/// A vector of trivial values with room for the usual number in itself. Only what plans need of one.
template <class T, std::size_t inline_capacity>
class SmallList {
 public:
  SmallList() = default;
  SmallList(const SmallList&) = delete;
  SmallList& operator=(const SmallList&) = delete;

  void push_back(const T& value) {
    if (size_ < inline_capacity) {
      few_[size_++] = value;
      return;
    }
    if (many_.empty()) many_.assign(few_, few_ + size_);
    many_.push_back(value);
    ++size_;
  }
  void clear() {
    many_.clear();
    size_ = 0;
  }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* begin() { return size_ <= inline_capacity ? few_ : many_.data(); }
  T* end() { return begin() + size_; }
  const T* begin() const { return size_ <= inline_capacity ? few_ : many_.data(); }
  const T* end() const { return begin() + size_; }
  T& operator[](std::size_t at) { return begin()[at]; }
  const T& operator[](std::size_t at) const { return begin()[at]; }
  T& back() { return begin()[size_ - 1]; }

 private:
  T few_[inline_capacity];
  std::vector<T> many_;
  std::size_t size_ = 0;
};

/// A part of a key, encoded ascending, in the arena of its Constraints.
struct Slice {
  std::uint32_t at = 0;
  std::uint32_t size = 0;
};

/// Appends a field's name.
using NameField = void (*)(std::string& out);

enum class ConstraintKind : std::uint8_t {
  points,    ///< one of `count` values
  range,     ///< between two ends, either of which may be missing; the field is present
  prefix,    ///< text that begins with the first slice
  absent,    ///< the optional field has no value
  nothing,   ///< no record satisfies it
  elements,  ///< the container has the first slice among its elements
};

/// What one condition says about one field. Exact: a record satisfies the condition if and only if this holds.
struct Constraint {
  FieldId field = nullptr;
  NameField name = nullptr;
  ConstraintKind kind = ConstraintKind::range;
  bool has_lower = false;
  bool lower_belongs = false;
  bool has_upper = false;
  bool upper_belongs = false;
  /// Which of the query's conditions, counted from the left among those that `&&` joins.
  std::uint8_t condition = 0;
  /// Which of the alternatives that `||` joins inside that condition, from 1; 0 when there is no `||`.
  std::uint8_t alternative = 0;
  std::uint32_t first = 0;  ///< of its slices
  std::uint32_t count = 0;
};

/// The constraints of a query, with the encoded values in one buffer. Allocates only for many or long ones.
class Constraints {
 public:
  /// Where the next constraint belongs.
  std::uint8_t condition = 0;
  std::uint8_t alternative = 0;

  /// Adds a constraint; its slices follow with add_slice().
  Constraint& add(FieldId field, NameField name, ConstraintKind kind) {
    Constraint made;
    made.field = field;
    made.name = name;
    made.kind = kind;
    made.condition = condition;
    made.alternative = alternative;
    made.first = static_cast<std::uint32_t>(slices_.size());
    list_.push_back(made);
    return list_.back();
  }
  /// Adds a slice, which `append(key::Buffer&)` writes, to the last constraint.
  template <class Append>
  void add_slice(Append&& append) {
    Slice slice;
    slice.at = static_cast<std::uint32_t>(arena_.size());
    append(arena_);
    slice.size = static_cast<std::uint32_t>(arena_.size()) - slice.at;
    slices_.push_back(slice);
    ++list_.back().count;
  }
  /// The condition's alternatives were the numbers from 1 to the current one.
  void end_alternatives() {
    alternatives_.push_back({condition, alternative});
    alternative = 0;
  }
  /// Drops the last `bytes` bytes of the last slice.
  void shorten_last(std::size_t bytes) {
    arena_.truncate(arena_.size() - bytes);
    slices_.back().size -= static_cast<std::uint32_t>(bytes);
  }
  /// Puts the points of the last constraint in order, each once.
  void sort_points();

  Bytes bytes(const Slice& slice) const { return arena_.bytes().subspan(slice.at, slice.size); }
  Bytes slice(const Constraint& constraint, std::size_t number) const {
    return bytes(slices_[constraint.first + number]);
  }
  const SmallList<Constraint, 8>& list() const { return list_; }

  /// A condition made of `count` alternatives.
  struct Alternatives {
    std::uint8_t condition = 0;
    std::uint8_t count = 0;
  };
  const SmallList<Alternatives, 4>& alternatives() const { return alternatives_; }

 private:
  SmallList<Constraint, 8> list_;
  SmallList<Alternatives, 4> alternatives_;
  SmallList<Slice, 16> slices_;
  key::Buffer arena_;
};

}  // namespace netabase::query
