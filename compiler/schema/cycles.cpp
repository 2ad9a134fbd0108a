#include "compiler/schema/cycles.hpp"

#include <algorithm>
#include <map>

namespace netabase::compiler::schema {

namespace {

void collect(const Type& type, std::vector<const Struct*>& out) {
  if (type.structure != nullptr) out.push_back(type.structure);
  for (const Type& argument : type.arguments) collect(argument, out);
}

std::vector<const Struct*> contained(const Struct& structure) {
  std::vector<const Struct*> out;
  for (const Field& field : structure.fields) collect(field.type, out);
  return out;
}

/// Tarjan's strongly connected components: they come out contained ones first.
class Components {
 public:
  void visit(const Struct* structure) {
    const std::size_t number = numbers_.size();
    numbers_[structure] = lowest_[structure] = number;
    open_.push_back(structure);
    bool leads_to_itself = false;
    for (const Struct* next : contained(*structure)) {
      leads_to_itself = leads_to_itself || next == structure;
      if (!numbers_.contains(next)) {
        visit(next);
        lowest_[structure] = std::min(lowest_[structure], lowest_[next]);
      } else if (std::find(open_.begin(), open_.end(), next) != open_.end()) {
        lowest_[structure] = std::min(lowest_[structure], numbers_[next]);
      }
    }
    if (lowest_[structure] != number) return;
    const auto first = std::find(open_.begin(), open_.end(), structure);
    StructGroup group;
    group.structs.assign(first, open_.end());
    group.is_recursive = leads_to_itself || group.structs.size() > 1;
    open_.erase(first, open_.end());
    groups_.push_back(std::move(group));
  }

  bool has_seen(const Struct* structure) const { return numbers_.contains(structure); }
  std::vector<StructGroup> take() { return std::move(groups_); }

 private:
  std::map<const Struct*, std::size_t> numbers_;
  std::map<const Struct*, std::size_t> lowest_;
  std::vector<const Struct*> open_;
  std::vector<StructGroup> groups_;
};

}  // namespace

std::vector<StructGroup> struct_groups(const Definition& definition) {
  Components components;
  for (const Struct* structure : definition.structs) {
    if (!components.has_seen(structure)) components.visit(structure);
  }
  return components.take();
}

}  // namespace netabase::compiler::schema
