#pragma once

/// \file
/// Names that Cap'n Proto accepts, made of C++'s.

#include <set>
#include <string>
#include <string_view>

namespace netabase::compiler::evolution {

/// Names that a struct must not take at a file's top level: Cap'n Proto's types, and our own notes.
std::set<std::string> reserved_type_names();

/// `name` without what Cap'n Proto does not allow in names; `fallback` before it when it would begin with a digit or be
/// empty.
std::string capnp_identifier(std::string_view name, std::string_view fallback);

/// `name`, or `name` with the lowest number behind it that is not taken.
std::string unique_name(const std::string& name, const std::set<std::string>& taken);

/// The field's name in the .capnp: "authorId" for author_id.
std::string field_name(const std::string& cpp_name, const std::set<std::string>& taken);

/// "::blog::User" as the lock and messages name it: "blog::User"; also inside "std::optional<::blog::User>".
std::string plain_name(std::string_view qualified_name);

/// "User" of "blog::User".
std::string last_name(const std::string& cpp_name);

}  // namespace netabase::compiler::evolution
