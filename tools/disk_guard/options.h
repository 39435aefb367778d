// The command line of disk_guard.

#ifndef RUFF_TOOLS_DISK_GUARD_OPTIONS_H_
#define RUFF_TOOLS_DISK_GUARD_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/disk_guard/policy.h"

namespace ruff::disk_guard {

struct Options {
  Goals goals;
  int64_t min_age = 3600;  // seconds
  bool apply = false;
  bool json = false;
  bool quiet = false;
  bool help = false;
  std::string keep_workspace;
  std::vector<std::string> roots;
  std::vector<std::string> temp_roots;
};

extern const std::string_view kUsage;

// Nothing, with `*error` set, when the arguments make no sense.
std::optional<Options> ReadOptions(const std::vector<std::string_view>& arguments,
                                   std::string* error);

}  // namespace ruff::disk_guard

#endif  // RUFF_TOOLS_DISK_GUARD_OPTIONS_H_
