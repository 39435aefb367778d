// What to delete: a pure function of what there is and what is wanted.

#ifndef RUFF_TOOLS_DISK_GUARD_POLICY_H_
#define RUFF_TOOLS_DISK_GUARD_POLICY_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ruff::disk_guard {

// Something that is deleted as a whole.
struct Candidate {
  uint64_t bytes;
  int64_t last_used;  // seconds since 1970
  uint32_t volume;    // index of the file system it is on
  bool in_use;        // never deleted
};

struct Goals {
  uint64_t min_free = 0;            // bytes on every volume
  uint64_t max_cache = UINT64_MAX;  // bytes of all candidates together
};

struct Plan {
  std::vector<size_t> deletions;  // indices of candidates, in the order of deletion
  uint64_t freed = 0;             // their bytes
  bool met = false;               // all goals, once they are gone
};

// `free` is the number of free bytes on each volume. Deletes the candidates unused for longest, of
// equally old ones the largest, until the goals are met or nothing is left that may go. A candidate
// goes only if it helps: its volume lacks space, or the cache is too large. Without need nothing
// goes.
Plan MakePlan(std::span<const Candidate> candidates, std::span<const uint64_t> free,
              const Goals& goals);

}  // namespace ruff::disk_guard

#endif  // RUFF_TOOLS_DISK_GUARD_POLICY_H_
