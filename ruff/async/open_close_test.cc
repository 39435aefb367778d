// Everything is opened and closed a thousand times: afterwards no descriptor, no thread, no byte is
// left. Under AddressSanitizer the leak checker agrees.

#include <dirent.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/async/run_program.h"
#include "ruff/runtime/value/heap.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

constexpr int kRounds = 1000;

constexpr std::string_view kFunctions = R"(
async func later(v) {
    await async_sleep(1)
    return v
}
func square(v) { return v * v }
)";

// Ends when all is done.
constexpr std::string_view kPatient = R"(
ch := channel(2)
spawn {
    for i in 5 { ch.send(i) }
    ch.close()
}
sum := 0
for v in ch { sum += v }
task := spawn_task(func() { return later(3) })
cancel_task(later(9))
try { await async_timeout(async_sleep(60000), 1) } except e { sum += 1 }
await async_write_file(path, "text")
sum += len(await async_read_file(path))
try { await async_read_file("${path}.none") } except e { sum += 1 }
for v in await parallel_map([1, 2, 3], square) { sum += v }
sum += await await_task(task)
sum += await promise_race([later(1), async_sleep(60000)])
sum += len(await promise_all_settled([later(1), promise_reject("no")]))
shared_set("key", sum)
print(shared_get("key"))
shared_delete("key")
)";

// Ends in the middle of everything.
constexpr std::string_view kHasty = R"(
ch := channel()
spawn { ch.receive() }
reads := [async_read_file(path), async_write_file("${path}.other", "text"), async_sleep(60000)]
all := promise_all(reads)
mapped := parallel_map([1, 2, 3], square)
task := spawn_task(func() { return later(3) })
print("end")
exit(0)
)";

int64_t EntriesOf(const char* path) {
  DIR* folder = opendir(path);
  if (folder == nullptr) return 0;  // no such folder on this system
  int64_t count = 0;
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count;
}

int64_t ResidentBytes() {
  std::ifstream file("/proc/self/statm");
  int64_t pages = 0;
  file >> pages >> pages;
  return pages * sysconf(_SC_PAGESIZE);
}

struct Held {
  int64_t descriptors = EntriesOf("/proc/self/fd");
  int64_t threads = EntriesOf("/proc/self/task");
  uint64_t objects = Heap::Current()->object_count();
  uint64_t bytes = Heap::Current()->bytes_in_use();
  int64_t resident = ResidentBytes();
};

TEST(OpenClose, AThousandTimes) {
  const TempDir dir;
  const std::string path = absl::StrCat("path := \"", dir.Join("file"), "\"\n");
  Held first;
  for (int round = 0; round < kRounds; ++round) {
    const bool hasty = round % 2 == 1;
    const ProgramRun run =
        RunProgram(absl::StrCat(path, kFunctions, hasty ? kHasty : kPatient), {.real = true});
    ASSERT_EQ(run.output, hasty ? "end\n" : "36\n") << round;
    ASSERT_EQ(run.exit_code, 0);
    if (round == kRounds / 10) first = Held();
  }
  const Held last;
  EXPECT_EQ(last.descriptors, first.descriptors);
  EXPECT_EQ(last.threads, first.threads);
  EXPECT_EQ(last.objects, first.objects);
  EXPECT_EQ(last.bytes, first.bytes);
#ifndef RUFF_SANITIZE  // which keeps freed memory
  EXPECT_LT(last.resident - first.resident, 4 << 20);
#endif
}

}  // namespace
}  // namespace ruff
