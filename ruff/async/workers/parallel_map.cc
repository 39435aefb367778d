#include "ruff/async/workers/parallel_map.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "ruff/async/core/aggregate.h"
#include "ruff/async/core/reason.h"
#include "ruff/async/workers/isolate.h"
#include "ruff/async/workers/parcel.h"

namespace ruff {
namespace {

constexpr uint64_t kPortionsPerWorker = 4;  // of what is left
constexpr uint64_t kLargestPortion = 4096;  // elements

// How an element failed.
struct Failure {
  uint64_t index = UINT64_MAX;
  Value error = Value::Null();  // on the heap of the worker's Returns, or
  std::string message;
};

// Shared by the workers of a call; what is not atomic is read only, or belongs to the thread of the
// program.
class Job final : public Operation {
 public:
  Job(Scheduler& s, Promise* p, uint64_t n, bool k)
      : scheduler(s), promise(p), count(n), keeps_results(k), parcel(s.vm()) {}
  ~Job() override {
    if (progress != nullptr) progress->Remove(count, done.load(), 0);
    if (promise->pending()) promise->origin = Promise::kUnknown;
    ReleaseObject(promise);
    if (results != nullptr) ReleaseObject(results);
    Release(failure);
  }

  // The next elements for a worker, in ascending order; false when there are none left that matter.
  bool Take(uint64_t* begin, uint64_t* end) {
    uint64_t from = next.load(std::memory_order_relaxed);
    uint64_t to;
    do {
      if (from >= std::min(count, first_failure.load(std::memory_order_relaxed))) return false;
      const uint64_t portion = (count - from) / (kPortionsPerWorker * worker_count);
      to = std::min(count, from + std::clamp<uint64_t>(portion, 1, kLargestPortion));
    } while (!next.compare_exchange_weak(from, to, std::memory_order_relaxed));
    *begin = from;
    *end = to;
    return true;
  }
  // No element from `index` on matters any more.
  void Bound(uint64_t index) {
    uint64_t known = first_failure.load(std::memory_order_relaxed);
    while (index < known &&
           !first_failure.compare_exchange_weak(known, index, std::memory_order_relaxed)) {
    }
  }
  bool Matters(uint64_t index) const {
    return index < first_failure.load(std::memory_order_relaxed);
  }
  // Nobody waits any more: nothing further is started (A50).
  void Abort() override { Bound(0); }
  void CountOne() {
    if (progress == nullptr) return;
    done.fetch_add(1, std::memory_order_relaxed);
    progress->Add(0, 1, 0);
  }

  Scheduler& scheduler;
  Promise* const promise;  // owned
  const uint64_t count;
  const bool keeps_results;
  Parcel parcel;
  IsolateOptions isolate;
  uint32_t worker_count = 0;

  ProgressCounts* progress = nullptr;  // borrowed; null: nobody counts
  std::atomic<uint64_t> done = 0;      // elements, when somebody counts
  std::atomic<uint64_t> next = 0;
  std::atomic<uint64_t> first_failure = UINT64_MAX;
  std::atomic<bool> interrupt = false;

  uint32_t working = 0;
  Array* results = nullptr;  // owned
  uint64_t failed_index = UINT64_MAX;
  Value failure = Value::Null();  // owned; the reason once failed_index is known
};

class Worker final : public Work {
 public:
  explicit Worker(std::shared_ptr<Job> job) : job_(std::move(job)) {}

  std::string_view name() const override { return "parallel_map"; }

  void Run() override {
    uint64_t begin;
    uint64_t end;
    if (!job_->Take(&begin, &end)) return;
    Isolate isolate(job_->parcel, job_->isolate, job_->scheduler.clock(), &job_->interrupt);
    do {
      RunPortion(isolate, begin, end);
      isolate.ForgetElements();
    } while (!over_ && job_->Take(&begin, &end));
    unobserved_ = isolate.Finish(&returns_);
  }

  void Stop() override { job_->interrupt.store(true, std::memory_order_relaxed); }

  void Done() override {
    Job& job = *job_;
    if (job.promise->pending()) TakeOver();
    for (const std::string& text : unobserved_) {
      ReleaseObject(NewRejected(Promise::kRejected | Promise::kNative, TextReason(text)));
    }
    if (exited_) job.scheduler.EndWith(exit_code_);
    if (--job.working != 0 || !job.promise->pending()) return;
    if (job.failed_index != UINT64_MAX) {
      job.scheduler.RejectWithReason(job.promise, std::exchange(job.failure, Value::Null()));
    } else if (!exited_) {
      Array* results = std::exchange(job.results, nullptr);
      job.scheduler.Fulfil(job.promise, !job.keeps_results   ? Value::Null()
                                        : results == nullptr ? Value::Heap(NewArray())
                                                             : Value::Heap(results));
    }
  }

 private:
  struct Portion {
    uint64_t begin;
    std::vector<Value> results;
  };

  void RunPortion(Isolate& isolate, uint64_t begin, uint64_t end) {
    Portion portion{begin, {}};
    if (job_->keeps_results) portion.results.reserve(end - begin);
    for (uint64_t i = begin; i < end && !over_ && job_->Matters(i); ++i) {
      Value result = Value::Null();
      std::string error;
      job_->CountOne();
      switch (isolate.Call(i, &returns_, &result, &error)) {
        case Isolate::End::kReturned:
          if (job_->keeps_results) portion.results.push_back(result);
          continue;
        case Isolate::End::kFatal:
          fatal_ = true;
          job_->interrupt.store(true, std::memory_order_relaxed);
          [[fallthrough]];
        case Isolate::End::kThrew:
        case Isolate::End::kCannotReturn:
          failure_ = {i, result, std::move(error)};
          break;
        case Isolate::End::kExited:
          exited_ = !job_->interrupt.exchange(true, std::memory_order_relaxed);
          exit_code_ = isolate.exit_code();
          break;
      }
      over_ = true;
      job_->Bound(i);
    }
    portions_.push_back(std::move(portion));
  }

  // On the thread of the program: stores the results.
  void TakeOver() {
    Job& job = *job_;
    for (const Portion& portion : portions_) {
      for (size_t i = 0; i < portion.results.size(); ++i) {
        StoreResult(&job.results, static_cast<uint32_t>(job.count),
                    static_cast<uint32_t>(portion.begin + i), returns_.Take(portion.results[i]));
      }
    }
    if (failure_.index >= job.failed_index) return;
    const Value error = returns_.Take(failure_.error);
    if (fatal_) job.scheduler.EndFatally(ErrorMessage(error));
    // A member that was rejected with the error, or with the text when there is no error.
    Promise* member = error.IsNull()
                          ? NewRejected(Promise::kRejected | Promise::kNative | Promise::kObserved,
                                        TextReason(failure_.message))
                          : NewRejected(Promise::kRejected | Promise::kObserved, error);
    job.failed_index = failure_.index;
    Release(
        std::exchange(job.failure, MemberReason(static_cast<uint32_t>(failure_.index), member)));
    ReleaseObject(member);
  }

  std::shared_ptr<Job> job_;
  Returns returns_;
  std::vector<Portion> portions_;
  std::vector<std::string> unobserved_;  // rejections
  Failure failure_;
  bool over_ = false;
  bool fatal_ = false;
  bool exited_ = false;
  int exit_code_ = 0;
};

}  // namespace

Promise* StartParallelMap(Scheduler& scheduler, Value function, const Array* elements,
                          const ParallelMapOptions& options, std::string* error) {
  Promise* promise = NewPromise();
  const auto job = std::make_shared<Job>(scheduler, RetainObject(promise), elements->size,
                                         options.keeps_results);
  if (!job->parcel.Pack(function, elements, error)) {
    ReleaseObject(promise);
    return nullptr;
  }
  if (job->count == 0) {
    scheduler.Fulfil(promise, options.keeps_results ? Value::Heap(NewArray()) : Value::Null());
    return promise;
  }
  Vm& vm = scheduler.vm();
  job->isolate = {.vm = vm.RemainingOptions(),
                  .policy = vm.policy(),
                  .output = vm.output(),
                  .entry_path = options.entry_path};
  job->worker_count = static_cast<uint32_t>(std::min<uint64_t>(
      {job->count, options.limit, std::max(std::thread::hardware_concurrency(), 1u)}));
  job->working = job->worker_count;
  job->progress = scheduler.progress();
  if (job->progress != nullptr) job->progress->Add(job->count, 0, 0);
  promise->SetOrigin(Promise::kOperation, static_cast<Operation*>(job.get()));
  for (uint32_t i = 0; i < job->worker_count; ++i) {
    scheduler.poller().StartThread(new Worker(job));
  }
  return promise;
}

}  // namespace ruff
