#include "ruff/driver/repl/line_editor.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "ruff/base/utf8.h"

namespace ruff {
namespace {

constexpr char Control(char letter) { return static_cast<char>(letter & 0x1f); }
constexpr char kEscape = '\x1b';
constexpr char kDelete = '\x7f';

bool IsWordByte(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == ':' || c == '.' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

size_t LineEditor::Before(size_t offset) const {
  if (offset == 0) return 0;
  --offset;
  while (offset > 0 && IsUtf8Continuation(text_[offset])) --offset;
  return offset;
}

size_t LineEditor::After(size_t offset) const {
  if (offset == text_.size()) return offset;
  ++offset;
  while (offset < text_.size() && IsUtf8Continuation(text_[offset])) ++offset;
  return offset;
}

size_t LineEditor::WordStart() const {
  size_t start = cursor_;
  while (start > 0 && IsWordByte(text_[start - 1])) --start;
  return start;
}

void LineEditor::Insert(std::string_view bytes) {
  text_.insert(cursor_, bytes);
  cursor_ += bytes.size();
}

void LineEditor::Erase(size_t begin, size_t end) {
  text_.erase(begin, end - begin);
  cursor_ = begin;
}

void LineEditor::Recall(size_t index) {
  if (index > history_.size() || index == recalled_) return;
  if (recalled_ == history_.size()) typed_ = text_;
  recalled_ = index;
  text_ = index == history_.size() ? typed_ : history_[index];
  cursor_ = text_.size();
}

void LineEditor::CompleteWord(Complete complete) {
  const std::string word = text_.substr(WordStart(), cursor_ - WordStart());
  const std::vector<std::string> candidates = complete(word);
  if (candidates.empty()) return;
  std::string_view common = candidates[0];
  for (const std::string& candidate : candidates) {
    const auto [end, other] =
        std::mismatch(common.begin(), common.end(), candidate.begin(), candidate.end());
    common = common.substr(0, static_cast<size_t>(end - common.begin()));
  }
  if (common.size() > word.size()) {
    Insert(common.substr(word.size()));
  } else if (candidates.size() > 1) {
    notice_ = absl::StrJoin(candidates, "  ");
  }
}

std::string LineEditor::TakeNotice() { return std::exchange(notice_, std::string()); }

LineEditor::Result LineEditor::Press(char byte, Complete complete) {
  if (!escape_.empty()) {
    PressEscape(byte);
    return Result::kMore;
  }
  if (absl::ascii_iscntrl(static_cast<unsigned char>(byte))) return PressControl(byte, complete);
  // An unfinished character is dropped when a byte comes that cannot go on with it.
  if (!partial_.empty() && !IsUtf8Continuation(byte)) partial_.clear();
  partial_ += byte;
  if (partial_.size() < static_cast<size_t>(Utf8Length(partial_[0]))) return Result::kMore;
  const std::string character = std::exchange(partial_, std::string());
  if (IsValidUtf8(character)) Insert(character);
  return Result::kMore;
}

LineEditor::Result LineEditor::PressControl(char byte, Complete complete) {
  partial_.clear();
  switch (byte) {
    case '\r':
    case '\n':
      return Result::kLine;
    case Control('C'):
      return Result::kInterrupted;
    case Control('D'):
      if (text_.empty()) return Result::kEnd;
      Erase(cursor_, After(cursor_));
      break;
    case Control('H'):
    case kDelete:
      Erase(Before(cursor_), cursor_);
      break;
    case Control('A'):
      cursor_ = 0;
      break;
    case Control('E'):
      cursor_ = text_.size();
      break;
    case Control('B'):
      cursor_ = Before(cursor_);
      break;
    case Control('F'):
      cursor_ = After(cursor_);
      break;
    case Control('K'):
      Erase(cursor_, text_.size());
      break;
    case Control('U'):
      Erase(0, cursor_);
      break;
    case Control('W'): {
      size_t start = cursor_;
      while (start > 0 && text_[start - 1] == ' ') --start;
      while (start > 0 && text_[start - 1] != ' ') --start;
      Erase(start, cursor_);
      break;
    }
    case Control('P'):
      Recall(recalled_ - 1);
      break;
    case Control('N'):
      Recall(recalled_ + 1);
      break;
    case '\t':
      CompleteWord(complete);
      break;
    case kEscape:
      escape_ = byte;
      break;
    default:
      break;
  }
  return Result::kMore;
}

// An escape sequence is ESC, `[` or `O`, perhaps digits and semicolons, and the byte that says
// which.
void LineEditor::PressEscape(char byte) {
  escape_ += byte;
  if (escape_.size() == 2 && (byte == '[' || byte == 'O')) return;
  if (escape_.size() > 2 && (absl::ascii_isdigit(static_cast<unsigned char>(byte)) || byte == ';'))
    return;
  const std::string sequence = std::exchange(escape_, std::string());
  if (sequence.size() < 3) return;
  switch (byte) {
    case 'A':
      Recall(recalled_ - 1);
      break;
    case 'B':
      Recall(recalled_ + 1);
      break;
    case 'C':
      cursor_ = After(cursor_);
      break;
    case 'D':
      cursor_ = Before(cursor_);
      break;
    case 'H':
      cursor_ = 0;
      break;
    case 'F':
      cursor_ = text_.size();
      break;
    case '~':
      if (sequence[2] == '3') Erase(cursor_, After(cursor_));
      if (sequence[2] == '1' || sequence[2] == '7') cursor_ = 0;
      if (sequence[2] == '4' || sequence[2] == '8') cursor_ = text_.size();
      break;
    default:
      break;
  }
}

}  // namespace ruff
