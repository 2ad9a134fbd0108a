#pragma once

/// \file
/// Typed queries: conditions on fields, an order, a page; the index is chosen for you.
///
///     using netabase::field, netabase::desc;
///     auto grown_up = users.query()
///                         .where(field<&User::age>() >= 18 && field<&User::city>() == "Paris" &&
///                                !field<&User::tags>().contains("bot"))
///                         .order_by(desc<&User::age>())
///                         .offset(20)
///                         .limit(10);
///     for (UserRef user : grown_up) …          // views; .owned() for structs, .keys() for primary keys
///     std::cout << grown_up.explain();         // which index, what is filtered, what is sorted
///
/// Conditions, all decided on the stored bytes, nothing is decoded:
///
///     ==  !=  <  <=  >  >=                     numbers, enums, text, bytes; mathematically, whatever the two types
///     .in({a, b})   .between(least, greatest)  the second includes both ends
///     .starts_with(text)                       text
///     .contains(x)                             an element of a container, a key of a map, a part of a text
///     .is_null()    .has_value()               optional fields; so do == and != std::nullopt
///     &&  ||  !                                a bool field is a condition by itself
///
/// **Absent fields.** A condition on an optional field that has no value is false; `!` and `!=` turn that round, as
/// they do everything: `city != "Paris"` and `!(age < 18)` are true where there is no city, no age. There is no third
/// truth value. (A std::optional would have nullopt < 18; an absent age is not less than anything here.)
/// **NaN** is neither less than, equal to nor greater than anything, itself included; in an order it comes last.
///
/// **What is read.** A query looks up what its conditions say about the leading parts of an index, the primary key
/// included, and filters the rest on views. One that would have to read every record of the model is refused with
/// Error(needs_scan), which names the index to add, unless it says `.scan()`: no condition that an index serves; or no
/// condition at all without a limit; or with a limit but in an order that no index gives.
///
/// **Order.** order_by() sorts by its parts, ties by primary key ascending. Where an index gives that order, records
/// stream; otherwise the sort keys of all matching records, with a limit those of offset + limit, are kept in memory.
/// Among keys that share their first 224 bytes, an index's order is unspecified. Without order_by() records come in the
/// order of whatever index was chosen.

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "netabase/query/explanation.hpp"
#include "netabase/query/field.hpp"
#include "netabase/query/order.hpp"
#include "netabase/query/sorter.hpp"
#include "netabase/query/walker.hpp"
#include "netabase/range.hpp"

namespace netabase {

/// A query over the records of one model, and the lazy range of what it finds. Nothing is read before begin(), first(),
/// count(), each() or explain(), each of which starts anew.
///
/// Built step by step, each step giving the next query; move-only. Lives at most as long as its transaction, and in a
/// write transaction the walk until its next write; checked builds throw TransactionEnded after that. One thread at a
/// time. Borrowed and streaming, it allocates nothing after the transaction's first uses (for up to 8 conditions and 4
/// intervals; in({...}) and keys of more than 512 bytes may take more). Each step throws Corrupt or Error(io) when the
/// file is damaged or unreadable.
template <class Record, class Engine, class Where = query::Anything, class Order = List<>,
          Yield yield = Yield::borrowed>
class Query {
  using Model = ModelType<Record>;
  using Codec = typename Model::Codec;

 public:
  using value_type = std::conditional_t<yield == Yield::borrowed, typename Model::Ref,
                                        std::conditional_t<yield == Yield::owned, Record, typename Model::PrimaryKey>>;

  class iterator {
   public:
    using iterator_concept = std::input_iterator_tag;
    using value_type = typename Query::value_type;
    using difference_type = std::ptrdiff_t;

    iterator() = default;
    value_type operator*() const { return query_->current(); }
    iterator& operator++() {
      query_->step();
      return *this;
    }
    void operator++(int) { query_->step(); }
    friend bool operator==(const iterator& at, std::default_sentinel_t) { return at.is_at_end(); }

   private:
    friend class Query;
    explicit iterator(Query& query) : query_(&query) {}
    bool is_at_end() const { return !query_->found_; }
    Query* query_ = nullptr;
  };

  /// For ReadTree::query().
  explicit Query(detail::Access<Model, Engine> access, Where where = {}) : access_(access), where_(std::move(where)) {}

  /// Only records of which `condition` is true, and what earlier calls said.
  template <query::Truth Condition>
  auto where(const Condition& condition) && {
    static_assert(query::check_condition<Codec, query::ConditionOf<Condition>>(), "see the error above");
    if constexpr (std::is_same_v<Where, query::Anything>) {
      return std::move(*this).template with<query::ConditionOf<Condition>, Order, yield>(
          query::as_condition(condition));
    } else {
      using Both = query::And<Where, query::ConditionOf<Condition>>;
      static_assert(query::condition_count<Both> <= 64, "a query takes at most 64 conditions");
      return std::move(*this).template with<Both, Order, yield>(
          Both(std::move(where_), query::as_condition(condition)));
    }
  }

  /// Sorted by these fields: desc<&User::age>(), asc<&User::name>(), or field<...>(), which is ascending. Once.
  template <class... Parts>
  auto order_by(Parts...) && {
    static_assert(Order::size == 0, "order_by() once, with every part: order_by(desc<&User::age>(), asc<&User::id>())");
    static_assert((query::check_order<Codec, query::OrderOf<Parts>>() && ...), "see the error above");
    return std::move(*this).template with<Where, List<query::OrderOf<Parts>...>, yield>(std::move(where_));
  }

  /// Leaves out the first `count` records that it would give.
  Query offset(std::uint64_t count) && {
    offset_ = count;
    return std::move(*this);
  }
  /// At most `count` records.
  Query limit(std::uint64_t count) && {
    limit_ = count;
    return std::move(*this);
  }
  /// It may read every record.
  Query scan() && {
    scan_ = true;
    return std::move(*this);
  }

  /// What it gives: views (as it is), structs of their own, or primary keys alone; those are read from the index where
  /// nothing is filtered or sorted.
  auto borrowed() && { return std::move(*this).template with<Where, Order, Yield::borrowed>(std::move(where_)); }
  auto owned() && { return std::move(*this).template with<Where, Order, Yield::owned>(std::move(where_)); }
  auto keys() && { return std::move(*this).template with<Where, Order, Yield::keys>(std::move(where_)); }

  iterator begin() {
    start(limit_, false);
    return iterator(*this);
  }
  static std::default_sentinel_t end() { return std::default_sentinel; }

  /// Calls `use(record)` for each. Returns how many there were.
  template <class Use>
  std::uint64_t each(Use&& use) {
    std::uint64_t given = 0;
    for (start(limit_, false); found_; step()) {
      use(current());
      ++given;
    }
    return given;
  }

  /// The first record, if any.
  std::optional<value_type> first() {
    start(limit_ < 1 ? limit_ : 1, false);
    if (!found_) return std::nullopt;
    return current();
  }

  /// How many records it gives. Reads none of them where an index decides every condition; O(1) without conditions.
  std::uint64_t count() {
    if constexpr (query::condition_count<Where> == 0) {
      const std::uint64_t all = access_.transaction().count(access_.records());
      const std::uint64_t behind = all < offset_ ? 0 : all - offset_;
      return behind < limit_ ? behind : limit_;
    }
    std::uint64_t given = 0;
    for (start(limit_, true); found_; step()) ++given;
    return given;
  }

  /// What it is going to do, in words. Counts entries; reads no records.
  Explanation explain() const {
    const query::IndexesAtHand<Model> indexes(access_);
    query::Constraints constraints;
    query::Plan plan;
    auto request = make_request(indexes, constraints, limit_);
    request.explain = true;
    query::make_plan(request, counter(), plan);
    std::array<std::string, query::condition_count<Where>> conditions;
    query::each_condition(where_, [&](const auto& condition, std::size_t number) {
      condition.template describe<Codec>(conditions[number]);
    });
    return query::explain_plan(request, plan, conditions, offset_);
  }

 private:
  template <class, class, class, class, Yield>
  friend class Query;

  struct State {
    State(const detail::Access<Model, Engine>& access, std::uint64_t keep) : walker(access, plan), sorter(keep) {}
    query::Plan plan;
    query::Walker<Model, Engine> walker;
    query::Sorter sorter;
  };

  template <class NewWhere, class NewOrder, Yield new_yield>
  auto with(NewWhere where) && {
    Query<Record, Engine, NewWhere, NewOrder, new_yield> query(access_, std::move(where));
    query.offset_ = offset_;
    query.limit_ = limit_;
    query.scan_ = scan_;
    return query;
  }

  bool is_limited(std::uint64_t limit) const { return limit != std::numeric_limits<std::uint64_t>::max(); }
  /// How many records have to be found: offset and limit together.
  std::uint64_t wanted(std::uint64_t limit) const {
    const std::uint64_t all = std::numeric_limits<std::uint64_t>::max();
    return limit > all - offset_ ? all : limit + offset_;
  }

  query::Request make_request(const query::IndexesAtHand<Model>& indexes, query::Constraints& constraints,
                              std::uint64_t limit) const {
    query::each_condition(where_, [&](const auto& condition, std::size_t number) {
      constraints.condition = static_cast<std::uint8_t>(number);
      condition.template constrain<Codec>(constraints);
    });
    query::Request request;
    request.model = Model::name;
    request.indexes = indexes.all();
    request.constraints = &constraints;
    request.order = query::OrderTable<Codec, Order>::parts;
    request.conditions = all_conditions;
    request.scan = scan_;
    request.has_limit = is_limited(limit);
    request.wanted = wanted(limit);
    return request;
  }
  query::CountEntries counter() const {
    return {const_cast<detail::Access<Model, Engine>*>(&access_), &query::EntryCounter<Model, Engine>::count};
  }

  void start(std::uint64_t limit, bool any_order) {
    lifetime_ = access_.lifetime();
    found_ = false;
    given_ = 0;
    stop_ = limit;
    state_.emplace(access_, wanted(limit));
    query::Plan& plan = state_->plan;
    {
      const query::IndexesAtHand<Model> indexes(access_);
      query::Constraints constraints;
      auto request = make_request(indexes, constraints, limit);
      if (any_order) request.order = {};
      query::make_plan(request, counter(), plan);
      if (plan.needs_scan) throw_needs_scan(request);
    }
    asked_ = {all_conditions & ~plan.covered, plan.condition, 0};
    if (limit == 0) return;
    bool found = settle(state_->walker.start());
    if (plan.sorts) {
      for (; found; found = settle(state_->walker.next())) {
        const Bytes record = record_;
        key::Buffer sort_key;
        query::append_order<Codec>(Order{}, access_.view(record), sort_key);
        const Bytes record_key = state_->walker.record_key();
        sort_key.append(record_key);
        state_->sorter.add(sort_key.bytes(), record_key, record);
      }
      state_->sorter.finish();
      place_ = offset_;
      found_ = place_ < state_->sorter.entries().size();
      return;
    }
    for (std::uint64_t left_out = 0; found && left_out < offset_; ++left_out) found = settle(state_->walker.next());
    found_ = found;
  }

  void step() {
    lifetime_.check();
    if (++given_ >= stop_) {
      found_ = false;
    } else if (state_->plan.sorts) {
      found_ = ++place_ < state_->sorter.entries().size();
    } else {
      found_ = settle(state_->walker.next());
    }
  }

  /// On to the next entry whose record satisfies what the plan leaves to be asked.
  bool settle(bool found) {
    while (found) {
      asked_.alternative = state_->walker.alternative();
      if (asked_.conditions == 0 && asked_.alternative == 0 && !state_->plan.sorts) {
        has_record_ = false;
        return true;
      }
      record_ = state_->walker.record();
      has_record_ = true;
      if (query::matches_asked<Codec>(where_, access_.view(record_), asked_)) return true;
      found = state_->walker.next();
    }
    return false;
  }

  value_type current() const {
    lifetime_.check();
    const bool sorts = state_->plan.sorts;
    if constexpr (yield == Yield::keys) {
      const Bytes key = sorts ? state_->sorter.entries()[place_].record_key : state_->walker.record_key();
      if (key::is_hashed_record_key(key)) {
        return detail::primary_key_of<typename Model::PrimaryIndex>(access_.view(current_record()));
      }
      Bytes rest = key;
      return std::make_from_tuple<typename Model::PrimaryKey>(Model::PrimaryIndex::Parts::decode(rest));
    } else if constexpr (yield == Yield::borrowed) {
      return access_.view(current_record());
    } else {
      return Codec::own(access_.view(current_record()));
    }
  }
  Bytes current_record() const {
    if (state_->plan.sorts) return state_->sorter.entries()[place_].record;
    return has_record_ ? record_ : state_->walker.record();
  }

  [[noreturn]] void throw_needs_scan(const query::Request& request) const {
    if (const std::size_t index = query::absent_index(request); index != 0) {
      detail::throw_absent(query::ModelInfo<Model>::readings[index].table);
    }
    const std::uint64_t all = access_.transaction().count(access_.records());
    throw Error(ErrorCode::needs_scan, "the query would read all " + std::to_string(all) + " records of " +
                                           std::string(Model::name) + ": " + query::scan_advice(request));
  }

  static constexpr query::Conditions all_conditions = query::condition_count<Where> == 64
                                                          ? ~query::Conditions{0}
                                                          : query::bit_of(query::condition_count<Where> % 64) - 1;

  detail::Access<Model, Engine> access_;
  Where where_;
  std::uint64_t offset_ = 0;
  std::uint64_t limit_ = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t stop_ = 0;
  std::uint64_t given_ = 0;
  std::uint64_t place_ = 0;
  query::Asked asked_;
  Bytes record_;
  bool has_record_ = false;
  bool found_ = false;
  bool scan_ = false;
  [[no_unique_address]] Lifetime lifetime_{};
  query::Started<State> state_;
};

}  // namespace netabase
