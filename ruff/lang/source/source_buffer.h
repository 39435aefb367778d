#ifndef RUFF_LANG_SOURCE_SOURCE_BUFFER_H_
#define RUFF_LANG_SOURCE_SOURCE_BUFFER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace ruff {

// A place in a source, both 1-based. A column is one Unicode scalar value.
struct LineColumn {
  uint32_t line;
  uint32_t column;

  friend bool operator==(const LineColumn&, const LineColumn&) = default;
};

// The text of one source and the name it has in messages.
//
// The text is valid UTF-8 without a leading byte order mark, below 4 GiB, and followed by a NUL
// byte in memory, so that a scanner may stop there instead of counting. Places in it are byte
// offsets of 32 bits; lines and columns are worked out on demand. `\n`, `\r\n` and a lone `\r` each
// end a line.
//
// Immutable and safe for concurrent reading. Moving it invalidates every view of it.
class SourceBuffer {
 public:
  // Reads the file `path` (a regular file, a pipe, a terminal). The buffer is named `path`. The
  // message of a failed status is the bare reason, e.g. `No such file or directory (os error 2)` or
  // `stream did not contain valid UTF-8`.
  static absl::StatusOr<SourceBuffer> FromFile(const std::string& path);

  // Reads standard input to its end. The buffer is named `<stdin>`.
  static absl::StatusOr<SourceBuffer> FromStdin();

  // Takes `text`, which fails only if it is not valid UTF-8 or too long.
  static absl::StatusOr<SourceBuffer> FromText(std::string name, std::string text);

  SourceBuffer(SourceBuffer&&) noexcept;
  SourceBuffer& operator=(SourceBuffer&&) noexcept;
  ~SourceBuffer();

  const std::string& name() const { return name_; }
  std::string_view text() const { return std::string_view(bytes_).substr(start_); }
  uint32_t size() const { return static_cast<uint32_t>(bytes_.size() - start_); }

  // The place of the byte at `offset` (at most `size()`; the end is a place too). The first call
  // scans the text once, further calls take O(log lines).
  LineColumn Locate(uint32_t offset) const;

  // Number of lines; a line end at the end of the text starts one more, empty line.
  uint32_t line_count() const;

  // The text of line number `line` (from 1 to `line_count()`) without its line end.
  std::string_view Line(uint32_t line) const;

 private:
  struct Lines;

  SourceBuffer(std::string name, std::string bytes, uint32_t start);

  static absl::StatusOr<SourceBuffer> FromDescriptor(std::string name, int descriptor);

  const Lines& lines() const;

  std::string name_;
  std::string bytes_;
  uint32_t start_;  // 3 behind a byte order mark, else 0
  std::unique_ptr<Lines> lines_;
};

}  // namespace ruff

#endif  // RUFF_LANG_SOURCE_SOURCE_BUFFER_H_
