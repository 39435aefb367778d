#include "ruff/host/archive/zip_extractor.h"

#include <minizip/unzip.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "ruff/base/broken_utf8.h"
#include "ruff/base/safe_path.h"
#include "ruff/host/archive/archive_file.h"
#include "ruff/host/posix/tree.h"
#include "ruff/host/posix/whole_file.h"

namespace ruff {
namespace {

constexpr uint64_t kMaxEntries = 1024;
constexpr uint64_t kMaxEntryBytes = 16 * 1024 * 1024;
constexpr uint64_t kMaxTotalBytes = 64 * 1024 * 1024;

// The record at the end of an archive: its size without the comment, and what it begins with.
constexpr uint64_t kEndRecordBytes = 22;
constexpr uint64_t kMaxCommentBytes = 0xffff;
constexpr std::string_view kEndRecordMagic("PK\5\6");

constexpr uLong kEncrypted = 1;  // of an entry's flags
constexpr size_t kMaxNameBytes = 0xffff;

std::string Quoted(std::string_view what, std::string_view subject, std::string_view failure) {
  return absl::StrCat(what, " '", subject, "': ", failure);
}

std::string Joined(std::string_view directory, std::string_view name) {
  return absl::StrCat(directory, directory.empty() || directory.ends_with('/') ? "" : "/", name);
}

// Is `path` a link? What is not there is none.
FailureText FindLink(const std::string& path, bool* is_link) {
  struct stat info;
  FailureText failure = StatLink(path, &info);
  *is_link = failure.empty() && S_ISLNK(info.st_mode);
  return failure == OsErrorText(ENOENT) ? FailureText() : failure;
}

struct UnzipCloser {
  void operator()(void* zip) const { unzClose(zip); }
};

struct Entry {
  std::string name;  // UTF-8
  uint64_t size;     // as declared
  bool is_link;
  bool is_encrypted;
  bool is_directory() const { return name.ends_with('/') || name.ends_with('\\'); }
};

class Extractor {
 public:
  Extractor(const std::string& path, const std::string& out, std::vector<std::string>* files)
      : path_(path), out_(out), files_(files) {}

  // These return the message of a failure; it is empty when there was none.

  std::string Run() {
    if (std::string message = OpenArchive(); !message.empty()) return message;
    unz_global_info64 info;
    if (unzGetGlobalInfo64(zip_.get(), &info) != UNZ_OK) return Invalid("Invalid directory");
    if (info.number_entry > kMaxEntries) {
      return absl::StrCat("Archive contains ", info.number_entry,
                          " entries which exceeds maximum entry count (", kMaxEntries, ")");
    }
    FailureText failure = MakeDirectories(out_);
    if (failure.empty()) failure = ResolvePath(out_.empty() ? "." : out_, &real_out_);
    if (!failure.empty()) return Quoted("Failed to create output directory", out_, failure);
    for (uint64_t i = 0; i < info.number_entry; ++i) {
      const int error = i == 0 ? unzGoToFirstFile(zip_.get()) : unzGoToNextFile(zip_.get());
      Entry entry;
      if (error != UNZ_OK || !ReadEntry(&entry)) return Invalid("Invalid directory");
      if (std::string message = Extract(entry); !message.empty()) return message;
    }
    return {};
  }

 private:
  std::string Invalid(std::string_view why) {
    const std::string reason =
        file_.failure().empty() ? absl::StrCat("invalid Zip archive: ", why) : file_.failure();
    return Quoted("Failed to open zip archive", path_, reason);
  }

  std::string OpenArchive() {
    const FailureText failure = file_.Open(path_, ArchiveFile::Mode::kRead);
    if (!failure.empty()) return Quoted("Failed to open file", path_, failure);
    if (!HasEndRecord()) return Invalid("Could not find EOCD");
    zlib_filefunc64_def functions = file_.Functions();
    zip_.reset(unzOpen2_64(path_.c_str(), &functions));
    return zip_ != nullptr ? std::string() : Invalid("Invalid directory");
  }

  bool HasEndRecord() {
    const uint64_t size = file_.size();
    const uint64_t tail_size = std::min(size, kEndRecordBytes + kMaxCommentBytes);
    std::string tail(tail_size, '\0');
    file_.Seek(size - tail_size);
    tail.resize(file_.Read(tail.data(), tail.size()));
    return tail.size() >= kEndRecordBytes &&
           tail.rfind(kEndRecordMagic, tail.size() - kEndRecordBytes) != std::string::npos;
  }

  bool ReadEntry(Entry* entry) {
    unz_file_info64 info;
    std::string name(kMaxNameBytes + 1, '\0');
    if (unzGetCurrentFileInfo64(zip_.get(), &info, name.data(), name.size(), nullptr, 0, nullptr,
                                0) != UNZ_OK) {
      return false;
    }
    name.resize(info.size_filename);
    entry->name = MendUtf8(name);
    entry->size = info.uncompressed_size;
    entry->is_link = S_ISLNK(info.external_fa >> 16);
    entry->is_encrypted = (info.flag & kEncrypted) != 0;
    return true;
  }

  static std::string Unsafe(const Entry& entry, std::string_view why) {
    return Quoted("Unsafe archive entry", entry.name, why);
  }
  static std::string UnsafeTarget(const Entry& entry, std::string_view target) {
    return Unsafe(entry, absl::StrCat("symbolic link target path '", target, "' is not allowed"));
  }

  std::string Extract(const Entry& entry) {
    if (entry.is_link) return Unsafe(entry, "symbolic links are not allowed");
    std::string relative;
    if (std::string message = CheckSafePath("archive entry", entry.name, &relative);
        !message.empty()) {
      return message;
    }
    // Two files with one name: whoever lists the archive may see another one than is extracted.
    if (!entry.is_directory() && !names_.insert(relative).second) {
      return Unsafe(entry, "duplicate entry is not allowed");
    }
    if (entry.size > kMaxEntryBytes) {
      return absl::StrCat("Archive entry '", entry.name, "' exceeds maximum per-entry size (",
                          entry.size, " bytes > ", kMaxEntryBytes, " bytes)");
    }
    total_ += entry.size;
    if (total_ > kMaxTotalBytes) {
      return absl::StrCat("Archive extraction exceeds maximum total extraction size (", total_,
                          " bytes > ", kMaxTotalBytes, " bytes)");
    }
    return entry.is_directory() ? ExtractDirectory(entry, relative) : ExtractFile(entry, relative);
  }

  std::string ExtractDirectory(const Entry& entry, const std::string& relative) {
    const std::string target = Joined(out_, relative);
    bool is_link;
    FailureText failure = FindLink(target, &is_link);
    if (is_link) return UnsafeTarget(entry, target);
    if (std::string message = CheckParents(entry, relative); !message.empty()) return message;
    if (failure.empty()) failure = MakeDirectories(target);
    return failure.empty() ? failure : Quoted("Failed to create directory", target, failure);
  }

  std::string ExtractFile(const Entry& entry, const std::string& relative) {
    const std::string target = Joined(out_, relative);
    if (std::string message = CheckParents(entry, relative); !message.empty()) return message;
    const size_t slash = relative.rfind('/');
    FailureText failure;
    if (slash != std::string::npos) {
      failure = MakeDirectories(Joined(out_, relative.substr(0, slash)));
    }
    if (!failure.empty()) {
      return Quoted("Failed to create parent directory for", target, failure);
    }
    bool is_link;
    failure = FindLink(target, &is_link);
    if (is_link) return UnsafeTarget(entry, target);
    if (!failure.empty()) return Quoted("Failed to create output file", target, failure);
    std::string content;
    failure = ReadContent(entry, &content);
    if (!failure.empty()) return Quoted("Failed to extract file", entry.name, failure);
    failure = ReplaceFile(target, content, Flush::kNo);
    if (!failure.empty()) return Quoted("Failed to create output file", target, failure);
    files_->push_back(target);
    return {};
  }

  // Refuses a link, among the parents of `relative` that exist, that leads out of the output
  // directory.
  std::string CheckParents(const Entry& entry, const std::string& relative) const {
    for (size_t slash = relative.find('/'); slash != std::string::npos;
         slash = relative.find('/', slash + 1)) {
      const std::string parent = Joined(out_, relative.substr(0, slash));
      bool is_link;
      std::string real;
      FailureText failure = FindLink(parent, &is_link);
      if (failure.empty() && is_link) failure = ResolvePath(parent, &real);
      if (!failure.empty()) {
        return Quoted("Failed to create parent directory for", Joined(out_, relative), failure);
      }
      if (is_link && real != real_out_ && !real.starts_with(Joined(real_out_, ""))) {
        return Unsafe(entry, "extraction path escapes output directory");
      }
    }
    return {};
  }

  // The whole content of the current entry, which is known to be acceptable in size.
  FailureText ReadContent(const Entry& entry, std::string* content) {
    if (entry.is_encrypted) return "Password required to decrypt file";
    if (unzOpenCurrentFile(zip_.get()) != UNZ_OK) return "unsupported or damaged entry";
    content->resize(entry.size);
    const int got =
        unzReadCurrentFile(zip_.get(), content->data(), static_cast<unsigned>(content->size()));
    const int closed = unzCloseCurrentFile(zip_.get());
    if (!file_.failure().empty()) return file_.failure();
    if (got < 0) return "damaged data";
    if (static_cast<uint64_t>(got) != entry.size) return "unexpected end of data";
    return closed == UNZ_OK ? FailureText() : "Invalid checksum";
  }

  const std::string& path_;
  const std::string& out_;
  std::string real_out_;
  std::vector<std::string>* const files_;
  ArchiveFile file_;
  std::unique_ptr<void, UnzipCloser> zip_;
  uint64_t total_ = 0;
  absl::flat_hash_set<std::string> names_;  // normalised, of the files so far
};

}  // namespace

std::string ExtractZip(const std::string& path, const std::string& out,
                       std::vector<std::string>* files) {
  return Extractor(path, out, files).Run();
}

}  // namespace ruff
