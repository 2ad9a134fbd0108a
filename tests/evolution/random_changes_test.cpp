/// \file
/// Random schemas, changed at random: what netabase-gen and the runtime say of a change, against what happens to the
/// records that are stored.
///
/// Chains of versions go on side by side, so that libclang reads the standard headers once for all of them. Each change
/// is generated; then
///   safe       the runtime must say so too; the store is upgraded as the runtime would, and every record must be what
///              memory says, in every index; records are put and rewritten on top, and the chain goes on from there;
///   migration  the runtime must ask for it too, and records, read as they are, would have been something else;
///   refused    no file was touched.
/// Some kinds of changes must get a certain verdict when they come alone.
///
/// NETABASE_TEST_CHANGES (200): how many changes. NETABASE_TEST_SEED: the seed.

#include <doctest/doctest.h>
#include <stdlib.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/evolution/chain.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace random_evolution;

namespace {

namespace fs = std::filesystem;

std::uint64_t setting(const char* variable, std::uint64_t otherwise) {
  const char* const text = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe)
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

using Folder = netabase::test::TemporaryFolder;

void write_file(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Everything in a folder.
std::map<std::string, std::string> contents(const std::string& folder) {
  std::map<std::string, std::string> out;
  for (const auto& entry : fs::directory_iterator(folder)) out[entry.path().filename()] = read_file(entry.path());
  return out;
}

struct Counts {
  std::map<std::string, std::uint64_t> verdicts;
  std::uint64_t duplicates = 0;
  std::vector<std::string> needless;
};

/// Chains that go on side by side.
class Batch {
 public:
  Batch(std::uint64_t seed, std::size_t count) : seed_(seed) {
    fs::create_directory(folder_ / "headers");
    fs::create_directory(folder_ / "generated");
    for (std::size_t i = 0; i < count; ++i) add_chain();
    step();
  }

  /// A change to each of the chains.
  void step() {
    std::vector<std::string> headers;
    for (const auto& chain : chains_) {
      headers.push_back(header_path(*chain));
      write_file(headers.back(), chain->propose());
    }
    const HeaderRun run(headers);
    std::vector<Generated> all;
    for (std::size_t i = 0; i < chains_.size(); ++i) all.push_back(run.generate(headers[i], chains_[i]->lock()));
    if (steps_++ % steps_between_commands == 2) run_command(headers, all);
    for (std::size_t i = 0; i < chains_.size(); ++i) {
      const bool is_first = chains_[i]->lock().empty();
      try {
        note(chains_[i]->take(all[i]), is_first);
      } catch (const std::exception& error) {
        FAIL_CHECK("NETABASE_TEST_SEED=", seed_, ", ", chains_[i]->name(), ": ", std::string(error.what()),
                   "the changes were:\n", chains_[i]->history(), "the last header that was accepted:\n",
                   chains_[i]->header(), "and the one after it:\n", read_file(headers[i]));
        dead_.push_back(i);
      }
    }
    for (const std::size_t i : dead_) replace(i);
    dead_.clear();
  }

  Counts counts;

 private:
  std::string header_path(const Chain& chain) const { return folder_ / ("headers/" + chain.name() + ".hpp"); }

  std::unique_ptr<Chain> new_chain() {
    const std::string name = "chain" + std::to_string(next_++);
    return std::make_unique<Chain>(name, folder_ / "", seed_ * 1000 + next_);
  }
  void add_chain() { chains_.push_back(new_chain()); }
  void replace(std::size_t place) { chains_[place] = new_chain(); }

  /// The command itself: says the same of a change with --diff, writes nothing when a header is refused, and the same
  /// bytes as the library otherwise.
  void run_command(const std::vector<std::string>& headers, const std::vector<Generated>& all) const {
    CAPTURE(seed_);
    const std::string folder = folder_ / "generated";
    std::vector<std::string> accepted;
    std::vector<std::string> refused;
    for (std::size_t i = 0; i < chains_.size(); ++i) {
      fs::remove(folder + "/" + chains_[i]->name() + ".capnp");
      if (!chains_[i]->lock().empty()) write_file(folder + "/" + chains_[i]->name() + ".capnp", chains_[i]->lock());
      (all[i].verdict == Verdict::refused ? refused : accepted).push_back(headers[i]);
    }
    std::string out;
    std::string err;
    const std::size_t one = next_ % chains_.size();
    if (!chains_[one]->lock().empty()) {
      const int code = run_netabase_gen(
          {headers[one], "--diff", folder + "/" + chains_[one]->name() + ".capnp", "--json"}, out, err);
      CHECK(code == (all[one].verdict == Verdict::safe ? 0 : all[one].verdict == Verdict::migration ? 3 : 4));
      CHECK(out == all[one].json);
    }
    if (!refused.empty()) {
      const auto before = contents(folder);
      CHECK(run_netabase_gen(with_output(headers, folder), out, err) == 1);
      CHECK(contents(folder) == before);
    }
    if (accepted.empty()) return;
    const int code = run_netabase_gen(with_output(accepted, folder), out, err);
    REQUIRE_MESSAGE(code == 0, err);
    for (std::size_t i = 0; i < chains_.size(); ++i) {
      if (all[i].verdict == Verdict::refused) continue;
      const std::string stem = folder + "/" + chains_[i]->name();
      CHECK(read_file(stem + ".capnp") == all[i].files.capnp);
      CHECK(read_file(stem + ".netabase.hpp") == all[i].files.header);
    }
  }

  static std::vector<std::string> with_output(std::vector<std::string> arguments, const std::string& folder) {
    arguments.insert(arguments.end(), {"-o", folder});
    return arguments;
  }

  void note(const Chain::Outcome& outcome, bool is_first) {
    if (is_first) return;
    if (outcome.duplicates) ++counts.duplicates;
    ++counts.verdicts[name_of(outcome.verdict)];
    if (outcome.needless) counts.needless.push_back(outcome.what + "\n" + outcome.generator_words);
  }

  std::uint64_t seed_;
  Folder folder_;
  std::uint64_t next_ = 0;
  std::uint64_t steps_ = 0;
  static constexpr std::uint64_t steps_between_commands = 5;
  std::vector<std::unique_ptr<Chain>> chains_;
  std::vector<std::size_t> dead_;
};

}  // namespace

TEST_CASE("verdicts on random changes are what happens to stored data") {
  const std::uint64_t changes = setting("NETABASE_TEST_CHANGES", 200);
  std::uint64_t seed = setting("NETABASE_TEST_SEED", 20261121);
  constexpr std::size_t side_by_side = 25;
  constexpr std::uint64_t longest = 25;  // then other schemas
  for (std::uint64_t done = 0; done < changes; ++seed) {
    CAPTURE(seed);
    Batch batch(seed, side_by_side);
    for (std::uint64_t step = 0; step < longest && done < changes; ++step, done += side_by_side) batch.step();
    std::string needless;
    for (const std::string& one : batch.counts.needless) needless += "\n" + one;
    MESSAGE("seed ", seed, ": ", batch.counts.verdicts["safe"], " safe, ", batch.counts.verdicts["migration"],
            " migrations, ", batch.counts.verdicts["refused"], " refused; ", batch.counts.duplicates,
            " made an index unique that is not; without need: ", batch.counts.needless.size(), needless);
  }
}
