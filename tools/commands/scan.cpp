#include "netabase/key/stored.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/range.hpp"
#include "tools/errors.hpp"
#include "tools/key/record_keys.hpp"
#include "tools/output/record_printer.hpp"
#include "tools/store/walk.hpp"

namespace netabase::tools {

int run_scan(const ScanOptions& options, const Context& context) {
  const StoreFile file(options.file, Access::read);
  const Model& model = file.schema().model(options.model);
  Interval interval = interval_of(model.primary, options.range);
  if (!options.after.empty()) {
    if (options.after.size() != model.primary.parts.size()) {
      throw UsageError("--after wants a whole primary key, of " + std::to_string(model.primary.parts.size()) +
                       " values");
    }
    append_words(interval.resume, model.primary, options.after);
    key::seal_record_key(interval.resume);
    interval.has_resume = true;
  }
  const auto transaction = file.engine().begin_read();
  RecordWalk walk(transaction, file, model, std::move(interval));
  RecordPrinter printer(model, context);
  if (options.range.limit != 0) {
    for (bool more = walk.start(options.range.reverse); more; more = walk.advance()) {
      printer.add(walk.value());
      if (printer.count() == options.range.limit) break;
    }
  }
  printer.finish();
  return exit_ok;
}

}  // namespace netabase::tools
