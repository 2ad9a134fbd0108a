// Structs that contain themselves and each other: against libcapnp, damaged, and as deep as records may be.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/compiler/codegen/damage.hpp"
#include "tests/compiler/codegen/oracle.hpp"
#include "tests/compiler/driver/scratch.hpp"
#include "trees.netabase.hpp"

using netabase::compiler::layout::CapnpFile;
using netabase::compiler::test::check_damage;
using netabase::compiler::test::check_model;
using netabase::compiler::test::Random;
using netabase::compiler::test::seed;
using netabase::compiler::test::Stored;

namespace trees {

template <class F>
void each_field(Label& v, F&& f) {
  f("text", v.text), f("bold", v.bold);
}
std::type_identity<LabelCodec> codec_of(const Label&);

template <class F>
void each_field(Node& v, F&& f) {
  f("value", v.value), f("label", v.label), f("children", v.children), f("maybeChildren", v.maybe_children);
  f("rows", v.rows), f("more", v.more);
}
std::type_identity<NodeCodec> codec_of(const Node&);

template <class F>
void each_field(Fork& v, F&& f) {
  f("sides", v.sides);
}
std::type_identity<ForkCodec> codec_of(const Fork&);

template <class F>
void each_field(Expression& v, F&& f) {
  f("name", v.name), f("operands", v.operands);
}
std::type_identity<ExpressionCodec> codec_of(const Expression&);

template <class F>
void each_field(Group& v, F&& f) {
  f("inner", v.inner), f("other", v.other);
}
std::type_identity<GroupCodec> codec_of(const Group&);

template <class F>
void each_field(Operand& v, F&& f) {
  f("number", v.number), f("group", v.group);
}
std::type_identity<OperandCodec> codec_of(const Operand&);

template <class F>
void each_field(Topic& v, F&& f) {
  f("name", v.name), f("topics", v.topics);
}
std::type_identity<TopicCodec> codec_of(const Topic&);

template <class F>
void each_field(Forest& v, F&& f) {
  f("id", v.id), f("root", v.root), f("formula", v.formula), f("topics", v.topics), f("fork", v.fork);
}
std::type_identity<ForestCodec> codec_of(const Forest&);

template <class F>
void each_field(Comment& v, F&& f) {
  f("id", v.id), f("author", v.author), f("answers", v.answers);
}
std::type_identity<CommentCodec> codec_of(const Comment&);

template <class F>
void each_view(LabelRef v, F&& f) {
  f(v.text());
}
template <class F>
void each_view(NodeRef v, F&& f) {
  f(v.value()), f(v.label()), f(v.children()), f(v.maybe_children()), f(v.rows()), f(v.more());
}
template <class F>
void each_view(ForkRef v, F&& f) {
  f(v.sides());
}
template <class F>
void each_view(ExpressionRef v, F&& f) {
  f(v.name()), f(v.operands());
}
template <class F>
void each_view(GroupRef v, F&& f) {
  f(v.inner()), f(v.other());
}
template <class F>
void each_view(OperandRef v, F&& f) {
  f(v.number()), f(v.group());
}
template <class F>
void each_view(TopicRef v, F&& f) {
  f(v.name()), f(v.topics());
}
template <class F>
void each_view(ForestRef v, F&& f) {
  f(v.root()), f(v.formula()), f(v.topics()), f(v.fork());
}
template <class F>
void each_view(CommentRef v, F&& f) {
  f(v.author()), f(v.answers());
}

}  // namespace trees

namespace {

/// A comment with `levels` of answers below it.
trees::Comment chain(std::size_t levels) {
  trees::Comment top;
  trees::Comment* last = &top;
  for (std::size_t i = 0; i < levels; ++i) {
    last->id = i + 1;
    last = &last->answers.emplace_back();
  }
  last->author = "the last one";
  return top;
}

/// The root is 1 deep, each list of answers 1 deeper.
constexpr std::size_t deepest_chain = netabase::wire::max_depth - 1;

CapnpFile trees_file() {
  return CapnpFile("trees.capnp",
                   netabase::compiler::test::Scratch::read_file(std::string(NETABASE_GOLDENS_DIR) + "/trees.capnp"));
}

}  // namespace

TEST_CASE("recursive codecs write and read what libcapnp does") {
  const std::uint64_t number = seed();
  INFO("NETABASE_TEST_SEED=", number);
  Random random(number);
  const CapnpFile file = trees_file();
  REQUIRE(file.ok());
  check_model<trees::ForestModel>(file, "Forest", random, 200);
  check_model<trees::CommentModel>(file, "Comment", random, 200);
}

TEST_CASE("damaged recursive records give values or Corrupt") {
  const std::uint64_t number = seed();
  INFO("NETABASE_TEST_SEED=", number);
  Random random(number);
  check_damage<trees::ForestModel>(random, 500);
  check_damage<trees::CommentModel>(random, 500);
}

TEST_CASE("records are nested 64 deep at most: deeper ones are refused before anything is written") {
  const Stored<trees::CommentCodec> stored(chain(deepest_chain));
  trees::CommentRef view = stored.view();
  std::size_t levels = 0;
  while (!view.answers().empty()) {
    view = view.answers()[0];
    ++levels;
  }
  CHECK(levels == deepest_chain);
  CHECK(view.author() == "the last one");
  const trees::Comment owned = stored.view().to_owned();
  CHECK(owned.answers[0].answers[0].id == 3);

  CHECK_THROWS_WITH_AS(netabase::record::size<trees::CommentCodec>(chain(deepest_chain + 1)),
                       doctest::Contains("nested too deep"), netabase::Error);
  CHECK_THROWS_AS(netabase::record::size<trees::CommentCodec>(chain(20'000)), netabase::Error);
}

TEST_CASE("a record that is nested deeper is Corrupt when it is read that far") {
  const CapnpFile file = trees_file();
  capnp::MallocMessageBuilder message(1 << 16);
  auto comment = message.initRoot<capnp::DynamicStruct>(file.nested("Comment").asStruct());
  for (std::size_t i = 0; i < deepest_chain + 1; ++i) {
    comment = comment.init("answers", 1).as<capnp::DynamicList>()[0].as<capnp::DynamicStruct>();
  }
  comment.set("author", "too deep");
  const auto segments = message.getSegmentsForOutput();
  REQUIRE(segments.size() == 1);
  std::vector<std::uint64_t> words = {0};  // the record's head
  for (const capnp::word& word : segments[0]) std::memcpy(&words.emplace_back(), &word, sizeof(word));
  const netabase::Bytes bytes(reinterpret_cast<const std::byte*>(words.data()), words.size() * 8);
  const auto view = netabase::record::read<trees::CommentCodec>(bytes, netabase::Lifetime());
  CHECK(view.answers().size() == 1);
  CHECK_THROWS_WITH_AS(view.to_owned(), doctest::Contains("nested deeper than any record"), netabase::Corrupt);
  CHECK_THROWS_AS(netabase::compiler::test::walk(view), netabase::Corrupt);
}

TEST_CASE("a list that leads back to itself is Corrupt") {
  Stored<trees::CommentCodec> stored(chain(2));
  // The pointer of the first answer's own answers, bent to the list that the answer lies in.
  const std::size_t before = netabase::compiler::test::walk(stored.view());
  CHECK(before > 2);
  auto* words = reinterpret_cast<std::uint64_t*>(stored.begin());
  std::size_t bent = 0;
  for (std::size_t i = 4; i < stored.size() / 8; ++i) {
    const netabase::wire::Word word(words[i]);
    if (!word.is_list_of(netabase::wire::ElementSize::structs)) continue;
    words[i] = netabase::wire::Word::to_list(-static_cast<std::int64_t>(i) + 3, netabase::wire::ElementSize::structs, 4)
                   .bits();
    ++bent;
  }
  CHECK(bent > 0);
  CHECK_THROWS_AS(stored.view().to_owned(), netabase::Corrupt);
  CHECK_THROWS_AS(netabase::compiler::test::walk(stored.view()), netabase::Corrupt);
}
