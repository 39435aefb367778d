#include "tools/disk_guard/remover.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <vector>

namespace ruff::disk_guard {
namespace {

bool SameFile(const Item& item, const struct stat& info) {
  return info.st_dev == item.device && info.st_ino == item.inode;
}

Removal Failure(const std::string& path, std::string* error) {
  if (errno == ENOENT) return Removal::kGone;
  *error = path + ": " + strerror(errno);
  return Removal::kFailed;
}

// `ac/12/1234…`: the folder of the file, each step without links.
Descriptor FolderOf(const Item& item, std::string* name) {
  const size_t first = item.name.find('/');
  const size_t second = item.name.find('/', first + 1);
  *name = item.name.substr(second + 1);
  const Descriptor half = OpenFolder(item.root->folder.get(), item.name.substr(0, first).c_str());
  if (!half.ok()) return Descriptor();
  return OpenFolder(half.get(), item.name.substr(first + 1, second - first - 1).c_str());
}

Removal RemoveFile(const Item& item, std::string* error) {
  std::string name;
  const Descriptor folder = FolderOf(item, &name);
  if (!folder.ok()) return Failure(item.Path(), error);
  struct stat info;
  if (fstatat(folder.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) {
    return Failure(item.Path(), error);
  }
  const int64_t changed_ns = info.st_mtim.tv_sec * 1'000'000'000 + info.st_mtim.tv_nsec;
  const bool read_since = info.st_atim.tv_sec > item.last_used;
  if (!S_ISREG(info.st_mode) || !SameFile(item, info) || changed_ns != item.changed_ns ||
      read_since) {
    return Removal::kSkipped;
  }
  if (unlinkat(folder.get(), name.c_str(), 0) != 0) return Failure(item.Path(), error);
  return Removal::kGone;
}

std::vector<std::string> Names(int folder) {
  std::vector<std::string> names;
  const int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* entries = copy < 0 ? nullptr : fdopendir(copy);
  if (entries == nullptr) {
    if (copy >= 0) close(copy);
    return names;
  }
  while (const dirent* entry = readdir(entries)) {
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
      names.push_back(entry->d_name);
    }
  }
  closedir(entries);
  return names;
}

// Empties the folder `top` is open for. Folders found deeper are moved up into it, under numbers,
// and emptied in turn: no path gets long and no stack deep.
bool EmptyFolder(int top, std::string* error) {
  struct stat top_info;
  if (fstat(top, &top_info) != 0) return false;
  uint64_t number = 0;
  std::string failed;
  std::vector<std::string> folders;

  // Deletes what `name` names, unless it is a folder: then that is left in `top` under the name
  // added to `folders`.
  const auto remove_entry = [&](int parent, const std::string& name) {
    if (unlinkat(parent, name.c_str(), 0) == 0 || errno == ENOENT) return;
    struct stat info;
    if (fstatat(parent, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) return;
    if (!S_ISDIR(info.st_mode) || info.st_dev != top_info.st_dev) {
      failed = name + ": " + strerror(S_ISDIR(info.st_mode) ? EXDEV : errno);
      return;
    }
    if (unlinkat(parent, name.c_str(), AT_REMOVEDIR) == 0) return;
    (void)fchmodat(parent, name.c_str(), 0700, 0);
    if (parent == top) {
      folders.push_back(name);
      return;
    }
    for (;;) {
      std::string moved = ".disk_guard." + std::to_string(number++);
      if (renameat2(parent, name.c_str(), top, moved.c_str(), RENAME_NOREPLACE) == 0) {
        folders.push_back(std::move(moved));
        return;
      }
      if (errno == EEXIST) continue;
      if (errno != ENOENT) failed = name + ": " + strerror(errno);
      return;
    }
  };

  for (const std::string& name : Names(top)) remove_entry(top, name);
  while (!folders.empty()) {
    const std::string name = std::move(folders.back());
    folders.pop_back();
    const Descriptor folder = OpenFolder(top, name.c_str());
    if (!folder.ok()) continue;
    for (const std::string& entry : Names(folder.get())) remove_entry(folder.get(), entry);
    if (unlinkat(top, name.c_str(), AT_REMOVEDIR) != 0 && errno != ENOENT && errno != ENOTEMPTY &&
        failed.empty()) {
      failed = name + ": " + strerror(errno);
    }
  }
  if (!failed.empty()) *error = failed;
  return failed.empty();
}

Removal RemoveTree(const Item& item, std::string* error) {
  const int root = item.root->folder.get();
  const Descriptor tree = OpenFolder(root, item.name.c_str());
  struct stat info;
  if (!tree.ok() || fstat(tree.get(), &info) != 0) return Failure(item.Path(), error);
  if (!SameFile(item, info)) return Removal::kSkipped;

  // A lock of ours keeps clients out until the folder has its new name; it goes with the
  // descriptor.
  Descriptor lock;
  const bool doomed = item.name.compare(0, strlen(kDoomedPrefix), kDoomedPrefix) == 0;
  if (item.root->kind == RootKind::kOutputUserRoot && !doomed) {
    lock = Descriptor(openat(tree.get(), "lock", O_RDWR | O_NOFOLLOW | O_CLOEXEC));
    struct flock wanted = {};
    wanted.l_type = F_WRLCK;
    wanted.l_whence = SEEK_SET;
    if (OutputBaseIsBusy(tree.get())) return Removal::kSkipped;
    if (lock.ok() && fcntl(lock.get(), F_SETLK, &wanted) != 0) return Removal::kSkipped;
  }
  std::string name = item.name;
  if (!doomed) {
    name = kDoomedPrefix + std::to_string(getpid()) + "." + item.name;
    if (renameat2(root, item.name.c_str(), root, name.c_str(), RENAME_NOREPLACE) != 0) {
      return Failure(item.Path(), error);
    }
  }
  (void)fchmod(tree.get(), 0700);
  std::string inner;
  if (!EmptyFolder(tree.get(), &inner)) {
    *error = item.Path() + ": " + inner;
    return Removal::kFailed;
  }
  if (unlinkat(root, name.c_str(), AT_REMOVEDIR) == 0 || errno == ENOENT) return Removal::kGone;
  // Somebody else, perhaps another guard, works on it, too: the next run finds what is left.
  if (errno == ENOTEMPTY) return Removal::kSkipped;
  return Failure(item.Path(), error);
}

}  // namespace

Removal Remove(const Item& item, std::string* error) {
  return item.is_tree ? RemoveTree(item, error) : RemoveFile(item, error);
}

}  // namespace ruff::disk_guard
