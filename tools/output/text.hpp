#pragma once

/// \file
/// Text for people: units, colours, and what must not reach a terminal as it is.

#include <cstdint>
#include <string>
#include <string_view>

namespace netabase::tools {

/// "0 bytes", "1 byte", "1.5 KiB (1,536 bytes)".
std::string bytes_text(std::uint64_t bytes);
/// "1.5 KiB", "512 B".
std::string short_bytes_text(std::uint64_t bytes);
/// "1,234,567".
std::string count_text(std::uint64_t count);
/// "1 record", "2 records", "5 entries".
std::string counted(std::uint64_t count, std::string_view one, std::string_view many);

/// With control characters and what is not UTF-8 as \n, \t, \xNN, so that a stored text cannot steer a terminal.
std::string printable(std::string_view text);
/// Columns that printable text takes: one for each code point.
std::size_t columns_of(std::string_view text);
/// The text, or its beginning and "…" in `columns` columns.
std::string shortened(std::string_view text, std::size_t columns);

enum class Style { heading, name, good, bad, faint };
/// In the style's colours when `colour`.
std::string styled(std::string_view text, Style style, bool colour);

}  // namespace netabase::tools
