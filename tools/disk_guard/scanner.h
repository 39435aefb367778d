// What the roots contain.

#ifndef RUFF_TOOLS_DISK_GUARD_SCANNER_H_
#define RUFF_TOOLS_DISK_GUARD_SCANNER_H_

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tools/disk_guard/root.h"

namespace ruff::disk_guard {

// Something that can be deleted as a whole, and how to tell that it is still the same.
struct Item {
  const Root* root;
  std::string name;   // path below the root
  uint64_t bytes;     // on disk
  int64_t last_used;  // seconds since 1970
  bool in_use;
  bool is_tree;
  dev_t device;
  ino_t inode;
  int64_t changed_ns;  // of files: last modification

  std::string Path() const { return root->path + "/" + name; }
};

struct ScanOptions {
  int64_t now;
  int64_t min_age = 3600;      // seconds; what was used since is in use
  std::string keep_workspace;  // the output base that builds this folder is in use
};

// Appends the items of `root` (borrowed; it outlives them). What cannot be read, or vanishes
// meanwhile, is left out. Uses constant stack however deep the folders are.
void Scan(const Root& root, const ScanOptions& options, std::vector<Item>* items);

// Whether a Bazel server or client works on the output base that is open as `base`.
bool OutputBaseIsBusy(int base);

}  // namespace ruff::disk_guard

#endif  // RUFF_TOOLS_DISK_GUARD_SCANNER_H_
