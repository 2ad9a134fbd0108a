#include "compiler/driver/driver.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <ostream>
#include <set>

#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/driver/diff.hpp"
#include "compiler/driver/files.hpp"
#include "compiler/driver/generate.hpp"
#include "compiler/evolution/compare.hpp"
#include "compiler/frontend/frontend.hpp"
#include "compiler/schema/print.hpp"

namespace netabase::compiler::driver {

namespace {

namespace fs = std::filesystem;

/// A header of the command line and what it is to become.
struct Job {
  std::string header;     ///< as named there
  std::string file_name;  ///< "blog.hpp"
  std::string stem;       ///< "blog"
  std::vector<const schema::Definition*> definitions;
  Layout layout;
  Generated generated;
};

/// A file to write: its name without a folder, and its content.
struct Output {
  std::string name;
  const std::string& content;
};

std::string in_folder(const std::string& folder, const std::string& name) { return (fs::path(folder) / name).string(); }

class Run {
 public:
  Run(const Options& options, std::ostream& out, std::ostream& err) : options_(options), out_(out), err_(err) {}

  int run() {
    find_headers();
    schema_ = frontend::parse(frontend_options(), diagnostics_);
    if (!diagnostics_.has_errors()) match_definitions();
    if (options_.print_schema && !diagnostics_.has_errors()) {
      err_ << diagnostics_.render(options_.colour);
      out_ << schema::print(schema_);
      return exit_ok;
    }
    if (!options_.diff.empty()) return diff();
    if (!diagnostics_.has_errors()) generate_all();
    err_ << diagnostics_.render(options_.colour);
    if (diagnostics_.has_errors()) {
      if (options_.check) print_differences();
      return exit_errors;
    }
    if (options_.check) return check();
    write_all();
    return exit_ok;
  }

 private:
  void find_headers() {
    std::set<std::string> stems;
    for (const std::string& header : options_.headers) {
      if (fs::is_directory(header)) throw FileError("cannot read " + header + ": it is a folder");
      read_file(header);  // for its error
      const fs::path path(header);
      Job job{header, path.filename().string(), path.stem().string(), {}, {}, {}};
      if (!stems.insert(job.stem).second) {
        throw FileError("two headers are named " + job.stem + ": both would be written to " +
                        in_folder(options_.output_dir, job.stem + ".netabase.hpp"));
      }
      jobs_.push_back(std::move(job));
    }
  }

  frontend::Options frontend_options() const {
    frontend::Options out;
    out.headers = options_.headers;
    out.arguments = options_.arguments;
    out.build_dir = options_.build_dir;
    for (const Job& job : jobs_) {
      std::set<std::string> folders = {options_.output_dir, options_.lock_dir, options_.copy_to};
      folders.erase("");
      for (const std::string& folder : folders) {
        out.virtual_outputs.push_back(in_folder(folder, job.stem + ".netabase.hpp"));
      }
    }
    return out;
  }

  void match_definitions() {
    for (Job& job : jobs_) {
      for (const schema::Definition& definition : schema_.definitions) {
        if (definition.header == job.header) job.definitions.push_back(&definition);
      }
      if (job.definitions.empty()) {
        diagnostics_.error({job.header, 1, 1, 1}, "there is no definition in this header",
                           "annotate the namespace of its models: namespace [[netabase::definition(Name)]] name {");
      }
    }
  }

  std::string lock_path(const Job& job) const { return in_folder(options_.lock_dir, job.stem + ".capnp"); }

  void generate_all() {
    const codegen::Templates templates(options_.templates);
    for (Job& job : jobs_) {
      std::optional<CommittedFile> committed;
      if (std::optional<std::string> text = read_file_if_there(lock_path(job))) {
        committed = {lock_path(job), std::move(*text)};
      }
      std::optional<Layout> layout = continue_layout(job.definitions, committed, diagnostics_);
      if (!layout) continue;
      job.layout = std::move(*layout);
      // --check prints them all.
      evolution::report(job.layout.differences, job.definitions, !options_.check, diagnostics_);
      if (evolution::count(job.layout.differences, evolution::Verdict::refused) != 0) continue;
      job.generated = generate(job.file_name, job.definitions, job.layout.lock, templates);
    }
  }

  int diff() {
    std::optional<Layout> layout;
    if (!diagnostics_.has_errors()) {
      const CommittedFile committed{options_.diff, read_file(options_.diff)};
      layout = continue_layout(jobs_[0].definitions, committed, diagnostics_);
    }
    err_ << diagnostics_.render(options_.colour);
    if (!layout) return exit_errors;
    out_ << (options_.json ? evolution::to_json(layout->differences) : evolution::to_text(layout->differences));
    if (evolution::count(layout->differences, evolution::Verdict::refused) != 0) return exit_refused;
    if (evolution::count(layout->differences, evolution::Verdict::needs_migration) != 0) return exit_migration;
    return exit_ok;
  }

  void print_differences() const {
    for (const Job& job : jobs_) {
      if (job.layout.differences.empty()) continue;
      err_ << "netabase-gen: " << job.header << " differs from " << lock_path(job) << ":\n"
           << evolution::to_text(job.layout.differences);
    }
  }

  std::vector<Output> outputs() const {
    std::vector<Output> out;
    for (const Job& job : jobs_) {
      out.push_back({job.stem + ".netabase.hpp", job.generated.header});
      out.push_back({job.stem + ".capnp", job.generated.capnp});
    }
    return out;
  }

  int check() const {
    std::vector<std::string> stale;
    for (const Output& output : outputs()) {
      const std::string path = in_folder(options_.output_dir, output.name);
      const std::optional<std::string> committed = read_file_if_there(path);
      if (committed == output.content) continue;
      stale.push_back(path);
      out_ << unified_diff(committed ? path : "/dev/null", committed.value_or(""), path + " (generated)",
                           output.content);
    }
    if (stale.empty()) return exit_ok;
    print_differences();
    err_ << "netabase-gen: stale, run netabase-gen again and commit what it writes:\n";
    for (const std::string& path : stale) err_ << "  " << path << '\n';
    return exit_errors;
  }

  void write_all() const {
    for (const Output& output : outputs()) write_file(in_folder(options_.output_dir, output.name), output.content);
    if (!options_.copy_to.empty()) copy_all();
    if (!options_.depfile.empty()) write_file(options_.depfile, depfile());
  }

  /// A committed folder that cannot be written is no reason to stop a build that has all it needs.
  void copy_all() const {
    for (const Output& output : outputs()) {
      try {
        write_file(in_folder(options_.copy_to, output.name), output.content);
      } catch (const FileError& error) {
        err_ << "netabase-gen: note: " << error.what() << "; the generated files in " << options_.output_dir
             << " are up to date\n";
        return;
      }
    }
  }

  std::string depfile() const {
    std::set<std::string> files(schema_.dependencies.begin(), schema_.dependencies.end());
    for (const Job& job : jobs_) {
      files.insert(job.header);
      if (fs::exists(lock_path(job))) files.insert(lock_path(job));
    }
    const bool suffix = options_.depfile.ends_with(".d");
    std::string out = escape(options_.depfile.substr(0, options_.depfile.size() - (suffix ? 2 : 0))) + ':';
    for (const std::string& file : files) out += " \\\n  " + escape(file);
    return out + '\n';
  }

  /// As Make reads names.
  static std::string escape(const std::string& path) {
    std::string out;
    for (const char c : path) {
      if (c == ' ' || c == '#') out += '\\';
      if (c == '$') out += '$';
      out += c;
    }
    return out;
  }

  const Options& options_;
  std::ostream& out_;
  std::ostream& err_;
  Diagnostics diagnostics_;
  schema::Schema schema_;
  std::vector<Job> jobs_;
};

}  // namespace

int run(const Options& options, std::ostream& out, std::ostream& err) {
  try {
    return Run(options, out, err).run();
  } catch (const FileError& error) {
    err << "netabase-gen: " << error.what() << '\n';
  } catch (const codegen::TemplateError& error) {
    err << "netabase-gen: " << error.what() << '\n';
  }
  return exit_usage;
}

}  // namespace netabase::compiler::driver
