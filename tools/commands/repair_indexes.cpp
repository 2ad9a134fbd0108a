#include <cstring>
#include <ostream>

#include "netabase/codec/record.hpp"
#include "netabase/detail/key_list.hpp"
#include "netabase/error.hpp"
#include "netabase/key/stored.hpp"
#include "tools/commands/commands.hpp"
#include "tools/errors.hpp"
#include "tools/key/record_keys.hpp"
#include "tools/output/progress.hpp"
#include "tools/output/text.hpp"
#include "tools/store/begin_write.hpp"
#include "tools/store/walk.hpp"
#include "tools/store/writer.hpp"

namespace netabase::tools {

namespace {

/// The entries of one index, made from the records alone. 32 bytes and the keys of each stay in memory.
class Rebuild {
 public:
  Rebuild(Lmdb::WriteTransaction& transaction, const StoreFile& file, const Model& model, const Key& index)
      : transaction_(transaction), file_(file), model_(model), index_(index) {}

  /// Returns how many entries there are now. Throws UniqueViolation, Corrupt.
  std::size_t run(Progress& progress) {
    collect(progress);
    entries_.sort();
    check_unique();
    const Table table = transaction_.make_table(index_.table);
    transaction_.clear(table);
    std::size_t made = 0;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (i > 0 && compare(entries_[i - 1], entries_[i]) == 0) continue;  // one record's key twice
      const Bytes value = entries_.has_value(i) ? record_keys_[entries_.operation(i)] : Bytes{};
      engine::put(transaction_, table, entries_[i], value.size(), engine::PutMode::append, [&](std::byte* space) {
        if (!value.empty()) std::memcpy(space, value.data(), value.size());
      });
      ++made;
    }
    return made;
  }

 private:
  void collect(Progress& progress) {
    RecordWalk walk(transaction_, file_, model_);
    for (bool more = walk.start(); more; more = walk.advance()) {
      progress.step();
      try {
        if (!record::checksum_matches(walk.value())) throw Corrupt("its bytes do not match their checksum");
        const Record record(walk.value(), *model_.shape);
        guard_capnp([&] { add(record, walk.key()); });
      } catch (const Error& error) {
        throw Corrupt("record " + key_json(walk.key(), model_) + " of " + model_.name + ": " + error.what() +
                      ": its index entries cannot be made; nothing was changed. Put the record anew or remove it, or "
                      "restore a backup");
      }
    }
  }

  void add(const Record& record, Bytes record_key) {
    bool carried = false;
    each_entry(record.root(), index_, record_key, [&](const IndexEntry& entry) {
      entries_.add(entry.key, static_cast<std::uint32_t>(record_keys_.size()), !entry.value.empty());
      carried = true;
    });
    if (carried) record_keys_.add(record_key, false);
  }

  void check_unique() const {
    if (!index_.unique) return;
    for (std::size_t i = 1; i < entries_.size(); ++i) {
      if (entries_.operation(i - 1) == entries_.operation(i) || compare(entries_[i - 1], entries_[i]) != 0) continue;
      throw Error(ErrorCode::unique_violation,
                  "the records " + key_json(record_keys_[entries_.operation(i - 1)], model_) + " and " +
                      key_json(record_keys_[entries_.operation(i)], model_) + " of " + model_.name +
                      " have the same key of the unique index " + index_.name +
                      ": nothing was changed; change or remove one of them first");
    }
  }

  Lmdb::WriteTransaction& transaction_;
  const StoreFile& file_;
  const Model& model_;
  const Key& index_;
  detail::KeyList entries_;
  detail::ByteStrings record_keys_;
};

}  // namespace

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
        entries += Rebuild(transaction, file, *model, index).run(progress);
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
