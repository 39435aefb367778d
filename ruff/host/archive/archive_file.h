// A file as minizip uses one: it reads and writes a few bytes at a time, so there is a buffer
// before the system. Failures are kept, and callers of minizip ask for them: to minizip, writing
// always succeeds.

#ifndef RUFF_HOST_ARCHIVE_ARCHIVE_FILE_H_
#define RUFF_HOST_ARCHIVE_ARCHIVE_FILE_H_

#include <minizip/ioapi.h>

#include <cstdint>
#include <string>

#include "ruff/base/os_error.h"
#include "ruff/host/posix/file.h"

namespace ruff {

class ArchiveFile {
 public:
  enum class Mode : uint8_t { kRead, kCreate };

  [[nodiscard]] FailureText Open(const std::string& path, Mode mode);
  const File& file() const { return file_; }

  // What to give to unzOpen2_64 and zipOpen2_64, with any path. Closing is left to this object.
  zlib_filefunc64_def Functions();

  // The first failure since Open; empty when there was none.
  const FailureText& failure() const { return failure_; }
  // Writes what is still in the buffer. The first failure.
  FailureText Close();

  uint64_t position() const { return position_; }
  uint64_t size() const { return size_; }
  // Up to `size` bytes from the current position; less only at the end or on failure.
  uint64_t Read(char* to, uint64_t size);
  void Write(const char* from, uint64_t size);
  void Seek(uint64_t position) { position_ = position; }

 private:
  void Note(const FailureText& failure) {
    if (failure_.empty()) failure_ = failure;
  }
  void Flush();
  void Fill();

  File file_;
  FailureText failure_;
  uint64_t position_ = 0;
  uint64_t size_ = 0;

  // A piece of the file, to be written when `unwritten_`.
  std::string buffer_;
  uint64_t buffer_begin_ = 0;
  bool unwritten_ = false;
};

}  // namespace ruff

#endif  // RUFF_HOST_ARCHIVE_ARCHIVE_FILE_H_
