#pragma once

/// \file
/// A .capnp text as Cap'n Proto's own parser sees it: parsed in memory, errors collected instead of thrown.

#include <capnp/schema-parser.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace netabase::compiler::layout {

/// Owns the parser, so schemas taken from root() live as long as this. Not thread-safe.
class CapnpFile {
 public:
  /// What Cap'n Proto has against the text. Lines and columns count from 1.
  struct Problem {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::uint32_t length = 1;
    std::string message;
  };

  /// Parses `text`. `name` is how nodes and messages call it ("blog.capnp"); nothing is read from the disk, imports do
  /// not resolve.
  CapnpFile(std::string name, std::string text);
  ~CapnpFile();
  CapnpFile(CapnpFile&&) noexcept;
  CapnpFile& operator=(CapnpFile&&) noexcept;

  bool ok() const noexcept { return problems().empty(); }
  const std::vector<Problem>& problems() const noexcept;
  /// The file's node. Only when ok().
  capnp::ParsedSchema root() const;
  /// The node with that name at the file's top level, which must be there.
  capnp::ParsedSchema nested(const std::string& name) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace netabase::compiler::layout
