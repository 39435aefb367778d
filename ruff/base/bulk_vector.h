#ifndef RUFF_BASE_BULK_VECTOR_H_
#define RUFF_BASE_BULK_VECTOR_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <initializer_list>
#include <type_traits>
#include <utility>

#include "ruff/base/bulk_memory.h"
#include "ruff/base/check.h"

namespace ruff {

// A std::vector, as far as it goes, of plain values in bulk memory (bulk_memory.h): growing does
// not copy, and room that was reserved but never used costs nothing. New items are not initialised
// unless a value is given.
template <typename T>
class BulkVector {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  BulkVector() = default;
  BulkVector(size_t size, const T& value) { assign(size, value); }
  BulkVector(std::initializer_list<T> items) { Append(items.begin(), items.size()); }
  BulkVector(const BulkVector& other) { Append(other.data_, other.size_); }
  BulkVector(BulkVector&& other) noexcept { Swap(&other); }
  BulkVector& operator=(BulkVector other) noexcept {
    Swap(&other);
    return *this;
  }
  ~BulkVector() { SetCapacity(0); }

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  size_t capacity() const { return capacity_; }
  T* data() { return data_; }
  const T* data() const { return data_; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  T& operator[](size_t i) {
    RUFF_DCHECK(i < size_);
    return data_[i];
  }
  const T& operator[](size_t i) const {
    RUFF_DCHECK(i < size_);
    return data_[i];
  }
  T& back() { return (*this)[size_ - 1]; }
  const T& back() const { return (*this)[size_ - 1]; }

  void push_back(const T& item) {
    if (size_ == capacity_) [[unlikely]]
      return PushSlowly(item);
    data_[size_++] = item;
  }
  void pop_back() {
    RUFF_DCHECK(size_ > 0);
    --size_;
  }
  // `items` must not be within this vector.
  void Append(const T* items, size_t count) {
    if (count == 0) return;
    if (count > capacity_ - size_) Grow(count);
    std::memcpy(data_ + size_, items, count * sizeof(T));
    size_ += count;
  }
  void assign(size_t size, const T& value) {
    ResizeUninitialized(size);
    std::fill(begin(), end(), value);
  }
  void ResizeUninitialized(size_t size) {
    reserve(size);
    size_ = size;
  }
  // To at most the present size.
  void Truncate(size_t size) {
    RUFF_DCHECK(size <= size_);
    size_ = size;
  }
  void clear() { size_ = 0; }
  void reserve(size_t capacity) {
    if (capacity > capacity_) SetCapacity(capacity);
  }
  void shrink_to_fit() {
    if (size_ < capacity_) SetCapacity(size_);
  }

  friend bool operator==(const BulkVector& a, const BulkVector& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

 private:
  void Swap(BulkVector* other) {
    std::swap(data_, other->data_);
    std::swap(size_, other->size_);
    std::swap(capacity_, other->capacity_);
  }
  void SetCapacity(size_t capacity) {
    data_ = static_cast<T*>(ResizeBulk(data_, capacity_ * sizeof(T), capacity * sizeof(T)));
    capacity_ = capacity;
  }
  [[gnu::noinline]] void Grow(size_t count) {
    SetCapacity(std::max({size_ + count, size_ * 2, size_t{8}}));
  }
  [[gnu::noinline]] void PushSlowly(T item) {
    Grow(1);
    data_[size_++] = item;
  }

  T* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace ruff

#endif  // RUFF_BASE_BULK_VECTOR_H_
