#include "ruff/async/trace/trace_file.h"

#include <errno.h>
#include <string.h>

#include <utility>

#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ruff/base/json_text.h"
#include "ruff/runtime/value/string.h"
#include "ruff/runtime/vm/function.h"
#include "ruff/runtime/vm/link.h"

namespace ruff {
namespace {

constexpr double kNsPerUs = 1000;

// Work that says when it is done.
class TracedWork final : public Work {
 public:
  TracedWork(std::unique_ptr<Work> work, TraceFile& trace)
      : work_(std::move(work)), trace_(trace), number_(trace.WorkBegins(work_->name())) {}

  std::string_view name() const override { return work_->name(); }
  void Run() override { work_->Run(); }
  void Stop() override { work_->Stop(); }
  void Done() override {
    trace_.WorkEnds(name(), number_);
    work_->Done();
  }

 private:
  const std::unique_ptr<Work> work_;
  TraceFile& trace_;
  const uint64_t number_;
};

class TracingPoller final : public Poller {
 public:
  TracingPoller(Poller& inner, TraceFile& trace) : inner_(inner), trace_(trace) {}

  void Start(Work* owned) override { inner_.Start(Traced(owned)); }
  void StartThread(Work* owned) override { inner_.StartThread(Traced(owned)); }
  // Whoever returns work knows it by its address.
  void SendOut(Work* owned) override { inner_.SendOut(owned); }
  void Return(Work* sent) override { inner_.Return(sent); }
  uint32_t threads() const override { return inner_.threads(); }
  std::unique_ptr<Watch> NewWatch(int descriptor, Watcher& watcher) override {
    return inner_.NewWatch(descriptor, watcher);
  }
  size_t in_flight() const override { return inner_.in_flight(); }
  size_t watching() const override { return inner_.watching(); }
  void Poll(int64_t until_ns) override { inner_.Poll(until_ns); }
  uint32_t Patience() override { return inner_.Patience(); }
  std::atomic<bool>* interrupt() const override { return inner_.interrupt(); }

 private:
  Work* Traced(Work* owned) { return new TracedWork(std::unique_ptr<Work>(owned), trace_); }

  Poller& inner_;
  TraceFile& trace_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<TraceFile>> TraceFile::Create(const std::string& path) {
  FILE* file = fopen(path.c_str(), "we");
  if (file == nullptr) return absl::UnavailableError(strerror(errno));
  return absl::WrapUnique(new TraceFile(file));
}

TraceFile::TraceFile(FILE* file) : file_(file) {
  fputs("{\"displayTimeUnit\": \"ms\", \"traceEvents\": [\n", file_);
  fputs(
      "{\"ph\": \"M\", \"pid\": 1, \"tid\": 1, \"name\": \"thread_name\", "
      "\"args\": {\"name\": \"loop\"}}",
      file_);
}

TraceFile::~TraceFile() {
  fputs("\n]}\n", file_);
  fclose(file_);
}

TraceFile::TaskState& TraceFile::StateOf(const Fiber* fiber) {
  const auto [at, is_new] = tasks_.try_emplace(fiber);
  TaskState& state = at->second;
  if (is_new) {
    const CodeBlock* code = fiber->frames[0].code;
    state = {.number = next_number_++,
             .name = fiber->role == Fiber::kMain  ? "main"
                     : code->module->is_prelude() ? "calls of a combinator"
                     : code->name == nullptr      ? "task"
                                                  : std::string(code->name->view()),
             .runs_since_ns = 0,
             .waits = false};
  }
  return state;
}

void TraceFile::Runs(const Fiber* fiber) {
  TaskState& state = StateOf(fiber);
  state.runs_since_ns = clock_->NowNs();
  if (!std::exchange(state.waits, false)) return;
  Write('e', "await", state.name, state.number, state.runs_since_ns, 0);
}

void TraceFile::Rests(const Fiber* fiber) {
  const TaskState& state = StateOf(fiber);
  Write('X', "task", state.name, state.number, state.runs_since_ns,
        clock_->NowNs() - state.runs_since_ns);
}

void TraceFile::Waits(const Fiber* fiber) {
  TaskState& state = StateOf(fiber);
  state.waits = true;
  Write('b', "await", state.name, state.number, clock_->NowNs(), 0);
}

void TraceFile::Gone(const Fiber* fiber) {
  const auto found = tasks_.find(fiber);
  if (found == tasks_.end()) return;
  const TaskState& state = found->second;
  if (state.waits) Write('e', "await", state.name, state.number, clock_->NowNs(), 0);
  tasks_.erase(found);
}

uint64_t TraceFile::WorkBegins(std::string_view name) {
  const uint64_t number = next_number_++;
  Write('b', "io", name, number, clock_->NowNs(), 0);
  return number;
}

void TraceFile::WorkEnds(std::string_view name, uint64_t number) {
  Write('e', "io", name, number, clock_->NowNs(), 0);
}

void TraceFile::Write(char phase, std::string_view category, std::string_view name, uint64_t number,
                      int64_t ns, int64_t duration_ns) {
  if (std::exchange(first_, false)) begin_ns_ = ns;
  std::string event = absl::StrFormat(
      ",\n{\"ph\": \"%c\", \"pid\": 1, \"tid\": 1, \"ts\": %.3f, \"cat\": \"%s\", \"name\": ",
      phase, static_cast<double>(ns - begin_ns_) / kNsPerUs, category);
  AppendJsonString(name, &event);
  if (phase == 'X') {
    absl::StrAppendFormat(&event, ", \"dur\": %.3f, \"args\": {\"task\": %d}",
                          static_cast<double>(duration_ns) / kNsPerUs, number);
  } else {
    absl::StrAppendFormat(&event, ", \"id\": %d", number);
  }
  event += '}';
  fwrite(event.data(), 1, event.size(), file_);
}

std::unique_ptr<Poller> NewTracingPoller(Poller& inner, TraceFile& trace) {
  return std::make_unique<TracingPoller>(inner, trace);
}

}  // namespace ruff
