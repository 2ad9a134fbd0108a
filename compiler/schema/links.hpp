#pragma once

/// \file
/// Finds the models that links lead to.

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/schema/schema.hpp"

namespace netabase::compiler::schema {

/// The models of a definition that a link may mean by `name`: the one of that name in the definition's namespace, or
/// else all whose qualified names end in it.
std::vector<std::size_t> models_named(const Definition& definition, const std::string& name);

/// Sets Link::model wherever there is exactly one such model.
void resolve_links(Schema& schema);

}  // namespace netabase::compiler::schema
