#pragma once

/// \file
/// The rules that a schema model must keep, whoever made it. Pure functions of the model; everything wrong goes to the
/// diagnostics.

#include <map>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/schema/schema.hpp"

namespace netabase::compiler::schema {

/// A name that the user declares, which generated code must not declare, too.
struct DeclaredName {
  std::string name;
  SourceLocation location;
};

/// By namespace: "a::b", "" for the global one.
using DeclaredNames = std::map<std::string, std::vector<DeclaredName>>;

/// All of the rules below.
void check(const Schema& schema, const DeclaredNames& declared, Diagnostics& diagnostics);

/// Each definition's name and header are its own, and its models' stored names, too.
void check_definitions(const Schema& schema, Diagnostics& diagnostics);

/// Every field has a type that this version stores and a name that Cap'n Proto and the generated view can have.
void check_structs(const Definition& definition, Diagnostics& diagnostics);

/// Primary keys, secondary keys and composite indexes of one model.
void check_keys(const Model& model, Diagnostics& diagnostics);

/// Each link leads to a model of its definition, through a field of the type of that model's primary key.
void check_links(const Schema& schema, const Definition& definition, const DeclaredNames& declared,
                 Diagnostics& diagnostics);

/// Generated names clash neither with each other nor with what the user declares beside them.
void check_names(const Definition& definition, const DeclaredNames& declared, Diagnostics& diagnostics);

}  // namespace netabase::compiler::schema
