/// \file
/// Upgrades that do not fit into memory at once: indexes and migrations in small batches give what one batch gives.

#include "netabase/detail/record_migration.hpp"
#include "runtime/evolution/support.hpp"

using namespace evolution_test;

namespace {

/// A write transaction on a file of version 1, as an upgrade sees it.
template <class Definition>
struct Writing {
  explicit Writing(const std::string& path)
      : engine(netabase::Lmdb::open(at(path), 32)), transaction(engine->begin_write()) {
    netabase::detail::for_each_type(typename Definition::Models{}, [&]<class Model>(std::type_identity<Model>, auto) {
      tables.push_back(transaction.make_table(Model::name));
      netabase::detail::for_each_type(typename Model::Indexes{}, [&]<class Index>(std::type_identity<Index>, auto) {
        tables.push_back(transaction.make_table(Index::table));
      });
    });
  }

  template <class Model>
  netabase::detail::Access<Model, netabase::Lmdb> access() {
    return {transaction, tables.data(), lifetime, lifetime.current()};
  }
  /// All entries of a table.
  std::vector<std::pair<std::string, std::string>> entries(netabase::engine::Table table) {
    std::vector<std::pair<std::string, std::string>> out;
    auto cursor = transaction.cursor(table);
    for (bool found = cursor.first(); found; found = cursor.next()) {
      out.emplace_back(netabase::as_text(cursor.key()), netabase::as_text(cursor.value()));
    }
    return out;
  }

  std::shared_ptr<netabase::Lmdb> engine;
  netabase::Lmdb::WriteTransaction transaction;
  std::vector<netabase::engine::Table> tables;
  netabase::LifetimeSource lifetime;
  std::function<void(const netabase::UpgradeProgress&)> nobody;
};

/// Builds an index of the definition in batches of so many bytes.
template <class Index, class Definition>
void build_in(Writing<Definition>& writing, std::size_t batch) {
  using Model = typename Index::Model;
  const netabase::detail::ModelDescriptor& model =
      netabase::detail::descriptor_of<Definition>.models[netabase::detail::model_position<Model>];
  const std::size_t place = netabase::detail::index_table<Index> - 1;
  netabase::detail::ProgressReport progress(writing.nobody, "", 0);
  netabase::detail::IndexBuild<netabase::Lmdb>(writing.transaction, model, model.indexes[place],
                                               writing.tables[model.table], writing.tables[model.table + 1 + place],
                                               progress)
      .run(batch);
}

template <class Index>
auto build(const std::string& path, std::size_t batch) {
  Writing<journal_v1::JournalDefinition> writing(path);
  build_in<Index>(writing, batch);
  return writing.entries(writing.access<typename Index::Model>().template table<Index>());
}

}  // namespace

TEST_CASE("an index that is built in batches is the one that puts make") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 300);
  const auto whole = build<journal_v1::AuthorCityIndex>(path, std::size_t{1} << 30);
  CHECK(whole.size() == 300);
  for (const std::size_t batch : {std::size_t{1}, std::size_t{1000}, std::size_t{5000}}) {
    CHECK(build<journal_v1::AuthorCityIndex>(path, batch) == whole);
  }
  Writing<journal_v1::JournalDefinition> put(path);
  CHECK(put.entries(put.access<journal_v1::AuthorModel>().table<journal_v1::AuthorCityIndex>()) == whole);
}

TEST_CASE("a unique key that two batches have is found") {
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 2);
  journal_v1::Author twin = author(3);
  twin.email = "1@example.com";
  { Journal1::open(path).quick_put(twin); }
  for (const std::size_t batch : {std::size_t{1}, std::size_t{1000000}}) {
    Writing<journal_v2::JournalDefinition> writing(path);
    try {
      build_in<journal_v2::AuthorEmailIndex>(writing, batch);
      FAIL("the index was built");
    } catch (const netabase::UniqueViolation& violation) {
      CHECK(violation.existing() == "1");
      CHECK(violation.other() == "3");
    }
  }
}

TEST_CASE("records that are converted in batches are those of one batch, wherever their keys move to") {
  using netabase::DynamicRecord;
  const TemporaryFolder folder;
  const std::string path = folder.file("journal.mdb");
  write_journal(path, 200);
  // Some keys stay, some move before the records that are still to come, some behind.
  const std::vector<netabase::AnyMigration> migrations = {
      netabase::Migration<DynamicRecord, journal_v2::Comment>([](const DynamicRecord& old) {
        const auto id = old.get<std::uint64_t>("id");
        const std::uint64_t moved = id % 3 == 0 ? id : id % 3 == 1 ? id + 100000 : 50000 - id;
        return journal_v2::Comment{.id = moved, .entry = id, .text = old.get<std::string>("text")};
      })};
  std::vector<std::pair<std::string, std::string>> whole;
  for (const std::size_t batch : {std::size_t{1000000}, std::size_t{1}, std::size_t{150}, std::size_t{1000}}) {
    Writing<journal_v2::JournalDefinition> writing(path);
    // The entries of version 1, copied under the name of the model that they become.
    const auto access = writing.access<journal_v2::CommentModel>();
    auto cursor = writing.transaction.cursor(*writing.transaction.find_table("Entry"));
    std::vector<std::pair<std::string, std::string>> entries;
    for (bool found = cursor.first(); found; found = cursor.next()) {
      entries.emplace_back(netabase::as_text(cursor.key()), netabase::as_text(cursor.value()));
    }
    for (const auto& entry : entries) {
      const std::string& value = entry.second;
      netabase::engine::put(writing.transaction, access.records(), netabase::as_bytes(entry.first), value.size(),
                            netabase::engine::PutMode::upsert,
                            [&](std::byte* space) { std::memcpy(space, value.data(), value.size()); });
    }
    netabase::evolution::Schema stored = netabase::evolution::compiled_schema<journal_v1::JournalDefinition>();
    for (netabase::evolution::Model& model : stored.models) {
      if (model.name == "Entry") model.name = "Comment";
    }
    const auto found = netabase::MigrationPath::find(migrations, typeid(journal_v2::Comment), stored, "Comment");
    REQUIRE_FALSE(found.is_empty());
    netabase::detail::ProgressReport progress(writing.nobody, "", 0);
    const netabase::detail::RecordConversion conversion(
        netabase::detail::descriptor_of<journal_v2::JournalDefinition>.models
            [netabase::detail::model_position<journal_v2::CommentModel>],
        found, stored);
    netabase::detail::RecordMigration<netabase::Lmdb>(writing.transaction, access.records(), conversion, progress)
        .run(batch);
    const auto converted = writing.entries(access.records());
    CHECK(converted.size() == 200);
    if (whole.empty()) whole = converted;
    CHECK(converted == whole);
  }
}
