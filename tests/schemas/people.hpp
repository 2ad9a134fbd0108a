#pragma once

/// \file
/// People: indexes of nested fields, computed ones, partial ones, and unique ones of several parts.

#include <cctype>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace [[netabase::definition(PeopleDefinition, PeopleKeys)]] people {

struct Country {
  std::string code;
  std::optional<std::uint16_t> prefix;

  friend bool operator==(const Country&, const Country&) = default;
};

struct Address {
  std::string zip;
  std::vector<std::string> lines;
  Country country;

  friend bool operator==(const Address&, const Address&) = default;
};

struct [[netabase::model, netabase::index(by_zip, address.zip),
         netabase::index(by_country_zip, address.country.code, desc(address.zip)),
         netabase::index(by_line, address.lines), netabase::index(by_work_zip, work.zip),
         netabase::index(by_work_prefix, desc(work.country.prefix)), netabase::index(by_work_line, work.lines),
         netabase::index(by_work_zip_age, work.zip, desc(age)), netabase::index(by_domain_age, domain, desc(age)),
         netabase::index(by_active_age, age, where = is_active),
         netabase::index(by_team_rank, unique, team, desc(rank), where = verified)]] Person {
  [[netabase::primary_key]] std::uint64_t id = 0;
  std::string email;
  [[netabase::secondary_key(unique, where = is_active)]] std::string handle;
  Address address;
  std::optional<Address> work;
  std::uint8_t age = 0;
  bool verified = false;
  std::optional<std::string> team;
  std::int32_t rank = 0;

  /// Whether an address without @ is refused; a test stores one to see what comes of it.
  static inline bool domain_throws = true;

  /// What stands behind the @. Throws when there is none.
  [[netabase::secondary_key]] std::string_view domain() const {
    const std::size_t at = email.find('@');
    if (at == std::string::npos && domain_throws) throw std::invalid_argument("no @ in " + email);
    return at == std::string::npos ? std::string_view() : std::string_view(email).substr(at + 1);
  }
  /// Absent for children.
  [[netabase::secondary_key]] std::optional<std::uint8_t> decade() const {
    return age < 18 ? std::nullopt : std::optional<std::uint8_t>(static_cast<std::uint8_t>(age / 10));
  }
  /// The words of the address.
  [[netabase::secondary_key]] std::vector<std::string> words() const {
    std::vector<std::string> out;
    for (const std::string& line : address.lines) {
      std::string word;
      for (const char c : line) {
        if (c != ' ') word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        if (c == ' ' && !word.empty()) out.push_back(std::exchange(word, {}));
      }
      if (!word.empty()) out.push_back(word);
    }
    return out;
  }
  /// The mail address in small letters, of verified people.
  [[netabase::secondary_key(unique, max_length = 40, where = verified)]] std::string mailbox() const {
    std::string out;
    for (const char c : email) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
  }
  bool is_active() const { return rank >= 0; }

  friend bool operator==(const Person&, const Person&) = default;
};

/// A key of several parts, and texts behind equal parts.
struct [[netabase::model, netabase::index(by_owner_name, owner, name), netabase::index(by_name_down, desc(name)),
         netabase::index(by_label, label, name)]] Note {
  [[netabase::primary_key]] std::uint32_t owner = 0;
  [[netabase::primary_key]] std::string name;
  [[netabase::primary_key]] std::uint8_t version = 0;
  std::optional<std::string> label;
  [[netabase::secondary_key]] std::vector<std::string> tags;
  [[netabase::secondary_key]] std::optional<std::vector<std::uint16_t>> pages;

  friend bool operator==(const Note&, const Note&) = default;
};

}  // namespace people
