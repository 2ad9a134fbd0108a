#include "netabase/key/buffer.hpp"

namespace netabase::key {

void Buffer::grow(std::size_t extra) {
  const std::size_t needed = size_ + extra;
  const std::size_t capacity = needed < 2 * capacity_ ? 2 * capacity_ : needed;
  auto* const larger = new std::byte[capacity];
  std::memcpy(larger, data_, size_);
  release();
  data_ = larger;
  capacity_ = capacity;
}

void Buffer::take(Buffer& other) noexcept {
  if (other.data_ != other.inline_) {
    data_ = other.data_;
    capacity_ = other.capacity_;
  } else {
    data_ = inline_;
    capacity_ = inline_capacity;
    std::memcpy(inline_, other.inline_, other.size_);
  }
  size_ = other.size_;
  other.data_ = other.inline_;
  other.capacity_ = inline_capacity;
  other.size_ = 0;
}

}  // namespace netabase::key
