#pragma once
#include <cstdint>
#include <string>

namespace [[netabase::definition, netabase::dropped("Old", "User")]] shop {

enum class [[netabase::dropped("a")]] Kind : std::uint8_t { a };

struct [[netabase::model, netabase::dropped("old", "name", "nick")]] User {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string name;
  [[netabase::renamed_from("nick")]] std::string handle;
};

struct [[netabase::model, netabase::dropped]] A {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

struct [[netabase::model, netabase::dropped()]] B {
  [[netabase::primary_key]] std::uint64_t id = 0;
};

struct [[netabase::model, netabase::dropped(old, 3)]] C {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::dropped("old")]] std::string name;
};

}  // namespace shop

namespace [[netabase::dropped("Old")]] plain {}
