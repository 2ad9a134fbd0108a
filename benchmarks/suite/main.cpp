/// \file
/// The benchmark suite: netabase and its peers, in one process, in turn. Times go to --out as lines of JSON; run.sh and
/// report.py make tables and charts of them.

#include <lmdb.h>
#ifdef SUITE_SQLITE
#include <sqlite3.h>
#endif
#ifdef SUITE_ROCKSDB
#include <rocksdb/version.h>
#endif

#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>

#include "workloads.hpp"

namespace {

constexpr std::pair<const char*, void (*)(suite::Suite&)> workloads[] = {
    {"article", suite::run_article}, {"media", suite::run_media}, {"user", suite::run_user},
    {"indexes", suite::run_indexes}, {"wide", suite::run_wide},   {"readers", suite::run_readers},
    {"scale", suite::run_scale},     {"cold", suite::run_cold}};

std::string default_memory_folder() {
  std::error_code error;
  if (std::filesystem::is_directory("/dev/shm", error)) return "/dev/shm";
  return std::filesystem::temp_directory_path().string();
}

/// What was measured, and what compiled it, as an object of JSON.
void print_versions() {
#ifdef __clang__
  std::printf(R"({"compiler":"Clang %s")", __clang_version__);
#else
  std::printf(R"({"compiler":"GCC %s")", __VERSION__);
#endif
  std::printf(R"(,"LMDB":"%d.%d.%d")", MDB_VERSION_MAJOR, MDB_VERSION_MINOR, MDB_VERSION_PATCH);
#ifdef SUITE_SQLITE
  std::printf(R"(,"SQLite":"%s")", SQLITE_VERSION);
#endif
#ifdef SUITE_ROCKSDB
  std::printf(R"(,"RocksDB":"%d.%d.%d")", ROCKSDB_MAJOR, ROCKSDB_MINOR, ROCKSDB_PATCH);
#endif
  std::printf("}\n");
}

}  // namespace

int main(int argc, char** argv) {
  suite::Options options;
  options.memory_folder = default_memory_folder();
  options.disk_folder = ".";
  std::string out_path;
  bool memory = false;
  const std::map<std::string, suite::Size> sizes = {{"smoke", suite::Size::smoke},
                                                    {"quick", suite::Size::quick},
                                                    {"standard", suite::Size::standard},
                                                    {"full", suite::Size::full}};
  CLI::App app("netabase next to its peers; lines of JSON, see report.py");
  app.add_option("--size", options.size, "smoke, quick, standard or full")
      ->transform(CLI::CheckedTransformer(sizes))
      ->take_last();
  app.add_option("--only", options.only, "workloads: article, media, user, indexes, wide, readers, scale, cold")
      ->delimiter(',');
  app.add_option("--sides", options.sides, "netabase, LMDB, SQLite, RocksDB")->delimiter(',');
  app.add_option("--rounds", options.rounds, "rounds of each case")->check(CLI::Range(1, 1000));
  app.add_option("--first-round", options.first_round, "the number of the first of them");
  app.add_option("--memory-folder", options.memory_folder, "a folder on tmpfs")->check(CLI::ExistingDirectory);
  app.add_option("--disk-folder", options.disk_folder, "a folder on a disk")->check(CLI::ExistingDirectory);
  app.add_option("--out", out_path, "append to this file instead of stdout");
  app.add_flag("--instructions", options.instructions, "under callgrind: a dump for each case, one round");
  app.add_flag("--memory", memory, "measure the process's memory instead, for one side");
  bool versions = false;
  app.add_flag("--versions", versions, "print what would be measured, as JSON, and end");
  CLI11_PARSE(app, argc, argv);
  if (versions) {
    print_versions();
    return 0;
  }
  if (options.size == suite::Size::smoke || options.instructions) options.rounds = 1;

  // A folder of its own, so that two runs do not meet.
  const std::string own = "/netabase_suite_" + std::to_string(getpid());
  for (std::string* folder : {&options.memory_folder, &options.disk_folder}) {
    *folder += own;
    std::filesystem::create_directories(*folder);
  }
  std::FILE* out = out_path.empty() ? stdout : std::fopen(out_path.c_str(), "a");
  suite::require(out != nullptr, "cannot write to " + out_path);
  suite::Suite suite(options, out);
  if (memory) {
    suite::run_memory(suite);
  } else {
    for (const auto& [name, run] : workloads) {
      if (suite.wants(name)) run(suite);
    }
  }
  std::fprintf(stderr, "\r\033[K");
  std::filesystem::remove_all(options.memory_folder);
  std::filesystem::remove_all(options.disk_folder);
  return out == stdout || std::fclose(out) == 0 ? 0 : 1;
}
