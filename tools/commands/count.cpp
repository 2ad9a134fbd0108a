#include <ostream>

#include "tools/commands/commands.hpp"
#include "tools/errors.hpp"
#include "tools/json/text.hpp"
#include "tools/output/text.hpp"
#include "tools/output/text_table.hpp"
#include "tools/store/store_file.hpp"

namespace netabase::tools {

int run_count(const CountOptions& options, const Context& context) {
  const StoreFile file(options.file, Access::read);
  std::vector<const Model*> models;
  for (const std::string& name : options.models) models.push_back(&file.schema().model(name));
  if (models.empty()) {
    for (const Model& model : file.schema().models()) models.push_back(&model);
  }
  const auto transaction = file.engine().begin_read();
  TextTable table({{"model", false}, {"records", true}}, context);
  std::string json = "{";
  for (const Model* model : models) {
    const std::uint64_t count = transaction.count(table_of(transaction, model->name, file));
    if (json.size() > 1) json += ',';
    json::append_string(json, model->name);
    json += ':';
    json::append_number(json, count);
    // One count alone is for scripts as well.
    if (options.models.size() == 1 && !context.json) context.out << count << '\n';
    table.add({model->name, count_text(count)});
  }
  if (context.json) {
    context.out << json << "}\n";
  } else if (options.models.size() != 1) {
    table.finish();
  }
  return exit_ok;
}

}  // namespace netabase::tools
