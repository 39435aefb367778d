#ifndef RUFF_RUNTIME_BUILTINS_OUTPUT_H_
#define RUFF_RUNTIME_BUILTINS_OUTPUT_H_

#include <string_view>

namespace ruff {

// Where a program's text goes. A VM uses StandardOutput() unless its NativeContext names another
// one.
class Output {
 public:
  virtual ~Output() = default;

  // To standard output, at some later time unless it is a terminal.
  virtual void Write(std::string_view text) = 0;
  // To standard error, after everything written before.
  virtual void WriteError(std::string_view text) = 0;
  virtual void Flush() = 0;
};

// The process's descriptors 1 and 2; may be used by several threads. Text for standard output is
// kept up to 64 KB, on a terminal up to the end of a line. Nothing is flushed at exit by itself:
// whoever ends the process calls Flush.
//
// A closed pipe ends the process as SIGPIPE does. Any other failure to write ends it with a message
// and exit code 6.
Output* StandardOutput();

}  // namespace ruff

#endif  // RUFF_RUNTIME_BUILTINS_OUTPUT_H_
