#include "tools/json/text.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <type_traits>

#include "netabase/key/text.hpp"

namespace netabase::tools::json {

namespace {

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view hex_digits = "0123456789abcdef";

template <class Number>
void append_plain(std::string& out, Number number) {
  std::array<char, 40> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  out.append(buffer.data(), result.ptr);
}

template <class Float>
struct BitsOf;
template <>
struct BitsOf<float> {
  using Type = std::uint32_t;
};
template <>
struct BitsOf<double> {
  using Type = std::uint64_t;
};

template <class Float>
void append_float(std::string& out, Float number) {
  using Bits = typename BitsOf<Float>::Type;
  if (std::isfinite(number)) {
    append_plain(out, number);
  } else if (std::isinf(number)) {
    out += number < 0 ? "\"-Infinity\"" : "\"Infinity\"";
  } else if (std::bit_cast<Bits>(number) == std::bit_cast<Bits>(std::numeric_limits<Float>::quiet_NaN())) {
    out += "\"NaN\"";
  } else {
    out += "\"NaN:";
    std::array<char, 2 * sizeof(Bits)> buffer{};
    Bits bits = std::bit_cast<Bits>(number);
    for (std::size_t i = buffer.size(); i-- > 0; bits = static_cast<Bits>(bits >> 4)) buffer[i] = hex_digits[bits & 15];
    out.append(buffer.data(), buffer.size());
    out += '"';
  }
}

/// Bytes of the UTF-8 character that `text` begins with; 0 when it begins with none.
std::size_t utf8_length(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  // Overlong forms, surrogates, and what lies beyond U+10FFFF.
  if (first == 0xe0 && byte(1) < 0xa0) return 0;
  if (first == 0xed && byte(1) > 0x9f) return 0;
  if (first == 0xf0 && byte(1) < 0x90) return 0;
  if (first == 0xf4 && byte(1) > 0x8f) return 0;
  return length;
}

}  // namespace

bool is_utf8(std::string_view text) noexcept {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f) continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
    out += '\\';
    switch (byte) {
      case '"':
      case '\\':
        out += text[i];
        break;
      case '\n':
        out += 'n';
        break;
      case '\t':
        out += 't';
        break;
      case '\r':
        out += 'r';
        break;
      default:
        out += "u00";
        out += hex_digits[byte >> 4U];
        out += hex_digits[byte & 15U];
    }
  }
  out.append(text, plain, text.size() - plain);
  out += '"';
}

void append_text(std::string& out, std::string_view text) {
  if (is_utf8(text)) {
    append_string(out, text);
  } else {
    out += "{\"$base64\":\"" + to_base64(as_bytes(text)) + "\"}";
  }
}

void append_bytes(std::string& out, Bytes bytes) { out += '"' + to_base64(bytes) + '"'; }
void append_number(std::string& out, std::int64_t number) { append_plain(out, number); }
void append_number(std::string& out, std::uint64_t number) { append_plain(out, number); }
void append_number(std::string& out, Int128 number) { key::detail::append_text(out, number); }
void append_number(std::string& out, UInt128 number) { key::detail::append_text(out, number); }
void append_number(std::string& out, double number) { append_float(out, number); }
void append_number(std::string& out, float number) { append_float(out, number); }

std::string to_base64(Bytes bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      group = group << 8U | (j < count ? std::to_integer<std::uint32_t>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) out += j <= count ? base64_digits[group >> (18 - 6 * j) & 63U] : '=';
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string out;
  out.reserve(text.size() / 4 * 3);
  for (std::size_t i = 0; i < text.size(); i += 4) {
    const bool last = i + 4 == text.size();
    const std::size_t padding = !last ? 0 : text[i + 2] == '=' ? 2 : text[i + 3] == '=' ? 1 : 0;
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 4; ++j) {
      const std::size_t digit = j < 4 - padding ? base64_digits.find(text[i + j]) : text[i + j] == '=' ? 0 : 64;
      if (digit >= 64) return std::nullopt;
      group = group << 6U | static_cast<std::uint32_t>(digit);
    }
    if (padding != 0 && (group & ((1U << (8 * padding)) - 1)) != 0) return std::nullopt;
    for (std::size_t j = 0; j < 3 - padding; ++j) out += static_cast<char>(group >> (16 - 8 * j) & 0xffU);
  }
  return out;
}

namespace {

template <class Wide>
inline constexpr bool is_signed = std::is_same_v<Wide, Int128>;

/// The greatest magnitude of a number with the sign.
template <class Wide>
constexpr UInt128 greatest_magnitude(bool negative) {
  const UInt128 all = ~UInt128{0};
  if (!is_signed<Wide>) return negative ? 0 : all;
  return negative ? (all >> 1) + 1 : all >> 1;
}

}  // namespace

template <class Wide>
std::optional<Wide> to_wide(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  const UInt128 greatest = greatest_magnitude<Wide>(negative);
  UInt128 magnitude = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    const auto digit = static_cast<unsigned>(c - '0');
    if (magnitude > greatest / 10 || digit > greatest - magnitude * 10) return std::nullopt;
    magnitude = magnitude * 10 + digit;
  }
  return static_cast<Wide>(negative ? UInt128{0} - magnitude : magnitude);
}

template <class Wide>
std::string least_wide() {
  std::string out;
  append_number(out, static_cast<Wide>(UInt128{0} - greatest_magnitude<Wide>(true)));
  return out;
}

template <class Wide>
std::string greatest_wide() {
  std::string out;
  append_number(out, static_cast<Wide>(greatest_magnitude<Wide>(false)));
  return out;
}

template std::optional<Int128> to_wide<Int128>(std::string_view text);
template std::optional<UInt128> to_wide<UInt128>(std::string_view text);
template std::string least_wide<Int128>();
template std::string least_wide<UInt128>();
template std::string greatest_wide<Int128>();
template std::string greatest_wide<UInt128>();

template <class Float>
std::optional<Float> to_float(std::string_view text) {
  using Bits = typename BitsOf<Float>::Type;
  if (text == "NaN") return std::numeric_limits<Float>::quiet_NaN();
  if (text == "Infinity") return std::numeric_limits<Float>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<Float>::infinity();
  if (text.starts_with("NaN:")) {
    Bits bits = 0;
    const std::string_view digits = text.substr(4);
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), bits, 16);
    const auto value = std::bit_cast<Float>(bits);
    if (digits.size() != 2 * sizeof(Bits) || result.ptr != digits.data() + digits.size() || !std::isnan(value)) {
      return std::nullopt;
    }
    return value;
  }
  Float value{};
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

template std::optional<float> to_float<float>(std::string_view text);
template std::optional<double> to_float<double>(std::string_view text);

}  // namespace netabase::tools::json
