#ifndef RUFF_DRIVER_REPL_HISTORY_H_
#define RUFF_DRIVER_REPL_HISTORY_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ruff {

// The lines typed in sessions, kept in a file from one session to the next. Sessions that run at
// the same time add to the same file. A file that cannot be read or written is done without.
class History {
 public:
  static constexpr size_t kMaxLines = 1000;  // that a new session sees

  // The file readable by its owner only; an empty path keeps the lines in memory.
  explicit History(std::string path);

  // Oldest first.
  const std::vector<std::string>& lines() const { return lines_; }
  // Without empty lines and repetitions of the line before.
  void Add(std::string_view line);

 private:
  void Load();

  const std::string path_;
  std::vector<std::string> lines_;
};

// `.ruff_history` in the home folder, empty without one.
std::string DefaultHistoryPath();

}  // namespace ruff

#endif  // RUFF_DRIVER_REPL_HISTORY_H_
