#include "compiler/layout/layout.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "compiler/layout/fingerprint.hpp"
#include "compiler/layout/type_text.hpp"

using namespace netabase::compiler;
using layout::CapnpFile;
using schema::DefaultValue;
using schema::TypeKind;

TEST_CASE("offsets are those of Cap'n Proto, in bytes, bits and pointers") {
  const CapnpFile file("test.capnp",
                       "@0xf3a1b2c3d4e5f601;\n"
                       "struct S @0x8f3a1b2c3d4e5f60 {\n"
                       "  a @0 :UInt8; b @1 :Bool; c @2 :Bool = true; d @3 :Text = \"x\"; e @4 :Int64 = -3;\n"
                       "  f :union { fAbsent @5 :Void; f @6 :Int16; }\n"
                       "  g @7 :List(Text); h @8 :Float32 = -0.0;\n"
                       "  i :union { i @9 :Data; iAbsent @10 :Void; }\n"
                       "}\n");
  REQUIRE(file.ok());
  const layout::StructLayout layout = layout::struct_layout(file, "S");
  const auto at = [&](const char* name) { return layout.fields.at(name); };
  CHECK(layout.data_words == 3);
  CHECK(layout.pointers == 3);
  CHECK(at("a").offset == 0);
  CHECK(at("b").offset == 8);
  CHECK(at("c").offset == 9);
  CHECK(at("c").default_value == DefaultValue(true));
  CHECK(at("d").pointer);
  CHECK(at("d").default_value == DefaultValue(std::string("x")));
  CHECK(at("e").offset == 8);
  CHECK(at("e").default_value == DefaultValue(std::int64_t{-3}));
  REQUIRE(at("f").optional);
  CHECK(at("f").optional->absent == 0);
  CHECK(at("f").optional->present == 1);
  CHECK(at("f").optional->offset % 2 == 0);
  CHECK(at("g").pointer);
  CHECK(at("g").offset == 1);
  CHECK(std::holds_alternative<double>(at("h").default_value));
  REQUIRE(at("i").optional);
  CHECK(at("i").optional->absent == 1);
  CHECK(at("i").optional->present == 0);
  CHECK(at("i").offset == 2);
}

TEST_CASE("what Cap'n Proto has against a text is collected with its place") {
  const CapnpFile file("test.capnp", "@0xf3a1b2c3d4e5f601;\nstruct S {\n  a @0 :Nothing;\n}\n");
  REQUIRE(file.problems().size() == 1);
  CHECK(file.problems()[0].line == 3);
  CHECK(file.problems()[0].column == 9);
}

TEST_CASE("defaults are written so that Cap'n Proto reads them back exactly") {
  const auto round = [](TypeKind kind, const DefaultValue& value) {
    const std::string text = layout::default_text(kind, value);
    const std::string type(kind == TypeKind::string ? "Text" : layout::scalar_text(kind));
    const CapnpFile file("test.capnp", "@0xf3a1b2c3d4e5f601;\nstruct S { a @0 :" + type + " = " + text + "; }\n");
    REQUIRE_MESSAGE(file.ok(), text);
    const auto field = file.nested("S").asStruct().getFieldByName("a");
    CHECK(layout::default_text(field.getProto().getSlot().getDefaultValue()) == text);
    return layout::struct_layout(file, "S").fields.at("a").default_value;
  };
  for (const double number : {0.1, -1.5, 1e300, 5e-324, 123456789.0, -0.0, std::numeric_limits<double>::infinity(),
                              -std::numeric_limits<double>::infinity(), std::numeric_limits<double>::max()}) {
    CHECK(round(TypeKind::float64, number) == DefaultValue(number));
  }
  for (const float number : {0.1F, -1.5F, 1e-45F, std::numeric_limits<float>::max()}) {
    CHECK(round(TypeKind::float32, double{number}) == DefaultValue(double{number}));
  }
  CHECK(round(TypeKind::int64, std::numeric_limits<std::int64_t>::min()) ==
        DefaultValue(std::numeric_limits<std::int64_t>::min()));
  CHECK(round(TypeKind::uint64, std::numeric_limits<std::uint64_t>::max()) ==
        DefaultValue(std::numeric_limits<std::uint64_t>::max()));
  CHECK(round(TypeKind::int8, std::int64_t{-128}) == DefaultValue(std::int64_t{-128}));
  CHECK(round(TypeKind::boolean, true) == DefaultValue(true));
  const std::string text = "a\"b\\c\n\t\x01 é ?";
  CHECK(round(TypeKind::string, text) == DefaultValue(text));
}

TEST_CASE("zero and empty defaults are none") {
  CHECK(layout::default_text(TypeKind::float64, 0.0).empty());
  CHECK(layout::default_text(TypeKind::int32, std::int64_t{0}).empty());
  CHECK(layout::default_text(TypeKind::boolean, false).empty());
  CHECK(layout::default_text(TypeKind::string, std::string()).empty());
  CHECK(layout::default_text(TypeKind::int32, {}).empty());
}

TEST_CASE("ids have Cap'n Proto's highest bit, and the hash is FNV-1a") {
  CHECK(layout::fingerprint("") == 0xcbf29ce484222325ULL);
  CHECK(layout::fingerprint("a") == 0xaf63dc4c8601ec8cULL);
  CHECK(layout::fingerprint("foobar") == 0x85944171f73967e8ULL);
  const std::uint64_t highest_bit = layout::type_id("blog::User") >> 63U;
  CHECK(highest_bit == 1);
}
