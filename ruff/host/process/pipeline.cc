#include "ruff/host/process/pipeline.h"

#include <poll.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ruff/host/posix/file.h"

namespace ruff {
namespace {

constexpr int64_t kNsPerMs = 1'000'000;
constexpr int64_t kNsPerSecond = 1'000'000'000;
constexpr int kLongestWaitMs = 100;  // until the next look at who wants us to stop
constexpr int kShortWaitMs = 5;      // where only looking tells that a child has ended
constexpr size_t kBlockBytes = size_t{1} << 16;
constexpr int kMostBlocksAfterTimeout = 16;

int64_t NowNs() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return int64_t{t.tv_sec} * kNsPerSecond + t.tv_nsec;
}

int64_t DeadlineAfter(int64_t ms) {
  int64_t ns;
  if (__builtin_mul_overflow(ms, kNsPerMs, &ns) || __builtin_add_overflow(ns, NowNs(), &ns)) {
    return INT64_MAX;
  }
  return ns;
}

// While it lives, writing into a pipe that nobody reads is an error (EPIPE), not the end of this
// process.
class WithoutPipeSignal {
 public:
  WithoutPipeSignal() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  }
  ~WithoutPipeSignal() {
    const timespec now = {};
    if (!was_pending_) {
      while (sigtimedwait(&signals_, nullptr, &now) == SIGPIPE) {
      }
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  WithoutPipeSignal(const WithoutPipeSignal&) = delete;
  WithoutPipeSignal& operator=(const WithoutPipeSignal&) = delete;

 private:
  sigset_t signals_;
  sigset_t before_;
  bool was_pending_;
};

}  // namespace

void Pipeline::Start(const std::vector<std::vector<std::string>>& commands,
                     const std::vector<std::string>& environment, const std::string& search_path) {
  for (const std::vector<std::string>& arguments : commands) {
    Stage& stage = stages_.emplace_back();
    StageOutcome& outcome = outcomes_.emplace_back();
    outcome.label = absl::StrJoin(arguments, " ");
    outcome.not_started = stage.child.Start({.arguments = arguments,
                                             .environment = environment,
                                             .search_path = search_path,
                                             .has_input_pipe = stages_.size() > 1});
    if (!outcome.not_started.empty()) {
      stages_.pop_back();
      return;
    }
    stage.deadline_ns = DeadlineAfter(limits_.timeout_ms);
  }
}

void Pipeline::Run() {
  const WithoutPipeSignal without_signal;
  while (!IsStopped() && !IsDecided()) {
    Wait();
    FinishStages();
  }
  stages_.clear();
}

void Pipeline::Stop() { stopped_.store(true, std::memory_order_relaxed); }

bool Pipeline::IsStopped() const {
  return stopped_.load(std::memory_order_relaxed) ||
         (interrupt_ != nullptr && interrupt_->load(std::memory_order_relaxed));
}

bool Pipeline::IsDecided() const {
  for (size_t i = 0; i < stages_.size(); ++i) {
    if (!stages_[i].is_over) return false;
    if (outcomes_[i].failed()) return true;
  }
  return true;
}

// Waits until something has happened, or is due, and moves data.
void Pipeline::Wait() {
  enum What { kOutputArrives, kErrorsArrive, kTakesInput, kEnds };
  struct Subject {
    size_t stage;
    What what;
  };
  std::vector<pollfd> descriptors;
  std::vector<Subject> subjects;
  const auto watch = [&](size_t stage, What what, const Descriptor& descriptor) {
    if (!descriptor.is_open()) return false;
    const short event = what == kTakesInput ? POLLOUT : POLLIN;
    descriptors.push_back({.fd = descriptor.get(), .events = event, .revents = 0});
    subjects.push_back({stage, what});
    return true;
  };
  const int64_t now_ns = NowNs();
  int64_t wait_ms = kLongestWaitMs;
  for (size_t i = 0; i < stages_.size(); ++i) {
    Stage& stage = stages_[i];
    if (stage.is_over) continue;
    watch(i, kOutputArrives, stage.child.output);
    watch(i, kErrorsArrive, stage.child.errors);
    if (stage.taken < stage.unread.size()) watch(i, kTakesInput, stage.child.input);
    if (!stage.has_ended && !watch(i, kEnds, stage.child.end)) {
      wait_ms = std::min<int64_t>(wait_ms, kShortWaitMs);
    }
    const int64_t left_ns = std::max<int64_t>(stage.deadline_ns - now_ns, 0);
    wait_ms = std::min(wait_ms, left_ns / kNsPerMs + (left_ns % kNsPerMs != 0));
  }
  const int ready = poll(descriptors.data(), descriptors.size(), static_cast<int>(wait_ms));
  for (size_t i = 0; i < descriptors.size() && ready > 0; ++i) {
    if (descriptors[i].revents == 0) continue;
    const auto [stage, what] = subjects[i];
    switch (what) {
      case kOutputArrives:
        Read(stage, kOutput);
        break;
      case kErrorsArrive:
        Read(stage, kErrors);
        break;
      case kTakesInput:
        Feed(stage);
        break;
      case kEnds:
        stages_[stage].has_ended = stages_[stage].child.HasEnded();
        break;
    }
  }
}

// Sees to what follows from what has happened.
void Pipeline::FinishStages() {
  const int64_t now_ns = NowNs();
  for (size_t i = 0; i < stages_.size(); ++i) {
    Stage& stage = stages_[i];
    if (stage.is_over) continue;
    if (!stage.has_ended && !stage.child.end.is_open()) stage.has_ended = stage.child.HasEnded();
    const bool input_is_complete = i > 0 && !stages_[i - 1].child.output.is_open();
    if (input_is_complete && stage.taken == stage.unread.size()) stage.child.input.Close();
    if (!outcomes_[i].data_lost.empty()) {
      stage.child.Kill();
      stage.is_over = true;
    } else if (stage.has_ended && !stage.child.output.is_open() && !stage.child.errors.is_open()) {
      outcomes_[i].exit_code = stage.child.Reap();
      stage.is_over = true;
    } else if (now_ns >= stage.deadline_ns) {
      TimeOut(i);
    }
  }
}

// What has been written until now counts; whoever still holds the pipes is not waited for.
void Pipeline::TimeOut(size_t i) {
  Stage& stage = stages_[i];
  outcomes_[i].timed_out = true;
  stage.is_over = true;
  stage.child.Kill();
  stage.child.Reap();
  for (const Stream stream : {kOutput, kErrors}) {
    Descriptor& from = stream == kOutput ? stage.child.output : stage.child.errors;
    for (int n = 0; n < kMostBlocksAfterTimeout && from.is_open() && Read(i, stream); ++n) {
    }
    from.Close();
  }
  stage.child.input.Close();
}

// Reads once. Is there perhaps more?
bool Pipeline::Read(size_t i, Stream stream) {
  Descriptor& from = stream == kOutput ? stages_[i].child.output : stages_[i].child.errors;
  char block[kBlockBytes];
  const size_t wanted = TransferSize(sizeof(block));
  const ssize_t got = RetryInterrupted([&] { return read(from.get(), block, wanted); });
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return false;
  if (got < 0) {
    outcomes_[i].data_lost = absl::StrCat("Failed to read output of process '", outcomes_[i].label,
                                          "': ", OsErrorText(errno));
  }
  if (got <= 0) {
    from.Close();
    return false;
  }
  Keep(i, stream, {block, static_cast<size_t>(got)});
  return true;
}

void Pipeline::Keep(size_t i, Stream stream, std::string_view text) {
  StageOutcome& outcome = outcomes_[i];
  CapturedText& captured = stream == kOutput ? outcome.output : outcome.errors;
  uint64_t& kept = stages_[i].kept[stream];
  const uint64_t room = limits_.max_output_bytes - kept;
  if (text.size() > room) {
    captured.truncated = true;
    text = text.substr(0, static_cast<size_t>(room));
  }
  kept += text.size();
  if (stream == kErrors || i + 1 == stages_.size()) {
    captured.text += text;
  } else if (stages_[i + 1].child.input.is_open()) {
    stages_[i + 1].unread += text;
  }
}

// Gives the stage as much input as it takes.
void Pipeline::Feed(size_t i) {
  Stage& stage = stages_[i];
  while (stage.taken < stage.unread.size()) {
    const std::string_view rest = std::string_view(stage.unread).substr(stage.taken);
    const size_t portion = TransferSize(std::min(rest.size(), kBlockBytes));
    const ssize_t put =
        RetryInterrupted([&] { return write(stage.child.input.get(), rest.data(), portion); });
    if (put < 0) {
      if (errno == EAGAIN || errno == EWOULDBLOCK) return;
      if (errno != EPIPE) {
        outcomes_[i].data_lost = absl::StrCat("Failed to write stdin for process '",
                                              outcomes_[i].label, "': ", OsErrorText(errno));
      }
      stage.child.input.Close();  // it does not read any more
      break;
    }
    stage.taken += static_cast<size_t>(put);
  }
  stage.unread.clear();
  stage.taken = 0;
}

}  // namespace ruff
