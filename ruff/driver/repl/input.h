#ifndef RUFF_DRIVER_REPL_INPUT_H_
#define RUFF_DRIVER_REPL_INPUT_H_

#include <string>
#include <string_view>
#include <vector>

namespace ruff {

// Collects lines until they make a whole input: every bracket is closed, no block comment is open,
// and the last line does not end in `\`, which joins it with the next one. Too many closing
// brackets, or a string that is open at the end of a line, cannot get better: such an input is
// whole, too, and its error is for the compiler to report.
//
// Each byte is looked at once.
class ReplInput {
 public:
  // `line` has no line end. True when the input is whole.
  bool AddLine(std::string_view line);

  bool empty() const { return text_.empty() && !is_joined_; }
  // The input so far; the next line begins a new one.
  std::string Take();

 private:
  void Scan(std::string_view line);

  std::string text_;
  // What is open, innermost last: '(' stands for any bracket, '$' for `${`, '"' for a string.
  std::vector<char> open_;
  bool in_comment_ = false;
  bool is_hopeless_ = false;
  bool is_joined_ = false;  // with the next line
};

}  // namespace ruff

#endif  // RUFF_DRIVER_REPL_INPUT_H_
