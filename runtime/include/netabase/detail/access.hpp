#pragma once

/// \file
/// What trees, ranges and index readers share: the way from an open transaction to the records of one model.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "netabase/codec/record.hpp"
#include "netabase/detail/key_arguments.hpp"
#include "netabase/engine/engine.hpp"
#include "netabase/error.hpp"
#include "netabase/lifetime.hpp"
#include "netabase/model.hpp"

namespace netabase::detail {

/// In a store's list of tables: one that must not be used. Engines refuse it as unknown.
inline constexpr engine::Table absent_table{UINT32_MAX};

/// Throws SchemaMismatch: the file lacks what the program asked for.
[[noreturn]] void throw_absent(std::string_view table);

/// Throws Corrupt: an entry of the index leads to no record.
[[noreturn]] void throw_dangling(std::string_view index, std::string_view model);

/// A handle of one model in one open transaction: three pointers, cheap to copy. Valid until the transaction ends.
template <class Model, class Engine>
class Access {
 public:
  using Transaction = typename Engine::Transaction;
  using Record = typename Model::Record;
  using Ref = typename Model::Ref;
  using Codec = typename Model::Codec;
  using PrimaryIndex = typename Model::PrimaryIndex;

  /// `tables`: the definition's tables, of which the model's are looked up here. `views` ends the life of borrowed
  /// records, `open` that of the handle itself.
  Access(Transaction& transaction, const engine::Table* tables, const LifetimeSource& views, Lifetime open)
      : transaction_(&transaction), tables_(tables + first_table<Model>), views_(&views), open_(open) {}

  /// The same transaction's records of another model of the definition.
  template <class Other>
  Access<Other, Engine> of() const {
    return {*transaction_, tables_ - first_table<Model>, *views_, open_};
  }
  /// The same records in a transaction nested in this one.
  Access in(Transaction& nested) const { return {nested, tables_ - first_table<Model>, *views_, open_}; }

  /// Throws TransactionEnded in checked builds.
  Transaction& transaction() const {
    open_.check();
    return *transaction_;
  }
  engine::Table records() const { return tables_[0]; }
  template <class Index>
  engine::Table table() const {
    return tables_[index_table<Index>];
  }
  /// The table of index `number`, counted from 1 in the order of the model; 0: the records.
  engine::Table table_at(std::size_t number) const { return tables_[number]; }
  /// Whether the file has no such table, or none that this program may use; only in stores opened read-only.
  bool is_absent() const { return tables_[0].id == absent_table.id; }
  template <class Index>
  bool is_absent() const {
    return tables_[index_table<Index>].id == absent_table.id;
  }
  Lifetime lifetime() const {
    open_.check();
    return views_->current();
  }

  [[gnu::always_inline]] Ref view(Bytes value) const { return record::read<Codec>(value, lifetime()); }

  /// The record under a stored primary key, or nothing. A hashed key is compared with the record's own: `key` is
  /// then the whole encoded one.
  bool find(Bytes record_key, Bytes& value) const { return transaction().get(records(), record_key, value); }

  /// Appends the whole encoded primary key of a record.
  template <class AnyRecord>
  static void append_primary(key::Buffer& out, const AnyRecord& record) {
    PrimaryIndex::each_key(record, [&](const auto&... parts) { PrimaryIndex::Parts::append(out, parts...); });
  }

  /// The record that the arguments name, as stored bytes.
  template <class... Arguments>
  bool get(Bytes& value, const Arguments&... arguments) const {
    key::Buffer record_key;
    append_key<PrimaryIndex>(record_key, arguments...);
    if (record_key.size() <= key::record_key_limit) {
      key::seal_record_key(record_key);
      return find(record_key.bytes(), value);
    }
    key::Buffer whole;
    whole.append(record_key.data(), record_key.size());
    key::seal_record_key(record_key);
    return find(record_key.bytes(), value) && has_primary(value, whole.bytes());
  }

  /// Whether the record's primary key is `whole`; asked where a hash stands for the key.
  bool has_primary(Bytes value, Bytes whole) const {
    key::Buffer own;
    append_primary(own, view(value));
    return compare(own.bytes(), whole) == 0;
  }

  [[noreturn]] void throw_dangling(std::string_view index) const { detail::throw_dangling(index, Model::name); }

 private:
  Transaction* transaction_;
  const engine::Table* tables_;
  const LifetimeSource* views_;
  [[no_unique_address]] Lifetime open_;
};

}  // namespace netabase::detail
