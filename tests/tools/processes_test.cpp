// A store that another process uses.

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "tests/tools/stores.hpp"
#include "tests/tools/support.hpp"

using namespace netabase::tools;
using namespace netabase::tools::test;

namespace {

/// Another process that holds a transaction of the store until it is told to end.
class Other {
 public:
  Other(const std::string& path, Access access) {
    int ready[2];
    REQUIRE(::pipe(ready) == 0);
    child_ = ::fork();
    REQUIRE(child_ >= 0);
    if (child_ == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // not to outlive a test that crashed
      try {
        const StoreFile file(path, access);
        if (access == Access::write) {
          const auto transaction = file.engine().begin_write();
          [[maybe_unused]] const auto written = ::write(ready[1], "x", 1);
          ::pause();
        } else {
          const auto transaction = file.engine().begin_read();
          [[maybe_unused]] const auto written = ::write(ready[1], "x", 1);
          ::pause();
        }
      } catch (...) {
      }
      ::_exit(0);
    }
    char byte = 0;
    REQUIRE(::read(ready[0], &byte, 1) == 1);
    ::close(ready[0]);
    ::close(ready[1]);
  }
  ~Other() {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  Other(const Other&) = delete;
  Other& operator=(const Other&) = delete;
  pid_t id() const { return child_; }

 private:
  pid_t child_ = 0;
};

/// The command in a process of its own, since giving up ends it.
int run_in_child(const std::vector<std::string>& arguments, const std::string& errors) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::istringstream in;
    std::ostringstream out;
    std::ofstream err(errors);
    ::_exit(run_command_line(arguments, {in, out, err}));
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("reading goes on beside a writer, writing waits for it and gives up") {
  const Folder folder;
  make_blog(folder / "store");
  const Other writer(folder / "store", Access::write);
  CHECK(contains(output({"info", folder / "store"}), "BlogDefinition"));
  CHECK(contains(output({"check", folder / "store"}), "all is well"));
  for (const std::string command : {"import", "repair-indexes"}) {
    CHECK(run_in_child({command, folder / "store", "--wait", "0.1"}, folder / "errors") == exit_file);
    CHECK(contains(read_file(folder / "errors"), "another process is still writing to "));
  }
}

TEST_CASE("compact wants the store alone") {
  const Folder folder;
  make_blog(folder / "store");
  const Other reader(folder / "store", Access::read);
  const Result result = run({"compact", folder / "store"});
  CHECK(result.code == exit_file);
  CHECK(contains(result.err, "another process has the store"));
}

TEST_CASE("readers are listed") {
  const Folder folder;
  make_blog(folder / "store");
  CHECK(output({"readers", folder / "store"}) == "No other process has a reader slot.\n");
  const Other reader(folder / "store", Access::read);
  output({"import", folder / "store"}, R"({"$model":"User","id":9,"email":"nine"})");
  const std::string text = output({"readers", folder / "store"});
  CHECK(contains(text, std::to_string(reader.id())));
  const std::string json = output({"readers", folder / "store", "--json"});
  CHECK(contains(json, "{\"process\":" + std::to_string(reader.id()) + ",\"transaction\":"));
  CHECK(contains(json, "\"commits_behind\":1}"));
}
