#pragma once

/// \file
/// Which declaration owns which attribute, found by walking what Clang parsed; and what else the user declares.

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/diagnostics/diagnostics.hpp"
#include "compiler/frontend/attribute.hpp"
#include "compiler/frontend/clang.hpp"
#include "compiler/frontend/run.hpp"
#include "compiler/schema/checks.hpp"

namespace netabase::compiler::frontend {

/// A declaration with attributes of ours.
struct Owner {
  CXCursor cursor;  ///< its first declaration
  std::vector<Attribute> attributes;
  bool has_failed = false;  ///< one of its attributes was not understood, and is reported
};

class Declarations {
 public:
  Declarations(Run& run, Diagnostics& diagnostics) : run_(run), diagnostics_(diagnostics) {}

  /// Walks the unit and understands every attribute. One that no declaration owns is an error, unless the preprocessor
  /// left it out; `expect_all` false (the unit has errors): only its text is checked.
  void collect(bool expect_all);

  /// The declarations with attributes, in the order of the source.
  const std::vector<Owner>& owners() const { return owners_; }

  /// The attributes of a declaration, however often it is redeclared.
  const std::vector<Attribute>& attributes_of(CXCursor cursor) const;

  /// The attribute of a kind; null when there is none.
  const Attribute* find(CXCursor cursor, AttributeKind kind) const;

  /// Whether an attribute of a declaration was not understood: what it lacks may be what that one meant.
  bool has_failed(CXCursor cursor) const;

  /// What the user declares in each namespace ("a::b"; "" for the global one).
  const std::map<std::string, std::vector<schema::DeclaredName>>& names() const { return names_; }

 private:
  void visit(CXCursor parent);
  void annotation(CXCursor owner, CXCursor annotation);
  void add(CXCursor owner, Attribute attribute);
  void declare(CXCursor cursor);
  void unowned(bool expect_all);

  Run& run_;
  Diagnostics& diagnostics_;
  std::vector<Owner> owners_;
  CursorMap<std::size_t> by_cursor_;                     ///< canonical cursor to its place in owners_
  std::set<std::size_t> read_;                           ///< numbers of uses that a declaration owns
  std::set<std::pair<std::size_t, std::string>> taken_;  ///< owner and where its attribute stands
  std::map<std::string, std::vector<schema::DeclaredName>> names_;
};

}  // namespace netabase::compiler::frontend
