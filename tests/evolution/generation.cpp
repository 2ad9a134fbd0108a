#include "tests/evolution/generation.hpp"

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <stdexcept>

#include "compiler/driver/command_line.hpp"
#include "compiler/evolution/compare.hpp"
#include "compiler/frontend/frontend.hpp"
#include "compiler/layout/capnp_file.hpp"
#include "compiler/layout/capnp_text.hpp"
#include "compiler/layout/fingerprint.hpp"
#include "compiler/layout/stored_schema.hpp"

namespace random_evolution {

namespace compiler = netabase::compiler;
namespace evolution = netabase::compiler::evolution;

namespace {

Verdict verdict_of(const evolution::Difference& difference) {
  switch (difference.verdict) {
    case evolution::Verdict::safe:
      return Verdict::safe;
    case evolution::Verdict::needs_migration:
      return Verdict::migration;
    case evolution::Verdict::refused:
      break;
  }
  return Verdict::refused;
}

std::string words_of(const evolution::Difference& difference) {
  return std::string(evolution::name_of(difference.verdict)) + " " + difference.place + ": " + difference.what;
}

}  // namespace

const char* name_of(Verdict verdict) {
  return verdict == Verdict::safe ? "safe" : verdict == Verdict::migration ? "migration" : "refused";
}

std::string Generated::words() const {
  std::string out;
  for (const std::string& difference : differences) out += "  " + difference + "\n";
  return out;
}

HeaderRun::HeaderRun(const std::vector<std::string>& headers) {
  compiler::Diagnostics diagnostics;
  compiler::frontend::Options options;
  options.headers = headers;
  schema_ = compiler::frontend::parse(options, diagnostics);
  if (diagnostics.has_errors()) throw std::logic_error("a random header is not correct:\n" + diagnostics.render(false));
}

Generated HeaderRun::generate(const std::string& header, const std::string& lock) const {
  std::vector<const compiler::schema::Definition*> definitions;
  for (const auto& definition : schema_.definitions) {
    if (definition.header == header) definitions.push_back(&definition);
  }
  if (definitions.size() != 1) throw std::logic_error("no definition was found in " + header);
  const std::string name = std::filesystem::path(header).filename().string();
  const std::string stem = std::filesystem::path(header).stem().string();

  Generated out;
  compiler::Diagnostics diagnostics;
  std::optional<compiler::driver::CommittedFile> committed;
  if (!lock.empty()) committed = {stem + ".capnp", lock};
  std::optional<compiler::driver::Layout> layout =
      compiler::driver::continue_layout(definitions, committed, diagnostics);
  if (!layout) throw std::logic_error("a generated lock cannot be read:\n" + diagnostics.render(false));
  out.lock = std::move(layout->lock);
  for (const evolution::Difference& difference : layout->differences) {
    out.verdict = std::max(out.verdict, verdict_of(difference));
    out.differences.push_back(words_of(difference));
  }
  out.json = evolution::to_json(layout->differences);
  evolution::report(layout->differences, definitions, true, diagnostics);
  out.diagnostics = diagnostics.render(false);
  const std::string text = compiler::layout::capnp_text(out.lock, name, templates_);
  const compiler::layout::CapnpFile file(stem + ".capnp", text);
  if (!file.ok()) throw std::logic_error(file.problems()[0].message + "\n" + text);
  out.schema = compiler::layout::stored_schema(*definitions[0], out.lock, file);
  for (const auto& definition : out.lock.definitions) {
    if (definition.name == definitions[0]->name) out.version = definition.schema_version;
  }

  if (out.verdict == Verdict::refused) return out;
  out.files = compiler::driver::generate(name, definitions, out.lock, templates_);
  const std::string fingerprint = compiler::layout::hex(compiler::layout::fingerprint(out.schema));
  if (out.files.capnp != text || out.files.header.find("0x" + fingerprint) == std::string::npos) {
    throw std::logic_error("the generated files have another schema than the library gives");
  }
  return out;
}

int run_netabase_gen(const std::vector<std::string>& arguments, std::string& out, std::string& err) {
  std::ostringstream out_stream;
  std::ostringstream err_stream;
  const int code = compiler::driver::run_command_line(arguments, out_stream, err_stream);
  out = out_stream.str();
  err = err_stream.str();
  return code;
}

}  // namespace random_evolution
