#include "ruff/async/uv/uv_poller.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include <algorithm>
#include <string>
#include <thread>
#include <utility>

#include "ruff/async/core/outbox.h"
#include "ruff/async/core/watch_list.h"
#include "ruff/base/check.h"
#include "uv.h"

namespace ruff {
namespace {

constexpr int64_t kNsPerSecond = 1'000'000'000;
constexpr uint32_t kLeastThreads = 4;
constexpr uint32_t kMostThreads = 1024;  // what libuv allows
constexpr char kThreadsVariable[] = "UV_THREADPOOL_SIZE";

std::atomic<bool> interrupted = false;
uv_async_t* wake_on_interrupt = nullptr;

// An interrupt that comes before the last one has been heeded ends the process.
extern "C" void OnInterrupt(int number) {
  if (interrupted.exchange(true, std::memory_order_relaxed)) {
    signal(number, SIG_DFL);
    raise(number);
  }
  uv_async_send(wake_on_interrupt);  // may be called from a signal handler
}

int64_t NowNs() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return int64_t{t.tv_sec} * kNsPerSecond + t.tv_nsec;
}

// The size of libuv's pool, which is the process's, set before its first use.
uint32_t PoolThreads() {
  static const uint32_t threads = [] {
    if (const char* wanted = getenv(kThreadsVariable)) {
      const int size = atoi(wanted);
      return size <= 0 ? 1 : std::min(static_cast<uint32_t>(size), kMostThreads);
    }
    const uint32_t size =
        std::clamp<uint32_t>(std::thread::hardware_concurrency(), kLeastThreads, kMostThreads);
    setenv(kThreadsVariable, std::to_string(size).c_str(), 0);
    return size;
  }();
  return threads;
}

class UvPoller final : public Poller {
 public:
  explicit UvPoller(bool takes_interrupts) : takes_interrupts_(takes_interrupts) {
    threads_ = PoolThreads();
    RUFF_CHECK(uv_loop_init(&loop_) == 0);
    // Being woken up counts: what it was for may have come after we looked.
    RUFF_CHECK(uv_async_init(&loop_, &async_, [](uv_async_t* async) {
                 ++static_cast<UvPoller*>(async->data)->finished_;
               }) == 0);
    async_.data = this;
    uv_run(&loop_, UV_RUN_NOWAIT);  // from now on the loop's descriptor reports what arrives
    if (!takes_interrupts) return;
    interrupted.store(false, std::memory_order_relaxed);
    wake_on_interrupt = &async_;
    struct sigaction action = {};
    action.sa_handler = OnInterrupt;
    sigaction(SIGINT, &action, &old_action_);
  }

  // Waits for what is running (it uses memory of ours); what is still queued does not run.
  ~UvPoller() override {
    if (takes_interrupts_) {
      sigaction(SIGINT, &old_action_, nullptr);
      wake_on_interrupt = nullptr;
    }
    for (ThreadWork* work = threads_of_work_; work != nullptr; work = work->next) work->Stop();
    for (ThreadWork* work = threads_of_work_; work != nullptr; work = work->next) work->Join();
    outbox_.Clear();
    watches_.Clear();
    closing_ = true;
    for (Request* request = requests_; request != nullptr; request = request->next) {
      uv_cancel(reinterpret_cast<uv_req_t*>(&request->work));
    }
    uv_close(reinterpret_cast<uv_handle_t*>(&async_), nullptr);
    uv_run(&loop_, UV_RUN_DEFAULT);
    RUFF_CHECK(uv_loop_close(&loop_) == 0);
  }

  void Start(Work* owned) override {
    auto* request = new Request{.work = {}, .owner = this, .job = std::unique_ptr<Work>(owned)};
    request->work.data = request;
    request->next = requests_;
    if (requests_ != nullptr) requests_->previous = request;
    requests_ = request;
    ++in_flight_;
    RUFF_CHECK(uv_queue_work(
                   &loop_, &request->work,
                   [](uv_work_t* work) { static_cast<Request*>(work->data)->job->Run(); },
                   [](uv_work_t* work, int) {
                     auto* done = static_cast<Request*>(work->data);
                     done->owner->Finish(done);
                   }) == 0);
  }

  void StartThread(Work* owned) override {
    auto* work = new ThreadWork(this, std::unique_ptr<Work>(owned));
    work->next = threads_of_work_;
    if (threads_of_work_ != nullptr) threads_of_work_->previous = work;
    threads_of_work_ = work;
    outbox_.Send(work);
    const auto run = [](void* argument) {
      auto* started = static_cast<ThreadWork*>(argument);
      started->Run();
      started->owner->Return(started);
    };
    work->has_thread = uv_thread_create(&work->thread, run, work) == 0;
    if (!work->has_thread) run(work);  // the system has no more of them: others wait after all
  }

  void SendOut(Work* owned) override { outbox_.Send(owned); }
  void Return(Work* sent) override {
    outbox_.Return(sent);
    uv_async_send(&async_);
  }

  std::unique_ptr<Watch> NewWatch(int descriptor, Watcher& watcher) override {
    return std::make_unique<UvWatch>(*this, descriptor, watcher);
  }

  uint32_t threads() const override { return threads_; }
  size_t in_flight() const override { return in_flight_ + outbox_.size() + watches_.needed(); }
  size_t watching() const override { return watches_.waiting(); }
  std::atomic<bool>* interrupt() const override {
    return takes_interrupts_ ? &interrupted : nullptr;
  }

  void Poll(int64_t until_ns) override {
    bool finished = outbox_.Collect();
    if (in_flight_ != 0 || !watches_.empty()) {
      const size_t before = finished_;
      uv_run(&loop_, UV_RUN_NOWAIT);
      finished |= finished_ != before;
    }
    if (watches_.first_alarm() != Watch::kNever) finished |= watches_.Expire(NowNs());
    if (finished || until_ns <= 0) return;
    if (Wait(std::min(until_ns, watches_.first_alarm()))) {
      uv_run(&loop_, UV_RUN_NOWAIT);
      outbox_.Collect();
    } else if (watches_.first_alarm() != Watch::kNever) {
      watches_.Expire(NowNs());
    }
  }

 private:
  // Work that has a thread of its own; joined when it is done.
  struct ThreadWork final : Work {
    ThreadWork(UvPoller* p, std::unique_ptr<Work> j) : owner(p), job(std::move(j)) {}
    void Run() override { job->Run(); }
    void Stop() override { job->Stop(); }
    void Join() {
      if (has_thread) uv_thread_join(&thread);
    }
    void Done() override {
      Join();
      (previous != nullptr ? previous->next : owner->threads_of_work_) = next;
      if (next != nullptr) next->previous = previous;
      job->Done();
    }

    UvPoller* const owner;
    const std::unique_ptr<Work> job;
    uv_thread_t thread;
    bool has_thread = false;
    ThreadWork* next = nullptr;
    ThreadWork* previous = nullptr;
  };

  // The loop's handle outlives the watch until it is closed.
  class UvWatch final : public ListedWatch {
   public:
    UvWatch(UvPoller& poller, int descriptor, Watcher& watcher)
        : ListedWatch(poller.watches_, descriptor, watcher),
          poller_(poller),
          handle_(new uv_poll_t) {
      RUFF_CHECK(uv_poll_init(&poller.loop_, handle_, descriptor) == 0);
      handle_->data = this;
    }
    ~UvWatch() override {
      Leave();
      Detach();
    }

   private:
    void Apply() override {
      const int events = ((directions() & kRead) != 0 ? UV_READABLE : 0) |
                         ((directions() & kWrite) != 0 ? UV_WRITABLE : 0);
      if (events == 0) {
        uv_poll_stop(handle_);
        return;
      }
      RUFF_CHECK(uv_poll_start(handle_, events, OnEvent) == 0);
    }
    static void OnEvent(uv_poll_t* handle, int status, int) {
      auto* watch = static_cast<UvWatch*>(handle->data);
      ++watch->poller_.finished_;
      // libuv stops telling of a descriptor that has failed. There may still be something to read
      // before the failure shows.
      if (status < 0) watch->Apply();
      if (const auto watcher = watch->watcher()) watcher->Ready(/*timed_out=*/false);
    }
    void Detach() override {
      if (handle_ == nullptr) return;
      uv_close(reinterpret_cast<uv_handle_t*>(std::exchange(handle_, nullptr)),
               [](uv_handle_t* handle) { delete reinterpret_cast<uv_poll_t*>(handle); });
    }

    UvPoller& poller_;
    uv_poll_t* handle_;  // null once it is being closed
  };

  struct Request {
    uv_work_t work;
    UvPoller* owner;
    std::unique_ptr<Work> job;
    Request* next = nullptr;
    Request* previous = nullptr;
  };

  void Finish(Request* request) {
    --in_flight_;
    ++finished_;
    (request->previous != nullptr ? request->previous->next : requests_) = request->next;
    if (request->next != nullptr) request->next->previous = request->previous;
    if (!closing_) request->job->Done();
    delete request;
  }

  // Has anything happened before `until_ns`?
  bool Wait(int64_t until_ns) {
    pollfd descriptor = {.fd = uv_backend_fd(&loop_), .events = POLLIN, .revents = 0};
    const int64_t left = until_ns == kForever ? kForever : std::max<int64_t>(until_ns - NowNs(), 0);
#if defined(__linux__)
    timespec timeout;
    timeout.tv_sec = left / kNsPerSecond;
    timeout.tv_nsec = left % kNsPerSecond;
    return ppoll(&descriptor, 1, left == kForever ? nullptr : &timeout, nullptr) != 0;
#else
    const int64_t ms = std::min<int64_t>(left / 1'000'000 + (left % 1'000'000 != 0), INT32_MAX);
    return poll(&descriptor, 1, left == kForever ? -1 : static_cast<int>(ms)) != 0;
#endif
  }

  uv_loop_t loop_;
  uv_async_t async_;
  uint32_t threads_;
  const bool takes_interrupts_;
  struct sigaction old_action_ = {};
  bool closing_ = false;
  Request* requests_ = nullptr;            // all in flight
  ThreadWork* threads_of_work_ = nullptr;  // all under way
  Outbox outbox_;
  WatchList watches_;
  size_t in_flight_ = 0;
  size_t finished_ = 0;
};

}  // namespace

std::unique_ptr<Poller> NewUvPoller(bool takes_interrupts) {
  return std::make_unique<UvPoller>(takes_interrupts);
}

}  // namespace ruff
