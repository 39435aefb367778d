#include "ruff/host/archive/archive_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstring>

namespace ruff {
namespace {

constexpr uint64_t kBufferBytes = 64 * 1024;

ArchiveFile* FileOf(voidpf opaque) { return static_cast<ArchiveFile*>(opaque); }

voidpf OpenStream(voidpf opaque, const void*, int) { return opaque; }

uLong ReadStream(voidpf opaque, voidpf, void* to, uLong size) {
  return FileOf(opaque)->Read(static_cast<char*>(to), size);
}

uLong WriteStream(voidpf opaque, voidpf, const void* from, uLong size) {
  FileOf(opaque)->Write(static_cast<const char*>(from), size);
  return size;
}

ZPOS64_T TellStream(voidpf opaque, voidpf) { return FileOf(opaque)->position(); }

long SeekStream(voidpf opaque, voidpf, ZPOS64_T offset, int origin) {
  ArchiveFile* file = FileOf(opaque);
  const uint64_t base = origin == ZLIB_FILEFUNC_SEEK_SET   ? 0
                        : origin == ZLIB_FILEFUNC_SEEK_CUR ? file->position()
                                                           : file->size();
  if (offset > INT64_MAX - base) return -1;
  file->Seek(base + offset);
  return 0;
}

int CloseStream(voidpf, voidpf) { return 0; }

int StreamError(voidpf opaque, voidpf) { return FileOf(opaque)->failure().empty() ? 0 : -1; }

}  // namespace

FailureText ArchiveFile::Open(const std::string& path, Mode mode) {
  const int flags = mode == Mode::kRead ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC;
  if (FailureText failure = file_.Open(path, flags); !failure.empty()) return failure;
  if (mode == Mode::kCreate) return FailureText();
  struct stat info;
  if (FailureText failure = file_.Stat(&info); !failure.empty()) return failure;
  size_ = static_cast<uint64_t>(info.st_size);
  return FailureText();
}

zlib_filefunc64_def ArchiveFile::Functions() {
  return {OpenStream, ReadStream,  WriteStream, TellStream,
          SeekStream, CloseStream, StreamError, this};
}

FailureText ArchiveFile::Close() {
  Flush();
  Note(file_.Close());
  return failure_;
}

uint64_t ArchiveFile::Read(char* to, uint64_t size) {
  uint64_t done = 0;
  while (done < size) {
    if (position_ < buffer_begin_ || position_ >= buffer_begin_ + buffer_.size()) {
      Fill();
      if (buffer_.empty()) break;
    }
    const uint64_t from = position_ - buffer_begin_;
    const uint64_t count = std::min(size - done, buffer_.size() - from);
    std::memcpy(to + done, buffer_.data() + from, count);
    done += count;
    position_ += count;
  }
  return done;
}

void ArchiveFile::Write(const char* from, uint64_t size) {
  const bool appends = unwritten_ && position_ == buffer_begin_ + buffer_.size();
  if (!appends || buffer_.size() + size > kBufferBytes) {
    Flush();
    buffer_.clear();
    buffer_begin_ = position_;
  }
  buffer_.append(from, size);
  unwritten_ = true;
  position_ += size;
  size_ = std::max(size_, position_);
}

void ArchiveFile::Flush() {
  if (!unwritten_ || !failure_.empty()) return;
  Note(file_.Seek(buffer_begin_));
  if (failure_.empty()) Note(file_.Write(buffer_));
  unwritten_ = false;
}

void ArchiveFile::Fill() {
  buffer_begin_ = position_;
  buffer_.clear();
  if (!failure_.empty()) return;
  Note(file_.Seek(position_));
  if (failure_.empty()) {
    buffer_.resize(kBufferBytes);
    size_t got = 0;
    Note(file_.ReadSome(buffer_.data(), buffer_.size(), &got));
    buffer_.resize(got);
  }
}

}  // namespace ruff
