#include <ostream>

#include "tools/commands/commands.hpp"
#include "tools/errors.hpp"
#include "tools/key/record_keys.hpp"
#include "tools/output/record_printer.hpp"
#include "tools/output/text.hpp"
#include "tools/record/write_json.hpp"
#include "tools/store/walk.hpp"

namespace netabase::tools {

namespace {

/// A line a field: a record alone is read downwards.
void print_fields(const Record& record, const StructShape& shape, const Context& context) {
  std::size_t width = 0;
  for (const FieldShape& field : shape.fields) {
    if (!field.removed) width = std::max(width, columns_of(field.name));
  }
  for (const FieldShape& field : shape.fields) {
    if (field.removed) continue;
    const std::string space(width - columns_of(field.name) + 2, ' ');
    context.out << styled(field.name, Style::name, context.colour) << space
                << printable(cell_text(record.root(), field)) << '\n';
  }
}

}  // namespace

int run_get(const GetOptions& options, const Context& context) {
  const StoreFile file(options.file, Access::read);
  const Model& model = file.schema().model(options.model);
  key::Buffer key;
  append_words(key, model.primary, options.key);
  if (options.key.size() != model.primary.parts.size()) {
    std::string parts;
    for (const Part& part : model.primary.parts) parts += (parts.empty() ? " " : ", ") + part.name;
    throw UsageError("the primary key of " + model.name + " has " + std::to_string(model.primary.parts.size()) +
                     " parts:" + parts + "; for all records that share the first, use netabase scan");
  }
  const auto transaction = file.engine().begin_read();
  Bytes value;
  if (!find_record(transaction, table_of(transaction, model.name, file), model, key, value)) {
    context.err << "netabase: " << model.name << " has no such record\n";
    return exit_found;
  }
  const Record record(value, *model.shape);
  guard_capnp([&] {
    if (!context.json) return print_fields(record, *model.shape, context);
    std::string line;
    append_json(line, record.root(), *model.shape);
    context.out << line << '\n';
  });
  return exit_ok;
}

}  // namespace netabase::tools
