#include "tools/disk_guard/root.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

namespace ruff::disk_guard {
namespace {

bool IsFolder(int parent, const char* name) {
  struct stat info;
  return fstatat(parent, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(info.st_mode);
}

bool IsFile(int parent, const char* name) {
  struct stat info;
  return fstatat(parent, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(info.st_mode);
}

// Bazel installs itself below `install`, and no output base is without this file.
bool IsOutputUserRoot(int folder) {
  if (IsFolder(folder, "install")) return true;
  const Descriptor copy(openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  DIR* entries = copy.ok() ? fdopendir(dup(copy.get())) : nullptr;
  if (entries == nullptr) return false;
  bool found = false;
  while (const dirent* entry = readdir(entries)) {
    if (entry->d_name[0] == '.' &&
        strncmp(entry->d_name, kDoomedPrefix, strlen(kDoomedPrefix)) != 0) {
      continue;
    }
    const Descriptor base = OpenFolder(folder, entry->d_name);
    if (base.ok() && IsFile(base.get(), "DO_NOT_BUILD_HERE")) {
      found = true;
      break;
    }
  }
  closedir(entries);
  return found;
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) close(fd_);
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Descriptor OpenFolder(int parent, const char* name) {
  return Descriptor(openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

std::optional<Root> OpenRoot(const std::string& path, bool temp, std::string* error) {
  error->clear();
  std::string bare = path;
  while (bare.size() > 1 && bare.back() == '/') bare.pop_back();
  Descriptor folder = OpenFolder(AT_FDCWD, bare.c_str());
  if (!folder.ok()) {
    if (errno != ENOENT)
      *error = bare + ": " +
               (errno == ELOOP || errno == ENOTDIR ? "not a folder (links are not followed)"
                                                   : strerror(errno));
    return std::nullopt;
  }
  struct stat info;
  if (fstat(folder.get(), &info) != 0) {
    *error = bare + ": " + strerror(errno);
    return std::nullopt;
  }
  // Others may put test folders next to ours into a temporary folder: those are looked at one by
  // one.
  if (temp) return Root{bare, RootKind::kTemp, std::move(folder)};
  if (info.st_uid != geteuid()) {
    *error = bare + ": belongs to another user";
    return std::nullopt;
  }
  if (IsFolder(folder.get(), "ac") && IsFolder(folder.get(), "cas")) {
    return Root{bare, RootKind::kDiskCache, std::move(folder)};
  }
  if (IsOutputUserRoot(folder.get())) {
    return Root{bare, RootKind::kOutputUserRoot, std::move(folder)};
  }
  *error =
      bare + ": neither a disk cache nor an output user root of Bazel; nothing is deleted there";
  return std::nullopt;
}

}  // namespace ruff::disk_guard
