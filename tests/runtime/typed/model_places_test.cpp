/// \file
/// A store of long keys behaves as plain maps do.

#include "places.netabase.hpp"
#include "runtime/typed/values.hpp"
#include "runtime/typed/writes.hpp"

namespace typed_test {

template <>
struct Oracle<places::Place> {
  static places::Place random(Random& random) {
    places::Place out;
    out.path = long_text(random);
    out.slug = long_text(random);
    out.name = long_text(random);
    for (std::size_t i = random.below(3); i > 0; --i) out.labels.push_back(long_text(random));
    out.region = maybe(random, long_text(random));
    out.height = static_cast<std::int32_t>(random.below(4));
    return out;
  }
  static void take_primary(const places::Place& from, places::Place& to) { to.path = from.path; }
  static Key primary(const places::Place& place) { return {part(place.path)}; }
  static std::vector<std::vector<Key>> keys(const places::Place& place) {
    return {{{part(place.slug)}},
            {{part(place.name)}},
            each_as_key(place.labels, [](const std::string& label) { return part(label); }),
            if_present(place.region),
            {{part(place.region), descending(place.name)}},
            {{part(place.name), part(place.height)}}};
  }
  static bool too_long(const places::Place&) { return false; }
};

template <>
struct Oracle<places::Visit> {
  static places::Visit random(Random& random) {
    places::Visit out;
    out.path = long_text(random);
    out.time = number<std::int64_t>(random, 3);
    out.visitor = long_text(random);
    for (std::size_t i = random.below(3); i > 0; --i) out.tickets.push_back(long_text(random));
    return out;
  }
  static void take_primary(const places::Visit& from, places::Visit& to) {
    to.path = from.path;
    to.time = from.time;
  }
  static Key primary(const places::Visit& visit) { return {part(visit.path), part(visit.time)}; }
  static std::vector<std::vector<Key>> keys(const places::Visit& visit) {
    return {{{part(visit.visitor)}},
            each_as_key(visit.tickets, [](const std::string& ticket) { return part(ticket); })};
  }
  static bool too_long(const places::Visit&) { return false; }
};

}  // namespace typed_test

TEST_CASE_TEMPLATE("a store of long keys behaves as plain maps do", Engine, netabase::Lmdb, netabase::Memory) {
  typed_test::run_model_test<places::PlacesDefinition, Engine>();
}
