#include "ruff/host/archive/zip_writer.h"

#include <fcntl.h>
#include <minizip/zip.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ruff/host/posix/tree.h"

namespace ruff {
namespace {

constexpr size_t kBlockBytes = 256 * 1024;
constexpr uint64_t kNoLimit = UINT64_MAX;

// Of the file format.
constexpr uLong kMadeByUnix = 3 << 8 | 20;
constexpr uLong kNamesAreUtf8 = 1 << 11;
constexpr uLong kDosDirectory = 0x10;
constexpr uint64_t kNeedsZip64 = 0xf0000000;  // from here on, leaving room for growth
constexpr int kFirstYear = 1980;
constexpr int kLastYear = 2107;

constexpr char kNoRegularFile[] = "not a regular file";

std::string Failed(std::string_view what, std::string_view subject, std::string_view failure) {
  return absl::StrCat(what, " '", subject, "': ", failure);
}

// The last component.
std::string BaseName(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return std::string(path.substr(path.rfind('/') + 1));
}

tm_zip DateOf(const struct stat& info) {
  struct tm parts;
  if (gmtime_r(&info.st_mtime, &parts) == nullptr || parts.tm_year + 1900 < kFirstYear ||
      parts.tm_year + 1900 > kLastYear) {
    return {.tm_mday = 1, .tm_year = kFirstYear};
  }
  return {parts.tm_sec,  parts.tm_min, parts.tm_hour,
          parts.tm_mday, parts.tm_mon, parts.tm_year + 1900};
}

using FileId = std::pair<dev_t, ino_t>;
FileId IdOf(const struct stat& info) { return {info.st_dev, info.st_ino}; }

}  // namespace

// A directory on the way down.
struct ZipWriter::Level {
  std::string path;
  std::string name;  // in the archive, ending with '/'; empty at the top
  FileId id;
  std::vector<std::string> members;
  size_t next = 0;
};

ZipWriter::~ZipWriter() {
  if (open()) Finish();
}

FailureText ZipWriter::Create(const std::string& path) {
  if (FailureText failure = file_.Open(path, ArchiveFile::Mode::kCreate); !failure.empty()) {
    return failure;
  }
  path_ = path;
  zlib_filefunc64_def functions = file_.Functions();
  zip_ = zipOpen2_64(path.c_str(), APPEND_STATUS_CREATE, nullptr, &functions);
  return zip_ != nullptr ? FailureText() : OsErrorText(ENOMEM);
}

std::string ZipWriter::AddFile(const std::string& path) {
  return AddEntry("Failed to read source file", path, BaseName(path));
}

std::string ZipWriter::AddDirectory(const std::string& path) {
  struct stat info;
  FailureText failure = StatPath(path, &info);
  std::vector<Level> levels(1);
  absl::flat_hash_set<FileId> above;
  if (failure.empty()) failure = ListDirectory(path, &levels[0].members);
  if (!failure.empty()) return absl::StrCat("Failed to read directory: ", failure);
  levels[0].path = path;
  levels[0].id = IdOf(info);
  above.insert(levels[0].id);
  while (!levels.empty()) {
    Level& level = levels.back();
    if (level.next == level.members.size()) {
      above.erase(level.id);
      levels.pop_back();
      continue;
    }
    const std::string& member = level.members[level.next++];
    Level below{.path = absl::StrCat(level.path, level.path.ends_with('/') ? "" : "/", member)};
    const std::string name = absl::StrCat(level.name, member);
    failure = StatPath(below.path, &info);
    if (failure.empty() && !S_ISDIR(info.st_mode)) {
      if (std::string message = AddEntry("Failed to read", below.path, name); !message.empty()) {
        return message;
      }
      continue;
    }
    below.name = absl::StrCat(name, "/");
    below.id = IdOf(info);
    if (failure.empty() && !above.insert(below.id).second) failure = OsErrorText(ELOOP);
    if (failure.empty()) failure = ListDirectory(below.path, &below.members);
    if (!failure.empty()) return Failed("Failed to read", below.path, failure);
    if (std::string message = AddDirectoryEntry(info, below.name); !message.empty()) {
      return message;
    }
    levels.push_back(std::move(below));
  }
  return {};
}

std::string ZipWriter::Finish() {
  zipClose(std::exchange(zip_, nullptr), nullptr);
  struct stat own;
  const bool is_known = file_.file().Stat(&own).empty();
  FailureText failure = file_.Close();
  if (!broken_.empty()) failure = broken_;
  if (failure.empty()) return {};
  struct stat info;
  if (is_known && S_ISREG(own.st_mode) && StatPath(path_, &info).empty() &&
      IdOf(info) == IdOf(own)) {
    unlink(path_.c_str());
  }
  return Failed("Failed to write zip file", path_, failure);
}

std::string ZipWriter::WriteFailure() const {
  const FailureText& failure = broken_.empty() ? file_.failure() : broken_;
  return failure.empty() ? std::string() : Failed("Failed to write zip file", path_, failure);
}

std::string ZipWriter::AddEntry(std::string_view what, const std::string& path,
                                const std::string& name) {
  // Looked at before it is opened: opening a pipe would wait for its writer.
  struct stat info;
  FailureText failure = StatPath(path, &info);
  if (failure.empty() && S_ISDIR(info.st_mode)) failure = OsErrorText(EISDIR);
  if (failure.empty() && !S_ISREG(info.st_mode)) failure = kNoRegularFile;
  File source;
  if (failure.empty()) failure = source.Open(path, O_RDONLY);
  std::string block(kBlockBytes, '\0');
  size_t got = 0;
  if (failure.empty()) failure = source.ReadSome(block.data(), block.size(), &got);
  if (!failure.empty()) return Failed(what, path, failure);
  // An archive that is put into itself grows while it is read: only what is there now goes in.
  struct stat own;
  const bool is_own = file_.file().Stat(&own).empty() && IdOf(own) == IdOf(info);
  const uint64_t limit = is_own ? static_cast<uint64_t>(info.st_size) : kNoLimit;
  if (std::string message = StartEntry(name, info); !message.empty()) return message;
  failure = CopyContent(source, limit, &block, got);
  zipCloseFileInZip(zip_);
  if (!failure.empty()) {
    broken_ = absl::StrCat("entry '", name, "' is incomplete");
    return Failed(what, path, failure);
  }
  return WriteFailure();
}

FailureText ZipWriter::CopyContent(File& source, uint64_t limit, std::string* block, size_t got) {
  while (got > 0 && limit > 0) {
    const uint64_t count = std::min<uint64_t>(got, limit);
    zipWriteInFileInZip(zip_, block->data(), static_cast<unsigned>(count));
    limit -= count;
    FailureText failure = source.ReadSome(block->data(), block->size(), &got);
    if (!failure.empty()) return failure;
  }
  return FailureText();
}

std::string ZipWriter::AddDirectoryEntry(const struct stat& info, const std::string& name) {
  if (std::string message = StartEntry(name, info); !message.empty()) return message;
  zipCloseFileInZip(zip_);
  return WriteFailure();
}

std::string ZipWriter::StartEntry(const std::string& name, const struct stat& info) {
  if (std::string message = WriteFailure(); !message.empty()) return message;
  if (!names_.insert(name).second) {
    return Failed("Failed to start zip entry", name,
                  absl::StrCat("invalid Zip archive: Duplicate filename: ", name));
  }
  const bool is_directory = S_ISDIR(info.st_mode);
  const zip_fileinfo attributes = {
      .tmz_date = DateOf(info),
      .external_fa = uLong{info.st_mode} << 16 | (is_directory ? kDosDirectory : 0)};
  const bool ascii = std::all_of(name.begin(), name.end(), absl::ascii_isascii);
  const int error = zipOpenNewFileInZip4_64(
      zip_, name.c_str(), &attributes, nullptr, 0, nullptr, 0, nullptr,
      is_directory ? 0 : Z_DEFLATED, Z_DEFAULT_COMPRESSION, /*raw=*/0, -MAX_WBITS, DEF_MEM_LEVEL,
      Z_DEFAULT_STRATEGY, /*password=*/nullptr, /*crcForCrypting=*/0, kMadeByUnix,
      ascii ? 0 : kNamesAreUtf8, static_cast<uint64_t>(info.st_size) >= kNeedsZip64);
  if (error == ZIP_OK) return {};
  names_.erase(name);
  return Failed("Failed to start zip entry", name, "invalid Zip archive: File name is too long");
}

}  // namespace ruff
