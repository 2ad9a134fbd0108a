#include "tools/output/text.hpp"

#include <array>
#include <cstdio>

#include "tools/json/text.hpp"

namespace netabase::tools {

std::string count_text(std::uint64_t count) {
  std::string out = std::to_string(count);
  for (std::size_t place = out.size(); place > 3;) {
    place -= 3;
    out.insert(place, ",");
  }
  return out;
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return count_text(count) + ' ' + std::string(count == 1 ? one : many);
}

std::string short_bytes_text(std::uint64_t bytes) {
  static constexpr std::array<const char*, 5> units = {"KiB", "MiB", "GiB", "TiB", "PiB"};
  if (bytes < 1024) return std::to_string(bytes) + " B";
  auto value = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  for (; value >= 1024 && unit + 1 < units.size(); ++unit) value /= 1024;
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.1f %s", value, units[unit]);
  return buffer.data();
}

std::string bytes_text(std::uint64_t bytes) {
  const std::string exact = counted(bytes, "byte", "bytes");
  return bytes < 1024 ? exact : short_bytes_text(bytes) + " (" + exact + ")";
}

std::string printable(std::string_view text) {
  static constexpr std::string_view digits = "0123456789abcdef";
  const bool utf8 = json::is_utf8(text);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    // U+0080 to U+009F are control characters, too.
    const bool control = byte < 0x20 || byte == 0x7f || (!utf8 && byte >= 0x80) ||
                         (byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0);
    if (!control) {
      out += text[i];
    } else if (text[i] == '\n') {
      out += "\\n";
    } else if (text[i] == '\t') {
      out += "\\t";
    } else {
      const std::size_t count = utf8 && byte == 0xc2 ? 2 : 1;
      for (std::size_t j = 0; j < count; ++j) {
        const auto one = static_cast<unsigned char>(text[i + j]);
        out += "\\x";
        out += digits[one >> 4U];
        out += digits[one & 15U];
      }
      i += count - 1;
    }
  }
  return out;
}

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xc0U) != 0x80) ++columns;
  }
  return columns;
}

std::string shortened(std::string_view text, std::size_t columns) {
  if (columns == 0 || columns_of(text) <= columns) return std::string(text);
  std::size_t end = 0;
  for (std::size_t left = columns; end < text.size(); ++end) {
    if ((static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80) continue;
    if (--left == 0) break;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::string styled(std::string_view text, Style style, bool colour) {
  if (!colour) return std::string(text);
  const char* code = "1";
  switch (style) {
    case Style::heading:
      break;
    case Style::name:
      code = "36";
      break;
    case Style::good:
      code = "32";
      break;
    case Style::bad:
      code = "31";
      break;
    case Style::faint:
      code = "2";
      break;
  }
  return std::string("\x1b[") + code + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace netabase::tools
