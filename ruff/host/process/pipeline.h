// Commands that run at the same time, the output of each being the input of the next. A single
// command is a pipeline with one stage.
//
// All data goes through this process: it keeps what a stage writes, up to a limit, and passes it on
// as the next stage reads. What is beyond the limit, or what the next stage no longer reads, is
// read and dropped, so that no stage is ever blocked or ended by the one after it. A stage is over
// when it has ended and nobody holds its outputs open any more, or when its time is.

#ifndef RUFF_HOST_PROCESS_PIPELINE_H_
#define RUFF_HOST_PROCESS_PIPELINE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "ruff/base/os_error.h"
#include "ruff/host/posix/child.h"

namespace ruff {

struct PipelineLimits {
  int64_t timeout_ms = 30'000;          // of a stage
  uint64_t max_output_bytes = 1 << 20;  // of a stream
};

// What a stage has written to one stream, as far as it is kept.
struct CapturedText {
  std::string text;
  bool truncated = false;
};

struct StageOutcome {
  std::string label;        // the program and its arguments
  FailureText not_started;  // why
  std::string data_lost;    // the whole message
  int exit_code = -1;       // -1: a signal or the timeout ended it
  bool timed_out = false;
  CapturedText output;
  CapturedText errors;

  bool succeeded() const { return exit_code == 0 && !timed_out; }
  // Did it do what a pipeline needs?
  bool failed() const {
    return !not_started.empty() || !data_lost.empty() || !succeeded() || output.truncated ||
           errors.truncated;
  }
};

class Pipeline {
 public:
  // `interrupt` (borrowed, may be null) becomes true when the program is to end.
  Pipeline(const PipelineLimits& limits, const std::atomic<bool>* interrupt)
      : limits_(limits), interrupt_(interrupt) {}

  // Starts the commands, at least one, in order, until one cannot be started. The first reads the
  // standard input of this process.
  void Start(const std::vector<std::vector<std::string>>& commands,
             const std::vector<std::string>& environment, const std::string& search_path);
  // Until all stages are over, or one has failed whose predecessors have not; what still runs is
  // killed. Blocks; on any thread.
  void Run();
  // Makes Run kill everything and return soon. On any thread.
  void Stop();

  const PipelineLimits& limits() const { return limits_; }
  // One for each command that was started, or could not be; to be looked at after Run.
  const std::deque<StageOutcome>& outcomes() const { return outcomes_; }

 private:
  enum Stream { kOutput, kErrors };
  struct Stage {
    Child child;
    int64_t deadline_ns = 0;
    uint64_t kept[2] = {};  // bytes of each stream
    std::string unread;     // input, from `taken` on
    size_t taken = 0;
    bool has_ended = false;
    bool is_over = false;
  };

  bool IsStopped() const;
  bool IsDecided() const;
  void Wait();
  void FinishStages();
  void TimeOut(size_t stage);
  bool Read(size_t stage, Stream stream);
  void Keep(size_t stage, Stream stream, std::string_view text);
  void Feed(size_t stage);

  const PipelineLimits limits_;
  const std::atomic<bool>* const interrupt_;
  std::deque<StageOutcome> outcomes_;
  std::deque<Stage> stages_;  // those started
  std::atomic<bool> stopped_ = false;
};

}  // namespace ruff

#endif  // RUFF_HOST_PROCESS_PIPELINE_H_
