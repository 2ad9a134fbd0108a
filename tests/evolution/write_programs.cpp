/// \file
/// Writes random schemas in several versions, with their generated headers, and a program that puts records through
/// each version, opens the store with the next one, and checks what it finds.
///
///     evolution_write_programs FOLDER SEED CHAINS VERSIONS
///
/// For each chain of versions:
///   FOLDER/chainC_vN/chainC.hpp, .netabase.hpp   the schema
///   FOLDER/chainC_vN.cpp                         what a program of that version does
/// and FOLDER/main.cpp. The last version cannot read what the others wrote, and must be told so by open(). In every
/// version the namespace is the same, and a macro makes it another one for the compiler.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "tests/evolution/chain.hpp"
#include "tests/evolution/value.hpp"

using namespace random_evolution;

namespace {

namespace fs = std::filesystem;

void write_file(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + path);
}

/// A function that gives records of a model.
std::string function_text(const Draft& draft, const Model& model, const std::string& prefix,
                          const std::vector<Value>& records) {
  const Struct& structure = draft.structure(model.structure);
  std::string out = "std::vector<" + structure.name + "> " + prefix + structure.name + "() {\n  std::vector<" +
                    structure.name + "> out;\n";
  for (const Value& record : records) {
    out += "  {\n    " + structure.name + "& it = out.emplace_back();\n";
    for (const Field& field : structure.fields) {
      out += "    it." + field.name + " = " + cpp_of(draft, field.type, record.of(field)) + ";\n";
    }
    out += "  }\n";
  }
  return out + "  return out;\n}\n\n";
}

/// The records of `now` that are not in `before`.
std::vector<Value> changed(const Chain::Records& before, const Chain::Records& now, Id structure) {
  std::vector<Value> out;
  const auto found = now.find(structure);
  if (found == now.end()) return out;
  const auto old = before.find(structure);
  for (const Value& record : found->second) {
    const bool is_old =
        old != before.end() && std::find(old->second.begin(), old->second.end(), record) != old->second.end();
    if (!is_old) out.push_back(record);
  }
  return out;
}

std::vector<Value> of(const Chain::Records& records, Id structure) {
  const auto found = records.find(structure);
  return found == records.end() ? std::vector<Value>() : found->second;
}

/// One chain, and the source files of its versions.
class Program {
 public:
  Program(std::string folder, std::size_t number, std::uint64_t seed)
      : folder_(std::move(folder)), chain_("chain" + std::to_string(number), folder_, seed) {}

  /// Writes the header to be tried for the version; returns its path.
  std::string propose(unsigned version, Chain::Wish wish) {
    name_ = chain_.name() + "_v" + std::to_string(version);
    fs::create_directories(folder_ + "/" + name_);
    const std::string path = folder_ + "/" + name_ + "/" + chain_.name() + ".hpp";
    write_file(path, chain_.propose(wish));
    return path;
  }

  const std::string& lock() const { return chain_.lock(); }

  /// Takes what was proposed as the next version. False: it will not do, and another one is to be proposed.
  bool take(const Generated& generated, Chain::Wish wish) {
    if (wish == Chain::Wish::unsafe) return take_unsafe(generated);
    const bool is_first = chain_.lock().empty();
    const Draft before = chain_.draft();
    if (!is_first && (generated.verdict != Verdict::safe || generated.schema == schema_)) return false;
    if (chain_.take(generated).verdict != Verdict::safe) return false;
    begin_file(generated);
    for (const Model& model : chain_.draft().models) {
      text() += function_text(chain_.draft(), model, "old_", of(chain_.upgraded_records(), model.structure));
      text() += function_text(chain_.draft(), model, "new_",
                              changed(chain_.upgraded_records(), chain_.records(), model.structure));
    }
    end_functions();
    write_run(is_first);
    if (!is_first) {
      // The program of the version before, on what this one leaves.
      name_.swap(last_name_);
      write_again(before, netabase::evolution::may_go_on_writing(compare(schema_, generated.schema)));
      name_.swap(last_name_);
    }
    last_name_ = name_;
    schema_ = generated.schema;
    return true;
  }

  void finish() const {
    for (const auto& [name, text] : texts_) write_file(folder_ + "/" + name + ".cpp", text);
    fs::remove(folder_ + "/" + chain_.name() + ".mdb");
    fs::remove(folder_ + "/" + chain_.name() + ".mdb-lock");
  }

  std::string declarations() const { return declarations_; }
  std::string calls() const {
    return "    {\n      const std::string path = folder + \"/" + chain_.name() +
           ".mdb\";\n      std::remove(path.c_str());\n" + calls_ + "    }\n";
  }
  std::string history() const { return chain_.name() + ":\n" + chain_.history(); }

 private:
  std::string& text() { return texts_[name_]; }
  std::string definition() const { return chain_.name() + "::" + chain_.draft().definition_name; }

  /// A function `name_` + `suffix`, which gets the store's path, to be called next.
  void add_function(const std::string& suffix, const std::string& body) {
    const std::string head = "void " + name_ + suffix + "(const std::string& path)";
    declarations_ += head + ";\n";
    calls_ += "      " + name_ + suffix + "(path);\n";
    text() += head + ";\n\n" + head + " {\n" + body + "}\n";
  }

  void begin_file(const Generated& generated) {
    write_file(folder_ + "/" + name_ + "/" + chain_.name() + ".netabase.hpp", generated.files.header);
    // The namespace of each version is another one for the compiler; in the schema it stays what it was.
    text() = "#define " + chain_.name() + " " + name_ + "\n#include \"" + name_ + "/" + chain_.name() +
             ".netabase.hpp\"\n\n#include \"tests/evolution/program.hpp\"\n\nnamespace program = "
             "random_evolution::program;\n\nnamespace " +
             chain_.name() + " {\nnamespace {\n\n";
  }
  void end_functions() { text() += "}  // namespace\n}  // namespace " + chain_.name() + "\n\n"; }

  void write_run(bool is_first) {
    std::string body = "  const auto store = netabase::Store<" + definition() + ">::open(program::at(path));\n";
    if (!is_first) body += "  program::expect_sound(store, \"" + name_ + ", upgraded\");\n";
    std::string puts;
    for (const Model& model : chain_.draft().models) {
      const std::string record = chain_.draft().structure(model.structure).name;
      const std::string type = chain_.name() + "::" + record;
      body += "  program::expect<" + type + ">(store, " + chain_.name() + "::old_" + record + "(), \"" + name_ + ", " +
              record + "\");\n";
      puts += "    for (auto& record : " + chain_.name() + "::new_" + record + "()) txn.template open_tree<" + type +
              ">().put(record);\n";
    }
    body += "  store.with_write_transaction([](auto& txn) {\n" + puts + "  });\n";
    body += "  program::expect_sound(store, \"" + name_ + ", written to\");\n";
    add_function("_run", body);
  }

  /// What the program of the draft finds in the store as it is now.
  void write_again(const Draft& draft, bool may) {
    if (!may) {
      add_function("_again", "  program::expect_error<netabase::SchemaNewer, " + definition() + ">(path, \"" + name_ +
                                 ", of a newer store\");\n");
      return;
    }
    std::string functions = "\nnamespace " + chain_.name() + " {\nnamespace {\n\n";
    std::string body = "  const auto store = netabase::Store<" + definition() + ">::open(program::at(path));\n";
    for (const Model& model : draft.models) {
      const std::string record = draft.structure(model.structure).name;
      functions += function_text(draft, model, "newer_", of(chain_.records(), model.structure));
      body += "  program::expect<" + chain_.name() + "::" + record + ">(store, " + chain_.name() + "::newer_" + record +
              "(), \"" + name_ + " of a newer store, " + record + "\");\n";
    }
    text() += functions;
    end_functions();
    add_function("_again", body);
  }

  bool take_unsafe(const Generated& generated) {
    if (generated.verdict != Verdict::migration) return false;
    if (!compare(schema_, generated.schema).needs_migration()) return false;
    begin_file(generated);
    end_functions();
    add_function("_run", "  program::expect_error<netabase::SchemaMismatch, " + definition() + ">(path, \"" + name_ +
                             ", which needs a migration\");\n");
    return true;
  }

  std::string folder_;
  Chain chain_;
  std::string name_;       // of the version: "chain1_v2"
  std::string last_name_;  // of the one before
  std::string schema_;
  std::map<std::string, std::string> texts_;  // by the version's name
  std::string declarations_;
  std::string calls_;
};

/// Version `version` of every program.
void write_version(std::vector<Program>& programs, unsigned version, Chain::Wish wish) {
  std::vector<Program*> left;
  for (Program& program : programs) left.push_back(&program);
  for (unsigned attempt = 0; !left.empty(); ++attempt) {
    if (attempt == 20) throw std::runtime_error("no version " + std::to_string(version) + " was found");
    std::vector<std::string> headers;
    for (Program* program : left) headers.push_back(program->propose(version, wish));
    const HeaderRun run(headers);
    std::vector<Program*> again;
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (!left[i]->take(run.generate(headers[i], left[i]->lock()), wish)) again.push_back(left[i]);
    }
    left = std::move(again);
  }
}

void write_main(const std::string& folder, const std::vector<Program>& programs) {
  std::string text = "#include <cstdio>\n#include <exception>\n#include <iostream>\n#include <string>\n\n";
  for (const Program& program : programs) text += program.declarations();
  text += "\nint main(int argc, char** argv) {\n  const std::string folder = argc > 1 ? argv[1] : \".\";\n  try {\n";
  for (const Program& program : programs) text += program.calls();
  text += "  } catch (const std::exception& error) {\n    std::cerr << error.what() << '\\n';\n    return 1;\n  }\n}\n";
  write_file(folder + "/main.cpp", text);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr << "usage: evolution_write_programs FOLDER SEED CHAINS VERSIONS\n";
    return 2;
  }
  try {
    const std::string folder = argv[1];
    const std::uint64_t seed = std::stoull(argv[2]);
    const unsigned versions = static_cast<unsigned>(std::stoul(argv[4]));
    fs::create_directories(folder);
    std::vector<Program> programs;
    for (std::size_t i = 0; i < std::stoul(argv[3]); ++i) programs.emplace_back(folder, i, seed * 1000 + i);
    for (unsigned version = 1; version < versions; ++version) write_version(programs, version, Chain::Wish::safe);
    write_version(programs, versions, Chain::Wish::unsafe);
    write_main(folder, programs);
    std::string history;
    for (const Program& program : programs) {
      program.finish();
      history += program.history();
    }
    write_file(folder + "/changes.txt", "seed " + std::string(argv[2]) + "\n" + history);
  } catch (const std::exception& error) {
    std::cerr << "evolution_write_programs: " << error.what() << '\n';
    return 1;
  }
}
