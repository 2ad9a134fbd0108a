/// \file
/// A function of the struct that throws while records are removed along links: the exception goes through, the
/// transaction can only be rolled back, and the store is as it was.

#include <stdexcept>

#include "promises/support.hpp"
#include "shelf_v2.netabase.hpp"

using namespace promises;
using shelf_v2::Book;
using shelf_v2::Writer;

namespace {

struct Throwing {
  Throwing() { Book::initial_throws = true; }
  ~Throwing() { Book::initial_throws = true; }
};

template <class Engine>
auto filled_store() {
  auto store = netabase::Store<shelf_v2::ShelfDefinition, Engine>::temp();
  Book::initial_throws = false;
  store.quick_put(Writer{.id = 1, .name = "writer"});
  store.quick_put(Writer{.id = 2, .name = "other"});
  // The third of the cascade is the one that throws.
  for (std::uint64_t id = 1; id <= 5; ++id) {
    store.quick_put(Book{.id = id, .writer_id = 1, .title = id == 3 ? "" : "title", .place = "left"});
  }
  return store;
}

template <class Store>
void require_untouched(const Store& store) {
  Book::initial_throws = false;
  require_sound(store);
  auto read = store.begin_read();
  CHECK(read.template open_tree<Book>().len() == 5);
  CHECK(read.template open_tree<Writer>().len() == 2);
}

}  // namespace

ON_BOTH_ENGINES("a function that throws in the middle of a cascade leaves a transaction that can only be rolled back") {
  const auto store = filled_store<Engine>();
  const Throwing throwing;
  {
    auto txn = store.begin_write();
    auto writers = txn.template open_tree<Writer>();
    writers.put({.id = 3, .name = "before"});
    CHECK_THROWS_AS(writers.remove(std::uint64_t{1}), std::runtime_error);
    SUBCASE("by commit(), which refuses") {
      CHECK(code_of([&] { txn.commit(); }) == netabase::ErrorCode::io);
      CHECK_FALSE(txn.is_open());
    }
    SUBCASE("by rollback()") { txn.rollback(); }
    SUBCASE("by its end") {}
  }
  require_untouched(store);
}

ON_BOTH_ENGINES("so does one in with_write_transaction and in a nested transaction, which alone is lost then") {
  const auto store = filled_store<Engine>();
  const Throwing throwing;
  CHECK_THROWS_AS(store.template quick_remove<Writer>(std::uint64_t{1}), std::runtime_error);
  Book::initial_throws = true;
  auto txn = store.begin_write();
  {
    auto nested = txn.begin_nested();
    CHECK_THROWS_AS(nested.template open_tree<Writer>().remove(std::uint64_t{1}), std::runtime_error);
    CHECK(code_of([&] { nested.commit(); }) == netabase::ErrorCode::io);
  }
  txn.template open_tree<Writer>().put({.id = 2, .name = "after"});
  txn.commit();
  require_untouched(store);
  CHECK(store.template quick_get<Writer>(std::uint64_t{2})->name == "after");
}

ON_BOTH_ENGINES("of a record that goes alone, nothing was changed, and the transaction goes on") {
  const auto store = filled_store<Engine>();
  const Throwing throwing;
  auto txn = store.begin_write();
  auto books = txn.template open_tree<Book>();
  CHECK_THROWS_AS(books.remove(std::uint64_t{3}), std::runtime_error);
  CHECK(books.len() == 5);
  CHECK(books.remove(std::uint64_t{4}));
  txn.commit();
  Book::initial_throws = false;
  require_sound(store);
  CHECK(store.template quick_get<Book>(std::uint64_t{3}).has_value());
  CHECK_FALSE(store.template quick_get<Book>(std::uint64_t{4}).has_value());
}
