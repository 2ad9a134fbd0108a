/// \file
/// Misuse that must not compile. Each case stands here twice: mended, which must compile, and broken (with BROKEN
/// defined), which must fail with the words behind `expect:`, a regular expression. run.sh compiles the file once each
/// way and looks for an error in every case; `#line` gives each case's lines a file name of its own.

#include <optional>
#include <string>

#include "blog.netabase.hpp"
#include "office.netabase.hpp"
#include "shop.netabase.hpp"

namespace {

using Store = netabase::Store<blog::BlogDefinition>;
using Read = netabase::ReadTransaction<blog::BlogDefinition, netabase::Lmdb>;
using Write = netabase::WriteTransaction<blog::BlogDefinition, netabase::Lmdb>;
using ReadUsers = netabase::ReadTree<blog::User, netabase::Lmdb>;
using WriteUsers = netabase::WriteTree<blog::User, netabase::Lmdb>;
using ReadPosts = netabase::ReadTree<blog::Post, netabase::Lmdb>;
using ReadPeople = netabase::ReadTree<office::Person, netabase::Lmdb>;
using ReadTeams = netabase::ReadTree<office::Team, netabase::Lmdb>;
using ReadProducts = netabase::ReadTree<shop::Product, netabase::Lmdb>;
using ReadLines = netabase::ReadTree<shop::OrderLine, netabase::Lmdb>;

struct Stranger {
  int id = 0;
};

}  // namespace

using netabase::desc;
using netabase::field;

#ifdef BROKEN
#define CHOOSE(mended, broken) broken
#else
#define CHOOSE(mended, broken) mended
#endif

// expect: no member named .put.
#line 1 "case:put_on_a_read_tree"
void put_on_a_read_tree(ReadUsers& read, WriteUsers& write) {
  (void)read;
  (void)write;
  CHOOSE(write, read).put(blog::User());
}

// expect: no member named .remove.
#line 1 "case:remove_on_a_read_tree"
void remove_on_a_read_tree(ReadUsers& read, WriteUsers& write) {
  (void)read;
  (void)write;
  CHOOSE(write, read).remove(1);
}

// expect: deleted
#line 1 "case:tree_of_a_temporary_read_transaction"
void tree_of_a_temporary_read_transaction(const Store& store) {
  Read txn = store.begin_read();
  CHOOSE(txn, store.begin_read()).open_tree<blog::User>().len();
}

// expect: deleted
#line 1 "case:tree_of_a_temporary_write_transaction"
void tree_of_a_temporary_write_transaction(const Store& store) {
  Write txn = store.begin_write();
  CHOOSE(txn, store.begin_write()).open_tree<blog::User>().clear();
}

// expect: deleted
#line 1 "case:read_transaction_of_a_temporary_store"
void read_transaction_of_a_temporary_store(const Store& store) {
  (void)store;
  (void)CHOOSE(store, Store::temp()).begin_read();
}

// expect: deleted
#line 1 "case:write_transaction_of_a_temporary_store"
void write_transaction_of_a_temporary_store(const Store& store) {
  (void)store;
  (void)CHOOSE(store, Store::temp()).begin_write();
}

// expect: deleted
#line 1 "case:nested_in_a_temporary_transaction"
void nested_in_a_temporary_transaction(const Store& store) {
  Write txn = store.begin_write();
  CHOOSE(txn, store.begin_write()).begin_nested().commit();
}

// expect: deleted
#line 1 "case:use_of_a_temporary_auto_tree"
void use_of_a_temporary_auto_tree(const Store& store) {
  auto users = store.open_tree_auto<blog::User>();
  CHOOSE(users, store.open_tree_auto<blog::User>())->clear();
}

// expect: deleted
#line 1 "case:auto_tree_of_a_temporary_store"
void auto_tree_of_a_temporary_store(const Store& store) {
  (void)store;
  auto users = CHOOSE(store, Store::temp()).open_tree_auto<blog::User>();
  users->clear();
}

// expect: deleted
#line 1 "case:copy_of_a_transaction"
void copy_of_a_transaction(Write& txn) { Write other = CHOOSE(std::move(txn), txn); }

// expect: no matching .*function .*get
#line 1 "case:key_of_another_type"
void key_of_another_type(const ReadUsers& users) { (void)users.get(CHOOSE(1, "1")); }

// expect: no matching .*function .*get_borrowed
#line 1 "case:key_of_another_model"
void key_of_another_model(const ReadUsers& users) {
  (void)users.get_borrowed(CHOOSE(blog::UserPrimaryKey(1), blog::PostPrimaryKey(1)));
}

// expect: no matching .*function .*contains
#line 1 "case:key_with_a_part_too_many"
void key_with_a_part_too_many(const ReadUsers& users) { CHOOSE(users.contains(1), users.contains(1, 2)); }

// expect: no matching .*function .*remove
#line 1 "case:fraction_as_a_whole_number"
void fraction_as_a_whole_number(WriteUsers& users) { users.remove(CHOOSE(1, 1.5)); }

// expect: no matching .*function .*range
#line 1 "case:end_of_a_range_of_another_type"
void end_of_a_range_of_another_type(const ReadUsers& users) { (void)users.range(1, CHOOSE(2, "2")); }

// expect: (no matching .*function .*prefix|reference to function .prefix.: constraints not satisfied)
#line 1 "case:prefix_of_a_number"
void prefix_of_a_number(const ReadPosts& posts) {
  CHOOSE((void)posts.by<&blog::Post::tags>().prefix("a"), (void)posts.prefix("a"));
}

// expect: no matching .*function .*find
#line 1 "case:find_through_an_index_that_is_not_unique"
void find_through_an_index_that_is_not_unique(const ReadUsers& users) {
  (void)users.by<CHOOSE(&blog::User::email, &blog::User::city)>().find("a");
}

// expect: no such index
#line 1 "case:field_without_an_index"
void field_without_an_index(const ReadUsers& users) {
  (void)users.by<CHOOSE(&blog::User::email, &blog::User::username)>().all();
}

// expect: no such index
#line 1 "case:index_of_another_model"
void index_of_another_model(const ReadPosts& posts) {
  (void)posts.by<CHOOSE(blog::PostKey::tags, blog::UserKey::city)>().all();
}

// expect: no matching .*function .*get_by_secondary_key
#line 1 "case:secondary_key_of_another_model"
void secondary_key_of_another_model(const ReadUsers& users) {
  (void)users.get_by_secondary_key(CHOOSE(blog::UserCitySecondaryKey{"a"}, blog::PostTagsSecondaryKey{"a"}));
}

// expect: no matching .*function .*after
#line 1 "case:pages_of_an_index"
void pages_of_an_index(const ReadUsers& users) {
  CHOOSE((void)users.iter().after(1), (void)users.by<&blog::User::city>().all().after(1));
}

// expect: no matching .*function .*after
#line 1 "case:place_of_another_model"
void place_of_another_model(const ReadUsers& users, const blog::User& user, const blog::Post& post) {
  (void)user;
  (void)post;
  (void)users.by<&blog::User::city>().all().after(CHOOSE(user, post));
}

// expect: no matching .*function .*prefix
#line 1 "case:prefix_behind_too_few_parts"
void prefix_behind_too_few_parts(const ReadPosts& posts) {
  CHOOSE((void)posts.by<&blog::Post::tags>().prefix("a"), (void)posts.by<blog::PostKey::by_author_date>().prefix("a"));
}

// expect: no matching .*function .*prefix
#line 1 "case:prefix_of_a_number_behind_a_part"
void prefix_of_a_number_behind_a_part(const ReadPosts& posts) {
  CHOOSE((void)posts.by<blog::PostKey::by_author_date>().equal(1, 2),
         (void)posts.by<blog::PostKey::by_author_date>().prefix(1, "2"));
}

// expect: no matching .*function .*find
#line 1 "case:find_with_leading_parts"
void find_with_leading_parts(const ReadLines& lines) {
  CHOOSE((void)lines.by<shop::OrderLineKey::primary>().find(1, "a"),
         (void)lines.by<shop::OrderLineKey::primary>().find(1));
}

// expect: is not a netabase model
#line 1 "case:struct_that_is_no_model"
void struct_that_is_no_model(Read& txn) { (void)txn.open_tree<CHOOSE(blog::User, Stranger)>(); }

// expect: no matching .*function .*open_tree
#line 1 "case:model_of_another_definition"
void model_of_another_definition(Write& txn) { (void)txn.open_tree<CHOOSE(blog::User, shop::Product)>(); }

// expect: return a value that owns its data
#line 1 "case:reference_out_of_a_read_transaction"
void reference_out_of_a_read_transaction(const Store& store) {
  static const std::string text;
  store.with_read_transaction([](Read&) -> CHOOSE(std::string, const std::string&) { return text; });
}

// expect: return a value that owns its data
#line 1 "case:view_out_of_a_write_transaction"
void view_out_of_a_write_transaction(const Store& store) {
  (void)store.with_write_transaction([](Write& txn) {
    auto users = txn.open_tree<blog::User>();
    return CHOOSE(users.get(1), users.get_borrowed(1));
  });
}

// expect: (conversion|no viable|could not convert)
#line 1 "case:strong_key_of_another_strong_key"
void strong_key_of_another_strong_key() {
  const blog::UserPrimaryKey key = CHOOSE(blog::UserPrimaryKey(1), blog::PostPrimaryKey(1));
  (void)key;
}

// expect: the field is no link
#line 1 "case:target_of_a_field_that_is_no_link"
void target_of_a_field_that_is_no_link(ReadTeams& teams) {
  (void)teams.target<CHOOSE(&office::Team::lead, &office::Team::name)>(office::Team());
}

// expect: the field links to many records
#line 1 "case:target_of_a_list"
void target_of_a_list(ReadTeams& teams) {
  (void)teams.target<CHOOSE(&office::Team::within, &office::Team::members)>(office::Team());
}

// expect: no matching .*function .*target
#line 1 "case:target_of_a_record_of_another_model"
void target_of_a_record_of_another_model(ReadPeople& people) {
  (void)people.target<&office::Person::boss>(CHOOSE(office::Person, office::Team)());
}

// expect: wrong_type_for_field<netabase::FieldPath<&blog::User::id>, (unsigned long|long unsigned int), char ?\[2\]>
#line 1 "case:query_number_with_text"
void query_number_with_text(const ReadUsers& users) {
  (void)users.query().where(field<&blog::User::id>() == CHOOSE(1, "1"));
}

// expect: wrong_type_for_field<netabase::FieldPath<&blog::User::username>, .*string.*, int>
#line 1 "case:query_text_with_number"
void query_text_with_number(const ReadUsers& users) {
  (void)users.query().where(field<&blog::User::username>() < CHOOSE("a", 1));
}

// expect: wrong_type_for_field<netabase::FieldPath<&blog::User::id>, (unsigned long|long unsigned int), double>
#line 1 "case:query_integer_with_fraction"
void query_integer_with_fraction(const ReadUsers& users) {
  (void)users.query().where(field<&blog::User::id>() >= CHOOSE(1, 1.5));
}

// expect: wrong_type_for_field<netabase::FieldPath<&shop::Product::on_sale>, bool, int>
#line 1 "case:query_bool_with_number"
void query_bool_with_number(const ReadProducts& products) {
  (void)products.query().where(field<&shop::Product::on_sale>() == CHOOSE(true, 1));
}

// expect: wrong_type_for_field<netabase::FieldPath<&shop::Product::category>, shop::Category, int>
#line 1 "case:query_enum_with_number"
void query_enum_with_number(const ReadProducts& products) {
  (void)products.query().where(field<&shop::Product::category>() == CHOOSE(shop::Category::toys, 1));
}

// expect: wrong_type_for_field<netabase::FieldPath<&blog::Post::tags>, .*vector.*, int>
#line 1 "case:query_element_of_another_type"
void query_element_of_another_type(const ReadPosts& posts) {
  (void)posts.query().where(field<&blog::Post::tags>().contains(CHOOSE("a", 1)));
}

// expect: wrong_type_for_field<netabase::FieldPath<&blog::User::id>, .*long.*, .*char.*>
#line 1 "case:query_one_of_another_type"
void query_one_of_another_type(const ReadUsers& users) {
  (void)users.query().where(field<&blog::User::id>().in({CHOOSE(1, "1")}));
}

// expect: wrong_kind_of_field<netabase::FieldPath<&blog::User::id>, (unsigned long|long unsigned int)>
#line 1 "case:query_prefix_of_a_number"
void query_prefix_of_a_number(const ReadUsers& users) {
  (void)users.query().where(CHOOSE(field<&blog::User::username>(), field<&blog::User::id>()).starts_with("1"));
}

// expect: wrong_kind_of_field<netabase::FieldPath<&blog::User::id>, (unsigned long|long unsigned int)>
#line 1 "case:query_element_of_a_number"
void query_element_of_a_number(const ReadUsers& users) {
  (void)users.query().where(CHOOSE(field<&blog::User::username>(), field<&blog::User::id>()).contains("1"));
}

// expect: wrong_kind_of_field<netabase::FieldPath<&blog::User::email>, .*string.*>
#line 1 "case:query_null_of_what_is_always_there"
void query_null_of_what_is_always_there(const ReadUsers& users) {
  (void)users.query().where(CHOOSE(field<&blog::User::city>(), field<&blog::User::email>()).is_null());
}

// expect: wrong_kind_of_field<netabase::FieldPath<&shop::Product::price>, shop::Price>
#line 1 "case:query_in_the_order_of_a_struct"
void query_in_the_order_of_a_struct(const ReadProducts& products) {
  (void)products.query().order_by(
      CHOOSE((desc<&shop::Product::price, &shop::Price::cents>()), (desc<&shop::Product::price>())));
}

// expect: not_a_stored_field_of<&blog::Post::title, blog::User>
#line 1 "case:query_field_of_another_model"
void query_field_of_another_model(const ReadUsers& users) {
  (void)users.query().where(field<CHOOSE(&blog::User::email, &blog::Post::title)>() == "a");
}

// expect: not_a_stored_field_of<&blog::Post::created, blog::User>
#line 1 "case:query_in_the_order_of_another_model"
void query_in_the_order_of_another_model(const ReadUsers& users) {
  (void)users.query().order_by(desc<CHOOSE(&blog::User::email, &blog::Post::created)>());
}

// expect: order_by\(\) once
#line 1 "case:query_with_two_orders"
void query_with_two_orders(const ReadUsers& users) {
  auto query = users.query().order_by(desc<&blog::User::city>());
  (void)CHOOSE(std::move(query).limit(1), std::move(query).order_by(desc<&blog::User::id>()));
}

// expect: (no match for .operator&&|invalid operands)
#line 1 "case:query_text_field_as_condition"
void query_text_field_as_condition(const ReadUsers& users) {
  (void)users.query().where(CHOOSE(field<&blog::User::email>() == "a", field<&blog::User::email>()) &&
                            field<&blog::User::id>() == 1);
}

// expect: (use of deleted|call to implicitly-deleted|deleted)
#line 1 "case:copy_of_a_query"
void copy_of_a_query(const ReadUsers& users) {
  auto query = users.query();
  auto other = CHOOSE(std::move(query), query);
}
