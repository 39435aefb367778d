// Real trees in a temporary folder.

#include "tools/disk_guard/guard.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <random>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "testing/base/file_text.h"
#include "testing/base/temp_dir.h"
#include "tools/disk_guard/remover.h"
#include "tools/disk_guard/report.h"
#include "tools/disk_guard/scanner.h"

namespace ruff::disk_guard {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kNow = 2'000'000'000;
constexpr int64_t kDay = 86'400;

void SetAge(const std::string& path, int64_t seconds) {
  const timespec time = {kNow - seconds, 0};
  const timespec times[] = {time, time};
  ASSERT_EQ(utimensat(AT_FDCWD, path.c_str(), times, AT_SYMLINK_NOFOLLOW), 0) << path;
}

void AddFile(const std::string& path, size_t bytes, int64_t age) {
  fs::create_directories(fs::path(path).parent_path());
  ASSERT_TRUE(WriteFileText(path, std::string(bytes, 'x'))) << path;
  SetAge(path, age);
}

class GuardTest : public testing::Test {
 protected:
  std::string Cache() { return dir_.Join("cache"); }
  std::string Bazel() { return dir_.Join("bazel"); }

  void MakeCache() {
    AddFile(Cache() + "/ac/01/0123", 100, 3 * kDay);
    AddFile(Cache() + "/cas/ab/old", 1 << 20, 2 * kDay);
    AddFile(Cache() + "/cas/ab/new", 1 << 20, kDay);
    AddFile(Cache() + "/cas/cd/fresh", 1 << 20, 60);
  }

  void MakeOutputBase(const std::string& name, const std::string& workspace, int64_t age) {
    const std::string base = Bazel() + "/" + name;
    AddFile(base + "/execroot/a/b/c/out.o", 1 << 20, age);
    AddFile(base + "/lock", 1, age);
    AddFile(base + "/server/server.pid.txt", 0, age);
    AddFile(base + "/DO_NOT_BUILD_HERE", 0, age);
    ASSERT_TRUE(WriteFileText(base + "/DO_NOT_BUILD_HERE", workspace));
    fs::create_symlink("/etc", base + "/execroot/a/link");
    fs::permissions(base + "/execroot/a/b", fs::perms::owner_read | fs::perms::owner_exec);
    SetAge(base + "/server", age);
    SetAge(base, age);
  }

  std::vector<Root> Roots(const std::vector<std::string>& paths, bool temp = false) {
    std::vector<Root> roots;
    for (const std::string& path : paths) {
      std::string error;
      std::optional<Root> root = OpenRoot(path, temp, &error);
      EXPECT_TRUE(root.has_value()) << error;
      if (root.has_value()) roots.push_back(*std::move(root));
    }
    return roots;
  }

  Report Run(const std::vector<Root>& roots, const Goals& goals, bool apply = true) {
    return Guard(roots, goals, {.now = kNow, .min_age = 3600, .keep_workspace = "/ours"}, apply);
  }

  TempDir dir_;
};

TEST_F(GuardTest, DryRunDeletesNothing) {
  MakeCache();
  const Report report = Run(Roots({Cache()}), {.max_cache = 0}, /*apply=*/false);
  EXPECT_EQ(report.items, 4);
  EXPECT_EQ(report.deletions.size(), 3);
  EXPECT_FALSE(report.applied);
  EXPECT_TRUE(fs::exists(Cache() + "/ac/01/0123"));
}

TEST_F(GuardTest, DeletesTheOldestOfTheCacheAndStops) {
  MakeCache();
  const Report report = Run(Roots({Cache()}), {.max_cache = (2 << 20) + 8192});
  EXPECT_TRUE(report.met) << ReportText(report, {}, false);
  EXPECT_FALSE(fs::exists(Cache() + "/cas/ab/old"));
  EXPECT_TRUE(fs::exists(Cache() + "/cas/ab/new"));
  EXPECT_TRUE(fs::exists(Cache() + "/cas/cd/fresh"));
}

TEST_F(GuardTest, KeepsWhatWasUsedJustNow) {
  MakeCache();
  const Report report = Run(Roots({Cache()}), {.max_cache = 0});
  EXPECT_FALSE(report.met);
  EXPECT_EQ(report.items_in_use, 1);
  EXPECT_TRUE(fs::exists(Cache() + "/cas/cd/fresh"));
  EXPECT_FALSE(fs::exists(Cache() + "/cas/ab/new"));
}

TEST_F(GuardTest, DeletesWholeOutputBasesWithReadOnlyFolders) {
  MakeOutputBase("0123", "/gone", 5 * kDay);
  MakeOutputBase("4567", "/ours", 5 * kDay);
  MakeOutputBase("89ab", "/young", 60);
  AddFile(Bazel() + "/install/x/file", 1 << 20, 9 * kDay);
  AddFile(Bazel() + "/notes/mine.txt", 1 << 20, 9 * kDay);
  const Report report = Run(Roots({Bazel()}), {.max_cache = 0});
  EXPECT_TRUE(report.errors.empty()) << report.errors[0];
  EXPECT_FALSE(fs::exists(Bazel() + "/0123"));
  EXPECT_TRUE(fs::exists(Bazel() + "/4567/lock"));
  EXPECT_TRUE(fs::exists(Bazel() + "/89ab/lock"));
  EXPECT_TRUE(fs::exists(Bazel() + "/install/x/file"));
  EXPECT_TRUE(fs::exists(Bazel() + "/notes/mine.txt"));
  EXPECT_TRUE(fs::exists("/etc/passwd"));
  size_t left = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(Bazel())) ++left;
  EXPECT_EQ(left, 4) << "something is left of the deleted one";
}

TEST_F(GuardTest, KeepsAnOutputBaseWithALivingServer) {
  MakeOutputBase("0123", "/gone", 5 * kDay);
  ASSERT_TRUE(WriteFileText(Bazel() + "/0123/server/server.pid.txt", std::to_string(getpid())));
  EXPECT_FALSE(Run(Roots({Bazel()}), {.max_cache = 0}).met);
  EXPECT_TRUE(fs::exists(Bazel() + "/0123/lock"));
}

TEST_F(GuardTest, KeepsALockedOutputBase) {
  MakeOutputBase("0123", "/gone", 5 * kDay);
  int ready[2], finish[2];
  ASSERT_EQ(pipe(ready), 0);
  ASSERT_EQ(pipe(finish), 0);
  const pid_t client = fork();
  ASSERT_GE(client, 0);
  char byte = 0;
  if (client == 0) {
    close(finish[1]);
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    fcntl(open((Bazel() + "/0123/lock").c_str(), O_RDWR), F_SETLK, &lock);
    (void)!write(ready[1], &byte, 1);
    (void)!read(finish[0], &byte, 1);
    _exit(0);
  }
  ASSERT_EQ(read(ready[0], &byte, 1), 1);
  EXPECT_FALSE(Run(Roots({Bazel()}), {.max_cache = 0}).met);
  EXPECT_TRUE(fs::exists(Bazel() + "/0123/lock"));
  close(finish[1]);
  waitpid(client, nullptr, 0);
  for (const int fd : {ready[0], ready[1], finish[0]}) close(fd);
  EXPECT_TRUE(Run(Roots({Bazel()}), {.max_cache = 0}).met);
}

TEST_F(GuardTest, FinishesADeletionThatWasInterrupted) {
  MakeOutputBase(std::string(kDoomedPrefix) + "77.0123", "/gone", 0);
  const Report report = Run(Roots({Bazel()}), {.max_cache = 0});
  EXPECT_TRUE(report.met);
  EXPECT_TRUE(fs::is_empty(Bazel()));
}

TEST_F(GuardTest, DeletesTestFoldersOnly) {
  AddFile(dir_.Join("tmp/ruff_test_AAAAAA/deep/er/file"), 1 << 20, 2 * kDay);
  AddFile(dir_.Join("tmp/mine/file"), 1 << 20, 2 * kDay);
  AddFile(dir_.Join("tmp/ruff_test_file"), 1 << 20, 2 * kDay);
  SetAge(dir_.Join("tmp/ruff_test_AAAAAA"), 2 * kDay);
  fs::create_directory_symlink(dir_.Join("tmp/mine"), dir_.Join("tmp/ruff_test_link"));
  EXPECT_TRUE(Run(Roots({dir_.Join("tmp")}, /*temp=*/true), {.max_cache = 0}).met);
  EXPECT_FALSE(fs::exists(dir_.Join("tmp/ruff_test_AAAAAA")));
  EXPECT_TRUE(fs::exists(dir_.Join("tmp/mine/file")));
  EXPECT_TRUE(fs::exists(dir_.Join("tmp/ruff_test_file")));
  EXPECT_TRUE(fs::is_symlink(dir_.Join("tmp/ruff_test_link")));
}

TEST_F(GuardTest, KeepsATestFolderThatIsWrittenDeepInside) {
  AddFile(dir_.Join("tmp/ruff_test_AAAAAA/deep/log"), 1 << 20, 60);
  for (const char* folder : {"/deep", ""}) {
    SetAge(dir_.Join("tmp/ruff_test_AAAAAA") + folder, 2 * kDay);
  }
  EXPECT_FALSE(Run(Roots({dir_.Join("tmp")}, /*temp=*/true), {.max_cache = 0}).met);
  EXPECT_TRUE(fs::exists(dir_.Join("tmp/ruff_test_AAAAAA/deep/log")));
}

TEST_F(GuardTest, DeletesVeryDeepTrees) {
  std::string path = dir_.Join("tmp/ruff_test_deep");
  fs::create_directories(path);
  const int start = open(path.c_str(), O_RDONLY | O_DIRECTORY);
  int folder = dup(start);
  constexpr int kDepth = 3000;  // its path would be longer than any system call takes
  for (int i = 0; i < kDepth; ++i) {
    ASSERT_EQ(mkdirat(folder, "folder", 0700), 0);
    const int next = openat(folder, "folder", O_RDONLY | O_DIRECTORY);
    close(folder);
    folder = next;
  }
  close(folder);
  close(start);
  SetAge(path, 2 * kDay);
  const std::vector<Root> roots = Roots({dir_.Join("tmp")}, /*temp=*/true);
  const Item item{.root = &roots[0],
                  .name = "ruff_test_deep",
                  .bytes = 1,
                  .last_used = 0,
                  .in_use = false,
                  .is_tree = true,
                  .device =
                      [&] {
                        struct stat info;
                        stat(path.c_str(), &info);
                        return info.st_dev;
                      }(),
                  .inode =
                      [&] {
                        struct stat info;
                        stat(path.c_str(), &info);
                        return info.st_ino;
                      }(),
                  .changed_ns = 0};
  std::string error;
  EXPECT_EQ(Remove(item, &error), Removal::kGone) << error;
  EXPECT_TRUE(fs::is_empty(dir_.Join("tmp")));
}

TEST_F(GuardTest, RefusesWhatProvesNothing) {
  MakeCache();
  fs::create_directories(dir_.Join("empty"));
  AddFile(dir_.Join("half/cas/x"), 1, 0);
  AddFile(dir_.Join("file"), 1, 0);
  fs::create_directory_symlink(Cache(), dir_.Join("link"));
  for (const char* name : {"empty", "half", "file", "link", "link/"}) {
    std::string error;
    EXPECT_FALSE(OpenRoot(dir_.Join(name), false, &error).has_value()) << name;
    EXPECT_NE(error, "") << name;
  }
  std::string error;
  EXPECT_FALSE(OpenRoot("/", false, &error).has_value());
  EXPECT_FALSE(OpenRoot(dir_.Join("missing"), false, &error).has_value());
  EXPECT_EQ(error, "");
}

// What happens between scan and deletion.
TEST_F(GuardTest, LeavesWhatHasChangedSinceTheScan) {
  MakeCache();
  const std::vector<Root> roots = Roots({Cache()});
  std::vector<Item> items;
  Scan(roots[0], {.now = kNow, .min_age = 3600, .keep_workspace = ""}, &items);
  ASSERT_EQ(items.size(), 4);
  for (const Item& item : items) {
    std::string error;
    if (item.name == "cas/ab/old") {
      AddFile(item.Path(), 100, 0);  // written again
      EXPECT_EQ(Remove(item, &error), Removal::kSkipped);
    } else if (item.name == "cas/ab/new") {
      fs::remove(item.Path());  // somebody else was faster
      EXPECT_EQ(Remove(item, &error), Removal::kGone);
    } else if (item.name == "ac/01/0123") {
      fs::rename(Cache() + "/ac/01", dir_.Join("moved"));  // the way there is a link now
      fs::create_directory_symlink(dir_.Join("moved"), Cache() + "/ac/01");
      EXPECT_EQ(Remove(item, &error), Removal::kFailed);
      EXPECT_TRUE(fs::exists(dir_.Join("moved/0123")));
    } else {
      const timespec times[] = {{kNow, 0}, {kNow - 60, 0}};  // read since
      ASSERT_EQ(utimensat(AT_FDCWD, item.Path().c_str(), times, 0), 0);
      EXPECT_EQ(Remove(item, &error), Removal::kSkipped);
    }
  }
}

TEST_F(GuardTest, GoesOnWhenDeletionsFreeLessThanExpected) {
  for (int i = 0; i < 8; ++i)
    AddFile(Cache() + "/cas/00/" + std::to_string(i), 1 << 20, (20 - i) * kDay);
  fs::create_directories(Cache() + "/ac");
  const std::vector<Root> roots = Roots({Cache()});
  // Every deletion frees half of what it should.
  const auto half = [&](int) -> uint64_t {
    uint64_t files = 0;
    for (const auto& entry : fs::directory_iterator(Cache() + "/cas/00")) {
      files += entry.is_regular_file() ? 1 : 0;
    }
    return (8 - files) << 19;
  };
  const Report report = Guard(roots, {.min_free = 3 << 20},
                              {.now = kNow, .min_age = 3600, .keep_workspace = ""}, true, half);
  EXPECT_TRUE(report.met);
  EXPECT_GE(report.deletions.size(), 6);
  EXPECT_LT(report.deletions.size(), 8);
}

// Bazel and another guard work on the same folders meanwhile: files come, change and go, whole
// output bases, too. Nothing fails, and what was used just now stays.
TEST_F(GuardTest, SurvivesOthersWhoWorkThere) {
  std::atomic<bool> done = false;
  const auto work = [&](int seed) {
    std::minstd_rand random(static_cast<uint32_t>(seed));
    for (int i = 0; i < 400; ++i) {
      std::error_code ignored;
      const std::string file =
          Cache() + "/cas/" + std::to_string(random() % 4) + "/" + std::to_string(random() % 50);
      fs::create_directories(fs::path(file).parent_path(), ignored);
      WriteFileText(file, std::string(random() % 5000, 'x'));
      const timespec old = {kNow - static_cast<int64_t>(random() % 100) * kDay, 0};
      const timespec times[] = {old, old};
      utimensat(AT_FDCWD, file.c_str(), times, 0);
      if (random() % 3 == 0) fs::remove(file, ignored);
      if (random() % 10 == 0) fs::rename(file, file + ".moved", ignored);
      const std::string base = Bazel() + "/base" + std::to_string(random() % 3);
      if (random() % 4 == 0) {
        fs::create_directories(base + "/execroot/a/" + std::to_string(random() % 20), ignored);
        WriteFileText(base + "/DO_NOT_BUILD_HERE", "/gone");
        utimensat(AT_FDCWD, base.c_str(), times, 0);
      }
      if (random() % 20 == 0) fs::remove_all(base, ignored);
    }
    done = true;
  };
  MakeCache();
  AddFile(Bazel() + "/install/x/file", 10, 9 * kDay);
  AddFile(dir_.Join("outside/file"), 10, 9 * kDay);
  const std::vector<Root> roots = Roots({Cache(), Bazel()});
  const auto guard = [&] {
    while (!done) {
      const Report report = Run(roots, {.max_cache = 20'000});
      EXPECT_TRUE(report.errors.empty()) << report.errors[0];
    }
  };
  std::thread worker(work, 1);
  std::thread other(guard);
  guard();
  worker.join();
  other.join();
  EXPECT_TRUE(fs::exists(Cache() + "/cas/cd/fresh"));
  EXPECT_TRUE(fs::exists(Bazel() + "/install/x/file"));
  EXPECT_TRUE(fs::exists(dir_.Join("outside/file")));
}

// Gives this process mounts of its own, and as an ordinary user the right to make them.
bool EnterNamespace() {
  const uid_t user = geteuid();
  if (user != 0) {
    if (unshare(CLONE_NEWUSER) != 0) return false;
    if (!WriteFileText("/proc/self/uid_map", "0 " + std::to_string(user) + " 1")) return false;
  }
  return unshare(CLONE_NEWNS) == 0 &&
         mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

constexpr int kCannotMount = 77;

// A file system of 4 MiB that is full to the last byte.
int FillAndGuard(const std::string& mount_point) {
  if (!EnterNamespace() || mount("none", mount_point.c_str(), "tmpfs", 0, "size=4m") != 0) {
    return kCannotMount;
  }
  const std::string cache = mount_point + "/cache";
  for (const char* folder : {"/ac", "/cas/00"}) fs::create_directories(cache + folder);
  std::string error;
  for (int i = 0;; ++i) {
    const std::string path = cache + "/cas/00/" + std::to_string(i);
    if (!WriteFileText(path, std::string(1 << 18, 'x'))) break;
    const timespec time = {kNow - (100 - i) * kDay, 0};
    const timespec times[] = {time, time};
    utimensat(AT_FDCWD, path.c_str(), times, 0);
  }
  std::optional<Root> root = OpenRoot(cache, false, &error);
  if (!root.has_value() || StatFreeBytes(root->folder.get()) > (1 << 18)) return 1;
  std::vector<Root> roots;
  roots.push_back(*std::move(root));
  const Report report = Guard(roots, {.min_free = 2 << 20},
                              {.now = kNow, .min_age = 3600, .keep_workspace = ""}, true);
  if (!report.met || StatFreeBytes(roots[0].folder.get()) < (2 << 20)) return 2;
  return fs::exists(cache + "/cas/00/0") || !fs::exists(cache + "/cas/00/12") ? 3 : 0;
}

TEST_F(GuardTest, MakesRoomOnAFullFileSystem) {
  fs::create_directories(dir_.Join("small"));
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) _exit(FillAndGuard(dir_.Join("small")));
  int status;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == kCannotMount) GTEST_SKIP() << "no file system can be mounted here";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(GuardTest, ReportsInBothForms) {
  MakeCache();
  const Goals goals{.min_free = 1, .max_cache = 1 << 20};
  const Report report = Run(Roots({Cache()}), goals, /*apply=*/false);
  const std::string text = ReportText(report, goals, false);
  EXPECT_NE(text.find("would delete 3 items, 2.0 MiB"), std::string::npos) << text;
  const std::string json = ReportJson(report, goals);
  EXPECT_EQ(json.find("{\"applied\":false,\"met\":"), 0) << json;
  EXPECT_NE(json.find("/cas/ab/old\",\"bytes\":1048576,\"last_used\":1999827200}"),
            std::string::npos)
      << json;
}

}  // namespace
}  // namespace ruff::disk_guard
