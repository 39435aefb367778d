#include "ruff/driver/repl/history.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "ruff/base/utf8.h"

namespace ruff {
namespace {

constexpr std::string_view kFileName = ".ruff_history";
constexpr off_t kMaxBytes = 1 << 20;  // of the end of the file
constexpr mode_t kOwnerOnly = 0600;

std::string ReadEnd(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return "";
  struct stat about = {};
  std::string text;
  if (fstat(file, &about) == 0 && S_ISREG(about.st_mode)) {
    const off_t size = std::min(about.st_size, kMaxBytes);
    text.resize(static_cast<size_t>(size));
    const ssize_t got = pread(file, text.data(), text.size(), about.st_size - size);
    text.resize(got < 0 ? 0 : static_cast<size_t>(got));
    if (size < about.st_size) text.erase(0, text.find('\n') + 1);
  }
  close(file);
  return text;
}

bool WriteTo(const std::string& path, std::string_view text, int how) {
  const int file =
      open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK | how, kOwnerOnly);
  if (file < 0) return false;
  const bool is_written =
      write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  close(file);
  return is_written;
}

// What a terminal can show as one line.
bool IsLine(std::string_view line) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\t'; };
  return !line.empty() && IsValidUtf8(line) && std::none_of(line.begin(), line.end(), is_control);
}

}  // namespace

std::string DefaultHistoryPath() {
  const char* const home = std::getenv("HOME");
  if (home == nullptr || *home == '\0') return "";
  return absl::StrCat(home, "/", kFileName);
}

History::History(std::string path) : path_(std::move(path)) {
  if (!path_.empty()) Load();
}

// A file that has grown to twice what is needed is cut.
void History::Load() {
  const std::string text = ReadEnd(path_);
  for (const std::string_view line : absl::StrSplit(text, '\n')) {
    if (IsLine(line)) lines_.emplace_back(line);
  }
  if (lines_.size() <= kMaxLines) return;
  const bool is_long = lines_.size() > 2 * kMaxLines;
  lines_.erase(lines_.begin(), lines_.end() - kMaxLines);
  if (!is_long) return;
  const std::string shorter = absl::StrCat(path_, ".", getpid());
  const std::string kept = absl::StrCat(absl::StrJoin(lines_, "\n"), "\n");
  if (!WriteTo(shorter, kept, O_EXCL) || rename(shorter.c_str(), path_.c_str()) != 0) {
    unlink(shorter.c_str());
  }
}

void History::Add(std::string_view line) {
  if (!IsLine(line) || (!lines_.empty() && lines_.back() == line)) return;
  lines_.emplace_back(line);
  if (!path_.empty()) WriteTo(path_, absl::StrCat(line, "\n"), O_APPEND);
}

}  // namespace ruff
