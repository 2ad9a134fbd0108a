#include <cstdint>

struct User {
  std::uint64_t id = 0;
};
