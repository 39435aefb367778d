#include "testing/base/allocation_counter.h"

#include <cstddef>
#include <cstdlib>
#include <new>

namespace ruff {
namespace {

struct Totals {
  int64_t allocations;
  int64_t bytes;
  int64_t deallocations;
};

constinit thread_local Totals totals = {0, 0, 0};

void* Allocate(size_t size, size_t alignment) {
  ++totals.allocations;
  totals.bytes += static_cast<int64_t>(size);
  if (alignment <= alignof(std::max_align_t)) return std::malloc(size == 0 ? 1 : size);
  // aligned_alloc wants a multiple of the alignment.
  return std::aligned_alloc(alignment, (size + alignment) / alignment * alignment);
}

void* AllocateOrDie(size_t size, size_t alignment) {
  void* p = Allocate(size, alignment);
  if (p == nullptr) std::abort();
  return p;
}

void Deallocate(void* p) {
  if (p != nullptr) ++totals.deallocations;
  std::free(p);
}

}  // namespace

void AllocationCounter::Reset() {
  allocations_ = totals.allocations;
  bytes_ = totals.bytes;
  deallocations_ = totals.deallocations;
}

int64_t AllocationCounter::allocations() const { return totals.allocations - allocations_; }
int64_t AllocationCounter::bytes() const { return totals.bytes - bytes_; }
int64_t AllocationCounter::deallocations() const { return totals.deallocations - deallocations_; }

}  // namespace ruff

// All forms, though those of the standard library call one another: a sanitizer's own forms do not.
void* operator new(size_t size) { return ruff::AllocateOrDie(size, 1); }
void* operator new[](size_t size) { return ruff::AllocateOrDie(size, 1); }
void* operator new(size_t size, const std::nothrow_t&) noexcept { return ruff::Allocate(size, 1); }
void* operator new[](size_t size, const std::nothrow_t&) noexcept {
  return ruff::Allocate(size, 1);
}
void* operator new(size_t size, std::align_val_t alignment) {
  return ruff::AllocateOrDie(size, static_cast<size_t>(alignment));
}
void* operator new[](size_t size, std::align_val_t alignment) {
  return ruff::AllocateOrDie(size, static_cast<size_t>(alignment));
}
void* operator new(size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return ruff::Allocate(size, static_cast<size_t>(alignment));
}
void* operator new[](size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return ruff::Allocate(size, static_cast<size_t>(alignment));
}
void operator delete(void* p) noexcept { ruff::Deallocate(p); }
void operator delete[](void* p) noexcept { ruff::Deallocate(p); }
void operator delete(void* p, size_t) noexcept { ruff::Deallocate(p); }
void operator delete[](void* p, size_t) noexcept { ruff::Deallocate(p); }
void operator delete(void* p, const std::nothrow_t&) noexcept { ruff::Deallocate(p); }
void operator delete[](void* p, const std::nothrow_t&) noexcept { ruff::Deallocate(p); }
void operator delete(void* p, std::align_val_t) noexcept { ruff::Deallocate(p); }
void operator delete[](void* p, std::align_val_t) noexcept { ruff::Deallocate(p); }
void operator delete(void* p, size_t, std::align_val_t) noexcept { ruff::Deallocate(p); }
void operator delete[](void* p, size_t, std::align_val_t) noexcept { ruff::Deallocate(p); }
void operator delete(void* p, std::align_val_t, const std::nothrow_t&) noexcept {
  ruff::Deallocate(p);
}
void operator delete[](void* p, std::align_val_t, const std::nothrow_t&) noexcept {
  ruff::Deallocate(p);
}
