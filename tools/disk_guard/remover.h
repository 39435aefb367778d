// Deletes items.

#ifndef RUFF_TOOLS_DISK_GUARD_REMOVER_H_
#define RUFF_TOOLS_DISK_GUARD_REMOVER_H_

#include <cstdint>
#include <string>

#include "tools/disk_guard/scanner.h"

namespace ruff::disk_guard {

enum class Removal : uint8_t {
  kGone,     // deleted, or was gone already
  kSkipped,  // it has changed since the scan, or is in use now
  kFailed,   // `*error` says why
};

// Deletes `item` if it still is what was scanned. An output base is first renamed, while its lock
// is held, so that Bazel sees all of it or nothing. Folders on other file systems below it are
// left.
Removal Remove(const Item& item, std::string* error);

}  // namespace ruff::disk_guard

#endif  // RUFF_TOOLS_DISK_GUARD_REMOVER_H_
