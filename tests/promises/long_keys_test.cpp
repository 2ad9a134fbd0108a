/// \file
/// Promise: keys have any length. What is asked about long ones is answered exactly, although the file keeps only their
/// beginning and a hash; only the order among those that share that beginning is left open.

#include <algorithm>

#include "places.netabase.hpp"
#include "promises/support.hpp"
#include "shop.netabase.hpp"

using namespace promises;

namespace {

using Texts = std::vector<std::string>;

template <class Engine>
using PlacesStore = netabase::Store<places::PlacesDefinition, Engine>;

/// A text of `size` bytes that differs from others of its size in its last bytes only.
std::string text(std::size_t size, int number) {
  std::string tail = std::to_string(number);
  if (tail.size() > size) tail.resize(size);
  return std::string(size - tail.size(), 'p') + tail;
}

places::Place place(const std::string& path) {
  places::Place out;
  out.path = path;
  out.slug = "slug of " + path;
  out.name = path;
  return out;
}

Texts sorted(Texts texts) {
  std::sort(texts.begin(), texts.end());
  return texts;
}

/// The paths of a range, sorted: the order among long ones is not promised.
template <class Range>
Texts paths(Range&& range) {
  return sorted(collect(range, [](const auto& ref) { return std::string(ref.path()); }));
}

/// Lengths around every limit of the stored forms, and far beyond.
const std::vector<std::size_t> sizes{1,   2,   221, 222, 223, 224, 225, 269, 270, 486, 487, 488,  489,   492,
                                     493, 494, 495, 496, 497, 503, 504, 509, 510, 511, 512, 1000, 100000};

}  // namespace

ON_BOTH_ENGINES("primary keys of every length are told apart and found") {
  const auto store = PlacesStore<Engine>::temp();
  Texts all;
  for (const std::size_t size : sizes) {
    for (int number = 0; number < 4; ++number) all.push_back(text(size, number));
  }
  {
    auto txn = store.begin_write();
    auto tree = txn.template open_tree<places::Place>();
    for (const std::string& path : all) tree.put(place(path));
    CHECK(tree.len() == all.size());
    for (const std::string& path : all) {
      CHECK(tree.get(path) == place(path));
      CHECK_FALSE(tree.contains(path + "0"));
      CHECK_FALSE(tree.insert(place(path)));
    }
    CHECK(paths(tree.iter_borrowed()) == sorted(all));
    CHECK(sorted(collect(tree.keys(), [](const auto& key) { return key.path; })) == sorted(all));

    const auto many = tree.get_many(all);
    for (std::size_t i = 0; i < all.size(); ++i) CHECK((many[i] == place(all[i])));
    txn.commit();
  }
  require_sound(store);
  store.with_write_transaction([&](auto& txn) {
    auto tree = txn.template open_tree<places::Place>();
    Texts odd;
    for (std::size_t i = 0; i < all.size(); i += 2) CHECK(tree.remove(all[i]));
    for (std::size_t i = 1; i < all.size(); i += 2) odd.push_back(all[i]);
    for (std::size_t i = 0; i < all.size(); ++i) CHECK(tree.contains(all[i]) == (i % 2 == 1));
    CHECK(tree.remove_many(all) == odd.size());
    CHECK(tree.is_empty());
    CHECK(tree.template by<&places::Place::slug>().count() == 0);
    CHECK(tree.template by<&places::Place::name>().count() == 0);
    CHECK(tree.template by<places::PlaceKey::by_name_height>().count() == 0);
  });
}

ON_BOTH_ENGINES("put_many and batches take long primary keys") {
  const auto store = PlacesStore<Engine>::temp();
  std::vector<places::Place> all;
  for (const std::size_t size : sizes) {
    for (int number = 0; number < 3; ++number) all.push_back(place(text(size, number)));
  }
  store.with_write_transaction([&](auto& txn) { txn.template open_tree<places::Place>().put_many(all); });
  require_sound(store);
  for (places::Place& one : all) one.name += "!";
  store.with_write_transaction([&](auto& txn) { txn.template open_tree<places::Place>().put_many(all); });
  require_sound(store);
  store.with_write_transaction([&](auto& txn) {
    auto tree = txn.template open_tree<places::Place>();
    for (const places::Place& one : all) CHECK((tree.get(one.path) == one));
    for (const places::Place& one : all)
      CHECK(paths(tree.template by<&places::Place::name>().equal(one.name)) == Texts{one.path});
    auto batch = tree.create_batch();
    for (const places::Place& one : all) batch.remove(one.path);
    batch.put(all[5]);
    batch.commit();
    CHECK(tree.len() == 1);
  });
  require_sound(store);
}

ON_BOTH_ENGINES("unique keys of every length are unique as a whole") {
  const auto store = PlacesStore<Engine>::temp();
  auto txn = store.begin_write();
  auto tree = txn.template open_tree<places::Place>();
  for (const std::size_t size : sizes) {
    for (int number = 0; number < 4; ++number) {
      places::Place one = place(std::to_string(size) + "/" + std::to_string(number));
      one.slug = text(size, number);
      tree.put(one);
    }
  }
  const auto by_slug = [&] { return tree.template by<&places::Place::slug>(); };
  for (const std::size_t size : sizes) {
    for (int number = 0; number < 4; ++number) {
      const std::string path = std::to_string(size) + "/" + std::to_string(number);
      const auto hit = by_slug().find(text(size, number));
      REQUIRE(hit.has_value());
      CHECK(hit->path() == path);
      CHECK(paths(by_slug().equal(text(size, number))) == Texts{path});
      places::Place other = place("other");
      other.slug = text(size, number);
      CHECK_THROWS_AS(tree.put(other), netabase::UniqueViolation);
      CHECK_THROWS_AS(tree.put_many(std::vector{other}), netabase::UniqueViolation);
    }
    CHECK_FALSE(by_slug().find(text(size, 9)).has_value());
  }
  CHECK(by_slug().count() == 4 * sizes.size());
  CHECK(paths(by_slug().prefix(text(600, 0).substr(0, 590))).size() == 4 * 2);
  txn.commit();
  require_sound(store);
}

ON_BOTH_ENGINES(
    "non-unique keys and elements of every length, under primary keys of every length, find exactly theirs") {
  const auto store = PlacesStore<Engine>::temp();
  const std::vector<std::size_t> key_sizes{1, 222, 223, 224, 500, 100000};
  const std::vector<std::size_t> path_sizes{3, 262, 263, 264, 270, 271, 272, 490, 600};
  store.with_write_transaction([&](auto& txn) {
    auto tree = txn.template open_tree<places::Place>();
    for (const std::size_t path_size : path_sizes) {
      for (int number = 0; number < 4; ++number) {
        places::Place one = place(text(path_size, number));
        for (const std::size_t size : key_sizes) one.labels.push_back(text(size, number % 2));
        one.name = text(700, number % 2);
        one.region = text(250, number / 2);
        one.height = static_cast<std::int32_t>(tree.len());
        tree.put(one);
      }
    }
  });
  require_sound(store);
  auto txn = store.begin_read();
  const auto tree = txn.template open_tree<places::Place>();
  for (int half = 0; half < 2; ++half) {
    Texts same_parity;
    Texts same_half;
    for (const std::size_t path_size : path_sizes) {
      same_parity.push_back(text(path_size, half));
      same_parity.push_back(text(path_size, half + 2));
      same_half.push_back(text(path_size, 2 * half));
      same_half.push_back(text(path_size, 2 * half + 1));
    }
    for (const std::size_t size : key_sizes) {
      CHECK(paths(tree.template by<&places::Place::labels>().equal(text(size, half))) == sorted(same_parity));
      CHECK(tree.template by<&places::Place::labels>().count(text(size, half)) == same_parity.size());
    }
    CHECK(paths(tree.template by<&places::Place::name>().equal(text(700, half))) == sorted(same_parity));
    CHECK(paths(tree.template by<&places::Place::name>().equal(text(700, half)).reverse()) == sorted(same_parity));
    CHECK(paths(tree.template by<&places::Place::region>().equal(text(250, half))) == sorted(same_half));
    CHECK(paths(tree.template by<places::PlaceKey::by_region_name>().equal(text(250, half))) == sorted(same_half));
    Texts both;
    for (const std::size_t path_size : path_sizes) both.push_back(text(path_size, half + 2 * half));
    CHECK(paths(tree.template by<places::PlaceKey::by_region_name>().equal(text(250, half), text(700, half))) ==
          sorted(both));
    CHECK(sorted(collect(tree.template by<&places::Place::name>().equal(text(700, half)).keys(),
                         [](const auto& key) { return key.path; })) == sorted(same_parity));
  }
  CHECK(tree.template by<&places::Place::labels>().equal(text(100000, 7)).count() == 0);
}

ON_BOTH_ENGINES("ends of ranges longer than any stored key are exact, forward and backward") {
  const auto store = PlacesStore<Engine>::temp();
  Texts all{"a", "q", "z"};
  for (int number = 10; number < 40; ++number) all.push_back(text(600, number));
  for (int number = 10; number < 40; number += 7) all.push_back(text(486, number));
  for (int number = 10; number < 40; number += 7) all.push_back(text(490, number));
  store.with_write_transaction([&](auto& txn) {
    auto tree = txn.template open_tree<places::Place>();
    for (const std::string& path : all) {
      places::Place one = place(path);
      one.slug = path;
      one.name = path;
      one.region = path;
      tree.put(one);
    }
  });
  auto txn = store.begin_read();
  const auto tree = txn.template open_tree<places::Place>();
  all = sorted(all);
  Texts ends = all;
  ends.push_back(text(600, 5));
  ends.push_back(text(600, 25) + "x");
  ends.push_back(text(600, 25).substr(0, 599));
  ends.push_back(text(100000, 3));
  for (const std::string& low : ends) {
    for (const std::string& high : {ends[3], ends[12], ends[25], ends[31], ends.back(), ends[ends.size() - 2]}) {
      Texts half_open;
      Texts other;
      for (const std::string& one : all) {
        if (low <= one && one < high) half_open.push_back(one);
        if (low < one && one <= high) other.push_back(one);
      }
      using netabase::excluding;
      using netabase::including;
      CHECK(paths(tree.range_borrowed(low, high)) == half_open);
      CHECK(paths(tree.range_borrowed(low, high).reverse()) == half_open);
      CHECK(paths(tree.range_borrowed(excluding(low), including(high))) == other);
      CHECK(paths(tree.template by<&places::Place::slug>().range(low, high)) == half_open);
      CHECK(paths(tree.template by<&places::Place::slug>().range(excluding(low), including(high)).reverse()) == other);
      CHECK(paths(tree.template by<&places::Place::name>().range(low, high)) == half_open);
      CHECK(paths(tree.template by<&places::Place::name>().range(excluding(low), including(high)).reverse()) == other);
      CHECK(paths(tree.template by<&places::Place::region>().range(low, high).reverse()) == half_open);
      CHECK(tree.template by<&places::Place::name>().range(low, high).count() == half_open.size());
    }
    Texts same;
    for (const std::string& one : all) {
      if (one.starts_with(low)) same.push_back(one);
    }
    CHECK(paths(tree.prefix(low)) == same);
    CHECK(paths(tree.template by<&places::Place::name>().prefix(low)) == same);
  }
}

ON_BOTH_ENGINES("pages over long keys join without gaps or repetitions") {
  const auto store = PlacesStore<Engine>::temp();
  Texts all{"a", "z", text(480, 1), text(489, 1), text(493, 2)};
  for (int number = 0; number < 50; ++number) all.push_back(text(600, number));
  store.with_write_transaction([&](auto& txn) {
    auto tree = txn.template open_tree<places::Place>();
    for (const std::string& path : all) tree.put(place(path));
  });
  auto txn = store.begin_read();
  const auto tree = txn.template open_tree<places::Place>();
  for (const bool backward : {false, true}) {
    Texts paged;
    while (paged.size() <= all.size()) {
      auto range = tree.iter_borrowed().limit(7);
      if (backward) range = std::move(range).reverse();
      if (!paged.empty()) range = std::move(range).after(paged.back());
      const Texts page = collect(range, [](const auto& ref) { return std::string(ref.path()); });
      if (page.empty()) break;
      paged.insert(paged.end(), page.begin(), page.end());
    }
    const bool each_once = sorted(paged) == sorted(all);
    CHECK(each_once);
  }
}

ON_BOTH_ENGINES("composite primary keys may be long in any part") {
  const auto store = PlacesStore<Engine>::temp();
  store.with_write_transaction([](auto& txn) {
    auto visits = txn.template open_tree<places::Visit>();
    for (const std::size_t size : std::vector<std::size_t>{1, 478, 486, 487, 488, 600}) {
      for (std::int64_t time = -2; time <= 2; ++time) {
        places::Visit visit;
        visit.path = text(size, 1);
        visit.time = time;
        visit.visitor = text(300, static_cast<int>(time & 1));
        visit.tickets = {text(600, static_cast<int>(size * 10) + static_cast<int>(time + 2))};
        visits.put(visit);
      }
    }
    for (const std::size_t size : std::vector<std::size_t>{1, 478, 486, 487, 488, 600}) {
      for (std::int64_t time = -2; time <= 2; ++time) {
        CHECK(visits.get(text(size, 1), time)->time == time);
        CHECK(visits.template by<&places::Visit::tickets>()
                  .find(text(600, static_cast<int>(size * 10) + static_cast<int>(time + 2)))
                  ->time() == time);
      }
      CHECK(visits.range_borrowed(text(size, 1), netabase::including(text(size, 1))).count() == 5);
      CHECK(visits.range_borrowed(std::tuple(text(size, 1), -1), std::tuple(text(size, 1), 1)).count() == 2);
    }
    CHECK(visits.template by<&places::Visit::visitor>().count(text(300, 0)) == 18);
    CHECK(visits.template by<&places::Visit::visitor>().count(text(300, 1)) == 12);
  });
  require_sound(store);
}

ON_BOTH_ENGINES("a key is refused for its length only where the schema says so") {
  const auto store = netabase::Store<shop::ShopDefinition, Engine>::temp();
  auto txn = store.begin_write();
  auto customers = txn.template open_tree<shop::Customer>();
  shop::Customer customer;
  customer.login = std::string(32, 'x');
  customer.city = std::string(16, 'y');
  customers.put(customer);
  shop::Customer long_login = customer;
  long_login.login += 'x';
  CHECK_THROWS_AS(customers.put(long_login), netabase::KeyTooLong);
  CHECK_THROWS_AS(customers.put_many(std::vector{long_login}), netabase::KeyTooLong);
  CHECK_THROWS_AS(customers.update(1, [&](shop::Customer& changed) { changed.login = long_login.login; }),
                  netabase::KeyTooLong);
  shop::Customer long_city = customer;
  long_city.login = "other";
  long_city.city = std::string(17, 'y');
  try {
    customers.insert(long_city);
    FAIL("the city is too long");
  } catch (const netabase::KeyTooLong& error) {
    const std::string what = error.what();
    CHECK(what.find("Customer.city") != std::string::npos);
    CHECK(what.find("17") != std::string::npos);
    CHECK(what.find("16") != std::string::npos);
  }
  CHECK(customers.len() == 1);
  CHECK(customers.template by<&shop::Customer::login>().count() == 1);
  CHECK_FALSE(customers.template by<&shop::Customer::login>().find(std::string(1000, 'x')).has_value());
}
