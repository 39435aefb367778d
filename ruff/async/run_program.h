// Runs a Ruff program in a simulated world, for tests (or in the real one).

#ifndef RUFF_ASYNC_RUN_PROGRAM_H_
#define RUFF_ASYNC_RUN_PROGRAM_H_

#include <cstdint>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>

#include "ruff/lang/bytecode/module.h"
#include "ruff/lang/source/source_buffer.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {

struct ProgramRun {
  std::string output;  // what it printed; for each uncaught error "! message"
  int exit_code = 0;
  int64_t elapsed_ms = 0;     // of simulated time
  uint64_t allocations = 0;   // objects and buffers
  uint64_t live_objects = 0;  // left when the program had ended, beyond those before
  uint64_t live_bytes = 0;
  uint64_t peak_bytes = 0;  // of the heap
};

struct RunOptions {
  VmOptions vm;
  uint64_t seed = 1;
  uint32_t io_fails = 0;    // one system call in so many fails; 0: none
  uint64_t timeout_ms = 0;  // of the scheduler
  bool real = false;        // real time, real I/O, real threads; without the seed
};

// The source must compile.
ProgramRun RunProgram(std::string_view text, const RunOptions& options = {});

// As above, for a compiled one.
ProgramRun RunModule(std::unique_ptr<Module> module, std::unique_ptr<SourceBuffer> source,
                     const RunOptions& options = {});

// A program that shows a rule of the language, and what it prints.
struct RuleCase {
  std::string_view name;  // "A3_SettledPromisesDoNotSuspend"
  std::string_view program;
  std::string_view output;
};
inline void PrintTo(const RuleCase& rule, std::ostream* out) { *out << rule.name; }
// Runs the case with both interpreters and under several seeds: the same output every time, nothing
// leaked.
void CheckRule(const RuleCase& rule);

}  // namespace ruff

#endif  // RUFF_ASYNC_RUN_PROGRAM_H_
