#include "tools/cli/commands.hpp"

#include <memory>

#include "tools/commands/commands.hpp"
#include "tools/errors.hpp"

namespace netabase::tools {

namespace {

/// The options object of a command, which lives as long as the action that uses it.
template <class Options>
std::shared_ptr<Options> make(CLI::App& app, Action& action, int (*run)(const Options&, const Context&)) {
  auto options = std::make_shared<Options>();
  app.callback(
      [options, &action, run] { action = [options, run](const Context& context) { return run(*options, context); }; });
  return options;
}

template <class Options>
void add_file(CLI::App& app, Options& options) {
  app.add_option("FILE", options.file, "The store")->type_name("")->required();
}

template <int (*run)(const FileOptions&, const Context&)>
void add_file_command(CLI::App& app, Action& action) {
  add_file(app, *make<FileOptions>(app, action, run));
}

void add_model(CLI::App& app, std::string& model) {
  app.add_option("MODEL", model, "The model, by its table's name or the C++ one")->type_name("")->required();
}

void add_range(CLI::App& app, RangeOptions& range) {
  app.add_option("--prefix", range.prefix, "Only where the next part, a text or bytes, begins so")->type_name("TEXT");
  app.add_option("--from", range.from, "Only where the next part is this or greater")->type_name("VALUE");
  app.add_option("--to", range.to, "Only where the next part is less than this")->type_name("VALUE");
  app.add_flag("--reverse", range.reverse, "From the end");
  app.add_option("--limit", range.limit, "At most so many records")->type_name("COUNT");
}

void add_schema(CLI::App& app, Action& action) {
  const auto options = make<SchemaOptions>(app, action, run_schema);
  add_file(app, *options);
  app.add_flag("--text", options->text, "Models, keys and structs in C++'s words");
}

void add_get(CLI::App& app, Action& action) {
  const auto options = make<GetOptions>(app, action, run_get);
  add_file(app, *options);
  add_model(app, options->model);
  app.add_option("KEY", options->key, "The primary key, a value for each of its parts")->type_name("")->required();
}

void add_scan(CLI::App& app, Action& action) {
  const auto options = make<ScanOptions>(app, action, run_scan);
  add_file(app, *options);
  add_model(app, options->model);
  app.add_option("VALUE", options->range.words, "Only records whose primary key begins with these values")
      ->type_name("");
  add_range(app, options->range);
  app.add_option("--after", options->after, "Only records behind this primary key")->type_name("KEY");
}

void add_find(CLI::App& app, Action& action) {
  const auto options = make<FindOptions>(app, action, run_find);
  add_file(app, *options);
  add_model(app, options->model);
  app.add_option("--index", options->index, "The index")->required()->type_name("NAME");
  app.add_option("VALUE", options->range.words, "The values of the index's first parts")->type_name("");
  add_range(app, options->range);
}

void add_count(CLI::App& app, Action& action) {
  const auto options = make<CountOptions>(app, action, run_count);
  add_file(app, *options);
  app.add_option("MODEL", options->models, "Only these models; of one alone, only the number");
}

/// --format json or capnp.
void add_format(CLI::App& app, bool& capnp, const char* description) {
  app.add_option_function<std::string>(
         "--format",
         [&capnp](const std::string& name) {
           if (name != "json" && name != "capnp") throw UsageError("--format is json or capnp, not " + name);
           capnp = name == "capnp";
         },
         description)
      ->type_name("FORMAT");
}

void add_export(CLI::App& app, Action& action) {
  const auto options = make<ExportOptions>(app, action, run_export);
  add_file(app, *options);
  app.add_option("MODEL", options->models, "Only these models")->type_name("");
  app.add_option("--output,-o", options->output, "Write there instead of to standard output")->type_name("FILE");
  add_format(app, options->capnp, "json: lines of JSON; capnp: a stream of Cap'n Proto messages of one model");
  app.add_flag("--plain", options->plain, "One model's records alone: no first line, no $model");
}

void add_import(CLI::App& app, Action& action) {
  const auto options = make<ImportOptions>(app, action, run_import);
  add_file(app, *options);
  app.add_option("INPUT", options->input, "What export wrote; standard input when left out, or -");
  app.add_option("--model", options->model, "The model of records that do not name theirs");
  add_format(app, options->capnp, "json: lines of JSON; capnp: a stream of Cap'n Proto messages of one model");
  app.add_flag("--replace", options->replace, "Replace records whose primary key is there already");
  app.add_flag(
      "--continue", options->go_on,
      "Leave out records that cannot be imported, instead of importing none; links must still lead to records");
}

void add_repair(CLI::App& app, Action& action) {
  const auto options = make<RepairOptions>(app, action, run_repair_indexes);
  add_file(app, *options);
  app.add_option("MODEL", options->models, "Only the indexes of these models")->type_name("");
}

void add_backup(CLI::App& app, Action& action) {
  const auto options = make<BackupOptions>(app, action, run_backup);
  add_file(app, *options);
  app.add_option("TARGET", options->target, "The copy; must not exist")->required();
}

void add_migrate(CLI::App& app, Action& action) {
  const auto options = make<MigrateOptions>(app, action, run_migrate);
  add_file(app, *options);
  app.add_option("--to", options->to, "The new program's .capnp, which netabase-gen wrote")->type_name("CAPNP");
  app.add_flag("--dry-run", options->dry_run, "Say what would be done, and look for what stands in the way; only read");
  app.add_option("--backup", options->backup, "Copy the file there first; must not exist")->type_name("TARGET");
  app.add_option("--definition", options->definition, "The definition, of a .capnp with several")->type_name("NAME");
  app.add_flag("--abandon", options->abandon, "Take back an upgrade in batches that a program began and did not end");
}

void add_diff(CLI::App& app, Action& action) {
  const auto options = make<DiffOptions>(app, action, run_diff);
  app.add_option("FILE", options->left, "A store")->type_name("")->required();
  app.add_option("OTHER", options->right, "Another store, or a .capnp that netabase-gen wrote")
      ->type_name("")
      ->required();
  app.add_option("--definition", options->definition, "The definition, of a .capnp with several")->type_name("NAME");
}

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> all = {
      {"info", "What the file holds: definition, versions, sizes, models with their counts", "  netabase info shop.mdb",
       add_file_command<run_info>},
      {"schema", "The schema in the file, as Cap'n Proto text or in C++'s words",
       "  netabase schema shop.mdb > shop.capnp", add_schema},
      {"get", "One record by its primary key", "  netabase get shop.mdb OrderLine 17 hammer", add_get},
      {"scan", "The records of a model in the order of their primary keys",
       "  netabase scan shop.mdb OrderLine 17 --limit 10\nThe next ones:\n"
       "  netabase scan shop.mdb OrderLine 17 --limit 10 --after 17 hammer",
       add_scan},
      {"find", "The records that an index names, in its order",
       "  netabase find shop.mdb Product --index category books\n"
       "  netabase find shop.mdb Product --index by_category_rating books --from 4.5\n"
       "  netabase find shop.mdb Product --index barcode --prefix 978",
       add_find},
      {"count", "How many records there are", "  netabase count shop.mdb Product", add_count},
      {"export", "Records as lines of JSON, or as Cap'n Proto messages",
       "  netabase export shop.mdb > shop.jsonl\n"
       "  netabase export shop.mdb Product --format capnp | capnp decode shop.capnp Product",
       add_export},
      {"import", "Puts what export wrote into a store that exists, with all index entries; all of it or nothing",
       "  netabase import shop.mdb shop.jsonl --replace", add_import},
      {"check", "Looks at all pages, records, links and index entries, and names what contradicts itself",
       "  netabase check shop.mdb", add_file_command<run_check>},
      {"repair-indexes", "Makes indexes anew from the records; all of it or nothing",
       "  netabase repair-indexes shop.mdb Product", add_repair},
      {"compact", "Gives the file's free pages back; nobody else may have it open", "  netabase compact shop.mdb",
       add_file_command<run_compact>},
      {"backup", "A consistent copy, while other processes read and write",
       "  netabase backup shop.mdb shop-monday.mdb", add_backup},
      {"stat", "What takes how much room: reads the whole file", "  netabase stat shop.mdb",
       add_file_command<run_stat>},
      {"readers", "The processes that read, and how far behind they are", "  netabase readers shop.mdb",
       add_file_command<run_readers>},
      {"migrate", "Brings a store to another version of its schema, or says what stands in the way",
       "  netabase migrate shop.mdb --to schema/generated/shop.capnp --dry-run\n"
       "  netabase migrate shop.mdb --to schema/generated/shop.capnp --backup shop-before.mdb",
       add_migrate},
      {"diff", "What differs between the schemas of two stores, or of a store and a .capnp",
       "  netabase diff shop.mdb schema/generated/shop.capnp", add_diff},
  };
  return all;
}

}  // namespace netabase::tools
