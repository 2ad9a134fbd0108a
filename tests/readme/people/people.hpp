#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// clang-format off

namespace [[netabase::definition(PeopleDefinition, PeopleKeys)]] people {

struct Address {
  std::string zip;
  std::string country;
};

struct [[netabase::model, netabase::index(by_zip, address.zip),
         netabase::index(by_domain_age, domain, desc(age), where = is_active)]] Person {
  [[netabase::primary_key]] std::uint64_t id = 0;
  [[netabase::secondary_key(unique, where = is_active)]] std::string handle;  // unique among the active ones
  std::string email;
  std::optional<Address> address;  // absent: no entry in by_zip; in an index of several parts, an absent part
  std::uint8_t age = 0;
  bool retired = false;

  [[netabase::secondary_key]] std::string_view domain() const { return std::string_view(email).substr(email.find('@') + 1); }
  bool is_active() const { return !retired; }
};

}  // namespace people
