#ifndef RUFF_DRIVER_REPL_LINE_EDITOR_H_
#define RUFF_DRIVER_REPL_LINE_EDITOR_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"

namespace ruff {

// The words a Tab may stand for, given the one before the cursor; each begins with it.
using Complete = absl::FunctionRef<std::vector<std::string>(std::string_view word)>;

// A line of text being edited: what keys do to it, apart from any terminal.
//
// Keys arrive byte by byte as a terminal sends them. The text is UTF-8; a character that is typed
// is taken in once its last byte is there.
class LineEditor {
 public:
  enum class Result {
    kMore,         // the line may have changed
    kLine,         // Enter
    kInterrupted,  // Ctrl+C
    kEnd,          // Ctrl+D on an empty line
  };

  // `history` is borrowed, oldest line first.
  explicit LineEditor(const std::vector<std::string>& history)
      : history_(history), recalled_(history.size()) {}

  Result Press(char byte, Complete complete);

  const std::string& text() const { return text_; }
  size_t cursor() const { return cursor_; }  // a byte offset in text()
  // What to show below the line once: the candidates of a Tab that could not decide.
  std::string TakeNotice();

 private:
  Result PressControl(char byte, Complete complete);
  void PressEscape(char byte);
  void Insert(std::string_view bytes);
  void Erase(size_t begin, size_t end);
  void Recall(size_t index);
  void CompleteWord(Complete complete);
  size_t Before(size_t offset) const;  // of the character that ends there
  size_t After(size_t offset) const;
  size_t WordStart() const;

  const std::vector<std::string>& history_;
  size_t recalled_;    // index in history_; its size: the line being typed
  std::string typed_;  // that line, while another one is recalled
  std::string text_;
  size_t cursor_ = 0;
  std::string escape_;   // of an escape sequence, the bytes so far
  std::string partial_;  // of a character, the bytes so far
  std::string notice_;
};

}  // namespace ruff

#endif  // RUFF_DRIVER_REPL_LINE_EDITOR_H_
