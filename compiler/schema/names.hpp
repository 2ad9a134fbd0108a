#pragma once

/// \file
/// The names of everything that is generated, in one place: the checks refuse clashes among them, and code generation
/// writes them.

#include <string>
#include <string_view>

#include "compiler/schema/schema.hpp"

namespace netabase::compiler::schema {

/// `parts` put together in the style of the struct they belong to: PascalCase ("UserEmail" + "Index"), or snake_case
/// when the struct itself is named so ("user_email" + "index").
std::string join_name(const Struct& structure, std::string_view middle, std::string_view suffix);

/// `author_id` as a part of a PascalCase name: "AuthorId".
std::string pascal_case(std::string_view name);

/// `author_id` as Cap'n Proto names fields: "authorId".
std::string camel_case(std::string_view name);

std::string ref_name(const Struct& structure);                        // UserRef        user_ref
std::string codec_name(const Struct& structure);                      // UserCodec      user_codec
std::string model_name(const Struct& structure);                      // UserModel      user_model
std::string key_enum_name(const Struct& structure);                   // UserKey        user_key
std::string primary_key_name(const Struct& structure);                // UserPrimaryKey user_primary_key
std::string secondary_key_name(const Struct& structure, const Key&);  // UserEmailSecondaryKey
std::string secondary_keys_name(const Struct& structure);             // UserSecondaryKeys
std::string keys_name(const Struct& structure);                       // UserKeys
std::string index_name(const Struct& structure, const Key& key);      // UserEmailIndex, UserPrimaryIndex
std::string model_enum_name(const Definition& definition);            // BlogDefinitionModel
std::string wrapper_namespace_name(const Definition& definition);     // BlogDefinitionWrappers

}  // namespace netabase::compiler::schema
