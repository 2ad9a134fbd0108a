#pragma once

/// \file
/// Writes and reads the wide workload's structs field by field, as plain copies: the codec that one writes by hand when
/// nothing needs to be read in place, and nothing will ever change.

#include <cstring>
#include <string>
#include <string_view>

#include "wide.netabase.hpp"

namespace suite {

/// Both directions: a Writer appends what `field()` gets, a Sizer counts it, a Reader fills it in.
struct Sizer {
  std::size_t size = 0;
  void raw(const void*, std::size_t bytes) { size += bytes; }
  static constexpr bool reads = false;
};

struct Writer {
  char* at;
  void raw(const void* from, std::size_t bytes) {
    if (bytes != 0) std::memcpy(at, from, bytes);
    at += bytes;
  }
  static constexpr bool reads = false;
};

struct Reader {
  const char* at;
  void raw(void* to, std::size_t bytes) {
    if (bytes != 0) std::memcpy(to, at, bytes);
    at += bytes;
  }
  static constexpr bool reads = true;
};

template <class Archive, class Number>
requires std::is_trivially_copyable_v<Number>
void field(Archive& archive, Number& number) { archive.raw(&number, sizeof(number)); }

template <class Archive>
std::uint32_t length(Archive& archive, std::size_t size) {
  auto bytes = static_cast<std::uint32_t>(size);
  field(archive, bytes);
  return bytes;
}

template <class Archive>
void field(Archive& archive, std::string& text) {
  const std::uint32_t size = length(archive, text.size());
  if constexpr (Archive::reads) {
    text.assign(archive.at, size);  // resize() would fill it first
    archive.at += size;
  } else {
    archive.raw(text.data(), size);
  }
}

template <class Archive, class Element>
void field(Archive& archive, std::vector<Element>& elements) {
  const std::uint32_t size = length(archive, elements.size());
  if constexpr (Archive::reads) elements.resize(size);
  if constexpr (std::is_trivially_copyable_v<Element>) {
    archive.raw(elements.data(), size * sizeof(Element));
  } else {
    for (Element& element : elements) field(archive, element);
  }
}

template <class Archive>
void field(Archive& archive, std::set<std::uint64_t>& set) {
  const std::uint32_t size = length(archive, set.size());
  if constexpr (Archive::reads) {
    for (std::uint32_t i = 0; i < size; ++i) {
      std::uint64_t element = 0;
      field(archive, element);
      set.insert(set.end(), element);
    }
  } else {
    for (std::uint64_t element : set) field(archive, element);
  }
}

template <class Archive>
void field(Archive& archive, std::map<std::string, std::uint32_t>& map) {
  const std::uint32_t size = length(archive, map.size());
  if constexpr (Archive::reads) {
    for (std::uint32_t i = 0; i < size; ++i) {
      std::pair<std::string, std::uint32_t> entry;
      field(archive, entry.first);
      field(archive, entry.second);
      map.insert(map.end(), std::move(entry));
    }
  } else {
    for (auto& [key, value] : map) {
      field(archive, const_cast<std::string&>(key));
      field(archive, value);
    }
  }
}

template <class Archive>
void field(Archive& archive, wide::Line& line) {
  field(archive, line.from);
  field(archive, line.to);
  field(archive, line.label);
}

template <class Archive>
void field(Archive& archive, wide::Drawing& drawing) {
  field(archive, drawing.lines);
  bool framed = drawing.frame.has_value();
  field(archive, framed);
  if (framed) {
    if constexpr (Archive::reads) drawing.frame.emplace();
    field(archive, *drawing.frame);
  }
  field(archive, drawing.author);
}

template <class Archive>
void field(Archive& archive, wide::Document& document) {
  field(archive, document.id);
  field(archive, document.number);
  field(archive, document.text);
  field(archive, document.vector);
}

template <class Archive>
void field(Archive& archive, wide::Everything& all) {
  field(archive, all.id);
  field(archive, all.flag);
  field(archive, all.tiny);
  field(archive, all.small);
  field(archive, all.medium);
  field(archive, all.large);
  field(archive, all.tiny_unsigned);
  field(archive, all.small_unsigned);
  field(archive, all.medium_unsigned);
  field(archive, all.single);
  field(archive, all.precise);
  field(archive, all.colour);
  field(archive, all.created);
  field(archive, all.lasted);
  field(archive, all.text);
  field(archive, all.bytes);
  field(archive, all.uuid);
  field(archive, all.maybe);
  field(archive, all.numbers);
  field(archive, all.texts);
  field(archive, all.set);
  field(archive, all.map);
  field(archive, all.pair.first);
  field(archive, all.pair.second);
  auto which = static_cast<std::uint8_t>(all.either.index());
  field(archive, which);
  if constexpr (Archive::reads) {
    if (which == 0) {
      all.either.emplace<0>();
    } else {
      all.either.emplace<1>();
    }
  }
  if (which == 0) {
    field(archive, std::get<0>(all.either));
  } else {
    field(archive, std::get<1>(all.either));
  }
  field(archive, all.drawing);
}

}  // namespace suite
