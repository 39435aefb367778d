// Scans the roots, decides, deletes, until the goals are met.

#ifndef RUFF_TOOLS_DISK_GUARD_GUARD_H_
#define RUFF_TOOLS_DISK_GUARD_GUARD_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tools/disk_guard/policy.h"
#include "tools/disk_guard/root.h"
#include "tools/disk_guard/scanner.h"

namespace ruff::disk_guard {

// What a run has found and done. Without `apply` the deletions are those it would make.
struct Report {
  struct Deletion {
    std::string path;
    uint64_t bytes;
    int64_t last_used;
  };
  bool applied = false;
  uint64_t items = 0;
  uint64_t items_in_use = 0;
  uint64_t bytes = 0;              // of all items
  std::vector<uint64_t> free;      // per volume, before
  std::vector<uint64_t> free_now;  // and after
  std::vector<Deletion> deletions;
  uint64_t freed = 0;    // bytes of the deletions
  uint64_t skipped = 0;  // changed or in use when their turn came
  std::vector<std::string> errors;
  bool met = false;
};

// Free bytes for us on the file system of an open folder.
using FreeBytes = std::function<uint64_t(int folder)>;
uint64_t StatFreeBytes(int folder);

Report Guard(const std::vector<Root>& roots, const Goals& goals, const ScanOptions& options,
             bool apply, const FreeBytes& free_bytes = StatFreeBytes);

}  // namespace ruff::disk_guard

#endif  // RUFF_TOOLS_DISK_GUARD_GUARD_H_
