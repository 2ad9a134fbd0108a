#include <ostream>

#include "tools/commands/commands.hpp"
#include "tools/errors.hpp"
#include "tools/schema/capnp_text.hpp"
#include "tools/schema/words.hpp"
#include "tools/store/store_file.hpp"

namespace netabase::tools {

int run_schema(const SchemaOptions& options, const Context& context) {
  const StoreFile file(options.file, Access::read);
  if (context.json) {
    context.out << schema_json(file.schema()) << '\n';
  } else {
    context.out << (options.text ? schema_words(file.schema()) : capnp_text(file.schema()));
  }
  return exit_ok;
}

}  // namespace netabase::tools
