#pragma once

/// \file
/// Structs that contain themselves and each other, through every container that may.

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace [[netabase::definition(TreesDefinition, TreesKeys)]] trees {

struct Label {
  std::string text;
  bool bold = false;
};

/// Contains its own kind in nearly every way.
struct Node {
  std::int32_t value = 0;
  Label label;
  std::vector<Node> children;
  std::vector<std::optional<Node>> maybe_children;
  std::vector<std::vector<Node>> rows;
  std::optional<std::vector<Node>> more;
};

/// In an array of lists.
struct Fork {
  std::array<std::vector<Fork>, 2> sides{};
};

struct Operand;

/// Three that contain each other, by value as far as C++ allows.
struct Expression {
  std::string name;
  std::vector<Operand> operands;
};
struct Group {
  Expression inner;
  std::optional<Expression> other;
};
struct Operand {
  std::int64_t number = 0;
  Group group;
};

/// A set of its own kind.
struct Topic {
  std::string name;
  std::set<Topic> topics;

  bool operator<(const Topic& other) const { return name < other.name; }
};

struct [[netabase::model]] Forest {
  [[netabase::primary_key]] std::uint64_t id = 0;
  Node root;
  Expression formula;
  std::set<Topic> topics;
  Fork fork;
};

/// A model that contains records of its own kind.
struct [[netabase::model]] Comment {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key]] std::string author;
  std::vector<Comment> answers;
};

}  // namespace trees
