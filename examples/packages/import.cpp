#include "import.hpp"

#include <chrono>
#include <filesystem>
#include <vector>

#include "control_reader.hpp"
#include "package_record.hpp"
#include "progress.hpp"

namespace packages {

namespace {

/// Records that go into one transaction. put_many() sorts them, so larger batches load faster; 5,000 take some 5 MB.
constexpr std::size_t batch_size = 5000;

void store_batch(const PackageStore& store, std::vector<debian::Package>& batch) {
  // Commits when the function returns; all of the batch is then in the store, or, when something is thrown, none of it.
  store.with_write_transaction(
      [&](PackageStore::Write& transaction) { transaction.open_tree<debian::Package>().put_many(batch); });
  batch.clear();
}

}  // namespace

PackageStore make_store(const std::string& path) {
  std::error_code error;
  if (std::filesystem::file_size(path, error) > 0 && !error) {
    try {
      PackageStore::open({.path = path, .read_only = true});
    } catch (const netabase::SchemaMismatch&) {  // a store all the same: of an older version of this example
    } catch (const netabase::SchemaNewer&) {
    } catch (const netabase::Corrupt&) {
    }
  }
  // An import can be run again, so it need not wait for the disk at each commit; import_packages() flushes once, at the
  // end.
  return PackageStore::open({.path = path, .truncate = true, .durability = netabase::Durability::none});
}

ImportResult import_packages(const PackageStore& store, Input& input) {
  const auto begin = std::chrono::steady_clock::now();
  ImportResult result;
  Progress progress(input.size());
  ControlReader reader([&](std::string& line) { return input.next_line(line); });

  std::vector<debian::Package> batch;
  batch.reserve(batch_size);
  Paragraph paragraph;
  for (;;) {
    try {
      if (!reader.next(paragraph)) break;
      ++result.records;
      if (is_present(paragraph)) {
        batch.push_back(to_package(paragraph));
      } else {
        ++result.absent;
      }
    } catch (const MalformedRecord& problem) {
      ++result.malformed;
      progress.message(input.name() + ':' + std::to_string(problem.line()) + ": " + problem.what() +
                       "; the record is left out");
    }
    if (batch.size() == batch_size) store_batch(store, batch);
    progress.update(input.bytes_read(), result.records);
  }
  store_batch(store, batch);
  store.flush();

  result.stored = store.with_read_transaction(
      [](PackageStore::Read& snapshot) { return snapshot.open_tree<debian::Package>().len(); });
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return result;
}

}  // namespace packages
