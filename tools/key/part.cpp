#include "tools/key/part.hpp"

#include <charconv>
#include <limits>
#include <type_traits>
#include <vector>

#include "netabase/error.hpp"
#include "netabase/key/encoding.hpp"
#include "tools/errors.hpp"
#include "tools/json/parse.hpp"
#include "tools/json/text.hpp"

namespace netabase::tools {

namespace {

using Blob = std::vector<std::byte>;

constexpr std::byte mask_of(const Part& part) { return part.descending ? std::byte{0xff} : std::byte{0}; }

/// Calls `use(std::type_identity<T>)` with the C++ type of the part's values; of fixed bytes a Blob.
template <class Use>
decltype(auto) with_type(KeyType type, Use&& use) {
  switch (type) {
    case KeyType::BOOLEAN:
      return use(std::type_identity<bool>{});
    case KeyType::INT8:
      return use(std::type_identity<std::int8_t>{});
    case KeyType::INT16:
      return use(std::type_identity<std::int16_t>{});
    case KeyType::INT32:
      return use(std::type_identity<std::int32_t>{});
    case KeyType::INT64:
      return use(std::type_identity<std::int64_t>{});
    case KeyType::UINT8:
      return use(std::type_identity<std::uint8_t>{});
    case KeyType::UINT16:
      return use(std::type_identity<std::uint16_t>{});
    case KeyType::UINT32:
      return use(std::type_identity<std::uint32_t>{});
    case KeyType::UINT64:
      return use(std::type_identity<std::uint64_t>{});
    case KeyType::FLOAT32:
      return use(std::type_identity<float>{});
    case KeyType::FLOAT64:
      return use(std::type_identity<double>{});
    case KeyType::TEXT:
      return use(std::type_identity<std::string>{});
    case KeyType::BYTES:
    case KeyType::FIXED_BYTES:
      return use(std::type_identity<Blob>{});
    case KeyType::INT128:
      return use(std::type_identity<Int128>{});
    case KeyType::UINT128:
      return use(std::type_identity<UInt128>{});
  }
  throw FormatMismatch("a key has a part of a type that this netabase does not know: use a newer one");
}

/// Whether the standard library's traits know it as an integer depends on the compiler's flags.
template <class T>
inline constexpr bool is_wide = std::is_same_v<T, Int128> || std::is_same_v<T, UInt128>;

/// The alternative of Datum that holds a T.
template <class T>
using Held = std::conditional_t<
    std::is_same_v<T, bool> || is_wide<T>, T,
    std::conditional_t<std::is_floating_point_v<T>, double,
                       std::conditional_t<std::is_signed_v<T> && std::is_integral_v<T>, std::int64_t,
                                          std::conditional_t<std::is_integral_v<T>, std::uint64_t, std::string_view>>>>;

template <class T>
using BorrowedOf = typename key::Encoding<T>::Borrowed;

template <class T>
BorrowedOf<T> borrowed(Held<T> value) {
  if constexpr (std::is_same_v<T, Blob>) {
    return netabase::as_bytes(value);
  } else if constexpr (std::is_same_v<T, std::string>) {
    return value;
  } else {
    return static_cast<T>(value);
  }
}

void append_fixed(key::Buffer& out, const Part& part, std::string_view value) {
  if (value.size() != part.length) {
    throw Corrupt("the field " + part.name + " has " + std::to_string(value.size()) + " bytes instead of " +
                  std::to_string(part.length));
  }
  const std::size_t begin = out.size();
  out.append(value.data(), value.size());
  if (part.descending) key::detail::invert(out.data() + begin, value.size());
}

template <class T>
T decode_as(Bytes& rest, const Part& part) {
  return part.descending ? key::Encoding<key::Desc<T>>::decode(rest) : key::Encoding<T>::decode(rest);
}

Blob decode_fixed(Bytes& rest, const Part& part) {
  if (rest.size() < part.length) key::detail::throw_no_such_key();
  Blob value(rest.begin(), rest.begin() + part.length);
  if (part.descending) key::detail::invert(value.data(), value.size());
  rest = rest.subspan(part.length);
  return value;
}

template <class T>
void append_decoded(std::string& out, const T& value, const Part& part) {
  if constexpr (std::is_same_v<T, Blob>) {
    json::append_bytes(out, value);
  } else if constexpr (std::is_same_v<T, std::string>) {
    json::append_text(out, value);
  } else if constexpr (std::is_floating_point_v<T> || is_wide<T>) {
    json::append_number(out, value);
  } else {
    const auto* name = part.enumeration == nullptr ? nullptr : part.enumeration->find(static_cast<std::int64_t>(value));
    if (name != nullptr) {
      json::append_string(out, name->name);
    } else if constexpr (std::is_same_v<T, bool>) {
      out += value ? "true" : "false";
    } else {
      json::append_number(out, static_cast<Held<T>>(value));
    }
  }
}

[[noreturn]] void refuse(const Part& part, std::string_view word) {
  throw UsageError("'" + std::string(word) + "' is no value of " + part.name + ", which takes " +
                   describe_values(part));
}

std::string from_hex(const Part& part, std::string_view word) {
  std::string_view digits = word;
  if (digits.starts_with("0x")) digits.remove_prefix(2);
  if (digits.starts_with("x'") && digits.ends_with('\'') && digits.size() >= 3) {
    digits = digits.substr(2, digits.size() - 3);
  }
  std::string bytes;
  if (digits.size() % 2 != 0) refuse(part, word);
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    unsigned value = 0;
    const auto result = std::from_chars(digits.data() + i, digits.data() + i + 2, value, 16);
    if (result.ptr != digits.data() + i + 2) refuse(part, word);
    bytes += static_cast<char>(value);
  }
  return bytes;
}

/// The content of a word in double quotes, else the word.
std::string_view text_of(const Part& part, std::string_view word, std::string& storage) {
  if (!word.starts_with('"')) return word;
  try {
    storage = json::parse(word).text;
  } catch (const InputError&) {
    refuse(part, word);
  }
  return storage;
}

template <class T>
Datum parse_as(const Part& part, std::string_view word, std::string& storage) {
  if constexpr (std::is_same_v<T, std::string>) {
    return text_of(part, word, storage);
  } else if constexpr (std::is_same_v<T, Blob>) {
    storage = from_hex(part, word);
    if (part.type == KeyType::FIXED_BYTES && storage.size() != part.length) refuse(part, word);
    return std::string_view(storage);
  } else if constexpr (std::is_floating_point_v<T>) {
    const auto value = json::to_float<T>(word);
    if (!value) refuse(part, word);
    return double{*value};
  } else if constexpr (is_wide<T>) {
    const auto value = json::to_wide<T>(word);
    if (!value) refuse(part, word);
    return *value;
  } else {
    if (part.enumeration != nullptr) {
      if (const auto* found = part.enumeration->find(word)) return static_cast<Held<T>>(found->value);
    }
    if constexpr (std::is_same_v<T, bool>) {
      if (word != "true" && word != "false") refuse(part, word);
      return word == "true";
    } else {
      T value{};
      const auto result = std::from_chars(word.data(), word.data() + word.size(), value);
      if (result.ec != std::errc() || result.ptr != word.data() + word.size()) refuse(part, word);
      return static_cast<Held<T>>(value);
    }
  }
}

}  // namespace

void append_present_mark(key::Buffer& out, const Part& part) {
  if (part.optional) out.push(std::byte{1} ^ mask_of(part));
}

void append_part(key::Buffer& out, const Part& part, const Datum& value) {
  if (std::holds_alternative<std::monostate>(value)) {
    out.push(mask_of(part));  // the mark of an absent optional
    return;
  }
  append_present_mark(out, part);
  if (part.type == KeyType::FIXED_BYTES) {
    append_fixed(out, part, std::get<std::string_view>(value));
    return;
  }
  with_type(part.type, [&]<class T>(std::type_identity<T>) {
    const auto plain = borrowed<T>(std::get<Held<T>>(value));
    if (part.descending) {
      key::Encoding<key::Desc<T>>::append(out, plain);
    } else {
      key::Encoding<T>::append(out, plain);
    }
  });
}

void decode_part(Bytes& rest, const Part& part, std::string& out) {
  if (part.optional) {
    if (rest.empty()) key::detail::throw_no_such_key();
    const std::byte mark = rest[0] ^ mask_of(part);
    if (std::to_integer<unsigned>(mark) > 1) key::detail::throw_no_such_key();
    rest = rest.subspan(1);
    if (mark == std::byte{0}) {
      out += "null";
      return;
    }
  }
  if (part.type == KeyType::FIXED_BYTES) {
    append_decoded(out, decode_fixed(rest, part), part);
    return;
  }
  with_type(part.type, [&]<class T>(std::type_identity<T>) { append_decoded<T>(out, decode_as<T>(rest, part), part); });
}

Datum parse_part(const Part& part, std::string_view word, std::string& storage) {
  if (part.optional && word == "null") return {};
  return with_type(part.type,
                   [&]<class T>(std::type_identity<T>) -> Datum { return parse_as<T>(part, word, storage); });
}

std::string describe_values(const Part& part) {
  std::string out = with_type(part.type, [&]<class T>(std::type_identity<T>) -> std::string {
    if constexpr (std::is_same_v<T, std::string>) return "text";
    if constexpr (std::is_same_v<T, Blob>) {
      return part.type == KeyType::FIXED_BYTES ? std::to_string(part.length) + " bytes in hexadecimal, like 00ff"
                                               : "bytes in hexadecimal, like 00ff";
    }
    if constexpr (std::is_floating_point_v<T>) return "a number";
    if constexpr (std::is_same_v<T, bool>) return "true or false";
    if constexpr (is_wide<T>) {
      return "an integer from " + json::least_wide<T>() + " to " + json::greatest_wide<T>();
    } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      return "an integer from " + std::to_string(std::numeric_limits<T>::min()) + " to " +
             std::to_string(std::numeric_limits<T>::max());
    }
  });
  if (part.enumeration != nullptr) {
    for (const auto& enumerator : part.enumeration->enumerators) out += ", " + enumerator.name;
  }
  if (part.optional) out += ", or null";
  return out;
}

}  // namespace netabase::tools
