#include "netabase/codec/damage.hpp"

#include <string>

#include "netabase/codec/word.hpp"
#include "netabase/error.hpp"

namespace netabase::wire {

namespace {

const char* describe(Damage what) noexcept {
  switch (what) {
    case Damage::misaligned:
      return "it does not begin at a multiple of 8 bytes";
    case Damage::truncated:
      return "its length is not that of a record";
    case Damage::unknown_flags:
      return "its head has flags that no version of netabase sets";
    case Damage::outside:
      return "a pointer in it leads out of it";
    case Damage::not_a_struct:
      return "a pointer in it leads to something else where a struct belongs";
    case Damage::not_a_list:
      return "a pointer in it leads to something else where a text or list belongs";
    case Damage::wrong_element_size:
      return "a list in it has elements of another size than its schema says";
    case Damage::elements_overrun:
      return "a list in it has more elements than it has space for";
    case Damage::too_many_empty:
      return "a list in it claims more elements than a list without bytes may have";
    case Damage::unterminated_text:
      return "a text in it lacks its final zero byte";
    case Damage::wrong_length:
      return "bytes or elements of a fixed number in it are more or fewer";
    case Damage::repeated_element:
      return "a set or map in it has an element twice";
    case Damage::unknown_alternative:
      return "a variant in it holds an alternative that the schema does not have";
    case Damage::too_deep:
      return "it is nested deeper than any record";
    case Damage::overlap:
      return "parts of it share their bytes";
  }
  return "its bytes contradict themselves";
}

}  // namespace

void throw_damaged(Damage what) {
  throw Corrupt(std::string("the record is damaged: ") + describe(what) +
                "; run Store::check() to see what else is, and restore it from a backup or remove it");
}

void throw_too_large(std::size_t size, std::size_t limit) {
  throw Error(ErrorCode::invalid_argument, "the value is too large for a record: " + std::to_string(size) +
                                               " bytes or elements where at most " + std::to_string(limit) +
                                               " are possible; split it over several records");
}

void throw_too_deep() {
  throw Error(ErrorCode::invalid_argument, "the value is nested too deep for a record: more than " +
                                               std::to_string(max_depth) +
                                               " structs and lists lie in each other; split it over several records "
                                               "that refer to each other by their keys");
}

void throw_valueless() {
  throw Error(
      ErrorCode::invalid_argument,
      "a variant of the record has no value, because an exception was thrown while it was given one; assign it a "
      "value before the record is stored");
}

void throw_no_such_element(std::size_t index, std::size_t size) {
  throw Error(ErrorCode::invalid_argument, "element " + std::to_string(index) + " was asked of a stored list of " +
                                               std::to_string(size) + "; compare with size() before");
}

}  // namespace netabase::wire
