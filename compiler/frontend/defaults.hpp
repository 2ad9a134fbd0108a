#pragma once

/// \file
/// What a field's default member initialiser gives, as far as it can be read without running code.

#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/frontend/clang.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::frontend {

/// The default of `field`, which has the stored type `type`; monostate when it is the type's zero or empty value. An
/// error at `place` when the initialiser's value cannot be read.
schema::DefaultValue read_default(CXCursor field, const schema::Type& type, const SourceLocation& place,
                                  Diagnostics& diagnostics);

}  // namespace netabase::compiler::frontend
