#include <unistd.h>

#include <ostream>

#include "tools/commands/commands.hpp"
#include "tools/errors.hpp"
#include "tools/output/text.hpp"
#include "tools/output/text_table.hpp"
#include "tools/store/store_file.hpp"

namespace netabase::tools {

int run_readers(const FileOptions& options, const Context& context) {
  const StoreFile file(options.file, Access::read);
  const std::uint64_t last = file.engine().stats().last_transaction;
  TextTable table({{"process", true}, {"reads transaction", true}, {"commits behind", true}}, context);
  std::string json = "[";
  std::size_t count = 0;
  for (const engine::Reader& reader : file.engine().readers()) {
    if (reader.process == ::getpid()) continue;
    ++count;
    const std::uint64_t behind = reader.transaction && *reader.transaction < last ? last - *reader.transaction : 0;
    table.add({std::to_string(reader.process), reader.transaction ? count_text(*reader.transaction) : "none now",
               reader.transaction ? count_text(behind) : "-"});
    json += json.size() > 1 ? ",{\"process\":" : "{\"process\":";
    json += std::to_string(reader.process) +
            ",\"transaction\":" + (reader.transaction ? std::to_string(*reader.transaction) : "null") +
            ",\"commits_behind\":" + (reader.transaction ? std::to_string(behind) : "null") + '}';
  }
  if (context.json) {
    context.out << json << "]\n";
  } else if (count == 0) {
    context.out << "No other process has a reader slot.\n";
  } else {
    table.finish();
  }
  return exit_ok;
}

}  // namespace netabase::tools
