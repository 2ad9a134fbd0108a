# Every type that records are made of, for the comparison with libcapnp. The C++ side is records.hpp.
@0xf2a1c6f0d1e35b77;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("netabase::test::stock");

enum Colour { red @0; green @1; blue @2; }

struct Leaf {
  x @0 :Float64;
  tag @1 :Text;
  y @2 :UInt8;
}

struct Inner {
  number @0 :Int32 = 7;
  name @1 :Text;
  flags @2 :List(Bool);
  leaf @3 :Leaf;
  leaves @4 :List(Leaf);
}

struct All {
  b0 @0 :Bool;
  b1 @1 :Bool = true;
  i8 @2 :Int8;
  i8d @3 :Int8 = -5;
  u8 @4 :UInt8;
  u8d @5 :UInt8 = 200;
  i16 @6 :Int16;
  i16d @7 :Int16 = -300;
  u16 @8 :UInt16;
  u16d @9 :UInt16 = 65535;
  i32 @10 :Int32;
  i32d @11 :Int32 = -70000;
  u32 @12 :UInt32;
  u32d @13 :UInt32 = 4000000000;
  i64 @14 :Int64;
  i64d @15 :Int64 = -5000000000;
  u64 @16 :UInt64;
  u64d @17 :UInt64 = 18446744073709551615;
  f32 @18 :Float32;
  f32d @19 :Float32 = 1.5;
  f64 @20 :Float64;
  f64d @21 :Float64 = -0.25;
  colour @22 :Colour;
  colourd @23 :Colour = blue;
  level @24 :Int8 = -1;
  text @25 :Text;
  textd @26 :Text = "none";
  data @27 :Data;
  octets @28 :Data;
  uuid @29 :Data;
  maybeNumber :union { none @30 :Void; value @31 :Int32; }
  maybeText :union { none @32 :Void; value @33 :Text; }
  maybeInner :union { none @34 :Void; value @35 :Inner; }
  maybeList :union { none @36 :Void; value @37 :List(UInt16); }
  bools @38 :List(Bool);
  i8s @39 :List(Int8);
  u16s @40 :List(UInt16);
  i32s @41 :List(Int32);
  u64s @42 :List(UInt64);
  f32s @43 :List(Float32);
  f64s @44 :List(Float64);
  colours @45 :List(Colour);
  texts @46 :List(Text);
  datas @47 :List(Data);
  grid @48 :List(List(Int32));
  bits @49 :List(List(Bool));
  words @50 :List(List(Text));
  inners @51 :List(Inner);
  blocks @52 :List(List(Leaf));
  inner @53 :Inner;
  last @54 :Bool = true;
  maybeFlag :union { none @55 :Void; value @56 :Bool; }
}

# One struct before and after fields were added, and lists before and after they were widened to structs.
struct ItemBefore { x @0 :UInt16; }
struct ItemAfter { x @0 :UInt16; y @1 :Int64 = 9; name @2 :Text; }
struct NamedAfter { name @0 :Text; z @1 :UInt32 = 3; }

struct Before {
  a @0 :UInt32;
  t @1 :Text;
  items @2 :List(ItemBefore);
  item @3 :ItemBefore;
  numbers @4 :List(UInt16);
  names @5 :List(Text);
}

struct After {
  a @0 :UInt32;
  t @1 :Text;
  items @2 :List(ItemAfter);
  item @3 :ItemAfter;
  numbers @4 :List(ItemAfter);
  names @5 :List(NamedAfter);
  b @6 :UInt64 = 77;
  flag @7 :Bool = true;
  u @8 :Text = "new";
  more @9 :List(Int32);
}
