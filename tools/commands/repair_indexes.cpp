#include <ostream>

#include "netabase/error.hpp"
#include "tools/commands/commands.hpp"
#include "tools/errors.hpp"
#include "tools/output/progress.hpp"
#include "tools/output/text.hpp"
#include "tools/store/begin_write.hpp"
#include "tools/store/index_build.hpp"
#include "tools/store/writer.hpp"

namespace netabase::tools {

int run_repair_indexes(const RepairOptions& options, const Context& context) {
  const StoreFile file(options.file, Access::write);
  std::vector<const Model*> models;
  for (const std::string& name : options.models) models.push_back(&file.schema().model(name));
  if (models.empty()) {
    for (const Model& model : file.schema().models()) models.push_back(&model);
  }
  for (const Model* model : models) {
    check_writable(*model, "indexes of this model can be made by the program alone; name the other models");
  }
  std::uint64_t entries = 0;
  std::uint64_t indexes = 0;
  auto transaction = begin_write(file, context);
  {
    Progress progress(context, "records");
    for (const Model* model : models) {
      for (const Key& index : model->indexes) {
        IndexBuild build(transaction, file, *model, index);
        build.collect(progress);
        if (const auto twins = build.twins()) {
          throw Error(ErrorCode::unique_violation,
                      *twins + ": nothing was changed; change or remove one of them first");
        }
        entries += build.write(transaction);
        ++indexes;
      }
    }
  }
  transaction.commit();
  if (context.json) {
    context.out << "{\"indexes\":" << indexes << ",\"entries\":" << entries << "}\n";
  } else {
    context.out << counted(indexes, "index", "indexes") << " made anew, " << counted(entries, "entry", "entries")
                << '\n';
  }
  return exit_ok;
}

}  // namespace netabase::tools
