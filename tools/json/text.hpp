#pragma once

/// \file
/// Values as JSON text. How what JSON lacks is written:
///
///     integers of 64 and 128  exact numbers; readers that keep numbers as doubles round beyond 2^53
///     bits
///     floats                  the shortest number that reads back as the same; "NaN", "Infinity", "-Infinity", and
///                             "NaN:7ff8000000000001" for NaNs other than the usual one
///     bytes                   base64 (RFC 4648, padded) in a string
///     text that is not UTF-8  {"$base64": "..."}

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "netabase/bytes.hpp"
#include "netabase/int128.hpp"

namespace netabase::tools::json {

/// Whether the text is well-formed UTF-8.
bool is_utf8(std::string_view text) noexcept;

/// A JSON string, quoted; `text` must be UTF-8.
void append_string(std::string& out, std::string_view text);
/// A JSON string, or {"$base64": "..."} when the text is not UTF-8.
void append_text(std::string& out, std::string_view text);
/// Bytes as a JSON string of base64.
void append_bytes(std::string& out, Bytes bytes);
void append_number(std::string& out, std::int64_t number);
void append_number(std::string& out, std::uint64_t number);
void append_number(std::string& out, Int128 number);
void append_number(std::string& out, UInt128 number);
void append_number(std::string& out, double number);
void append_number(std::string& out, float number);

/// Without quotes.
std::string to_base64(Bytes bytes);
/// Nothing when `text` is not base64 with its padding.
std::optional<std::string> from_base64(std::string_view text);

/// The integer of 128 bits in decimal digits; nothing when `text` is none or does not fit.
template <class Wide>
std::optional<Wide> to_wide(std::string_view text);
/// The ends of its range, in digits.
template <class Wide>
std::string least_wide();
template <class Wide>
std::string greatest_wide();

/// The float that append_number() wrote; nothing when `text`, a JSON number or the content of a string, is no such.
template <class Float>
std::optional<Float> to_float(std::string_view text);

}  // namespace netabase::tools::json
