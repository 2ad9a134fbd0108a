#pragma once

/// \file
/// Generated code of one model: key enum, strong keys, indexes, description.

#include <string>
#include <utility>
#include <vector>

#include "compiler/codegen/context.hpp"

namespace netabase::compiler::codegen {

std::string model_code(const Context& context, const schema::Model& model);

/// The model's secondary keys in the order of their numbers.
std::vector<const schema::Key*> secondary_in_order(const Context& context, const schema::Model& model);

/// The declaration of an enum, on one line where that fits: `head` is what stands before the brace.
std::string enum_code(const Context& context, const std::string& head,
                      const std::vector<std::pair<std::string, std::uint16_t>>& enumerators);

/// The cases of a to_string() over the enum.
std::string case_lines(const Context& context, const std::string& enum_name,
                       const std::vector<std::pair<std::string, std::uint16_t>>& enumerators);

}  // namespace netabase::compiler::codegen
