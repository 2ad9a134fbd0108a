#include <ostream>

#include "netabase/error.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/range.hpp"
#include "tools/errors.hpp"
#include "tools/output/record_printer.hpp"
#include "tools/store/walk.hpp"

namespace netabase::tools {

int run_find(const FindOptions& options, const Context& context) {
  const StoreFile file(options.file, Access::read);
  const Model& model = file.schema().model(options.model);
  const Key& index = model.index(options.index);
  const auto transaction = file.engine().begin_read();
  IndexWalk walk(transaction, file, model, index, interval_of(index, options.range));
  RecordPrinter printer(model, context);
  if (options.range.limit != 0) {
    for (bool more = walk.start(options.range.reverse); more; more = walk.advance()) {
      Bytes value;
      if (!walk.record(value)) {
        throw Corrupt("the index " + index.table + " names a record that is not there: netabase check says more");
      }
      printer.add(value);
      if (printer.count() == options.range.limit) break;
    }
  }
  printer.finish();
  if (printer.count() != 0 || options.range.limit == 0) return exit_ok;
  context.err << "netabase: nothing found in " << index.table << '\n';
  return exit_found;
}

}  // namespace netabase::tools
