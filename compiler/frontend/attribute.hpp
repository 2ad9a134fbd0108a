#pragma once

/// \file
/// The grammar of netabase's attributes: text in, meaning out. Knows nothing of the declaration that owns one.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::frontend {

enum class AttributeKind : std::uint8_t {
  definition,
  model,
  index,
  primary_key,
  secondary_key,
  link,
  renamed_from,
  dropped,
  skip,
};

/// "primary_key".
std::string name_of(AttributeKind kind);

/// Whether there is an attribute of that name.
bool is_attribute_name(const std::string& name);

/// The text of one attribute without its namespace, such as `index(by_name, desc(name))`, and where its parts stand.
struct AttributeText {
  std::string text;
  SourceLocation location;  ///< of all of it
  /// The place of each token; empty where the tokens do not stand in the user's text as they are (macros).
  std::vector<SourceLocation> tokens;
};

/// A name with its place.
struct PlacedName {
  std::string name;
  SourceLocation location;
};

struct IndexPart {
  PlacedName field;  ///< "name", "address.zip"
  bool descending = false;
};

/// One attribute, understood. Which members mean something depends on `kind`.
struct Attribute {
  AttributeKind kind = AttributeKind::skip;
  SourceLocation location;
  /// definition: its name and its keys' name, as far as given; dropped: the names of what is gone
  std::vector<PlacedName> names;
  std::optional<PlacedName> text;   ///< model: stored name; renamed_from: old name
  PlacedName index;                 ///< index: its name
  std::vector<IndexPart> parts;     ///< index
  std::optional<PlacedName> where;  ///< secondary_key, index: the predicate
  bool automatic = false;           ///< primary_key
  bool unique = false;              ///< secondary_key, index
  std::uint64_t max_length = 0;     ///< primary_key, secondary_key; 0: not given
  SourceLocation max_length_location;
  schema::Link link;  ///< link
};

/// Understands one attribute. Nullopt after an error that leaves nothing to go on with; smaller errors are reported and
/// the rest of the attribute is used.
std::optional<Attribute> parse_attribute(const AttributeText& text, Diagnostics& diagnostics);

}  // namespace netabase::compiler::frontend
