#include "ruff/base/bulk_memory.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "ruff/base/check.h"

namespace ruff {
namespace {

constexpr size_t kLargePage = size_t{2} << 20;

#ifdef RUFF_SANITIZE
constexpr size_t kSmallestMapped = SIZE_MAX;  // the heap finds overruns and leaks
#else
constexpr size_t kSmallestMapped = kLargePage;
#endif

bool IsMapped(size_t size) { return size >= kSmallestMapped; }

size_t RoundUp(size_t size) { return (size + kLargePage - 1) & ~(kLargePage - 1); }

// Whole large pages.
void* Map(size_t size) {
  const size_t length = RoundUp(size);
  void* const start = mmap(nullptr, length + kLargePage, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  RUFF_CHECK(start != MAP_FAILED);
  char* const first = static_cast<char*>(start);
  const size_t before =
      RoundUp(reinterpret_cast<uintptr_t>(first)) - reinterpret_cast<uintptr_t>(first);
  if (before != 0) munmap(first, before);
  munmap(first + before + length, kLargePage - before);
  madvise(first + before, length, MADV_HUGEPAGE);  // a wish
  return first + before;
}

void Unmap(void* block, size_t size) { munmap(block, RoundUp(size)); }

void* Remap(void* block, size_t old_size, size_t new_size) {
  const size_t old_length = RoundUp(old_size);
  const size_t length = RoundUp(new_size);
  if (length == old_length) return block;
  if (mremap(block, old_length, length, 0) != MAP_FAILED) return block;
  void* const target = Map(length);  // aligned, so that large pages stay whole
  void* const moved = mremap(block, old_length, length, MREMAP_MAYMOVE | MREMAP_FIXED, target);
  RUFF_CHECK(moved == target);
  return moved;
}

}  // namespace

void* ResizeBulk(void* block, size_t old_size, size_t new_size) {
  if (IsMapped(old_size) && IsMapped(new_size)) return Remap(block, old_size, new_size);
  if (!IsMapped(old_size) && !IsMapped(new_size)) {
    if (new_size == 0) {
      std::free(block);
      return nullptr;
    }
    void* const resized = std::realloc(block, new_size);
    RUFF_CHECK(resized != nullptr);
    return resized;
  }
  void* resized = nullptr;
  if (IsMapped(new_size)) {
    resized = Map(new_size);
  } else if (new_size > 0) {
    resized = std::malloc(new_size);
    RUFF_CHECK(resized != nullptr);
  }
  if (const size_t kept = std::min(old_size, new_size); kept > 0) {
    std::memcpy(resized, block, kept);
  }
  if (IsMapped(old_size)) {
    Unmap(block, old_size);
  } else {
    std::free(block);
  }
  return resized;
}

}  // namespace ruff
