// The schema that the generated header embeds, read with libcapnp.

#include <capnp/message.h>
#include <capnp/schema-loader.h>
#include <capnp/serialize.h>
#include <doctest/doctest.h>

#include <cstring>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "blog.netabase.hpp"
#include "compiler/layout/fingerprint.hpp"
#include "format/stored_schema.capnp.h"
#include "indexes.netabase.hpp"
#include "kitchen_sink.netabase.hpp"
#include "links.netabase.hpp"
#include "trees.netabase.hpp"
#include "values_and_sets.netabase.hpp"

namespace stored = netabase::stored;

namespace {

/// A message over a copy of the bytes.
class Message {
 public:
  explicit Message(std::string_view bytes) : words_(bytes.size() / sizeof(capnp::word)) {
    std::memcpy(words_.data(), bytes.data(), bytes.size());
    segment_ = kj::arrayPtr(words_.data(), words_.size());
    reader_ = kj::heap<capnp::SegmentArrayMessageReader>(kj::arrayPtr(&segment_, 1));
  }
  stored::StoredSchema::Reader root() { return reader_->getRoot<stored::StoredSchema>(); }
  bool canonical() { return reader_->isCanonical(); }

 private:
  std::vector<capnp::word> words_;
  kj::ArrayPtr<const capnp::word> segment_;
  kj::Own<capnp::SegmentArrayMessageReader> reader_;
};

template <class Definition>
void check_definition() {
  const std::string_view bytes = Definition::schema();
  CHECK(bytes.size() % sizeof(capnp::word) == 0);
  CHECK(netabase::compiler::layout::fingerprint(bytes) == Definition::fingerprint);
  Message message(bytes);
  CHECK(message.canonical());
  const auto root = message.root();
  CHECK(root.getFormatVersion() == 1);
  CHECK(root.getSchemaVersion() == Definition::schema_version);
  CHECK(root.getDefinition() == std::string(Definition::name).c_str());
  CHECK(root.getModels().size() == Definition::Models::size);
  // The nodes are complete and valid by themselves.
  capnp::SchemaLoader loader;
  for (const auto node : root.getNodes()) loader.load(node);
  for (const auto model : root.getModels()) {
    const capnp::StructSchema schema = loader.get(model.getStructId()).asStruct();
    for (const auto part : model.getPrimaryKey().getParts()) schema.getFieldByName(part.getField()[0]);
  }
}

}  // namespace

TEST_CASE("the embedded schemas are canonical messages that libcapnp loads") {
  check_definition<blog::BlogDefinition>();
  check_definition<indexes::IndexDefinition>();
  check_definition<kitchen::KitchenDefinition>();
  check_definition<links::LinksDefinition>();
  check_definition<goods::GoodsDefinition>();
  check_definition<trees::TreesDefinition>();
}

TEST_CASE("the embedded schema says what the indexes are") {
  Message message(blog::BlogDefinition::schema());
  const auto post = message.root().getModels()[1];
  CHECK(post.getName() == "Post");
  CHECK(post.getCppName() == "blog::Post");
  CHECK(post.getPrimaryKey().getParts()[0].getKeyType() == stored::KeyType::UINT64);
  const auto indexes = post.getIndexes();
  REQUIRE(indexes.size() == 3);
  CHECK(indexes[1].getName() == "tags");
  CHECK(indexes[1].getPerElement());
  CHECK(indexes[1].getParts()[0].getKeyType() == stored::KeyType::TEXT);
  CHECK(indexes[2].getName() == "by_author_date");
  CHECK(indexes[2].getNumber() == 3);
  REQUIRE(indexes[2].getParts().size() == 2);
  CHECK(indexes[2].getParts()[0].getField()[0] == "authorId");
  CHECK_FALSE(indexes[2].getParts()[0].getDescending());
  CHECK(indexes[2].getParts()[1].getDescending());
  CHECK(indexes[2].getParts()[1].getKeyType() == stored::KeyType::INT64);
}

TEST_CASE("the embedded schema says what the fields' types leave out, and how wide keys are") {
  Message message(goods::GoodsDefinition::schema());
  std::map<std::string, std::string> meanings;
  for (const auto structure : message.root().getStructs()) {
    if (structure.getCppName() != "goods::Labelled") continue;
    const auto node = [&] {
      for (const auto candidate : message.root().getNodes()) {
        if (candidate.getId() == structure.getId()) return candidate;
      }
      throw std::logic_error("a struct without a node");
    }();
    for (unsigned i = 0; i < structure.getFields().size(); ++i) {
      meanings[node.getStruct().getFields()[i].getName().cStr()] = structure.getFields()[i].getMeaning().cStr();
    }
  }
  CHECK(meanings["timeout"] == "std::chrono::milliseconds");
  CHECK(meanings["day"] == "std::chrono::sys_time<std::chrono::days>");
  CHECK(meanings["place"] == "std::filesystem::path");
  CHECK(meanings["uuid"] == "std::array<_, 16>");
  CHECK(meanings["tags"] == "std::set");
  CHECK(meanings["numbers"] == "std::unordered_set");
  CHECK(meanings["maybeDay"] == "std::chrono::sys_time<std::chrono::days>");
  CHECK(meanings["serial"].empty());

  for (const auto model : message.root().getModels()) {
    if (model.getName() != "Labelled") continue;
    const auto parts = model.getPrimaryKey().getParts();
    CHECK(parts[0].getKeyType() == stored::KeyType::UINT128);
    CHECK(parts[1].getKeyType() == stored::KeyType::TEXT);
    for (const auto index : model.getIndexes()) {
      if (index.getName() == "balance") CHECK(index.getParts()[0].getKeyType() == stored::KeyType::INT128);
      if (index.getName() == "timeout") CHECK(index.getParts()[0].getKeyType() == stored::KeyType::INT64);
      if (index.getName() == "corners") CHECK(index.getParts()[0].getKeyType() == stored::KeyType::INT16);
      if (index.getName() == "tags") CHECK(index.getPerElement());
    }
  }
}

TEST_CASE("the embedded schema says what nested, computed and partial indexes are") {
  Message message(indexes::IndexDefinition::schema());
  const auto tree = message.root().getModels()[0];
  const auto find = [&](const char* name) {
    for (const auto index : tree.getIndexes()) {
      if (index.getName() == name) return index;
    }
    FAIL("there is no index " << name);
    return tree.getIndexes()[0];
  };
  const auto nested = find("by_maybe_note");
  REQUIRE(nested.getParts()[0].getField().size() == 3);
  CHECK(nested.getParts()[0].getField()[1] == "maybe");
  CHECK(nested.getParts()[0].getField()[2] == "note");
  CHECK(nested.getSparse());
  CHECK_FALSE(nested.getParts()[0].getOptional());
  const auto everything = find("by_everything");
  CHECK(everything.getParts()[0].getOptional());
  CHECK(everything.getParts()[2].getLength() == 4);
  CHECK(everything.getParts()[3].getKeyType() == stored::KeyType::INT8);
  CHECK(everything.getParts()[4].getDescending());
  const auto computed = find("sometimes");
  CHECK(computed.getParts()[0].getComputed() == "sometimes");
  CHECK(computed.getParts()[0].getField().size() == 0);
  CHECK(computed.getSparse());
  CHECK(computed.getPerElement());
  CHECK(find("size").getParts()[0].getKeyType() == stored::KeyType::UINT8);
  CHECK(find("by_active").getWhere() == "active");
  CHECK(find("by_busy").getWhere() == "is_busy()");
  CHECK(find("by_text").getWhere() == "");
}

TEST_CASE("the embedded schema has the enums") {
  Message message(kitchen::KitchenDefinition::schema());
  bool found = false;
  for (const auto enumeration : message.root().getEnums()) {
    if (enumeration.getCppName() != "kitchen::Balance") continue;
    found = true;
    REQUIRE(enumeration.getEnumerators().size() == 3);
    CHECK(enumeration.getEnumerators()[0].getName() == "debt");
    CHECK(enumeration.getEnumerators()[0].getValue() == -1);
  }
  CHECK(found);
}

TEST_CASE("the embedded schema says where links lead") {
  Message message(links::LinksDefinition::schema());
  const auto models = message.root().getModels();
  const auto page = models[0].getIndexes();
  REQUIRE(page.size() == 3);
  CHECK(page[0].getLink() == "sites");
  CHECK(page[0].getOnDelete() == stored::OnDelete::RESTRICT);
  CHECK(page[1].getLink() == "Page");
  CHECK(page[1].getUnique());
  CHECK(page[1].getOnDelete() == stored::OnDelete::SET_NULL);
  CHECK(page[2].getOnDelete() == stored::OnDelete::CASCADE);
  CHECK(models[0].getPrimaryKey().getLink() == "");
  CHECK(models[2].getIndexes()[0].getLink() == "Page");
}
