#ifndef RUFF_RUNTIME_VALUE_ALLOCATE_H_
#define RUFF_RUNTIME_VALUE_ALLOCATE_H_

#include <cstddef>
#include <cstdlib>

// The one place that knows where memory comes from: mimalloc, or the C library when a sanitizer
// wants to see every block. Running out of memory is fatal here; code about to make something big
// asks Heap::CanAllocate first.

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#define RUFF_SANITIZED_MEMORY 1
#endif
#endif

#ifndef RUFF_SANITIZED_MEMORY
#define RUFF_SANITIZED_MEMORY 0
#endif

#if !RUFF_SANITIZED_MEMORY
#include "mimalloc.h"
#define RUFF_MALLOC mi_malloc
#define RUFF_REALLOC mi_realloc
#define RUFF_FREE mi_free
#else
#define RUFF_MALLOC std::malloc
#define RUFF_REALLOC std::realloc
#define RUFF_FREE std::free
#endif

namespace ruff {

[[noreturn, gnu::cold]] void FatalOutOfMemory(size_t bytes);

inline void* RawAllocate(size_t bytes) {
  void* p = RUFF_MALLOC(bytes);
  if (p == nullptr) [[unlikely]]
    FatalOutOfMemory(bytes);
  return p;
}

// `p` may be null.
inline void* RawReallocate(void* p, size_t bytes) {
  void* q = RUFF_REALLOC(p, bytes);
  if (q == nullptr) [[unlikely]]
    FatalOutOfMemory(bytes);
  return q;
}

inline void RawFree(void* p) { RUFF_FREE(p); }

}  // namespace ruff

#undef RUFF_MALLOC
#undef RUFF_REALLOC
#undef RUFF_FREE

#endif  // RUFF_RUNTIME_VALUE_ALLOCATE_H_
