// An archive that is being written.

#ifndef RUFF_HOST_ARCHIVE_ZIP_WRITER_H_
#define RUFF_HOST_ARCHIVE_ZIP_WRITER_H_

#include <string>
#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "ruff/base/os_error.h"
#include "ruff/host/archive/archive_file.h"

struct stat;

namespace ruff {

class ZipWriter {
 public:
  ZipWriter() = default;
  // Completes the archive unless Finish has.
  ~ZipWriter();
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  // Creates or empties the file.
  [[nodiscard]] FailureText Create(const std::string& path);
  bool open() const { return zip_ != nullptr; }
  const std::string& path() const { return path_; }

  // These return the message of a failure; it is empty when there was none.

  // Adds a file under its own name. Its content is read now.
  std::string AddFile(const std::string& path);
  // Adds what is in a directory under names relative to it; links are followed.
  std::string AddDirectory(const std::string& path);
  // Writes the table of contents; the archive is closed then in any case. One that cannot be
  // completed does not stay.
  std::string Finish();

 private:
  struct Level;

  // Adds the file `path`; `what` stands in front of its quoted path when it cannot be read.
  std::string AddEntry(std::string_view what, const std::string& path, const std::string& name);
  std::string AddDirectoryEntry(const struct stat& info, const std::string& name);
  // The bytes of an open file, of which the first are already in `block`.
  FailureText CopyContent(File& source, uint64_t limit, std::string* block, size_t got);
  std::string StartEntry(const std::string& name, const struct stat& info);
  std::string WriteFailure() const;

  std::string path_;
  ArchiveFile file_;
  void* zip_ = nullptr;  // zipFile
  absl::flat_hash_set<std::string> names_;
  // An entry could not be read to its end: the archive cannot be completed.
  FailureText broken_;
};

}  // namespace ruff

#endif  // RUFF_HOST_ARCHIVE_ZIP_WRITER_H_
