#include "ruff/driver/progress_line.h"

#include "absl/strings/str_cat.h"
#include "ruff/runtime/builtins/output.h"

namespace ruff {
namespace {

constexpr absl::Duration kInterval = absl::Milliseconds(100);
constexpr absl::Duration kMoment = absl::Milliseconds(300);
// The cursor goes back to the beginning: what the program prints takes the place of the line.
constexpr char kLineEnd[] = "\x1b[K\r";

// 1,234,567
std::string Grouped(uint64_t n) {
  std::string text = absl::StrCat(n);
  for (size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, 1, ',');
  }
  return text;
}

}  // namespace

std::string ProgressText(uint64_t done, uint64_t total, uint64_t rejected, absl::Duration elapsed) {
  const double seconds = absl::ToDoubleSeconds(elapsed);
  const auto rate = static_cast<uint64_t>(seconds > 0 ? static_cast<double>(done) / seconds : 0);
  return absl::StrCat("  ", Grouped(done), " of ", Grouped(total), "  ",
                      total == 0 ? 100 : done * 100 / total, "%  ", Grouped(rate), "/s",
                      rejected == 0 ? "" : absl::StrCat("  ", Grouped(rejected), " rejected"));
}

ProgressLine::ProgressLine(const ProgressCounts& counts)
    : counts_(counts), thread_([this] { Run(); }) {}

ProgressLine::~ProgressLine() {
  {
    absl::MutexLock lock(&mutex_);
    over_ = true;
  }
  thread_.join();
  if (drawn_) StandardOutput()->WriteError(kLineEnd);
}

void ProgressLine::Run() {
  for (;;) {
    {
      absl::MutexLock lock(&mutex_);
      if (mutex_.AwaitWithTimeout(absl::Condition(&over_), kInterval)) return;
    }
    Draw(absl::Now());
  }
}

void ProgressLine::Draw(absl::Time now) {
  const uint64_t total = counts_.total.load(std::memory_order_relaxed);
  const uint64_t done = counts_.done.load(std::memory_order_relaxed);
  const uint64_t rejected = counts_.rejected.load(std::memory_order_relaxed);
  if (total == 0) {
    begin_ = absl::InfiniteFuture();
    if (drawn_) StandardOutput()->WriteError(kLineEnd);
    drawn_ = false;
    return;
  }
  if (begin_ == absl::InfiniteFuture()) begin_ = now - kInterval;
  if (now - begin_ < kMoment) return;
  drawn_ = true;
  StandardOutput()->WriteError(
      absl::StrCat(ProgressText(done, total, rejected, now - begin_), kLineEnd));
}

}  // namespace ruff
