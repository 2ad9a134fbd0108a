#pragma once

/// \file
/// The wire type of std::filesystem::path: its native bytes as Text. Borrowed, it is a std::string_view.

#include <cstddef>
#include <filesystem>
#include <string_view>

#include "netabase/codec/text.hpp"

namespace netabase::wire {

/// A path stored as `W`: Text, or RequiredText for a field with a default.
template <class W>
struct PathAs {
  using View = std::string_view;

  static bool is_null(const std::filesystem::path& path) noexcept { return W::is_null(path.native()); }
  static std::size_t words(const std::filesystem::path& path, Depth depth) { return W::words(path.native(), depth); }
  static void write(std::byte* at, Space& space, const std::filesystem::path& path) noexcept {
    W::write(at, space, path.native());
  }
  static View read(const PointerView& pointer) { return W::read(pointer); }
  static void own(View view, std::filesystem::path& out) { out.assign(view); }
};

using Path = PathAs<Text>;
using RequiredPath = PathAs<RequiredText>;

}  // namespace netabase::wire
