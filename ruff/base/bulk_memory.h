// Memory for tables that grow as large as the program being compiled.
//
// A program of a megabyte becomes ten megabytes of tokens, nodes and instructions. From a size on,
// such a table gets pages of its own from the system: large ones where it has them, so that a fault
// is taken every two megabytes instead of every four kilobytes; a table grows by moving its pages,
// not their bytes; room that is never touched costs nothing; and what is freed is free at once.

#ifndef RUFF_BASE_BULK_MEMORY_H_
#define RUFF_BASE_BULK_MEMORY_H_

#include <cstddef>

namespace ruff {

// Changes a block of `old_size` bytes to `new_size` bytes, keeping what fits. Sizes are those asked
// for before; 0 bytes are a null block. Running out of memory ends the process.
void* ResizeBulk(void* block, size_t old_size, size_t new_size);

}  // namespace ruff

#endif  // RUFF_BASE_BULK_MEMORY_H_
