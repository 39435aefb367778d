// What the tasks of a program did when, as a file that Perfetto and chrome://tracing open.
//
// The turns of tasks are slices of one thread, the loop; what a task waits for and what goes on
// outside are slices of tracks of their own. Tasks that never wait are part of their caller's turn.
// Times are those of the program's clock: in a simulated world the file is the same in every run.

#ifndef RUFF_ASYNC_TRACE_TRACE_FILE_H_
#define RUFF_ASYNC_TRACE_TRACE_FILE_H_

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "ruff/async/core/poller.h"
#include "ruff/async/core/task_trace.h"

namespace ruff {

class TraceFile final : public TaskTrace {
 public:
  // Creates or replaces the file. The message of a failed status is the bare reason.
  static absl::StatusOr<std::unique_ptr<TraceFile>> Create(const std::string& path);
  // Completes the file.
  ~TraceFile() override;

  // The program's clock, borrowed. Before anything happens.
  void set_clock(Clock* clock) { clock_ = clock; }

  void Runs(const Fiber* fiber) override;
  void Rests(const Fiber* fiber) override;
  void Waits(const Fiber* fiber) override;
  void Gone(const Fiber* fiber) override;

  // Work that goes on outside, by name; the number tells which one has ended.
  uint64_t WorkBegins(std::string_view name);
  void WorkEnds(std::string_view name, uint64_t number);

 private:
  struct TaskState {
    uint64_t number;
    std::string name;
    int64_t runs_since_ns;
    bool waits;
  };

  explicit TraceFile(FILE* file);
  TaskState& StateOf(const Fiber* fiber);
  // An event of phase `phase` ('b' and 'e' for tracks of their own, with `number`).
  void Write(char phase, std::string_view category, std::string_view name, uint64_t number,
             int64_t ns, int64_t duration_ns);

  FILE* file_;
  Clock* clock_ = nullptr;
  int64_t begin_ns_ = 0;
  bool first_ = true;
  uint64_t next_number_ = 1;
  absl::flat_hash_map<const Fiber*, TaskState> tasks_;
};

// A poller that tells `trace` of the work it passes on to `inner`. Both are borrowed.
std::unique_ptr<Poller> NewTracingPoller(Poller& inner, TraceFile& trace);

}  // namespace ruff

#endif  // RUFF_ASYNC_TRACE_TRACE_FILE_H_
