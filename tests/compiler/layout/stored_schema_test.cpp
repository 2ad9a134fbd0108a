// The schema that the generated header embeds, read with libcapnp.

#include <capnp/message.h>
#include <capnp/schema-loader.h>
#include <capnp/serialize.h>
#include <doctest/doctest.h>

#include <cstring>
#include <vector>

#include "blog.netabase.hpp"
#include "compiler/layout/fingerprint.hpp"
#include "format/stored_schema.capnp.h"
#include "kitchen_sink.netabase.hpp"

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
  check_definition<kitchen::KitchenDefinition>();
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
