#include "tools/commands/range.hpp"

#include "tools/errors.hpp"
#include "tools/key/part.hpp"
#include "tools/key/record_keys.hpp"

namespace netabase::tools {

namespace {

/// The encoded first parts, with one more word.
key::Buffer with_next(const Key& key, const std::vector<std::string>& words, const std::string& next) {
  std::vector<std::string> all = words;
  all.push_back(next);
  key::Buffer out;
  append_words(out, key, all);
  return out;
}

}  // namespace

detail::Interval interval_of(const Key& key, const RangeOptions& options) {
  if (options.prefix && (options.from || options.to))
    throw UsageError("--prefix and --from or --to exclude each other");
  if (options.prefix) {
    return detail::Interval::with_prefix(
        [&](key::Buffer& out) { append_text_prefix(out, key, options.words, *options.prefix); });
  }
  detail::Interval interval =
      detail::Interval::with_prefix([&](key::Buffer& out) { append_words(out, key, options.words); });
  if (!options.from && !options.to) return interval;
  if (options.words.size() == key.parts.size()) {
    throw UsageError("--from and --to want a part of the key behind the values that are given, and " + key.table +
                     " has no more");
  }
  // A descending part holds its greatest value first, so that the ends change places; its lower end is then left out
  // and its upper one belongs to it.
  const bool descending = key.parts[options.words.size()].descending;
  const auto& first = descending ? options.to : options.from;
  const auto& last = descending ? options.from : options.to;
  if (first) {
    interval.lower = with_next(key, options.words, *first);
    if (descending) interval.empty = !detail::to_prefix_successor(interval.lower);
  }
  if (last) {
    interval.upper = with_next(key, options.words, *last);
    interval.has_upper = true;
    if (descending) interval.has_upper = detail::to_prefix_successor(interval.upper);
  }
  if (interval.has_upper && compare(interval.lower.bytes(), interval.upper.bytes()) >= 0) interval.empty = true;
  return interval;
}

}  // namespace netabase::tools
