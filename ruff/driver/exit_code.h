// How the process ends. A program's own exit(n) ends it with n.

#ifndef RUFF_DRIVER_EXIT_CODE_H_
#define RUFF_DRIVER_EXIT_CODE_H_

namespace ruff {

enum ExitCode : int {
  kExitSuccess = 0,
  kExitGate = 1,      // what was asked for is not met: failed tests
  kExitUsage = 2,     // the command line makes no sense
  kExitSyntax = 3,    // lexical or syntax errors in the source
  kExitRuntime = 4,   // compile-time or run-time error of the program
  kExitIo = 5,        // a file cannot be read or written
  kExitInternal = 6,  // a failure of ruff itself
};

}  // namespace ruff

#endif  // RUFF_DRIVER_EXIT_CODE_H_
