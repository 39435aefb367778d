// A queue in a power-of-two ring that grows; memory comes from the heap of this thread. Elements
// are plain data.

#ifndef RUFF_ASYNC_CORE_RING_H_
#define RUFF_ASYNC_CORE_RING_H_

#include <cstdint>
#include <cstring>
#include <type_traits>

#include "ruff/runtime/value/heap.h"

namespace ruff {

template <typename T>
struct Ring {
  static_assert(std::is_trivially_copyable_v<T>);
  T* data;
  uint32_t capacity;  // 0 or a power of two
  uint32_t head;
  uint32_t size;

  bool full() const { return size == capacity; }
  T& operator[](uint32_t i) { return data[(head + i) & (capacity - 1)]; }
  const T& operator[](uint32_t i) const { return data[(head + i) & (capacity - 1)]; }

  void PushBack(T item) {
    if (full()) [[unlikely]]
      Grow();
    data[(head + size++) & (capacity - 1)] = item;
  }
  void PushFront(T item) {
    if (full()) Grow();
    head = (head - 1) & (capacity - 1);
    data[head] = item;
    ++size;
  }
  T PopFront() {
    const T item = data[head];
    head = (head + 1) & (capacity - 1);
    --size;
    return item;
  }
  // Keeps the elements for which keep(item) holds, in order.
  template <typename F>
  void Filter(F keep) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < size; ++i) {
      const T item = (*this)[i];
      if (keep(item)) (*this)[kept++] = item;
    }
    size = kept;
  }
  void Free() {
    Heap::Current()->FreeBuffer(data, capacity * sizeof(T));
    *this = Ring{};
  }

 private:
  void Grow() {
    const uint32_t wanted = capacity == 0 ? 8 : capacity * 2;
    auto* grown = static_cast<T*>(Heap::Current()->AllocateBuffer(wanted * sizeof(T)));
    const uint32_t first = size < capacity - head ? size : capacity - head;
    if (size != 0) {
      std::memcpy(static_cast<void*>(grown), data + head, first * sizeof(T));
      std::memcpy(static_cast<void*>(grown + first), data, (size - first) * sizeof(T));
    }
    Heap::Current()->FreeBuffer(data, capacity * sizeof(T));
    data = grown;
    capacity = wanted;
    head = 0;
  }
};

}  // namespace ruff

#endif  // RUFF_ASYNC_CORE_RING_H_
