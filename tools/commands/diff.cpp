#include <ostream>

#include "tools/commands/commands.hpp"
#include "tools/errors.hpp"
#include "tools/json/text.hpp"
#include "tools/output/text.hpp"
#include "tools/schema/outline.hpp"
#include "tools/store/store_file.hpp"

namespace netabase::tools {

namespace {

Outline outline_of_store(const std::string& path) { return outline_of(StoreFile(path, Access::read).schema()); }

Style style_of(char sign) { return sign == '-' ? Style::bad : sign == '+' ? Style::good : Style::name; }

}  // namespace

int run_diff(const DiffOptions& options, const Context& context) {
  if (options.left.ends_with(".capnp")) throw UsageError("the first file is a store; a .capnp may be the second");
  const Outline left = outline_of_store(options.left);
  const Outline right =
      options.right.ends_with(".capnp")
          ? outline_of_capnp(options.right, options.definition.empty() ? left.definition : options.definition)
          : outline_of_store(options.right);
  const std::vector<std::string> found = differences(left, right);
  if (context.json) {
    std::string out = "[";
    for (const std::string& line : found) {
      if (out.size() > 1) out += ',';
      json::append_text(out, line);
    }
    context.out << out << "]\n";
  } else {
    for (const std::string& line : found) {
      context.out << styled(printable(line), style_of(line[0]), context.colour) << '\n';
    }
    if (found.empty()) context.out << "The schemas are the same.\n";
  }
  return found.empty() ? exit_ok : exit_found;
}

}  // namespace netabase::tools
