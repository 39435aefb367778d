// What must hold for every plan, whatever the input; for tests.

#ifndef RUFF_TOOLS_DISK_GUARD_POLICY_PROPERTIES_H_
#define RUFF_TOOLS_DISK_GUARD_POLICY_PROPERTIES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tools/disk_guard/policy.h"

namespace ruff::disk_guard {

// Makes the plan and says which property it violates; empty when all hold. The sizes must add up to
// less than 2^64, the volumes be below free.size().
std::string BrokenProperty(const std::vector<Candidate>& candidates,
                           const std::vector<uint64_t>& free, const Goals& goals);

}  // namespace ruff::disk_guard

#endif  // RUFF_TOOLS_DISK_GUARD_POLICY_PROPERTIES_H_
