#include "compiler/driver/generate.hpp"

#include <stdexcept>

#include "compiler/codegen/header.hpp"
#include "compiler/evolution/assign.hpp"
#include "compiler/evolution/compare.hpp"
#include "compiler/evolution/read_lock.hpp"
#include "compiler/layout/capnp_file.hpp"
#include "compiler/layout/capnp_text.hpp"

namespace netabase::compiler::driver {

std::optional<Generated> generate(const std::string& header, const std::vector<const schema::Definition*>& definitions,
                                  const std::optional<CommittedFile>& lock, const codegen::Templates& templates,
                                  Diagnostics& diagnostics) {
  std::optional<evolution::Lock> old;
  if (lock) {
    old = evolution::read_lock(lock->path, lock->text, diagnostics);
    if (!old) return std::nullopt;
  }
  evolution::Lock now = evolution::assign(definitions, old ? &*old : nullptr);
  if (old) {
    const std::vector<evolution::Difference> differences = evolution::compare(*old, now);
    const bool had_errors = diagnostics.has_errors();
    evolution::report(differences, definitions, diagnostics);
    if (!had_errors && diagnostics.has_errors()) return std::nullopt;
    if (!differences.empty()) evolution::count_up(now, *old);
  }
  Generated out;
  out.capnp = layout::capnp_text(now, header, templates);
  const std::string capnp_name = header.substr(0, header.rfind('.')) + ".capnp";
  const layout::CapnpFile file(capnp_name, out.capnp);
  if (!file.ok()) {
    const auto& problem = file.problems()[0];
    throw std::logic_error("Cap'n Proto does not accept the generated " + capnp_name + ":" +
                           std::to_string(problem.line) + ": " + problem.message + "\n" + out.capnp);
  }
  out.header = codegen::generate_header(header, definitions, now, file, templates);
  return out;
}

}  // namespace netabase::compiler::driver
