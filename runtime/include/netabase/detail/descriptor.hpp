#pragma once

/// \file
/// A definition without its types: what opening a store and upgrading it need to know of models and indexes, as tables
/// of names and a few functions over bytes. Code that runs once for each open is written against these, so that it is
/// compiled once and not for each model; the paths of single records keep the types.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeinfo>

#include "netabase/bytes.hpp"
#include "netabase/detail/schema_check.hpp"
#include "netabase/detail/upkeep.hpp"
#include "netabase/evolution/schema.hpp"
#include "netabase/model.hpp"

namespace netabase::detail {

/// An index, links included, or the primary key. "Key" is a whole encoded one: not padded, not hashed, no entry yet.
struct IndexDescriptor {
  static constexpr std::size_t no_target = SIZE_MAX;

  std::string_view name;
  std::string_view table;
  bool unique = false;
  bool calls_functions = false;    ///< of the user's struct, which may throw anything
  std::size_t target = no_target;  ///< of a link: the place of the model that it leads to
  /// Adds the keys that a stored record has, in the record's order; one may come twice. Throws Corrupt, and what
  /// functions of the struct throw.
  void (*add_keys)(Bytes record, ByteStrings& keys) = nullptr;
  /// Throws KeyTooLong when a key of the stored record is longer than the schema allows. Null where it allows any.
  void (*check_lengths)(Bytes record) = nullptr;
  /// A key for people.
  std::string (*text)(Bytes key) = nullptr;
  /// Moves behind the key that the bytes begin with; false: they begin with none.
  bool (*skip)(Bytes& bytes) noexcept = nullptr;
};

struct ModelDescriptor {
  std::string_view name;
  const std::type_info* record = nullptr;  ///< the struct's
  std::size_t table = 0;                   ///< the place of its records among the definition's tables; indexes follow
  IndexDescriptor primary;
  std::span<const IndexDescriptor> indexes;
  std::size_t record_key_size = 0;  ///< bytes of a stored primary key; 0 when they vary
  /// The number in an automatic primary key, 0 for a negative one. Null where keys are the user's.
  std::uint64_t (*number)(Bytes key) = nullptr;
};

/// All of it lives as long as the program.
struct DefinitionDescriptor {
  CompiledIdentity identity;
  const evolution::Schema& (*schema)() = nullptr;  ///< the compiled one, parsed when it is first asked for
  std::span<const ModelDescriptor> models;
  std::uint32_t tables = 0;  ///< of its models and indexes

  /// Calls `use(name)` for each table, in the order in which their places are counted.
  template <class Use>
  void each_table(Use&& use) const {
    for (const ModelDescriptor& model : models) {
      use(model.name);
      for (const IndexDescriptor& index : model.indexes) use(index.table);
    }
  }
};

/// The root of a stored record that nothing is borrowed from for longer than its bytes live. Throws Corrupt.
wire::StructView stored_root(Bytes record);
/// Makes the key in `key` that of an entry; whether the entry has `record_key` as its value.
bool seal_entry(const IndexDescriptor& index, key::Buffer& key, Bytes record_key);
/// The stored primary key that an entry of the index names. Throws Corrupt.
Bytes entry_record_key(const ModelDescriptor& model, const IndexDescriptor& index, Bytes key, Bytes value);
/// Whether the stored record has the key in the index.
bool has_stored_key(const IndexDescriptor& index, Bytes record, Bytes key);
/// The primary key of a stored record, for people.
std::string stored_key_text(const ModelDescriptor& model, Bytes record);

/// Whether there is a record with the primary key. `records`: the model's table.
template <class Transaction>
bool has_record(const Transaction& transaction, const ModelDescriptor& model, engine::Table records, Bytes key) {
  key::Buffer record_key;
  record_key.append(key);
  key::seal_record_key(record_key);
  Bytes record;
  return transaction.get(records, record_key.bytes(), record) &&
         (!key::is_hashed_record_key(record_key.bytes()) || has_stored_key(model.primary, record, key));
}

/// Adds one key. Depends on the key's parts alone, so that indexes of the same parts share it.
template <class KeyParts>
struct AddKey {
  ByteStrings& keys;
  template <class... Parts>
  void operator()(const Parts&... parts) const {
    key::Buffer key;
    KeyParts::append(key, parts...);
    keys.add(key.bytes(), false);
  }
};

template <class Index>
void add_stored_keys(Bytes record, ByteStrings& keys) {
  Index::each_key(Index::Model::Codec::read(stored_root(record)), AddKey<typename Index::Parts>{keys});
}

template <class Index>
void check_stored_lengths(Bytes record) {
  Index::each_key(Index::Model::Codec::read(stored_root(record)),
                  [](const auto&... parts) { check_length<Index>(parts...); });
}

template <class KeyParts>
std::string stored_text(Bytes key) {
  return key::to_string(KeyParts::decode(key));
}

template <class KeyParts>
std::uint64_t stored_number(Bytes key) {
  const auto number = std::get<0>(KeyParts::decode(key));
  return number > 0 ? static_cast<std::uint64_t>(number) : 0;
}

template <class Index>
constexpr IndexDescriptor describe_index() {
  IndexDescriptor index;
  index.name = Index::name;
  index.table = Index::table;
  index.unique = Index::unique;
  index.calls_functions = CallsFunctions<Index>;
  if constexpr (IsLink<Index>) index.target = model_position<typename Index::Target>;
  index.add_keys = &add_stored_keys<Index>;
  if constexpr (Index::max_length != 0) index.check_lengths = &check_stored_lengths<Index>;
  index.text = &stored_text<typename Index::Parts>;
  index.skip = &Index::Parts::skip;
  return index;
}

template <class Indexes>
struct IndexDescriptors;
template <class... Indexes>
struct IndexDescriptors<List<Indexes...>> {
  static constexpr std::array<IndexDescriptor, sizeof...(Indexes)> value = {describe_index<Indexes>()...};
};

template <class Model>
constexpr ModelDescriptor describe_model() {
  ModelDescriptor model;
  model.name = Model::name;
  model.record = &typeid(typename Model::Record);
  model.table = first_table<Model>;
  model.primary = describe_index<typename Model::PrimaryIndex>();
  model.indexes = IndexDescriptors<typename Model::Indexes>::value;
  model.record_key_size = record_key_size<typename Model::PrimaryIndex>;
  if constexpr (Model::automatic) model.number = &stored_number<typename Model::PrimaryIndex::Parts>;
  return model;
}

template <class Models>
struct ModelDescriptors;
template <class... Models>
struct ModelDescriptors<List<Models...>> {
  static constexpr std::array<ModelDescriptor, sizeof...(Models)> value = {describe_model<Models>()...};
};

template <class Definition>
inline constexpr DefinitionDescriptor descriptor_of = {
    compiled_identity<Definition>(), &evolution::compiled_schema<Definition>,
    ModelDescriptors<typename Definition::Models>::value, static_cast<std::uint32_t>(table_count<Definition>)};

}  // namespace netabase::detail
