// The heap of one VM: allocation with exact accounting, destruction, cycle collection.
//
// Objects up to 128 bytes come from eight free lists (16-byte steps) carved out of slabs: taking or
// returning one is a handful of instructions. Larger objects and all buffers come from allocate.h.
// Under a memory sanitizer every object is a block of its own.
//
// Reference counting frees nearly everything. What it cannot free are cycles, and a cycle can only
// be closed by a store into an object with identity (a cell, a promise, a channel, a generator's
// frame). Such stores, and releases of such objects that leave them alive, note the object as a
// candidate; cycle_collector.cc examines the candidates at safe points.
//
// A heap belongs to one thread. Code finds its heap through Heap::Current().

#ifndef RUFF_RUNTIME_VALUE_HEAP_H_
#define RUFF_RUNTIME_VALUE_HEAP_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ruff/runtime/value/allocate.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

class Heap;

namespace internal {
[[gnu::tls_model("initial-exec")]] inline thread_local constinit Heap* current_heap = nullptr;
}  // namespace internal

// Tables that other files keep per heap (interned strings, shapes); created on first use, destroyed
// with the heap, the youngest first. Each class has a `static constexpr Slot kSlot`.
class HeapLocal {
 public:
  enum Slot : uint8_t { kStringTable, kShapeTable, kVm, kAsync, kSlotCount };
  virtual ~HeapLocal() = default;
};

class Heap {
 public:
  static constexpr size_t kMaxSmall = 128;  // bytes
  static constexpr size_t kGranule = 16;    // bytes
  static constexpr uint64_t kNoLimit = UINT64_MAX;

  Heap() = default;
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  // The heap of this thread. A thread without a HeapScope gets a default heap that lives as long as
  // it.
  static Heap* Current() {
    Heap* heap = internal::current_heap;
    if (heap == nullptr) [[unlikely]]
      heap = CreateDefault();
    return heap;
  }

  // Memory for one object of `size` bytes, contents undefined.
  void* AllocateObject(size_t size) {
    ++allocations_;
    Charge(RoundUp(size));
    return TakeBlock(size);
  }
  void FreeObject(void* p, size_t size) {
    ++frees_;
    bytes_in_use_ -= RoundUp(size);
    ReturnBlock(p, size);
  }
  // A block that AllocateObject gave, with another size; counts as the same object.
  void* ReallocateObject(void* p, size_t old_size, size_t new_size);

  // Buffers owned by objects, sizes in bytes. Size 0 is the null pointer.
  void* AllocateBuffer(size_t size) {
    if (size == 0) return nullptr;
    ++buffer_allocations_;
    Charge(RoundUp(size));
    return TakeBlock(size);
  }
  void FreeBuffer(void* p, size_t size) {
    if (size == 0) return;
    bytes_in_use_ -= RoundUp(size);
    ReturnBlock(p, size);
  }
  void* ReallocateBuffer(void* p, size_t old_size, size_t new_size);

  // Accounts for memory that an object holds outside this heap (vectors, hash maps, images).
  void ChargeForeign(int64_t bytes) {
    if (bytes > 0) {
      Charge(static_cast<uint64_t>(bytes));
    } else {
      bytes_in_use_ -= static_cast<uint64_t>(-bytes);
    }
  }

  // An allocation charges its size rounded up to 16 bytes.
  static constexpr size_t RoundUp(size_t size) { return (size + kGranule - 1) & ~(kGranule - 1); }

  uint64_t bytes_in_use() const { return bytes_in_use_; }
  uint64_t peak_bytes() const { return peak_; }
  uint64_t object_count() const { return allocations_ - frees_; }      // objects alive
  uint64_t allocations() const { return allocations_; }                // objects ever allocated
  uint64_t buffer_allocations() const { return buffer_allocations_; }  // buffers ever (re)allocated

  // Limit in bytes; kNoLimit by default. The VM polls over_limit() and throws; builtins about to
  // allocate `bytes` at once ask CanAllocate first.
  void set_limit(uint64_t bytes) { limit_ = bytes; }
  uint64_t limit() const { return limit_; }
  bool over_limit() const { return bytes_in_use_ > limit_; }
  // Also false for what cannot succeed on this machine at all.
  bool CanAllocate(uint64_t bytes) const;

  // Cycles. Call MaybeCollectCycles where every reference is counted (no borrowed values in
  // flight).
  void MaybeCollectCycles() {
    if (candidates_.size() >= collect_at_) [[unlikely]]
      CollectCycles();
  }
  // Frees all garbage cycles among the candidates; returns the number of objects freed.
  size_t CollectCycles();
  size_t candidate_count() const { return candidates_.size() - shells_; }  // objects noted

  // The table of class T of this heap.
  template <typename T>
  T* Local() {
    HeapLocal*& local = locals_[T::kSlot];
    if (local == nullptr) [[unlikely]]
      local = new T();
    return static_cast<T*>(local);
  }

 private:
  friend class CycleCollector;
  friend void Destroy(Object* object);
  friend void NotePossibleCycle(Object* object);

  struct FreeBlock {
    FreeBlock* next;
  };

  static constexpr size_t kMinCandidates = 10'000;  // before a collection is worth its while

  static Heap* CreateDefault();

  void Charge(uint64_t bytes) {
    bytes_in_use_ += bytes;
    if (bytes_in_use_ > peak_) [[unlikely]]
      peak_ = bytes_in_use_;
  }
  void* TakeBlock(size_t size) {
    if (!RUFF_SANITIZED_MEMORY && size <= kMaxSmall) {
      FreeBlock*& head = free_[(size - 1) / kGranule];
      FreeBlock* block = head;
      if (block == nullptr) [[unlikely]]
        return Refill((size - 1) / kGranule);
      head = block->next;
      return block;
    }
    return RawAllocate(size);
  }
  void* Refill(size_t size_class);
  void* ResizeBlock(void* p, size_t old_size, size_t new_size);
  void ReturnBlock(void* p, size_t size) {
    if (!RUFF_SANITIZED_MEMORY && size <= kMaxSmall) {
      FreeBlock*& head = free_[(size - 1) / kGranule];
      auto* block = static_cast<FreeBlock*>(p);
      block->next = head;
      head = block;
    } else {
      RawFree(p);
    }
  }
  class Destroyer;
  // Ends a dead object; children that die with it are freed or pushed on dying_.
  void Dismantle(Object* object);
  void ReleaseChildren(Object* object);
  void DrainDying();
  // Frees `object`, whose children are released; a candidate's block stays until the next purge.
  void Reclaim(Object* object);
  void FreeDisposed(Object* object, size_t size);
  void AddCandidate(Object* object);
  void PurgeShells();

  FreeBlock* free_[kMaxSmall / kGranule] = {};
  uint64_t bytes_in_use_ = 0;
  uint64_t peak_ = 0;
  uint64_t allocations_ = 0;
  uint64_t frees_ = 0;
  uint64_t buffer_allocations_ = 0;
  uint64_t limit_ = kNoLimit;
  std::vector<void*> slabs_;

  std::vector<Object*> dying_;  // dead objects whose children are not released yet
  bool destroying_ = false;

  std::vector<Object*> candidates_;  // possible roots of garbage cycles, and shells of dead ones
  size_t shells_ = 0;  // dead candidates whose block is still referred to by candidates_
  size_t purge_at_ = kMinCandidates;
  size_t collect_at_ = kMinCandidates;

  HeapLocal* locals_[HeapLocal::kSlotCount] = {};
};

// Makes a heap the current one of this thread for the scope's lifetime.
class HeapScope {
 public:
  explicit HeapScope(Heap* heap) : previous_(internal::current_heap) {
    internal::current_heap = heap;
  }
  ~HeapScope() { internal::current_heap = previous_; }
  HeapScope(const HeapScope&) = delete;
  HeapScope& operator=(const HeapScope&) = delete;

 private:
  Heap* previous_;
};

// Allocates a T with `extra` bytes behind it and writes its header; one reference is handed over.
template <typename T>
T* NewObject(Kind kind, size_t extra = 0) {
  auto* object = static_cast<T*>(Heap::Current()->AllocateObject(sizeof(T) + extra));
  object->header = Object{1, kind, 0, 0};
  return object;
}

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_HEAP_H_
