#include "tools/disk_guard/scanner.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace ruff::disk_guard {
namespace {

constexpr uint64_t kBlock = 512;  // unit of st_blocks, whatever the file system

int64_t LastUse(const struct stat& info) {
  return std::max<int64_t>(info.st_mtim.tv_sec, info.st_atim.tv_sec);
}

int64_t ChangedNs(const struct stat& info) {
  return info.st_mtim.tv_sec * 1'000'000'000 + info.st_mtim.tv_nsec;
}

bool StartsWith(const char* text, const char* prefix) {
  return strncmp(text, prefix, strlen(prefix)) == 0;
}

// Calls visit(name, info) for what is in the folder. An entry that is gone by now is left out.
template <typename Visit>
void ForEntries(int folder, Visit visit) {
  const int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* entries = copy < 0 ? nullptr : fdopendir(copy);
  if (entries == nullptr) {
    if (copy >= 0) close(copy);
    return;
  }
  while (const dirent* entry = readdir(entries)) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    struct stat info;
    if (fstatat(folder, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0) visit(entry->d_name, info);
  }
  closedir(entries);
}

// Opens `path` below `folder` step by step, so that no step is a link.
Descriptor OpenBelow(int folder, const std::string& path) {
  Descriptor current(dup(folder));
  for (size_t begin = 0; begin < path.size() && current.ok();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    current = OpenFolder(current.get(), path.substr(begin, end - begin).c_str());
    begin = end + 1;
  }
  return current;
}

struct TreeSize {
  uint64_t bytes = 0;
  int64_t last_changed = 0;  // the youngest of its files and folders
};

// Everything below `folder`, itself included.
TreeSize MeasureTree(int folder) {
  struct stat info;
  if (fstat(folder, &info) != 0) return {};
  uint64_t blocks = static_cast<uint64_t>(info.st_blocks);
  int64_t last_changed = info.st_mtim.tv_sec;
  std::vector<std::string> pending = {""};
  while (!pending.empty()) {
    const std::string path = std::move(pending.back());
    pending.pop_back();
    const Descriptor current = OpenBelow(folder, path);
    if (!current.ok()) continue;
    ForEntries(current.get(), [&](const char* name, const struct stat& entry) {
      last_changed = std::max<int64_t>(last_changed, entry.st_mtim.tv_sec);
      // A file with several names is counted by its share, so that the sum is right.
      blocks += static_cast<uint64_t>(entry.st_blocks) /
                (S_ISDIR(entry.st_mode) ? 1 : std::max<uint64_t>(entry.st_nlink, 1));
      if (S_ISDIR(entry.st_mode) && entry.st_dev == info.st_dev) {
        pending.push_back(path.empty() ? name : path + "/" + name);
      }
    });
  }
  return {blocks * kBlock, last_changed};
}

std::string FileText(int folder, const char* name) {
  const Descriptor file(openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  char buffer[4096];
  const ssize_t size = file.ok() ? read(file.get(), buffer, sizeof(buffer)) : 0;
  return std::string(buffer, static_cast<size_t>(std::max<ssize_t>(size, 0)));
}

void ScanDiskCache(const Root& root, const ScanOptions& options, std::vector<Item>* items) {
  for (const char* half : {"ac", "cas"}) {
    const Descriptor folder = OpenFolder(root.folder.get(), half);
    if (!folder.ok()) continue;
    ForEntries(folder.get(), [&](const char* shard, const struct stat& shard_info) {
      if (!S_ISDIR(shard_info.st_mode)) return;
      const Descriptor files = OpenFolder(folder.get(), shard);
      if (!files.ok()) return;
      ForEntries(files.get(), [&](const char* name, const struct stat& info) {
        if (!S_ISREG(info.st_mode) || info.st_uid != geteuid()) return;
        items->push_back({.root = &root,
                          .name = std::string(half) + "/" + shard + "/" + name,
                          .bytes = static_cast<uint64_t>(info.st_blocks) * kBlock,
                          .last_used = LastUse(info),
                          .in_use = LastUse(info) > options.now - options.min_age,
                          .is_tree = false,
                          .device = info.st_dev,
                          .inode = info.st_ino,
                          .changed_ns = ChangedNs(info)});
      });
    });
  }
}

// When Bazel last worked in an output base: it rewrites these files all the time.
int64_t OutputBaseLastUse(int base, const struct stat& info) {
  int64_t last = info.st_mtim.tv_sec;
  for (const char* name : {"lock", "command.log", "server"}) {
    struct stat entry;
    if (fstatat(base, name, &entry, AT_SYMLINK_NOFOLLOW) == 0) {
      last = std::max<int64_t>(last, entry.st_mtim.tv_sec);
    }
  }
  return last;
}

void ScanOutputUserRoot(const Root& root, const ScanOptions& options, std::vector<Item>* items) {
  ForEntries(root.folder.get(), [&](const char* name, const struct stat& info) {
    if (!S_ISDIR(info.st_mode) || info.st_uid != geteuid()) return;
    const bool doomed = StartsWith(name, kDoomedPrefix);
    const Descriptor base = OpenFolder(root.folder.get(), name);
    if (!base.ok()) return;
    // What is doomed was an output base before somebody was interrupted while deleting it.
    const std::string workspace = FileText(base.get(), "DO_NOT_BUILD_HERE");
    if (workspace.empty() && !doomed) return;
    const int64_t last_used = doomed ? 0 : OutputBaseLastUse(base.get(), info);
    items->push_back({.root = &root,
                      .name = name,
                      .bytes = MeasureTree(base.get()).bytes,
                      .last_used = last_used,
                      .in_use = !doomed && (workspace == options.keep_workspace ||
                                            last_used > options.now - options.min_age ||
                                            OutputBaseIsBusy(base.get())),
                      .is_tree = true,
                      .device = info.st_dev,
                      .inode = info.st_ino,
                      .changed_ns = 0});
  });
}

void ScanTemp(const Root& root, const ScanOptions& options, std::vector<Item>* items) {
  ForEntries(root.folder.get(), [&](const char* name, const struct stat& info) {
    if (!S_ISDIR(info.st_mode) || info.st_uid != geteuid()) return;
    const bool doomed = StartsWith(name, kDoomedPrefix);
    if (!doomed && !StartsWith(name, kTempPrefix)) return;
    const Descriptor folder = OpenFolder(root.folder.get(), name);
    if (!folder.ok()) return;
    // A test may run for hours and write deep inside.
    const TreeSize tree = MeasureTree(folder.get());
    const int64_t last_used = doomed ? 0 : tree.last_changed;
    items->push_back({.root = &root,
                      .name = name,
                      .bytes = tree.bytes,
                      .last_used = last_used,
                      .in_use = !doomed && last_used > options.now - options.min_age,
                      .is_tree = true,
                      .device = info.st_dev,
                      .inode = info.st_ino,
                      .changed_ns = 0});
  });
}

}  // namespace

bool OutputBaseIsBusy(int base) {
  const Descriptor lock(openat(base, "lock", O_RDWR | O_NOFOLLOW | O_CLOEXEC));
  if (lock.ok()) {
    struct flock wanted = {};
    wanted.l_type = F_WRLCK;
    wanted.l_whence = SEEK_SET;
    if (fcntl(lock.get(), F_GETLK, &wanted) != 0 || wanted.l_type != F_UNLCK) return true;
  }
  const std::string text = [&] {
    const Descriptor server = OpenFolder(base, "server");
    return server.ok() ? FileText(server.get(), "server.pid.txt") : std::string();
  }();
  const int64_t pid = std::atoll(text.c_str());
  return pid > 0 && (kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM);
}

void Scan(const Root& root, const ScanOptions& options, std::vector<Item>* items) {
  switch (root.kind) {
    case RootKind::kDiskCache:
      return ScanDiskCache(root, options, items);
    case RootKind::kOutputUserRoot:
      return ScanOutputUserRoot(root, options, items);
    case RootKind::kTemp:
      return ScanTemp(root, options, items);
  }
}

}  // namespace ruff::disk_guard
