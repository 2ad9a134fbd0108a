#include <algorithm>
#include <ostream>

#include "tools/commands/commands.hpp"
#include "tools/errors.hpp"
#include "tools/json/text.hpp"
#include "tools/output/pairs.hpp"
#include "tools/output/progress.hpp"
#include "tools/output/text.hpp"
#include "tools/output/text_table.hpp"
#include "tools/store/store_file.hpp"

namespace netabase::tools {

namespace {

struct Sizes {
  std::uint64_t entries = 0;
  std::uint64_t key_bytes = 0;
  std::uint64_t value_bytes = 0;
  std::uint64_t largest = 0;  // of the values
};

Sizes measure(const Lmdb::Transaction& transaction, engine::Table table, Progress& progress) {
  Sizes sizes;
  auto cursor = transaction.cursor(table);
  for (bool more = cursor.first(); more; more = cursor.next()) {
    ++sizes.entries;
    sizes.key_bytes += cursor.key().size();
    sizes.value_bytes += cursor.value().size();
    sizes.largest = std::max<std::uint64_t>(sizes.largest, cursor.value().size());
    progress.step();
  }
  return sizes;
}

}  // namespace

int run_stat(const FileOptions& options, const Context& context) {
  const StoreFile file(options.file, Access::read);
  const engine::Stats stats = file.engine().stats();
  Pairs pairs;
  pairs.bytes("file", stats.file_bytes);
  pairs.bytes("in use", stats.used_bytes);
  pairs.bytes("free", stats.file_bytes - std::min(stats.file_bytes, stats.used_bytes));
  pairs.bytes("page", stats.page_size);
  pairs.bytes("room before the map grows", stats.max_bytes);
  pairs.number("last transaction", stats.last_transaction);
  pairs.number("commits behind the oldest reader", stats.oldest_reader_lag);

  const auto transaction = file.engine().begin_read();
  TextTable table({{"table", false}, {"entries", true}, {"keys", true}, {"values", true}, {"largest value", true}},
                  context);
  std::string json = "[";
  {
    Progress progress(context, "entries");
    const auto add = [&](const std::string& name) {
      const Sizes sizes = measure(transaction, table_of(transaction, name, file), progress);
      table.add({name, count_text(sizes.entries), short_bytes_text(sizes.key_bytes),
                 short_bytes_text(sizes.value_bytes), short_bytes_text(sizes.largest)});
      json += json.size() > 1 ? ",{\"table\":" : "{\"table\":";
      json::append_text(json, name);
      json += ",\"entries\":" + std::to_string(sizes.entries) + ",\"key_bytes\":" + std::to_string(sizes.key_bytes) +
              ",\"value_bytes\":" + std::to_string(sizes.value_bytes) +
              ",\"largest_value\":" + std::to_string(sizes.largest) + '}';
    };
    for (const Model& model : file.schema().models()) {
      add(model.name);
      for (const Key& index : model.indexes) add(index.table);
    }
  }
  if (context.json) {
    std::string out = pairs.json();
    out.back() = ',';  // the brace: more follows
    context.out << out << "\"tables\":" << json << "]}\n";
    return exit_ok;
  }
  pairs.print(context);
  context.out << '\n';
  table.finish();
  return exit_ok;
}

}  // namespace netabase::tools
