#include "compiler/schema/reachable.hpp"

#include <algorithm>
#include <set>

namespace netabase::compiler::schema {
namespace {

class Collector {
 public:
  explicit Collector(Definition& definition) : definition_(definition) {}

  void add(const Struct* structure) {
    if (structure == nullptr || !seen_.insert(structure).second) return;
    for (const Field& field : structure->fields) add(field.type);
    definition_.structs.push_back(structure);
  }

 private:
  void add(const Type& type) {
    for (const Type& argument : type.arguments) add(argument);
    add(type.structure);
    auto& enums = definition_.enums;
    if (type.enumeration != nullptr && std::find(enums.begin(), enums.end(), type.enumeration) == enums.end()) {
      enums.push_back(type.enumeration);
    }
  }

  Definition& definition_;
  std::set<const Struct*> seen_;
};

}  // namespace

void collect_reachable(Definition& definition) {
  definition.structs.clear();
  definition.enums.clear();
  Collector collector(definition);
  for (const Model& model : definition.models) collector.add(model.structure);
}

}  // namespace netabase::compiler::schema
