#include <ostream>

#include "tools/commands/commands.hpp"
#include "tools/errors.hpp"
#include "tools/json/text.hpp"
#include "tools/output/pairs.hpp"
#include "tools/output/text.hpp"
#include "tools/output/text_table.hpp"
#include "tools/store/store_file.hpp"

namespace netabase::tools {

namespace {

std::string entries_text(const Lmdb::Transaction& transaction, const Key& index) {
  const auto table = transaction.find_table(index.table);
  return index.name + (table ? " " + count_text(transaction.count(*table)) : " (missing)");
}

void append_models_json(std::string& out, const StoreFile& file, const Lmdb::Transaction& transaction) {
  const auto append_count = [&](const std::string& table) {
    const auto found = transaction.find_table(table);
    if (found) {
      json::append_number(out, transaction.count(*found));
    } else {
      out += "null";
    }
  };
  out += "[";
  for (const Model& model : file.schema().models()) {
    out += out.back() == '[' ? "{\"name\":" : ",{\"name\":";
    json::append_text(out, model.name);
    out += ",\"records\":";
    append_count(model.name);
    out += ",\"indexes\":{";
    for (const Key& index : model.indexes) {
      if (out.back() != '{') out += ',';
      json::append_text(out, index.name);
      out += ':';
      append_count(index.table);
    }
    out += "}}";
  }
  out += "]";
}

}  // namespace

int run_info(const FileOptions& options, const Context& context) {
  const StoreFile file(options.file, Access::read);
  const engine::Stats stats = file.engine().stats();
  const auto transaction = file.engine().begin_read();
  Pairs pairs;
  pairs.text("file", file.path());
  pairs.text("definition", file.schema().definition());
  pairs.number("schema version", file.schema_version());
  pairs.number("file format", file.format());
  pairs.bytes("size", stats.file_bytes);
  pairs.bytes("in use", stats.used_bytes);
  pairs.number("last transaction", stats.last_transaction);
  pairs.number("readers", stats.readers);
  if (context.json) {
    std::string out = pairs.json();
    out.back() = ',';  // the brace: more follows
    out += "\"models\":";
    append_models_json(out, file, transaction);
    context.out << out << "}\n";
    return exit_ok;
  }
  pairs.print(context);
  context.out << '\n';
  TextTable table({{"model", false}, {"records", true}, {"indexes, with their entries", false}}, context);
  for (const Model& model : file.schema().models()) {
    std::string indexes;
    for (const Key& index : model.indexes) indexes += (indexes.empty() ? "" : ", ") + entries_text(transaction, index);
    const auto records = transaction.find_table(model.name);
    table.add({model.name, records ? count_text(transaction.count(*records)) : "(missing)", indexes});
  }
  table.finish();
  return exit_ok;
}

}  // namespace netabase::tools
