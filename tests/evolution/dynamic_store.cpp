#include "tests/evolution/dynamic_store.hpp"

#include <capnp/dynamic.h>
#include <capnp/message.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>

#include "netabase/detail/schema_check.hpp"
#include "netabase/error.hpp"
#include "netabase/key/stored.hpp"
#include "tests/evolution/value.hpp"
#include "tools/cli/command_line.hpp"
#include "tools/errors.hpp"
#include "tools/key/record_keys.hpp"
#include "tools/record/build.hpp"
#include "tools/record/read_json.hpp"
#include "tools/record/record.hpp"
#include "tools/record/write_json.hpp"
#include "tools/store/writer.hpp"

namespace random_evolution {

namespace evolution = netabase::evolution;
namespace tools = netabase::tools;
using netabase::as_bytes;
using netabase::Bytes;
using tools::Lmdb;
using tools::Table;

namespace {

/// Cap'n Proto reads words.
std::shared_ptr<const tools::Schema> decode(const std::string& schema) {
  std::vector<std::uint64_t> words(schema.size() / sizeof(std::uint64_t));
  std::copy(schema.begin(), schema.end(), reinterpret_cast<char*>(words.data()));
  return tools::Schema::decode({reinterpret_cast<const std::byte*>(words.data()), schema.size()}, "a random schema");
}

evolution::Schema parse(const std::string& schema) {
  std::vector<std::uint64_t> words(schema.size() / sizeof(std::uint64_t));
  std::copy(schema.begin(), schema.end(), reinterpret_cast<char*>(words.data()));
  return evolution::parse({reinterpret_cast<const std::byte*>(words.data()), schema.size()});
}

constexpr std::uint32_t tables = 400;

netabase::Config config_of(const std::string& path) {
  netabase::Config config;
  config.path = path;
  config.durability = netabase::Durability::none;
  return config;
}

netabase::detail::CompiledIdentity identity_of(const SchemaBytes& schema) {
  return {schema.definition, schema.bytes, schema.version};
}

void put(Lmdb::WriteTransaction& transaction, Table table, Bytes key, Bytes value) {
  netabase::engine::put(transaction, table, key, value.size(), netabase::engine::PutMode::upsert,
                        [&](std::byte* space) { std::copy(value.begin(), value.end(), space); });
}

const tools::Model& model_of(const tools::Schema& schema, const std::string& table) {
  const auto& models = schema.models();
  return *std::find_if(models.begin(), models.end(), [&](const tools::Model& it) { return it.name == table; });
}

void make_tables(Lmdb::WriteTransaction& transaction, const tools::Schema& schema) {
  for (const tools::Model& model : schema.models()) {
    transaction.make_table(model.name);
    for (const tools::Key& index : model.indexes) transaction.make_table(index.table);
  }
}

/// A key that became automatic: the sequence goes on behind the greatest.
void raise_sequences(Lmdb::WriteTransaction& transaction, const tools::StoreFile& file) {
  tools::Writer writer(transaction, file);
  for (const tools::Model& model : file.schema().models()) {
    if (!model.primary.automatic) continue;
    auto cursor = transaction.cursor(*transaction.find_table(model.name));
    if (!cursor.last()) continue;
    const tools::Record record(cursor.value(), *model.shape);
    const auto greatest = sorted_json(tools::key_json(record.root(), model));
    if (greatest[0] != '-') writer.move_sequence(model, std::stoull(greatest) + 1);
  }
  writer.store_sequences();
}

/// False: two records have the same unique key.
bool build(Lmdb::WriteTransaction& transaction, const tools::Model& model, const tools::Key& index) {
  const Table table = *transaction.find_table(index.table);
  transaction.clear(table);
  struct Entry {
    std::string key;
    std::string value;
  };
  std::vector<Entry> entries;
  bool unique = true;
  {
    auto cursor = transaction.cursor(*transaction.find_table(model.name));
    for (bool found = cursor.first(); found; found = cursor.next()) {
      const tools::Record record(cursor.value(), *model.shape);
      std::set<std::string> own;  // a record may have a key twice
      tools::each_entry(record.root(), index, cursor.key(), [&](const tools::IndexEntry& entry) {
        std::string key(netabase::as_text(entry.key));
        if (own.insert(key).second) entries.push_back({std::move(key), std::string(netabase::as_text(entry.value))});
      });
    }
  }
  std::set<std::string> taken;
  for (const Entry& entry : entries) {
    unique = unique && taken.insert(entry.key).second;
    put(transaction, table, as_bytes(entry.key), as_bytes(entry.value));
  }
  return unique;
}

}  // namespace

evolution::Comparison compare(const std::string& older, const std::string& newer) {
  return evolution::compare(parse(older), parse(newer));
}

DynamicStore::DynamicStore(std::string path, const SchemaBytes& schema) : path_(std::move(path)), schema_(schema) {
  std::filesystem::remove(path_);
  std::filesystem::remove(path_ + "-lock");
  {
    const auto decoded = decode(schema.bytes);
    const auto engine = Lmdb::open(config_of(path_), tables, [&](Lmdb::WriteTransaction& transaction) {
      netabase::detail::write_identity(transaction, transaction.make_table(netabase::detail::meta_table),
                                       identity_of(schema));
      make_tables(transaction, *decoded);
    });
  }
  open();
}

void DynamicStore::open() {
  file_.reset();
  file_ = std::make_unique<tools::StoreFile>(path_, tools::Access::write);
}

evolution::Comparison DynamicStore::compare_with(const SchemaBytes& schema) const {
  const evolution::Schema newer = parse(schema.bytes);
  evolution::Comparison comparison = evolution::compare(parse(schema_.bytes), newer);
  std::vector<std::string> added;
  for (const evolution::ModelChanges& changes : comparison.models) {
    if (changes.is_new && left_.contains(changes.model)) added.push_back(changes.model);
  }
  for (const std::string& model : added) evolution::bring_back(comparison, model, parse(left_.at(model)), newer);
  return comparison;
}

bool DynamicStore::upgrade(const SchemaBytes& schema, const evolution::Comparison& comparison) {
  const auto decoded = decode(schema.bytes);
  auto left = left_;
  bool unique = true;
  file_.reset();
  {
    const auto engine = Lmdb::open(config_of(path_), tables);
    auto transaction = engine->begin_write();
    const auto clear = [&](const std::string& name) {
      if (const auto table = transaction.find_table(name)) transaction.clear(*table);
    };
    for (const evolution::ModelChanges& changes : comparison.models) {
      for (const std::string& index : changes.dropped) clear(changes.model + '.' + index);
    }
    const auto before = decode(schema_.bytes);
    for (const tools::Model& model : before->models()) {
      if (comparison.find(model.name) != nullptr) continue;
      left[model.name] = schema_.bytes;
      for (const tools::Key& index : model.indexes) clear(index.table);
    }
    make_tables(transaction, *decoded);
    for (const tools::Model& model : decoded->models()) {
      const evolution::ModelChanges& changes = *comparison.find(model.name);
      for (const tools::Key& index : model.indexes) {
        if (std::find(changes.build.begin(), changes.build.end(), index.name) == changes.build.end()) continue;
        if (build(transaction, model, index) || !index.unique) continue;
        unique = false;
      }
      left.erase(model.name);
    }
    netabase::detail::write_identity(transaction, *transaction.find_table(netabase::detail::meta_table),
                                     identity_of(schema));
    if (unique) {
      transaction.commit();
    } else {
      transaction.abort();
    }
  }
  if (!unique) {
    open();
    return false;
  }
  left_ = std::move(left);
  schema_ = schema;
  open();
  auto transaction = file_->engine().begin_write();
  raise_sequences(transaction, *file_);
  transaction.commit();
  return true;
}

std::vector<bool> DynamicStore::put(const std::string& table, const std::vector<std::string>& records, bool replace) {
  const tools::Model& model = model_of(file_->schema(), table);
  std::vector<bool> out;
  auto transaction = file_->engine().begin_write();
  tools::Writer writer(transaction, *file_);
  for (const std::string& json : records) {
    capnp::MallocMessageBuilder message;
    auto root = message.initRoot<capnp::DynamicStruct>(model.shape->schema);
    tools::set_from_json(root, tools::json::parse(json), *model.shape);
    tools::RecordBytes record;
    record.assign(tools::record_body(message, root, *model.shape), schema_.version);
    try {
      out.push_back(writer.put(model, record.bytes(), replace) != tools::Writer::Outcome::exists);
    } catch (const netabase::UniqueViolation&) {
      out.push_back(false);
    }
  }
  writer.store_sequences();
  transaction.commit();
  return out;
}

std::vector<bool> DynamicStore::insert(const std::string& table, const std::vector<std::string>& records) {
  return put(table, records, false);
}

bool DynamicStore::replace(const std::string& table, const std::string& record) {
  return put(table, {record}, true)[0];
}

DynamicStore::Records DynamicStore::read(const std::string& table, const std::string* schema) const {
  const std::shared_ptr<const tools::Schema> other = schema == nullptr ? nullptr : decode(*schema);
  const tools::Model& model = model_of(other ? *other : file_->schema(), table);
  Records out;
  const auto transaction = file_->engine().begin_read();
  auto cursor = transaction.cursor(*transaction.find_table(table));
  for (bool found = cursor.first(); found; found = cursor.next()) {
    auto& fields = out.emplace_back();
    try {
      const tools::Record record(cursor.value(), *model.shape);
      tools::guard_capnp([&] {
        for (const tools::FieldShape& field : model.shape->fields) {
          if (field.removed) continue;
          std::string text;
          tools::append_json_field(text, record.root(), field);
          fields.emplace(field.name, sorted_json(text));
        }
      });
    } catch (const std::exception& error) {
      fields = {{"error", error.what()}};
    }
  }
  return out;
}

bool DynamicStore::has_same_keys(const std::string& table, const std::string& schema) const {
  const std::shared_ptr<const tools::Schema> other = decode(schema);
  const tools::Model& model = model_of(*other, table);
  const auto transaction = file_->engine().begin_read();
  auto cursor = transaction.cursor(*transaction.find_table(table));
  for (bool found = cursor.first(); found; found = cursor.next()) {
    netabase::key::Buffer key;
    try {
      const tools::Record record(cursor.value(), *model.shape);
      tools::guard_capnp([&] { tools::append_primary(key, record.root(), model); });
    } catch (const std::exception&) {
      return false;
    }
    netabase::key::seal_record_key(key);
    if (netabase::as_text(key.bytes()) != netabase::as_text(cursor.key())) return false;
  }
  return true;
}

std::string DynamicStore::check() {
  file_.reset();
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  const int code = tools::run_command_line({"check", path_}, {in, out, err});
  open();
  return code == 0 ? "" : out.str() + err.str();
}

}  // namespace random_evolution
