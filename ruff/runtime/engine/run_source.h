// Runs a piece of Ruff source without an event loop: for tests and benchmarks of the machine.

#ifndef RUFF_RUNTIME_ENGINE_RUN_SOURCE_H_
#define RUFF_RUNTIME_ENGINE_RUN_SOURCE_H_

#include <memory>
#include <string>
#include <string_view>

#include "ruff/runtime/builtins/output.h"
#include "ruff/runtime/engine/engine.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {

// Keeps what a program prints.
class StringOutput : public Output {
 public:
  void Write(std::string_view text) override { text_ += text; }
  void WriteError(std::string_view text) override { text_ += text; }
  void Flush() override {}
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

struct RunResult {
  Outcome outcome;
  std::string output;
  std::string error;             // message of an uncaught error
  uint32_t line;                 // of that error
  uint64_t allocations;          // objects and buffers allocated while running
  uint64_t live_objects_gained;  // alive after the run that were not before it
};

// The source must compile.
RunResult RunSource(std::string_view text, const VmOptions& options = {});

}  // namespace ruff

#endif  // RUFF_RUNTIME_ENGINE_RUN_SOURCE_H_
