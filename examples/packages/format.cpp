#include "format.hpp"

namespace packages {

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t place = digits.size(); place > 3;) digits.insert(place -= 3, 1, ',');
  return digits;
}

std::string counted(std::uint64_t number, std::string_view noun) {
  return (grouped(number) + ' ').append(noun).append(number == 1 ? "" : "s");
}

std::string size_text(std::uint64_t kib) {
  if (kib < 1024) return std::to_string(kib) + " KiB";
  const std::uint64_t rest = kib % 1024;
  return grouped(kib / 1024) + '.' + std::to_string(rest * 10 / 1024) + " MiB";
}

}  // namespace packages
