#pragma once

/// \file
/// The structs of wire_test.capnp in C++, each with the table of its fields: where `capnp compile -ocapnp` says they
/// lie. Pointers stand in ascending order. Generated codecs have the same calls written out (record_test.cpp has one
/// such).

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "netabase/codec/wire.hpp"

namespace netabase::test {

enum class Colour : std::uint16_t { red, green, blue };
enum class Level : std::int8_t { low = -1, none = 0, high = 1 };

template <class T>
struct TableCodec;

struct Leaf {
  double x = 0;
  std::string tag;
  std::uint8_t y = 0;

  template <class Record, class F>
  static void fields(Record& r, F& f) {
    f.scalar("x", 0, r.x);
    f.scalar("y", 8, r.y);
    f.template pointer<wire::Text>("tag", 0, r.tag);
  }
};

struct Inner {
  std::int32_t number = 7;
  std::string name;
  std::vector<bool> flags;
  Leaf leaf;
  std::vector<Leaf> leaves;

  template <class Record, class F>
  static void fields(Record& r, F& f) {
    f.scalar("number", 0, r.number, 7);
    f.template pointer<wire::Text>("name", 0, r.name);
    f.template pointer<wire::List<wire::Bit>>("flags", 1, r.flags);
    f.template pointer<wire::Struct<TableCodec<Leaf>>>("leaf", 2, r.leaf);
    f.template pointer<wire::List<wire::Struct<TableCodec<Leaf>>>>("leaves", 3, r.leaves);
  }
};

struct All {
  bool b0 = false;
  bool b1 = true;
  std::int8_t i8 = 0;
  std::int8_t i8d = -5;
  std::uint8_t u8 = 0;
  std::uint8_t u8d = 200;
  std::int16_t i16 = 0;
  std::int16_t i16d = -300;
  std::uint16_t u16 = 0;
  std::uint16_t u16d = 65535;
  std::int32_t i32 = 0;
  std::int32_t i32d = -70000;
  std::uint32_t u32 = 0;
  std::uint32_t u32d = 4000000000;
  std::int64_t i64 = 0;
  std::int64_t i64d = -5000000000;
  std::uint64_t u64 = 0;
  std::uint64_t u64d = 18446744073709551615U;
  float f32 = 0;
  float f32d = 1.5F;
  double f64 = 0;
  double f64d = -0.25;
  Colour colour = Colour::red;
  Colour colourd = Colour::blue;
  Level level = Level::low;
  bool last = true;
  std::string text;
  std::string textd = "none";
  std::vector<std::byte> data;
  std::vector<std::uint8_t> octets;
  std::array<std::byte, 16> uuid{};
  std::optional<bool> maybe_flag;
  std::optional<std::int32_t> maybe_number;
  std::optional<std::string> maybe_text;
  std::optional<Inner> maybe_inner;
  std::optional<std::vector<std::uint16_t>> maybe_list;
  std::vector<bool> bools;
  std::vector<std::int8_t> i8s;
  std::vector<std::uint16_t> u16s;
  std::vector<std::int32_t> i32s;
  std::vector<std::uint64_t> u64s;
  std::vector<float> f32s;
  std::vector<double> f64s;
  std::vector<Colour> colours;
  std::vector<std::string> texts;
  std::vector<std::vector<std::byte>> datas;
  std::vector<std::vector<std::int32_t>> grid;
  std::vector<std::vector<bool>> bits;
  std::vector<std::vector<std::string>> words;
  std::vector<Inner> inners;
  std::vector<std::vector<Leaf>> blocks;
  Inner inner;

  template <class Record, class F>
  static void fields(Record& r, F& f) {
    using namespace wire;
    f.boolean("b0", 0, r.b0);
    f.boolean("b1", 1, r.b1, true);
    f.boolean("last", 2, r.last, true);
    f.scalar("i8", 1, r.i8);
    f.scalar("i8d", 2, r.i8d, std::int8_t{-5});
    f.scalar("u8", 3, r.u8);
    f.scalar("u8d", 4, r.u8d, std::uint8_t{200});
    f.scalar("level", 5, r.level, Level::low);
    f.scalar("i16", 6, r.i16);
    f.scalar("i16d", 8, r.i16d, std::int16_t{-300});
    f.scalar("u16", 10, r.u16);
    f.scalar("u16d", 12, r.u16d, std::uint16_t{65535});
    f.scalar("colour", 14, r.colour);
    f.scalar("i32", 16, r.i32);
    f.scalar("i32d", 20, r.i32d, -70000);
    f.scalar("u32", 24, r.u32);
    f.scalar("u32d", 28, r.u32d, 4000000000U);
    f.scalar("i64", 32, r.i64);
    f.scalar("i64d", 40, r.i64d, std::int64_t{-5000000000});
    f.scalar("u64", 48, r.u64);
    f.scalar("u64d", 56, r.u64d, std::uint64_t{18446744073709551615U});
    f.scalar("f32", 64, r.f32);
    f.scalar("f32d", 68, r.f32d, 1.5F);
    f.scalar("f64", 72, r.f64);
    f.scalar("f64d", 80, r.f64d, -0.25);
    f.scalar("colourd", 88, r.colourd, Colour::blue);
    f.maybe_boolean("maybeFlag", 102, 3, r.maybe_flag);
    f.maybe_scalar("maybeNumber", 90, 92, r.maybe_number);
    f.template pointer<Text>("text", 0, r.text);
    f.text_with_default("textd", 1, r.textd, "none");
    f.template pointer<Data<>>("data", 2, r.data);
    f.template pointer<Data<std::uint8_t>>("octets", 3, r.octets);
    f.template pointer<FixedData<16>>("uuid", 4, r.uuid);
    f.template maybe_pointer<Text>("maybeText", 96, 5, r.maybe_text);
    f.template maybe_pointer<Struct<TableCodec<Inner>>>("maybeInner", 98, 6, r.maybe_inner);
    f.template maybe_pointer<List<Scalar<std::uint16_t>>>("maybeList", 100, 7, r.maybe_list);
    f.template pointer<List<Bit>>("bools", 8, r.bools);
    f.template pointer<List<Scalar<std::int8_t>>>("i8s", 9, r.i8s);
    f.template pointer<List<Scalar<std::uint16_t>>>("u16s", 10, r.u16s);
    f.template pointer<List<Scalar<std::int32_t>>>("i32s", 11, r.i32s);
    f.template pointer<List<Scalar<std::uint64_t>>>("u64s", 12, r.u64s);
    f.template pointer<List<Scalar<float>>>("f32s", 13, r.f32s);
    f.template pointer<List<Scalar<double>>>("f64s", 14, r.f64s);
    f.template pointer<List<Scalar<Colour>>>("colours", 15, r.colours);
    f.template pointer<List<Text>>("texts", 16, r.texts);
    f.template pointer<List<Data<>>>("datas", 17, r.datas);
    f.template pointer<List<List<Scalar<std::int32_t>>>>("grid", 18, r.grid);
    f.template pointer<List<List<Bit>>>("bits", 19, r.bits);
    f.template pointer<List<List<Text>>>("words", 20, r.words);
    f.template pointer<List<Struct<TableCodec<Inner>>>>("inners", 21, r.inners);
    f.template pointer<List<List<Struct<TableCodec<Leaf>>>>>("blocks", 22, r.blocks);
    f.template pointer<Struct<TableCodec<Inner>>>("inner", 23, r.inner);
  }
};

struct ItemBefore {
  std::uint16_t x = 0;

  template <class Record, class F>
  static void fields(Record& r, F& f) {
    f.scalar("x", 0, r.x);
  }
};

struct ItemAfter {
  std::uint16_t x = 0;
  std::int64_t y = 9;
  std::string name;

  template <class Record, class F>
  static void fields(Record& r, F& f) {
    f.scalar("x", 0, r.x);
    f.scalar("y", 8, r.y, std::int64_t{9});
    f.template pointer<wire::Text>("name", 0, r.name);
  }
};

struct NamedAfter {
  std::string name;
  std::uint32_t z = 3;

  template <class Record, class F>
  static void fields(Record& r, F& f) {
    f.scalar("z", 0, r.z, 3U);
    f.template pointer<wire::Text>("name", 0, r.name);
  }
};

struct Before {
  std::uint32_t a = 0;
  std::string t;
  std::vector<ItemBefore> items;
  ItemBefore item;
  std::vector<std::uint16_t> numbers;
  std::vector<std::string> names;

  template <class Record, class F>
  static void fields(Record& r, F& f) {
    using namespace wire;
    f.scalar("a", 0, r.a);
    f.template pointer<Text>("t", 0, r.t);
    f.template pointer<List<Struct<TableCodec<ItemBefore>>>>("items", 1, r.items);
    f.template pointer<Struct<TableCodec<ItemBefore>>>("item", 2, r.item);
    f.template pointer<List<Scalar<std::uint16_t>>>("numbers", 3, r.numbers);
    f.template pointer<List<Text>>("names", 4, r.names);
  }
};

struct After {
  std::uint32_t a = 0;
  bool flag = true;
  std::uint64_t b = 77;
  std::string t;
  std::vector<ItemAfter> items;
  ItemAfter item;
  std::vector<ItemAfter> numbers;
  std::vector<NamedAfter> names;
  std::string u = "new";
  std::vector<std::int32_t> more;

  template <class Record, class F>
  static void fields(Record& r, F& f) {
    using namespace wire;
    f.scalar("a", 0, r.a);
    f.boolean("flag", 32, r.flag, true);
    f.scalar("b", 8, r.b, std::uint64_t{77});
    f.template pointer<Text>("t", 0, r.t);
    f.template pointer<List<Struct<TableCodec<ItemAfter>>>>("items", 1, r.items);
    f.template pointer<Struct<TableCodec<ItemAfter>>>("item", 2, r.item);
    f.template pointer<List<Struct<TableCodec<ItemAfter>>>>("numbers", 3, r.numbers);
    f.template pointer<List<Struct<TableCodec<NamedAfter>>>>("names", 4, r.names);
    f.text_with_default("u", 5, r.u, "new");
    f.template pointer<List<Scalar<std::int32_t>>>("more", 6, r.more);
  }
};

}  // namespace netabase::test
