// Where the REPL gets its lines from.

#ifndef RUFF_DRIVER_REPL_LINE_READER_H_
#define RUFF_DRIVER_REPL_LINE_READER_H_

#include <memory>
#include <string>
#include <string_view>

#include "ruff/driver/repl/line_editor.h"

namespace ruff {

class LineReader {
 public:
  enum class Result { kLine, kInterrupted, kEnd };

  virtual ~LineReader() = default;
  // Waits for a line of standard input and stores it without its line end.
  virtual Result Read(std::string_view prompt, Complete complete, std::string* line) = 0;
};

// With editing, history and prompts when standard input is a terminal, else without.
std::unique_ptr<LineReader> NewLineReader();

}  // namespace ruff

#endif  // RUFF_DRIVER_REPL_LINE_READER_H_
