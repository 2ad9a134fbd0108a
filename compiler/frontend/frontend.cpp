#include "compiler/frontend/frontend.hpp"

#include "compiler/frontend/builder.hpp"
#include "compiler/frontend/clang_errors.hpp"
#include "compiler/frontend/declarations.hpp"
#include "compiler/frontend/placement.hpp"
#include "compiler/frontend/run.hpp"
#include "compiler/schema/checks.hpp"

namespace netabase::compiler::frontend {

schema::Schema parse(const Options& options, Diagnostics& diagnostics) {
  schema::Schema schema;
  Run run(options, diagnostics);
  if (!run.parse()) return schema;

  // Clang makes do with what it cannot read (an unknown type becomes int), so after an error of its own only the
  // attributes' texts are checked further.
  const bool failed = report_clang_errors(run, diagnostics);
  Declarations declarations(run, diagnostics);
  declarations.collect(!failed);
  if (failed) return schema;

  check_placement(run, declarations, diagnostics);
  Builder(run, declarations, schema, diagnostics).build();
  schema::check(schema, declarations.names(), diagnostics);
  return schema;
}

}  // namespace netabase::compiler::frontend
