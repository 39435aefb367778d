// The cases of a conformance area, as files lay them down.
//
//   NAME.ruff   a program, run as `ruff run FLAGS NAME.ruff ARGS`; or
//   NAME.sh     a script for bash in which $RUFF is the binary
//   NAME.out    what it prints, to the byte
//   NAME.exit   its exit code (default 0)
//   NAME.err    lines that must occur in what it prints to stderr
//   NAME.flags  options of `ruff run` before the file, one a line
//   NAME.args   arguments of the program, one a line
//   NAME.stdin  what it reads from stdin (default nothing)
//
// What cases import may be other cases, or lies in a subfolder.

#ifndef RUFF_TESTING_CONFORMANCE_TEST_CASE_H_
#define RUFF_TESTING_CONFORMANCE_TEST_CASE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace ruff {

struct TestCase {
  std::string name;
  bool is_script = false;  // NAME.sh
  bool has_stdin = false;
  std::vector<std::string> flags;
  std::vector<std::string> args;

  bool has_out = false;  // without it the case fails until its output is written by an update
  std::string out;
  int exit_code = 0;
  std::vector<std::string> err;
};

// The cases of the folder `area`, by name. NotFound when there is none; InvalidArgument when a file
// belongs to no case or is malformed.
absl::StatusOr<std::vector<TestCase>> LoadCases(const std::string& area);

}  // namespace ruff

#endif  // RUFF_TESTING_CONFORMANCE_TEST_CASE_H_
