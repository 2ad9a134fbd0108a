#include <ostream>

#include "netabase/error.hpp"
#include "tools/commands/commands.hpp"
#include "tools/errors.hpp"
#include "tools/json/text.hpp"
#include "tools/output/progress.hpp"
#include "tools/output/text.hpp"
#include "tools/store/checker.hpp"

namespace netabase::tools {

namespace {

/// What is wrong with the pages, found without LMDB, which may not survive damage. While another process writes, pages
/// may change under the check: then the second look finds something else, and LMDB's snapshot decides later.
std::vector<std::string> damaged_pages(const std::string& path) {
  std::vector<std::string> first = check_pages_of(path);
  if (first.empty() || check_pages_of(path) == first) return first;
  return {};
}

int report(const Findings& findings, const Context& context) {
  const CheckReport& report = findings.report;
  if (context.json) {
    std::string out = "{\"ok\":";
    out += report.ok() ? "true" : "false";
    out += ",\"records\":" + std::to_string(report.records) + ",\"entries\":" + std::to_string(report.entries);
    const auto append_list = [&](const char* name, const std::vector<std::string>& texts) {
      out += std::string(",\"") + name + "\":[";
      for (const std::string& text : texts) {
        if (out.back() != '[') out += ',';
        json::append_text(out, text);
      }
      out += ']';
    };
    append_list("problems", report.problems);
    append_list("notes", findings.notes);
    out += std::string(",\"truncated\":") + (report.truncated ? "true" : "false");
    context.out << out << "}\n";
    return report.ok() ? exit_ok : exit_found;
  }
  for (const std::string& problem : report.problems) context.out << printable(problem) << '\n';
  if (report.truncated) context.out << "There is more; these are the first " << report.problems.size() << ".\n";
  for (const std::string& note : findings.notes) context.out << "Note: " << printable(note) << '\n';
  context.out << counted(report.records, "record", "records") << ", "
              << counted(report.entries, "index entry", "index entries") << ": ";
  if (report.ok()) {
    context.out << styled("all is well", Style::good, context.colour) << '\n';
    return exit_ok;
  }
  context.out << styled(counted(report.problems.size(), "problem", "problems"), Style::bad, context.colour) << '\n';
  return exit_found;
}

}  // namespace

int run_check(const FileOptions& options, const Context& context) {
  Findings findings;
  findings.report.problems = damaged_pages(options.file);
  if (!findings.report.ok()) return report(findings, context);
  const StoreFile file(options.file, Access::read);
  findings.report.problems = file.engine().check_pages();
  // Pages that contradict each other must not be walked.
  if (!findings.report.ok()) return report(findings, context);
  const auto transaction = file.engine().begin_read();
  {
    Progress progress(context, "records and entries");
    findings = check_records(transaction, file, [&] { progress.step(); });
  }
  return report(findings, context);
}

}  // namespace netabase::tools
