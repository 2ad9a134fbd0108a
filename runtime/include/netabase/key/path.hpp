#pragma once

/// \file
/// Paths as keys: their native text, byte for byte, and in its order. That is not quite how paths compare in C++, which
/// looks at one element after the other and takes "a//b" for "a/b": as keys these two are different.

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "netabase/key/encoding.hpp"
#include "netabase/key/text.hpp"

namespace netabase::key {

/// A path's text, borrowed from whatever holds it.
class PathText {
 public:
  PathText(const std::filesystem::path& path) noexcept : text_(path.native()) {}
  PathText(const std::string& text) noexcept : text_(text) {}
  PathText(std::string_view text) noexcept : text_(text) {}
  PathText(const char* text) noexcept : text_(text) {}

  const char* data() const noexcept { return text_.data(); }
  std::size_t size() const noexcept { return text_.size(); }
  const char* begin() const noexcept { return text_.data(); }
  const char* end() const noexcept { return text_.data() + text_.size(); }

 private:
  std::string_view text_;
};

namespace detail {

template <>
inline constexpr bool is_text_part<std::filesystem::path> = true;

template <std::byte mask>
struct Coder<std::filesystem::path, mask> {
  using Owned = std::filesystem::path;
  using Borrowed = PathText;
  static constexpr std::size_t fixed_size = 0;

  static void append(Buffer& out, Borrowed value) {
    Coder<std::string, mask>::append(out, {value.data(), value.size()});
  }
  static bool skip(Bytes& rest) noexcept { return Coder<std::string, mask>::skip(rest); }
  static Owned decode(Bytes& rest) { return Owned(Coder<std::string, mask>::decode(rest)); }
};

template <>
struct PartText<std::filesystem::path> {
  static void append(std::string& out, const std::filesystem::path& path) {
    append_text(out, std::string_view(path.native()));
  }
  /// Of the path, not of its text: equal paths hash equal.
  static std::size_t hash(const std::filesystem::path& path) noexcept { return std::filesystem::hash_value(path); }
};

}  // namespace detail

}  // namespace netabase::key
