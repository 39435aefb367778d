#include "tools/disk_guard/policy_properties.h"

#include <algorithm>

namespace ruff::disk_guard {
namespace {

// Are the goals met when the candidates that are `gone` are gone?
bool AreMet(const std::vector<Candidate>& candidates, std::vector<uint64_t> free,
            const Goals& goals, const std::vector<bool>& gone) {
  uint64_t left = 0;
  for (size_t i = 0; i < candidates.size(); ++i) {
    (gone[i] ? free[candidates[i].volume] : left) += candidates[i].bytes;
  }
  return left <= goals.max_cache && std::all_of(free.begin(), free.end(), [&](uint64_t bytes) {
           return bytes >= goals.min_free;
         });
}

}  // namespace

std::string BrokenProperty(const std::vector<Candidate>& candidates,
                           const std::vector<uint64_t>& free, const Goals& goals) {
  const Plan plan = MakePlan(candidates, free, goals);
  std::vector<bool> gone(candidates.size());
  uint64_t freed = 0;
  for (const size_t i : plan.deletions) {
    if (i >= candidates.size()) return "deletes what is not there";
    if (gone[i]) return "deletes something twice";
    if (candidates[i].in_use) return "deletes what is in use";
    gone[i] = true;
    freed += candidates[i].bytes;
  }
  if (plan.freed != freed) return "frees another amount than it says";
  if (!std::is_sorted(plan.deletions.begin(), plan.deletions.end(), [&](size_t a, size_t b) {
        return candidates[a].last_used < candidates[b].last_used;
      })) {
    return "does not begin with the oldest";
  }
  if (plan.met != AreMet(candidates, free, goals, gone)) return "is wrong about the goals";
  if (plan.met && !plan.deletions.empty()) {
    std::vector<bool> less = gone;
    less[plan.deletions.back()] = false;
    if (AreMet(candidates, free, goals, less)) return "deletes one too many";
  }
  for (size_t i = 0; i < candidates.size(); ++i) {
    if (gone[i] || candidates[i].in_use || candidates[i].bytes == 0) continue;
    std::vector<bool> more = gone;
    more[i] = true;
    if (!plan.met && AreMet(candidates, free, goals, more)) return "gives up too early";
    for (const size_t younger : plan.deletions) {
      if (candidates[i].volume == candidates[younger].volume &&
          candidates[i].last_used < candidates[younger].last_used) {
        return "leaves something older that would have helped as well";
      }
    }
  }
  return "";
}

}  // namespace ruff::disk_guard
