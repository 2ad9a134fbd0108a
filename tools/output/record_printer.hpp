#pragma once

/// \file
/// Prints records of one model: a table for people, a JSON object a line for programs.

#include <cstdint>

#include "tools/output/text_table.hpp"
#include "tools/record/record.hpp"

namespace netabase::tools {

class RecordPrinter {
 public:
  RecordPrinter(const Model& model, const Context& context);

  /// Throws Corrupt.
  void add(Bytes value);
  void finish();
  std::uint64_t count() const { return count_; }

 private:
  const Model& model_;
  const Context& context_;
  TextTable table_;
  std::uint64_t count_ = 0;
};

/// A field's value for people: text without quotes, bytes in
/// hexadecimal, `-` for what is absent, else as in JSON. Throws kj::Exception.
std::string cell_text(capnp::DynamicStruct::Reader holder, const FieldShape& field);

}  // namespace netabase::tools
