#include "netabase/key/text.hpp"

#include <charconv>

namespace netabase::key::detail {

namespace {

constexpr char hex_digits[] = "0123456789abcdef";

template <class Number>
void append_number(std::string& out, Number number) {
  char text[40];  // the longest is a double: "-2.2250738585072014e-308"
  const auto result = std::to_chars(text, text + sizeof(text), number);
  out.append(text, result.ptr);
}

void append_hex(std::string& out, unsigned char byte) {
  out += hex_digits[byte >> 4];
  out += hex_digits[byte & 15];
}

}  // namespace

void append_text(std::string& out, std::uint64_t number) { append_number(out, number); }
void append_text(std::string& out, std::int64_t number) { append_number(out, number); }

void append_text(std::string& out, UInt128 number) {
  constexpr std::uint64_t chunk = 10'000'000'000'000'000'000U;  // the largest power of ten of 64 bits
  if (number < chunk) return append_number(out, static_cast<std::uint64_t>(number));
  append_text(out, number / chunk);
  const std::string low = std::to_string(static_cast<std::uint64_t>(number % chunk));
  out.append(19 - low.size(), '0') += low;
}

void append_text(std::string& out, Int128 number) {
  if (number >= 0) return append_text(out, static_cast<UInt128>(number));
  out += '-';
  append_text(out, UInt128{0} - static_cast<UInt128>(number));
}

void append_text(std::string& out, double number) { append_number(out, number); }
void append_text(std::string& out, float number) { append_number(out, number); }

void append_text(std::string& out, std::string_view text) {
  out += '"';
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    switch (character) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        if (byte < 0x20 || byte == 0x7f) {
          out += "\\x";
          append_hex(out, byte);
        } else {
          out += character;
        }
    }
  }
  out += '"';
}

void append_text(std::string& out, Bytes bytes) {
  out += "x'";
  for (const std::byte byte : bytes) append_hex(out, std::to_integer<unsigned char>(byte));
  out += '\'';
}

std::size_t hash_bytes(const void* first, std::size_t size) noexcept {
  return std::hash<std::string_view>()(std::string_view(static_cast<const char*>(first), size));
}

}  // namespace netabase::key::detail
