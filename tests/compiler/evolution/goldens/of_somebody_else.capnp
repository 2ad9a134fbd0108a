@0xf3a1b2c3d4e5f601;

struct Item {
  id @0 :UInt64;
}
