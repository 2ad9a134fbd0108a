/// \file
/// A store whose keys are times, integers of 128 bits, paths, and elements of sets behaves as plain maps do.

#include "runtime/typed/values.hpp"
#include "runtime/typed/writes.hpp"
#include "sightings.netabase.hpp"

namespace typed_test {

namespace {

std::filesystem::path some_path(Random& random) {
  static const std::string choices[] = {"", "a", "a/b", "a.b", "/", "/a/b/c", "b", "\xff"};
  return choices[random.below(8)];
}

template <class T>
T wide(Random& random) {
  const T small = static_cast<T>(random.below(3));
  return random.one_in(2) ? small : static_cast<T>(small - (T{1} << 64));
}

std::chrono::sys_days some_day(Random& random) {
  return std::chrono::sys_days(std::chrono::days(static_cast<int>(random.below(4)) - 1));
}

sightings::Part some_part(Random& random, int depth) {
  sightings::Part out;
  out.name = short_text(random);
  out.corner[1] = static_cast<std::int16_t>(random.below(3));
  for (std::size_t i = depth == 0 ? 0 : random.below(3); i > 0; --i) out.parts.push_back(some_part(random, depth - 1));
  return out;
}

}  // namespace

template <>
struct Oracle<sightings::Sighting> {
  static sightings::Sighting random(Random& random) {
    sightings::Sighting out;
    out.camera = some_path(random);
    out.at = decltype(out.at)(std::chrono::milliseconds(number<std::int64_t>(random, 3)));
    out.serial = wide<netabase::UInt128>(random) + random.below(40);
    out.day = some_day(random);
    out.length = sightings::Hours(static_cast<double>(random.below(4)) - 1.5);
    if (random.one_in(2)) out.maybe_day = some_day(random);
    out.exposure = std::chrono::milliseconds(number<std::int64_t>(random, 4));
    if (random.one_in(2)) out.distance = wide<netabase::Int128>(random);
    for (std::size_t i = random.below(3); i > 0; --i) out.tags.insert(short_text(random));
    for (std::size_t i = random.below(3); i > 0; --i) out.lenses.insert(number<std::int32_t>(random, 5));
    for (auto& side : out.size) side = static_cast<std::uint16_t>(random.below(3));
    for (std::size_t i = random.below(3); i > 0; --i) out.returns.push_back(some_day(random));
    for (std::size_t i = random.below(3); i > 0; --i) out.copies.insert(some_path(random));
    out.uuid[0] = static_cast<std::uint8_t>(random.below(40));
    out.uuid[15] = static_cast<std::uint8_t>(random.below(2));
    for (std::size_t i = random.below(3); i > 0; --i) out.parts.push_back(some_part(random, 3));
    for (std::size_t i = random.below(3); i > 0; --i) out.groups.push_back({1, 2, number<std::int32_t>(random, 5)});
    for (std::size_t i = random.below(3); i > 0; --i) out.matrix.push_back(std::vector<double>(random.below(4), 0.5));
    return out;
  }
  static void take_primary(const sightings::Sighting& from, sightings::Sighting& to) {
    to.camera = from.camera;
    to.at = from.at;
  }
  static Key primary(const sightings::Sighting& it) { return {part(it.camera), part(it.at)}; }
  static std::vector<std::vector<Key>> keys(const sightings::Sighting& it) {
    const auto each = [](const auto& elements) {
      return each_as_key(elements, [](const auto& element) { return part(element); });
    };
    return {{{part(it.exposure)}},
            if_present(it.distance),
            each(it.tags),
            each(it.lenses),
            each(it.size),
            each(it.returns),
            each(it.copies),
            {{part(it.uuid)}},
            {{descending(it.day), part(it.camera)}},
            {{descending(it.serial)}},
            {{part(it.length), part(it.maybe_day)}}};
  }
  static bool too_long(const sightings::Sighting&) { return false; }
};

template <>
struct Oracle<sightings::Account> {
  static sightings::Account random(Random& random) {
    sightings::Account out;
    out.number = wide<netabase::Int128>(random);
    out.age = std::chrono::seconds(number<std::int64_t>(random, 5));
    return out;
  }
  static void take_primary(const sightings::Account& from, sightings::Account& to) { to.number = from.number; }
  static Key primary(const sightings::Account& account) { return {part(account.number)}; }
  static std::vector<std::vector<Key>> keys(const sightings::Account& account) { return {{{part(account.age)}}}; }
  static bool too_long(const sightings::Account&) { return false; }
};

}  // namespace typed_test

TEST_CASE_TEMPLATE("a store of times, wide integers, paths and sets behaves as plain maps do", Engine, netabase::Lmdb,
                   netabase::Memory) {
  typed_test::run_model_test<sightings::SightingsDefinition, Engine>();
}
