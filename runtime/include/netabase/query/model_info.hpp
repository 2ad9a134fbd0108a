#pragma once

/// \file
/// A model's indexes as the planner and the walker see them: tables made at compile time, without the indexes' types.

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "netabase/bytes.hpp"
#include "netabase/detail/source.hpp"
#include "netabase/key/stored.hpp"
#include "netabase/query/field.hpp"
#include "netabase/query/plan.hpp"

namespace netabase::query {

template <class Part>
struct PartType {
  using type = Part;
  static constexpr bool descending = false;
};
template <class Part>
struct PartType<key::Desc<Part>> {
  using type = Part;
  static constexpr bool descending = true;
};

/// What a part of a key, of type `Part`, holds of the field.
template <class Path, class Part>
constexpr PartInfo part_info() {
  using Encoded = typename PartType<Part>::type;
  constexpr bool descending = PartType<Part>::descending;
  if constexpr (!is_path<Path>) {
    return {nullptr, descending, PartForm::value};
  } else if constexpr (std::is_same_v<Encoded, typename Path::Value>) {
    return {field_id<Path>, descending, Path::optional ? PartForm::sparse : PartForm::value};
  } else if constexpr (is_optional<Encoded>) {
    return {field_id<Path>, descending, PartForm::optional};
  } else {
    return {field_id<Path>, descending, PartForm::element};
  }
}

template <class Fields, class Parts>
struct PartTable;
template <class... Paths, class... Parts>
struct PartTable<List<Paths...>, key::Parts<Parts...>> {
  static constexpr std::array<PartInfo, sizeof...(Parts)> parts = {part_info<Paths, Parts>()...};
};

template <class Index>
constexpr IndexInfo index_info() {
  IndexInfo info;
  info.name = Index::name;
  info.primary = std::is_same_v<Index, typename Index::Model::PrimaryIndex>;
  info.unique = Index::unique;
  // A partial index does not speak for every record; its predicate is not known here.
  if constexpr (requires { Index::partial; }) info.usable = false;
  info.parts = PartTable<typename Index::Fields, typename Index::Parts>::parts;
  return info;
}

/// How a walk reads an index's entries.
template <class Model>
struct IndexReading {
  std::size_t exact_prefix = 0;
  bool primary = false;
  bool unique = false;
  std::string_view table;
  /// Moves behind the index's key; see Parts::skip.
  bool (*skip)(Bytes& rest) = nullptr;
  /// Appends the whole key of the record that is stored as `entry`.
  void (*whole_key)(const typename Model::Ref& record, Bytes entry, key::Buffer& out) = nullptr;
};

template <class Index>
bool skip_key(Bytes& rest) {
  return Index::Parts::skip(rest);
}
template <class Index>
void whole_key_of(const typename Index::Model::Ref& record, Bytes entry, key::Buffer& out) {
  if constexpr (std::is_same_v<Index, typename Index::Model::PrimaryIndex>) {
    Index::each_key(record, [&](const auto&... parts) { Index::Parts::append(out, parts...); });
  } else {
    detail::append_whole_key<Index>(record, entry, out);
  }
}

template <class Index>
constexpr IndexReading<typename Index::Model> index_reading() {
  IndexReading<typename Index::Model> reading;
  reading.primary = std::is_same_v<Index, typename Index::Model::PrimaryIndex>;
  reading.unique = Index::unique;
  reading.exact_prefix = reading.primary ? key::hashed_record_key_prefix
                         : Index::unique ? key::unique_key_limit
                                         : key::index_part_limit;
  reading.table = Index::table;
  reading.skip = &skip_key<Index>;
  reading.whole_key = &whole_key_of<Index>;
  return reading;
}

template <class Model, class Indexes = typename Model::Indexes>
struct ModelInfo;
template <class Model, class... Indexes>
struct ModelInfo<Model, List<Indexes...>> {
  static constexpr std::size_t count = 1 + sizeof...(Indexes);
  static_assert(count < 256, "a query chooses among at most 255 indexes");
  static constexpr std::array<IndexInfo, count> indexes = {index_info<typename Model::PrimaryIndex>(),
                                                           index_info<Indexes>()...};
  static constexpr std::array<IndexReading<Model>, count> readings = {index_reading<typename Model::PrimaryIndex>(),
                                                                      index_reading<Indexes>()...};
};

/// A model's indexes as they are in one store: all of them, but in an older file that is only read.
template <class Model>
class IndexesAtHand {
 public:
  template <class Access>
  explicit IndexesAtHand(const Access& access) {
    for (std::size_t index = 1; index < ModelInfo<Model>::count; ++index) {
      if (access.table_at(index).id != detail::absent_table.id) continue;
      if (!changed_) changed_ = ModelInfo<Model>::indexes;
      (*changed_)[index].usable = false;
      (*changed_)[index].absent = true;
    }
  }

  /// Valid as long as this.
  std::span<const IndexInfo> all() const { return changed_ ? *changed_ : ModelInfo<Model>::indexes; }

 private:
  std::optional<std::array<IndexInfo, ModelInfo<Model>::count>> changed_;
};

}  // namespace netabase::query
