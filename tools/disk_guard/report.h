// A report for people and for programs.

#ifndef RUFF_TOOLS_DISK_GUARD_REPORT_H_
#define RUFF_TOOLS_DISK_GUARD_REPORT_H_

#include <cstdint>
#include <string>

#include "tools/disk_guard/guard.h"
#include "tools/disk_guard/policy.h"

namespace ruff::disk_guard {

// Some lines; the largest deletions only. `quiet`: nothing unless something was deleted or went
// wrong.
std::string ReportText(const Report& report, const Goals& goals, bool quiet);

// One line, one object, everything in it. Bytes of paths that are not ASCII are written \u00XX.
std::string ReportJson(const Report& report, const Goals& goals);

}  // namespace ruff::disk_guard

#endif  // RUFF_TOOLS_DISK_GUARD_REPORT_H_
