#include "tools/disk_guard/guard.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

#include <utility>

#include "tools/disk_guard/remover.h"

namespace ruff::disk_guard {
namespace {

// A deletion may free less than its size (a file still open, one with another name); then more
// goes, in further rounds.
constexpr int kRounds = 4;

// The file systems of the roots.
class Volumes {
 public:
  Volumes(const std::vector<Root>& roots, const FreeBytes& free_bytes) : free_bytes_(free_bytes) {
    for (const Root& root : roots) {
      struct stat info;
      if (fstat(root.folder.get(), &info) != 0) continue;
      bool known = false;
      for (const Volume& volume : volumes_) known |= volume.device == info.st_dev;
      if (!known) volumes_.push_back({info.st_dev, root.folder.get()});
    }
  }

  std::vector<uint64_t> Free() const {
    std::vector<uint64_t> free;
    for (const Volume& volume : volumes_) free.push_back(free_bytes_(volume.folder));
    return free;
  }

  // What is mounted deeper in a root counts for the root's own file system: nothing there is
  // deleted.
  uint32_t IndexOf(dev_t device) const {
    for (uint32_t i = 0; i < volumes_.size(); ++i) {
      if (volumes_[i].device == device) return i;
    }
    return 0;
  }

 private:
  struct Volume {
    dev_t device;
    int folder;
  };
  const FreeBytes& free_bytes_;
  std::vector<Volume> volumes_;
};

std::vector<Candidate> Candidates(const std::vector<Item>& items, const Volumes& volumes) {
  std::vector<Candidate> candidates;
  candidates.reserve(items.size());
  for (const Item& item : items) {
    candidates.push_back({.bytes = item.bytes,
                          .last_used = item.last_used,
                          .volume = volumes.IndexOf(item.device),
                          .in_use = item.in_use});
  }
  return candidates;
}

}  // namespace

uint64_t StatFreeBytes(int folder) {
  struct statvfs info;
  if (fstatvfs(folder, &info) != 0) return 0;
  return static_cast<uint64_t>(info.f_bavail) * info.f_frsize;
}

Report Guard(const std::vector<Root>& roots, const Goals& goals, const ScanOptions& options,
             bool apply, const FreeBytes& free_bytes) {
  const Volumes volumes(roots, free_bytes);
  std::vector<Item> items;
  for (const Root& root : roots) Scan(root, options, &items);
  std::vector<Candidate> candidates = Candidates(items, volumes);

  Report report;
  report.applied = apply;
  report.items = items.size();
  report.free = report.free_now = volumes.Free();
  for (const Item& item : items) {
    report.bytes += item.bytes;
    report.items_in_use += item.in_use ? 1 : 0;
  }
  for (int round = 0; round < kRounds; ++round) {
    const Plan plan = MakePlan(candidates, report.free_now, goals);
    report.met = plan.met;
    for (const size_t i : plan.deletions) {
      const Item& item = items[i];
      std::string error;
      const Removal removal = apply ? Remove(item, &error) : Removal::kGone;
      if (removal == Removal::kGone) {
        report.deletions.push_back({item.Path(), item.bytes, item.last_used});
        report.freed += item.bytes;
        candidates[i].bytes = 0;
      } else {
        candidates[i].in_use = true;
        if (removal == Removal::kSkipped) ++report.skipped;
        if (removal == Removal::kFailed) report.errors.push_back(std::move(error));
      }
    }
    if (!apply || plan.deletions.empty()) break;
    report.free_now = volumes.Free();
  }
  return report;
}

}  // namespace ruff::disk_guard
