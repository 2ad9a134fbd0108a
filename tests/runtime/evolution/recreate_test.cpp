/// \file
/// When a file's data is thrown away, and when it never is.

#include "runtime/evolution/support.hpp"

using namespace evolution_test;
using netabase::Recreate;

namespace {

template <class Store>
std::uint64_t authors_in(const netabase::Config& config) {
  const auto store = Store::open(config);
  require_sound(store);
  auto txn = store.begin_read();
  return txn
      .template open_tree<std::conditional_t<
          std::is_same_v<Store, Journal1>, journal_v1::Author,
          std::conditional_t<std::is_same_v<Store, Journal2>, journal_v2::Author, journal_v3::Author>>>()
      .len();
}

journal_v2::Author newer_author() {
  journal_v2::Author out;
  out.id = 1;
  return out;
}

netabase::Config with(const std::string& path, Recreate recreate) {
  netabase::Config config = at(path);
  config.recreate = recreate;
  return config;
}

}  // namespace

TEST_CASE("Never keeps what cannot be opened, and so does IfMissing") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 10);
  CHECK_THROWS_AS(Journal3::open(with(path, Recreate::Never)), netabase::SchemaMismatch);
  CHECK_THROWS_AS(Journal3::open(with(path, Recreate::IfMissing)), netabase::SchemaMismatch);
  CHECK(authors_in<Journal1>(with(path, Recreate::IfMissing)) == 10);

  netabase::Config missing = with(folder.file("missing.mdb"), Recreate::IfMissing);
  missing.create_if_missing = false;
  CHECK(authors_in<Journal1>(missing) == 0);
}

TEST_CASE("Always begins empty at each open") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 10);
  CHECK(authors_in<Journal3>(with(path, Recreate::Always)) == 0);
}

TEST_CASE("OnVersionBump begins empty after an older version, and keeps its own") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 10);
  CHECK(authors_in<Journal1>(with(path, Recreate::OnVersionBump)) == 10);
  CHECK(authors_in<Journal2>(with(path, Recreate::OnVersionBump)) == 0);
  Journal2::open(path).quick_put(newer_author());
  CHECK(authors_in<Journal2>(with(path, Recreate::OnVersionBump)) == 1);
}

TEST_CASE("OnValidationFail upgrades where it can and begins empty where it cannot") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 10);
  CHECK(authors_in<Journal2>(with(path, Recreate::OnValidationFail)) == 10);
  CHECK(authors_in<Journal3>(with(path, Recreate::OnValidationFail)) == 0);
}

TEST_CASE("no policy but Always touches another definition or a newer schema") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  { Journal2::open(path).quick_put(newer_author()); }
  for (const Recreate policy : {Recreate::OnVersionBump, Recreate::OnValidationFail}) {
    CHECK_THROWS_AS(Journal1::open(with(path, policy)), netabase::SchemaNewer);
    CHECK_THROWS_AS(Letters1::open(with(path, policy)), netabase::SchemaMismatch);
  }
  CHECK(authors_in<Journal2>(at(path)) == 1);
}

TEST_CASE("a policy and read_only contradict each other") {
  netabase::Config config = reading("nowhere");
  config.recreate = Recreate::OnVersionBump;
  CHECK(code_of([&] { Journal1::open(config); }) == netabase::ErrorCode::invalid_argument);
}
