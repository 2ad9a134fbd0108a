/// \file
/// The commands that copy the file: compact and backup.

#include <filesystem>
#include <ostream>

#include "tools/commands/commands.hpp"
#include "tools/errors.hpp"
#include "tools/json/text.hpp"
#include "tools/output/text.hpp"
#include "tools/store/store_file.hpp"

namespace netabase::tools {

int run_compact(const FileOptions& options, const Context& context) {
  const StoreFile file(options.file, Access::write);
  const std::uint64_t before = file.engine().stats().file_bytes;
  file.engine().compact();
  const std::uint64_t after = file.engine().stats().file_bytes;
  if (context.json) {
    context.out << "{\"bytes_before\":" << before << ",\"bytes_after\":" << after << "}\n";
  } else {
    context.out << short_bytes_text(before) << " before, " << short_bytes_text(after) << " now\n";
  }
  return exit_ok;
}

int run_backup(const BackupOptions& options, const Context& context) {
  const StoreFile file(options.file, Access::read);
  file.engine().backup(options.target);
  const std::uint64_t bytes = std::filesystem::file_size(options.target);
  if (context.json) {
    std::string out = "{\"backup\":";
    json::append_text(out, options.target);
    context.out << out << ",\"bytes\":" << bytes << "}\n";
  } else {
    context.out << short_bytes_text(bytes) << " copied to " << printable(options.target) << '\n';
  }
  return exit_ok;
}

}  // namespace netabase::tools
