#include "tools/output/pairs.hpp"

#include <algorithm>
#include <ostream>

#include "tools/json/text.hpp"
#include "tools/output/text.hpp"

namespace netabase::tools {

void Pairs::text(const std::string& name, const std::string& value) {
  std::string json;
  json::append_text(json, value);
  pairs_.push_back({name, printable(value), json});
}

void Pairs::number(const std::string& name, std::uint64_t value) {
  pairs_.push_back({name, count_text(value), std::to_string(value)});
}

void Pairs::bytes(const std::string& name, std::uint64_t value) {
  pairs_.push_back({name, bytes_text(value), std::to_string(value)});
}

void Pairs::print(const Context& context) const {
  std::size_t width = 0;
  for (const Pair& pair : pairs_) width = std::max(width, pair.name.size());
  for (const Pair& pair : pairs_) {
    context.out << styled(pair.name, Style::name, context.colour) << std::string(width + 2 - pair.name.size(), ' ')
                << pair.shown << '\n';
  }
}

std::string Pairs::json() const {
  std::string out = "{";
  for (const Pair& pair : pairs_) {
    if (out.size() > 1) out += ',';
    std::string name = pair.name;
    std::replace(name.begin(), name.end(), ' ', '_');
    json::append_string(out, name);
    out += ':' + pair.json;
  }
  return out + '}';
}

}  // namespace netabase::tools
