#include "tools/store/writer.hpp"

#include <cstring>
#include <limits>

#include "netabase/detail/schema_check.hpp"
#include "netabase/error.hpp"
#include "netabase/key/stored.hpp"
#include "tools/errors.hpp"
#include "tools/key/record_keys.hpp"

namespace netabase::tools {

namespace {

/// The primary key as a number, of a model whose key is automatic.
std::optional<std::uint64_t> number_of(capnp::DynamicStruct::Reader record, const Model& model) {
  const FieldShape& field = *model.primary.parts[0].path[0];
  const auto value = record.get(field.field);
  if (field.shape.kind == Shape::Kind::unsigned_integer) return value.as<std::uint64_t>();
  const auto number = value.as<std::int64_t>();
  if (number < 0) return std::nullopt;
  return static_cast<std::uint64_t>(number);
}

std::uint64_t greatest_number(const Model& model) {
  switch (model.primary.parts[0].type) {
    case KeyType::INT8:
      return std::numeric_limits<std::int8_t>::max();
    case KeyType::INT16:
      return std::numeric_limits<std::int16_t>::max();
    case KeyType::INT32:
      return std::numeric_limits<std::int32_t>::max();
    case KeyType::INT64:
      return std::numeric_limits<std::int64_t>::max();
    case KeyType::UINT8:
      return std::numeric_limits<std::uint8_t>::max();
    case KeyType::UINT16:
      return std::numeric_limits<std::uint16_t>::max();
    case KeyType::UINT32:
      return std::numeric_limits<std::uint32_t>::max();
    default:
      return std::numeric_limits<std::uint64_t>::max();
  }
}

}  // namespace

void check_writable(const Model& model, const std::string& refused) {
  const auto refuse = [&](const std::string& key, const std::string& obstacle) {
    if (obstacle.empty()) return;
    throw UsageError("the " + key + " " + obstacle + ": " + refused);
  };
  refuse("primary key of " + model.name, model.primary.obstacle);
  for (const Key& index : model.indexes) refuse("index " + index.table, index.obstacle);
}

const Writer::IndexTables& Writer::tables_of(const Model& model) {
  const auto [place, is_new] = tables_.try_emplace(&model);
  if (is_new) {
    check_writable(model, "records of this model can be put by the program alone");
    place->second.records = table_of(transaction_, model.name, file_);
    for (const Key& index : model.indexes) place->second.indexes.push_back(table_of(transaction_, index.table, file_));
  }
  return place->second;
}

void Writer::put_bytes(Table table, Bytes key, Bytes value) {
  engine::put(transaction_, table, key, value.size(), engine::PutMode::upsert, [&](std::byte* space) {
    if (!value.empty()) std::memcpy(space, value.data(), value.size());
  });
}

void Writer::gather(capnp::DynamicStruct::Reader record, const Key& index, Bytes record_key, detail::ByteStrings& out) {
  out.clear();
  each_entry(record, index, record_key, [&](const IndexEntry& entry) { out.add(entry.key, !entry.value.empty()); });
  out.sort_unique();
}

void Writer::gather_new(const Model& model, capnp::DynamicStruct::Reader record, key::Buffer& record_key) {
  try {
    guard_capnp([&] {
      append_primary(record_key, record, model);
      key::Buffer sealed = record_key;
      key::seal_record_key(sealed);
      entries_.resize(std::max(entries_.size(), model.indexes.size()));
      for (std::size_t i = 0; i < model.indexes.size(); ++i) {
        gather(record, model.indexes[i], sealed.bytes(), entries_[i].after);
      }
    });
  } catch (const Corrupt& error) {
    throw InputError(error.what());  // the new record's fault, not the file's
  }
}

Writer::Outcome Writer::put(const Model& model, Bytes value, bool replace) {
  const IndexTables& tables = tables_of(model);
  const Record record(value, *model.shape);
  key::Buffer record_key;
  gather_new(model, record.root(), record_key);
  const key::Buffer whole = record_key;
  key::seal_record_key(record_key);
  return guard_capnp([&] {
    Bytes existing;
    std::optional<Record> old;
    if (transaction_.get(tables.records, record_key.bytes(), existing)) {
      old.emplace(existing, *model.shape);
      if (key::is_hashed_record_key(record_key.bytes()) && !has_key(old->root(), model.primary, whole.bytes())) {
        detail::throw_collision(model.name);
      }
      if (!replace) return Outcome::exists;
    }
    for (std::size_t i = 0; i < model.indexes.size(); ++i) {
      entries_[i].before.clear();
      if (old) gather(old->root(), model.indexes[i], record_key.bytes(), entries_[i].before);
      if (model.indexes[i].unique) {
        check_unique(model, model.indexes[i], tables.indexes[i], record.root(), record_key.bytes(), entries_[i]);
      }
    }
    put_bytes(tables.records, record_key.bytes(), value);
    for (std::size_t i = 0; i < model.indexes.size(); ++i) {
      const detail::ByteStrings& before = entries_[i].before;
      const detail::ByteStrings& after = entries_[i].after;
      detail::each_only_in(before, after,
                           [&](std::size_t gone) { transaction_.erase(tables.indexes[i], before[gone]); });
      detail::each_only_in(after, before, [&](std::size_t made) {
        put_bytes(tables.indexes[i], after[made], after.flag(made) ? record_key.bytes() : Bytes{});
      });
    }
    if (model.primary.automatic) {
      if (const auto number = number_of(record.root(), model)) move_sequence(model, *number + 1);
    }
    return old ? Outcome::replaced : Outcome::inserted;
  });
}

void Writer::check_unique(const Model& model, const Key& index, Table table, capnp::DynamicStruct::Reader record,
                          Bytes record_key, const detail::Scratch::Entries& entries) {
  detail::each_only_in(entries.after, entries.before, [&](std::size_t made) {
    const Bytes wanted = entries.after[made];
    Bytes owner;
    if (!transaction_.get(table, wanted, owner) || compare(owner, record_key) == 0) return;
    Bytes value;
    if (!transaction_.get(tables_of(model).records, owner, value)) {
      throw Corrupt("the index " + index.table + " names a record that is not there: netabase repair-indexes mends it");
    }
    const Record taken(value, *model.shape);
    each_key(record, index, [&](key::Buffer& stored) {
      const key::Buffer whole = stored;
      key::seal_unique_key(stored);
      if (compare(stored.bytes(), wanted) != 0) return;
      if (key::is_hashed_unique_key(wanted) && !has_key(taken.root(), index, whole.bytes())) {
        detail::throw_collision(index.table);
      }
      throw UniqueViolation(index.table, whole_key_json(whole.bytes(), index), key_json(taken.root(), model));
    });
  });
}

Writer::Sequence& Writer::sequence_of(const Model& model) {
  const auto [place, is_new] = sequences_.try_emplace(&model);
  if (is_new) {
    if (const auto next = read_sequence(transaction_, file_, model)) place->second.next = *next;
  }
  return place->second;
}

std::uint64_t Writer::take_number(const Model& model) {
  Sequence& sequence = sequence_of(model);
  if (sequence.next == 0 || sequence.next > greatest_number(model)) {
    throw InputError("every number of the automatic primary key of " + model.name + " has been given");
  }
  sequence.changed = true;
  return sequence.next++;
}

void Writer::move_sequence(const Model& model, std::uint64_t next) {
  Sequence& sequence = sequence_of(model);
  // 0 is behind the greatest number.
  if (sequence.next == 0 || (next != 0 && next <= sequence.next)) return;
  sequence.next = next;
  sequence.changed = true;
}

void Writer::store_sequences() {
  const Table meta = table_of(transaction_, std::string(detail::meta_table), file_);
  for (auto& [model, sequence] : sequences_) {
    if (!sequence.changed) continue;
    put_bytes(meta, netabase::as_bytes(sequence_key(*model)),
              {reinterpret_cast<const std::byte*>(&sequence.next), sizeof(sequence.next)});
    sequence.changed = false;
  }
}

}  // namespace netabase::tools
