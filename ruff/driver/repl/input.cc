#include "ruff/driver/repl/input.h"

#include <utility>

namespace ruff {

// Works through `line`; what is open at its end is left in the members.
void ReplInput::Scan(std::string_view line) {
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const char next = i + 1 < line.size() ? line[i + 1] : '\0';
    if (in_comment_) {
      if (c == '*' && next == '/') {
        in_comment_ = false;
        ++i;
      }
      continue;
    }
    if (!open_.empty() && open_.back() == '"') {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        open_.pop_back();
      } else if (c == '$' && next == '{') {
        open_.push_back('$');
        ++i;
      }
      continue;
    }
    switch (c) {
      case '#':
        return;
      case '/':
        if (next == '/') return;
        if (next == '*') {
          in_comment_ = true;
          ++i;
        }
        break;
      case '"':
        open_.push_back('"');
        break;
      case '(':
      case '[':
      case '{':
        open_.push_back('(');
        break;
      case ')':
      case ']':
      case '}':
        if (open_.empty()) {
          is_hopeless_ = true;
        } else {
          open_.pop_back();
        }
        break;
      case '\\':
        is_joined_ = i + 1 == line.size();
        break;
      default:
        break;
    }
  }
}

bool ReplInput::AddLine(std::string_view line) {
  is_joined_ = false;
  Scan(line);
  if (is_joined_) {
    text_.append(line.substr(0, line.size() - 1));
    return false;
  }
  text_.append(line);
  text_ += '\n';
  if (!open_.empty() && open_.back() == '"') is_hopeless_ = true;
  return is_hopeless_ || (open_.empty() && !in_comment_);
}

std::string ReplInput::Take() {
  open_.clear();
  in_comment_ = is_hopeless_ = is_joined_ = false;
  return std::exchange(text_, std::string());
}

}  // namespace ruff
