#include "compiler/layout/capnp_file.hpp"

#include <kj/exception.h>

#include <utility>

namespace netabase::compiler::layout {

namespace {

/// The text and what is said against it. Shared by the file objects that the parser may copy.
struct Source {
  std::string name;
  std::string text;
  std::vector<CapnpFile::Problem> problems;
};

class MemoryFile final : public capnp::SchemaFile {
 public:
  explicit MemoryFile(Source& source) : source_(source) {}

  kj::StringPtr getDisplayName() const override { return source_.name.c_str(); }

  kj::Array<const char> readContent() const override {
    return kj::heapArray<const char>(source_.text.data(), source_.text.size());
  }

  kj::Maybe<kj::Own<capnp::SchemaFile>> import(kj::StringPtr) const override { return nullptr; }

  bool operator==(const SchemaFile& other) const override { return this == &other; }
  bool operator!=(const SchemaFile& other) const override { return this != &other; }
  std::size_t hashCode() const override { return 0; }

  void reportError(SourcePos start, SourcePos end, kj::StringPtr message) const override {
    const std::uint32_t length = end.byte > start.byte && end.line == start.line ? end.byte - start.byte : 1;
    source_.problems.push_back({start.line + 1, start.column + 1, length, message.cStr()});
  }

 private:
  Source& source_;
};

}  // namespace

struct CapnpFile::State {
  Source source;
  capnp::SchemaParser parser;
  capnp::ParsedSchema root;
};

CapnpFile::CapnpFile(std::string name, std::string text) : state_(std::make_unique<State>()) {
  state_->source = {std::move(name), std::move(text), {}};
  try {
    state_->root = state_->parser.parseFile(kj::heap<MemoryFile>(state_->source));
  } catch (const kj::Exception& exception) {
    // Thrown for texts so broken that no node comes out; what was reported before says it better.
    if (ok()) state_->source.problems.push_back({1, 1, 1, exception.getDescription().cStr()});
  }
}

CapnpFile::~CapnpFile() = default;
CapnpFile::CapnpFile(CapnpFile&&) noexcept = default;
CapnpFile& CapnpFile::operator=(CapnpFile&&) noexcept = default;

const std::vector<CapnpFile::Problem>& CapnpFile::problems() const noexcept { return state_->source.problems; }

capnp::ParsedSchema CapnpFile::root() const { return state_->root; }

capnp::ParsedSchema CapnpFile::nested(const std::string& name) const { return state_->root.getNested(name.c_str()); }

}  // namespace netabase::compiler::layout
