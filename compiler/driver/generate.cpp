#include "compiler/driver/generate.hpp"

#include <stdexcept>

#include "compiler/codegen/header.hpp"
#include "compiler/evolution/assign.hpp"
#include "compiler/evolution/compare.hpp"
#include "compiler/evolution/read_lock.hpp"
#include "compiler/layout/capnp_file.hpp"
#include "compiler/layout/capnp_text.hpp"

namespace netabase::compiler::driver {

std::optional<Layout> continue_layout(const std::vector<const schema::Definition*>& definitions,
                                      const std::optional<CommittedFile>& committed, Diagnostics& diagnostics) {
  if (!committed) return Layout{evolution::assign(definitions, nullptr), {}};
  const std::optional<evolution::Lock> old = evolution::read_lock(committed->path, committed->text, diagnostics);
  if (!old) return std::nullopt;
  Layout out{evolution::assign(definitions, &*old), {}};
  out.differences = evolution::compare(*old, out.lock, definitions);
  if (evolution::change_layout(out.differences)) evolution::count_up(out.lock, *old);
  return out;
}

Generated generate(const std::string& header, const std::vector<const schema::Definition*>& definitions,
                   const evolution::Lock& lock, const codegen::Templates& templates) {
  Generated out;
  out.capnp = layout::capnp_text(lock, header, templates);
  const std::string capnp_name = header.substr(0, header.rfind('.')) + ".capnp";
  const layout::CapnpFile file(capnp_name, out.capnp);
  if (!file.ok()) {
    const auto& problem = file.problems()[0];
    throw std::logic_error("Cap'n Proto does not accept the generated " + capnp_name + ":" +
                           std::to_string(problem.line) + ": " + problem.message + "\n" + out.capnp);
  }
  out.header = codegen::generate_header(header, definitions, lock, file, templates);
  return out;
}

}  // namespace netabase::compiler::driver
