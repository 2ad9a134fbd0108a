#pragma once

/// \file
/// The bytes of a key while it is being built.

#include <cstddef>
#include <cstring>

#include "netabase/bytes.hpp"

namespace netabase::key {

/// A growing run of bytes. The first 512 lie in the object itself, which holds every key as it is stored; the heap is
/// used only while a longer key is being encoded, before its tail is replaced by a hash.
///
/// Meant for the stack or to be kept and `clear()`ed between keys. Not for two threads at once. What `bytes()`,
/// `data()` and `extend()` return is valid until the next call that adds bytes. Adding bytes throws std::bad_alloc at
/// worst, and then nothing has changed.
class Buffer {
 public:
  static constexpr std::size_t inline_capacity = 512;

  /// Empty. Leaves the inline bytes uninitialised: making a buffer costs three stores.
  Buffer() noexcept : data_(inline_) {}
  Buffer(const Buffer& other) : Buffer() { append(other.data_, other.size_); }
  Buffer(Buffer&& other) noexcept : Buffer() { take(other); }
  Buffer& operator=(const Buffer& other) {
    if (this != &other) {
      clear();
      append(other.data_, other.size_);
    }
    return *this;
  }
  Buffer& operator=(Buffer&& other) noexcept {
    if (this != &other) {
      release();
      take(other);
    }
    return *this;
  }
  ~Buffer() { release(); }

  const std::byte* data() const noexcept { return data_; }
  std::byte* data() noexcept { return data_; }
  std::size_t size() const noexcept { return size_; }
  Bytes bytes() const noexcept { return {data_, size_}; }

  /// Empty again; keeps what memory it has.
  void clear() noexcept { size_ = 0; }
  /// Drops everything behind the first `size` bytes; `size` is at most `size()`.
  void truncate(std::size_t size) noexcept { size_ = size; }

  /// Adds `count` uninitialised bytes and returns the first, for the caller to fill.
  std::byte* extend(std::size_t count) {
    if (count > capacity_ - size_) [[unlikely]]
      grow(count);
    std::byte* const first = data_ + size_;
    size_ += count;
    return first;
  }
  /// Adds a copy of `count` bytes, which are not the buffer's own.
  void append(const void* bytes, std::size_t count) {
    if (count != 0) std::memcpy(extend(count), bytes, count);
  }
  void append(Bytes bytes) { append(bytes.data(), bytes.size()); }
  void push(std::byte byte) { *extend(1) = byte; }

 private:
  /// Makes room for `extra` more bytes on the heap.
  void grow(std::size_t extra);
  void release() noexcept {
    if (data_ != inline_) [[unlikely]]
      delete[] data_;
  }
  /// Takes over `other`'s bytes and leaves it empty; what this buffer had on the heap is released before.
  void take(Buffer& other) noexcept;

  std::byte* data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = inline_capacity;
  std::byte inline_[inline_capacity];
};

}  // namespace netabase::key
