#include "tools/disk_guard/policy.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace ruff::disk_guard {
namespace {

uint64_t SaturatingAdd(uint64_t a, uint64_t b) {
  return a > std::numeric_limits<uint64_t>::max() - b ? std::numeric_limits<uint64_t>::max()
                                                      : a + b;
}

}  // namespace

Plan MakePlan(std::span<const Candidate> candidates, std::span<const uint64_t> free,
              const Goals& goals) {
  std::vector<uint64_t> lacking(free.size());  // per volume
  for (size_t i = 0; i < free.size(); ++i) {
    lacking[i] = goals.min_free > free[i] ? goals.min_free - free[i] : 0;
  }
  uint64_t total = 0;
  std::vector<size_t> order;
  for (size_t i = 0; i < candidates.size(); ++i) {
    total = SaturatingAdd(total, candidates[i].bytes);
    if (!candidates[i].in_use) order.push_back(i);
  }
  uint64_t excess = total > goals.max_cache ? total - goals.max_cache : 0;
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    const Candidate& x = candidates[a];
    const Candidate& y = candidates[b];
    return std::tie(x.last_used, y.bytes, a) < std::tie(y.last_used, x.bytes, b);
  });

  Plan plan;
  for (const size_t i : order) {
    const Candidate& candidate = candidates[i];
    uint64_t& lack = lacking[candidate.volume];
    if (candidate.bytes == 0 || (lack == 0 && excess == 0)) continue;
    plan.deletions.push_back(i);
    plan.freed = SaturatingAdd(plan.freed, candidate.bytes);
    lack -= std::min(lack, candidate.bytes);
    excess -= std::min(excess, candidate.bytes);
  }
  plan.met = excess == 0 &&
             std::all_of(lacking.begin(), lacking.end(), [](uint64_t lack) { return lack == 0; });
  return plan;
}

}  // namespace ruff::disk_guard
