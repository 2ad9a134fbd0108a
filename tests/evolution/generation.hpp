#pragma once

/// \file
/// netabase-gen's library over many headers in one libclang run, and what it says of a change.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/codegen/printer.hpp"
#include "compiler/driver/generate.hpp"
#include "compiler/evolution/lock.hpp"
#include "compiler/schema/schema.hpp"

namespace random_evolution {

enum class Verdict : std::uint8_t { safe, migration, refused };
const char* name_of(Verdict verdict);

struct Generated {
  Verdict verdict = Verdict::safe;
  std::vector<std::string> differences;  ///< in words
  std::string json;                      ///< the same, as --diff --json prints them
  std::string diagnostics;
  netabase::compiler::driver::Generated files;  ///< empty when it was refused
  /// The stored schema; of a refused change the one that there would be.
  std::string schema;
  std::uint16_t version = 0;
  netabase::compiler::evolution::Lock lock;

  std::string words() const;
};

class HeaderRun {
 public:
  /// Reads the headers. Throws std::logic_error, with the diagnostics, when one is not correct.
  explicit HeaderRun(const std::vector<std::string>& headers);

  /// What netabase-gen makes of the header. `lock`: the committed .capnp; empty: none.
  Generated generate(const std::string& header, const std::string& lock) const;

 private:
  netabase::compiler::schema::Schema schema_;
  netabase::compiler::codegen::Templates templates_;
};

/// One run of the command. Returns its exit code.
int run_netabase_gen(const std::vector<std::string>& arguments, std::string& out, std::string& err);

}  // namespace random_evolution
