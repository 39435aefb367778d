#include "ruff/driver/repl/line_reader.h"

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/base/utf8.h"
#include "ruff/driver/repl/history.h"
#include "ruff/driver/terminal.h"
#include "ruff/runtime/builtins/output.h"

namespace ruff {
namespace {

constexpr size_t kDefaultColumns = 80;

// False at the end of the input.
bool ReadBytes(char* bytes, size_t size, size_t* count) {
  for (;;) {
    const ssize_t got = read(STDIN_FILENO, bytes, size);
    if (got > 0) {
      *count = static_cast<size_t>(got);
      return true;
    }
    if (got == 0 || errno != EINTR) return false;
  }
}

class PlainLineReader final : public LineReader {
 public:
  Result Read(std::string_view, Complete, std::string* line) override {
    StandardOutput()->Flush();
    line->clear();
    for (;;) {
      const size_t end = std::min(bytes_.find('\n', next_), bytes_.size());
      line->append(bytes_, next_, end - next_);
      if (end < bytes_.size()) {
        next_ = end + 1;
        if (!line->empty() && line->back() == '\r') line->pop_back();
        return Result::kLine;
      }
      next_ = 0;
      bytes_.resize(kBlock);
      size_t count = 0;
      const bool is_open = ReadBytes(bytes_.data(), bytes_.size(), &count);
      bytes_.resize(count);
      if (!is_open) return line->empty() ? Result::kEnd : Result::kLine;
    }
  }

 private:
  static constexpr size_t kBlock = 16 * 1024;

  std::string bytes_;
  size_t next_ = 0;  // in bytes_, the first byte not handed out
};

// While one of these lives, keys arrive one by one and are not shown by the terminal.
class RawMode {
 public:
  RawMode() {
    if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios raw = before_;
    raw.c_iflag &= ~static_cast<tcflag_t>(BRKINT | ICRNL | INPCK | ISTRIP | IXON);
    raw.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | IEXTEN | ISIG);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    is_on_ = tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) == 0;
  }
  ~RawMode() {
    if (is_on_) tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
  }
  RawMode(const RawMode&) = delete;
  RawMode& operator=(const RawMode&) = delete;

 private:
  termios before_ = {};
  bool is_on_ = false;
};

size_t Columns() {
  winsize size = {};
  const bool is_known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return is_known ? size.ws_col : kDefaultColumns;
}

class TerminalLineReader final : public LineReader {
 public:
  Result Read(std::string_view prompt, Complete complete, std::string* line) override;

 private:
  void Show(std::string_view prompt, const LineEditor& editor);

  History history_{DefaultHistoryPath()};
};

// The line takes one row; of a longer one the part around the cursor is shown.
void TerminalLineReader::Show(std::string_view prompt, const LineEditor& editor) {
  const size_t columns = Columns();
  const size_t room = columns > prompt.size() + 1 ? columns - prompt.size() - 1 : 1;
  const std::string_view text = editor.text();
  const size_t before_cursor = CountCharacters(text.substr(0, editor.cursor()));
  const size_t hidden = before_cursor > room ? before_cursor - room : 0;
  std::string_view visible = text.substr(SkipCharacters(text, hidden));
  visible = visible.substr(0, SkipCharacters(visible, room));
  StandardOutput()->Write(absl::StrCat("\r", prompt, visible, "\x1b[K\r\x1b[",
                                       prompt.size() + before_cursor - hidden, "C"));
  StandardOutput()->Flush();
}

LineReader::Result TerminalLineReader::Read(std::string_view prompt, Complete complete,
                                            std::string* line) {
  const RawMode raw;
  LineEditor editor(history_.lines());
  for (;;) {
    Show(prompt, editor);
    char byte;
    size_t count;
    if (!ReadBytes(&byte, 1, &count)) return Result::kEnd;
    const LineEditor::Result result = editor.Press(byte, complete);
    if (const std::string notice = editor.TakeNotice(); !notice.empty()) {
      StandardOutput()->Write(absl::StrCat("\r\n", notice, "\r\n"));
    }
    if (result == LineEditor::Result::kMore) continue;
    if (result == LineEditor::Result::kInterrupted) {
      StandardOutput()->Write("\r\n");
      return Result::kInterrupted;
    }
    if (result == LineEditor::Result::kEnd) return Result::kEnd;
    StandardOutput()->Write("\r\n");
    StandardOutput()->Flush();
    *line = editor.text();
    history_.Add(*line);
    return Result::kLine;
  }
}

}  // namespace

std::unique_ptr<LineReader> NewLineReader() {
  if (IsTerminal(STDIN_FILENO)) return std::make_unique<TerminalLineReader>();
  return std::make_unique<PlainLineReader>();
}

}  // namespace ruff
