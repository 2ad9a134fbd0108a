#pragma once

#include <string>
#include <vector>

#include "tools/schema/schema.hpp"

namespace netabase::tools {

/// "std::optional<std::string>": a field's type in C++'s words, as far as the file tells.
std::string cpp_type(const FieldShape& field);
std::string cpp_type(const Shape& shape);

/// "category, desc(rating)".
std::string parts_words(const Key& key);
/// "unique, absent when the optional is": what else there is to say of a key; may be empty.
std::string properties_words(const Key& key);

/// A model and its keys, a line each.
std::vector<std::string> model_words(const Model& model);

/// The whole schema in C++'s words.
std::string schema_words(const Schema& schema);

/// The same as a JSON object, in one line.
std::string schema_json(const Schema& schema);

}  // namespace netabase::tools
