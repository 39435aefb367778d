// Runs the cases of an area, several at once, and reports.

#ifndef RUFF_TESTING_CONFORMANCE_SUITE_H_
#define RUFF_TESTING_CONFORMANCE_SUITE_H_

#include <ostream>
#include <string>

#include "testing/conformance/run_case.h"

namespace ruff {

struct SuiteOptions {
  std::string area;    // folder with the cases
  std::string filter;  // only cases whose name contains it
  std::string update;  // folder where the expected outputs are to be rewritten; empty: nowhere
  int jobs = 2;
  int shard = 0;  // of `shards`: every shards-th case
  int shards = 1;
  int seeds = 0;  // run every case with --simulate 1 … seeds; 0: once, in the real world
  CaseSettings settings;
};

// Number of failed cases, or -1 when the area cannot be run. Each failure is reported as it comes,
// then a summary. Updating writes .out and .exit of every case that ended by itself; what stderr
// must hold is left to people.
//
// Every job has a copy of the area of its own, in which its cases run one after the other.
int RunSuite(const SuiteOptions& options, std::ostream& report);

}  // namespace ruff

#endif  // RUFF_TESTING_CONFORMANCE_SUITE_H_
