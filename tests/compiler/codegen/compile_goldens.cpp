/// \file
/// Compiles every golden header under the warnings of the repository, and instantiates its templates.

#include <ostream>

#include "blog.netabase.hpp"
#include "compounds.netabase.hpp"
#include "indexes.netabase.hpp"
#include "kitchen_sink.netabase.hpp"
#include "links.netabase.hpp"
#include "trees.netabase.hpp"
#include "two_stores.netabase.hpp"
#include "values_and_sets.netabase.hpp"

namespace {

template <class Index>
void use_index(const typename Index::Model::Record& record, const typename Index::Model::Ref& ref) {
  netabase::key::Buffer buffer;
  const auto append = [&](const auto&... parts) { Index::Parts::append(buffer, parts...); };
  Index::each_key(record, append);
  Index::each_key(ref, append);
  const typename Index::Key key{};
  static_cast<void>(key == key);
  static_cast<void>(key < key);
  static_cast<void>(std::hash<typename Index::Key>()(key));
  static_cast<void>(to_string(key));
  static_cast<void>(std::string_view(Index::name).size() + std::string_view(Index::table).size() + Index::max_length);
}

template <class Model, class... Index>
void use_model(netabase::List<Index...>, std::ostream& out) {
  const typename Model::Record record = typename Model::Ref().to_owned();
  static_cast<void>(netabase::record::size<typename Model::Codec>(record));
  out << typename Model::PrimaryKey() << to_string(Model::PrimaryIndex::id);
  use_index<typename Model::PrimaryIndex>(record, typename Model::Ref());
  (use_index<Index>(record, typename Model::Ref()), ...);
  static_assert(std::is_same_v<netabase::ModelType<typename Model::Record>, Model>);
  static_assert(std::is_trivially_copyable_v<typename Model::Ref>);
}

template <class... Model>
void use_models(netabase::List<Model...>, std::ostream& out) {
  (use_model<Model>(typename Model::Indexes(), out), ...);
}

static_assert(std::is_same_v<links::PageSiteIndex::Target, links::site_name_model>);
static_assert(links::PageSiteIndex::on_delete == netabase::OnDelete::restrict_);
static_assert(netabase::detail::LinksTo<links::PageModel>::size == 3);
static_assert(netabase::detail::LinksOf<links::CoverModel>::size == 1);
static_assert(netabase::detail::LinksTo<links::CoverModel>::size == 0);
static_assert(netabase::detail::LinksOf<blog::PostModel>::size == 0);

}  // namespace

/// Whatever the goldens declare, used once.
void use_goldens(std::ostream& out) {
  use_models(blog::BlogDefinition::Models(), out);
  use_models(compounds::CompoundDefinition::Models(), out);
  use_models(indexes::IndexDefinition::Models(), out);
  use_models(kitchen::KitchenDefinition::Models(), out);
  use_models(goods::GoodsDefinition::Models(), out);
  use_models(links::LinksDefinition::Models(), out);
  use_models(trees::TreesDefinition::Models(), out);
  use_models(stores::inner::Definition::Models(), out);
  use_models(stores::second::SecondDefinition::Models(), out);
  out << blog::BlogDefinition::schema() << to_string(kitchen::KitchenDefinitionModel::Keyed);
}
