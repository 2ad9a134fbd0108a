/// \file
/// Many keys asked at once, next to a loop that asks for one after the other, of a store that fits no cache.

#include "data.hpp"

namespace bench {
namespace {

constexpr std::uint64_t records = 1000000;

/// A store with a million records.
const AccountStore& million() {
  static const AccountStore store = [] {
    AccountStore made = open_store("netabase_bulk_reads.mdb");
    made.with_write_transaction(
        [](auto& txn) { txn.template open_tree<accounts::Account>().put_many(make_accounts(records, false)); });
    return made;
  }();
  return store;
}

/// Keys of the store's, shuffled. Each side of each round asks for others, so that neither finds in the caches what was
/// read before.
class Questions {
 public:
  explicit Questions(const benchmark::State& state) : count_(static_cast<std::size_t>(state.range(0))) { next(); }

  void next() {
    asked_.clear();
    emails_.clear();
    for (std::size_t i = 0; i < count_; ++i) {
      asked_.push_back(all_[at_]);
      emails_.emplace_back(make_account(all_[at_]).email);
      at_ = at_ + 1 == all_.size() ? 0 : at_ + 1;
    }
  }
  const std::vector<std::uint64_t>& ids() const { return asked_; }
  const std::vector<accounts::AccountEmailSecondaryKey>& emails() const { return emails_; }

 private:
  std::vector<std::uint64_t> all_ = make_ids(records);
  std::size_t count_;
  std::size_t at_ = 0;
  std::vector<std::uint64_t> asked_;
  std::vector<accounts::AccountEmailSecondaryKey> emails_;
};

/// 1 for an answer that is the right one at its place, with its text read.
std::uint64_t is_right(const accounts::Account& account, std::uint64_t id) {
  return account.id == id && account.username.size() > 12 ? 1 : 0;
}
std::uint64_t is_right(const accounts::AccountRef& account, std::uint64_t id) {
  return account.id() == id && account.username().size() > 12 ? 1 : 0;
}

using Tree = netabase::ReadTree<accounts::Account, netabase::Lmdb>;

/// `many(tree, questions)` next to `one(tree, questions, i)` for each; each gives how many answers are right.
template <class Many, class One>
void compare(benchmark::State& state, Many many, One one) {
  Questions questions(state);
  auto txn = million().begin_read();
  const Tree tree = txn.open_tree<accounts::Account>();
  run_pair(
      state, questions.ids().size(), [&] { questions.next(); }, [&] { return many(tree, questions); },
      [&] {
        std::uint64_t right = 0;
        for (std::size_t i = 0; i < questions.ids().size(); ++i) right += one(tree, questions, i);
        return right;
      });
}

void get_many_against_gets(benchmark::State& state) {
  compare(
      state,
      [](const Tree& tree, const Questions& asked) {
        std::uint64_t right = 0;
        std::size_t i = 0;
        for (const auto& account : tree.get_many(asked.ids())) right += is_right(*account, asked.ids()[i++]);
        return right;
      },
      [](const Tree& tree, const Questions& asked, std::size_t i) {
        return is_right(*tree.get(asked.ids()[i]), asked.ids()[i]);
      });
}

void get_many_borrowed_against_gets(benchmark::State& state) {
  compare(
      state,
      [](const Tree& tree, const Questions& asked) {
        std::uint64_t right = 0;
        std::size_t i = 0;
        for (const auto& account : tree.get_many_borrowed(asked.ids())) right += is_right(*account, asked.ids()[i++]);
        return right;
      },
      [](const Tree& tree, const Questions& asked, std::size_t i) {
        return is_right(*tree.get_borrowed(asked.ids()[i]), asked.ids()[i]);
      });
}

void get_many_by_secondary_keys_against_gets(benchmark::State& state) {
  compare(
      state,
      [](const Tree& tree, const Questions& asked) {
        std::uint64_t right = 0;
        std::size_t i = 0;
        for (const auto& found : tree.get_many_by_secondary_keys(asked.emails())) {
          right += is_right(found.front(), asked.ids()[i++]);
        }
        return right;
      },
      [](const Tree& tree, const Questions& asked, std::size_t i) {
        return is_right(tree.get_by_secondary_key(asked.emails()[i]).front(), asked.ids()[i]);
      });
}

BENCHMARK(get_many_against_gets)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();
BENCHMARK(get_many_borrowed_against_gets)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();
BENCHMARK(get_many_by_secondary_keys_against_gets)->Arg(1000)->Arg(100000)->Iterations(rounds)->UseManualTime();

}  // namespace
}  // namespace bench
