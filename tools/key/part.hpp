#pragma once

/// \file
/// One part of a key, by its KeyType at run time: the only place that knows what each KeyType means. The bytes are
/// those of the runtime's own encoders (netabase/key/encoding.hpp).

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "netabase/bytes.hpp"
#include "netabase/int128.hpp"
#include "netabase/key/buffer.hpp"
#include "tools/schema/schema.hpp"

namespace netabase::tools {

/// A part's value: nothing for an absent optional, text and bytes borrowed.
using Datum =
    std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string_view, Int128, UInt128>;

/// Adds the encoded part. `value` has the alternative that the part's type asks for; an absent one only for an optional
/// part. Throws Corrupt for bytes of a wrong length.
void append_part(key::Buffer& out, const Part& part, const Datum& value);

/// Adds the mark that stands before a present value of an optional part; nothing for others.
void append_present_mark(key::Buffer& out, const Part& part);

/// Takes one part from the beginning of `rest` and appends it to `out` as JSON. Throws Corrupt.
void decode_part(Bytes& rest, const Part& part, std::string& out);

/// The value that a word of the command line stands for. Numbers and enumerators by name as they are, bytes in
/// hexadecimal (also 0x... and x'...'), text as it is, or in double quotes as a JSON string; `null` for an absent
/// optional. What is returned may be borrowed from `word` or `storage`. Throws UsageError.
Datum parse_part(const Part& part, std::string_view word, std::string& storage);

/// "an integer from -128 to 127": what parse_part() takes.
std::string describe_values(const Part& part);

}  // namespace netabase::tools
