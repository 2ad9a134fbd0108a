#pragma once

/// \file
/// Migrations: functions of the program that make a new record of an old one, where the layout alone cannot tell how.
///
///     #include "v1/blog.netabase.hpp"   // the old header, kept in a namespace of its own, with its .capnp
///
///     auto store = netabase::Store<blog::BlogDefinition>::open({
///         .path = "blog.mdb",
///         .migrations = {netabase::Migration<blog_v1::User, blog::User>([](const blog_v1::User& old) {
///           return blog::User{.id = std::stoull(old.id), .name = old.name};
///         })},
///     });
///
/// At open, each model whose stored layout differs from the program's looks for a chain of migrations that begins with
/// a struct of just the stored layout, or one that reads it safely, or else with DynamicRecord, and ends with the
/// program's struct: Migration<v1::User, v2::User> and Migration<v2::User, blog::User> make one of two steps. The
/// shortest chain is taken, also where the layout alone would do. All records of the model are converted in the
/// transaction that upgrades the store, and its indexes built again.

#include <any>
#include <concepts>
#include <functional>
#include <string>
#include <typeinfo>
#include <utility>
#include <vector>

#include "netabase/codec/record.hpp"
#include "netabase/detail/upkeep.hpp"
#include "netabase/dynamic_record.hpp"
#include "netabase/evolution/compare.hpp"
#include "netabase/model.hpp"
#include "netabase/upgrade.hpp"

namespace netabase {

namespace detail {

/// Throws KeyTooLong, and what the format cannot hold.
template <class Record>
MigratedRecord encode_migrated(const Record& record) {
  using Model = ModelType<Record>;
  check_lengths<Model>(record);
  key::Buffer key;
  Model::PrimaryIndex::each_key(record,
                                [&](const auto&... parts) { Model::PrimaryIndex::Parts::append(key, parts...); });
  key::seal_record_key(key);
  MigratedRecord out;
  out.key.assign(key.bytes().begin(), key.bytes().end());
  const record::Extent extent = record::measure<typename Model::Codec>(record);
  out.value.resize(extent.bytes);
  record::write<typename Model::Codec>(out.value.data(), extent, record, Model::schema_version);
  return out;
}

}  // namespace detail

/// Makes a To of every stored From. From is a model's struct of an older version's generated header, or DynamicRecord;
/// To that of a later version, in the end the program's. Both are stored under the same name. The function must give
/// the same result whenever it is called, and may be called for records of a transaction that is rolled back.
template <class From, class To>
class Migration : public AnyMigration {
 public:
  template <class Function>
  requires std::is_invocable_r_v<To, const Function&, const From&>
  explicit Migration(Function function) : AnyMigration(typeid(From), typeid(To)) {
    if constexpr (std::is_same_v<From, DynamicRecord>) {
      model_ = ModelType<To>::name;
      read_dynamic_ = [function](const DynamicRecord& old) -> std::any { return To(function(old)); };
    } else {
      using Model = ModelType<From>;
      model_ = Model::name;
      schema_ = &evolution::compiled_schema<typename Model::Definition>;
      read_ = [](Bytes value) -> std::any {
        return Model::Codec::own(record::read<typename Model::Codec>(value, Lifetime()));
      };
      convert_ = [function = std::move(function)](const std::any& old) -> std::any {
        return To(function(std::any_cast<const From&>(old)));
      };
    }
    encode_ = [](const std::any& made) { return detail::encode_migrated<To>(std::any_cast<const To&>(made)); };
  }
};

/// The chain of migrations from a stored layout to a struct.
class MigrationPath {
 public:
  /// The chain for the model of that stored name, or an empty one. `stored` must outlive the path.
  static MigrationPath find(const std::vector<AnyMigration>& migrations, std::type_index target,
                            const evolution::Schema& stored, std::string_view model);

  bool is_empty() const noexcept { return steps_.empty(); }
  /// What the chain makes of a stored record. Throws what the functions throw, Corrupt and KeyTooLong.
  MigratedRecord convert(Bytes value) const;

 private:
  const evolution::Schema* stored_ = nullptr;
  const evolution::Struct* structure_ = nullptr;
  std::vector<const AnyMigration*> steps_;
};

namespace detail {

/// The primary key of a stored record of any schema, for messages: `7`, `("a", 3)`.
std::string describe_primary_key(const evolution::Schema& schema, const evolution::Model& model, Bytes value);

}  // namespace detail
}  // namespace netabase
