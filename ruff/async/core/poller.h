// What the scheduler sees of the world: time, and work that goes on outside.

#ifndef RUFF_ASYNC_CORE_POLLER_H_
#define RUFF_ASYNC_CORE_POLLER_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "ruff/async/core/watch.h"

namespace ruff {

class Clock {
 public:
  virtual ~Clock() = default;
  // Monotonic time in ns.
  virtual int64_t NowNs() = 0;
  // Blocks this thread until then.
  virtual void SleepUntil(int64_t ns) = 0;
};

// A piece of blocking work. `Run` happens on some other thread and must not touch values; `Done`
// follows on the thread of the scheduler, which deletes the work.
class Work {
 public:
  virtual ~Work() = default;
  // What kind of work it is, for people.
  virtual std::string_view name() const { return "work"; }
  virtual void Run() = 0;
  virtual void Done() = 0;
  // Nobody wants the result any more; `Run`, which may be under way on another thread, should soon
  // return.
  virtual void Stop() {}
};

class Poller {
 public:
  static constexpr int64_t kForever = INT64_MAX;
  static constexpr uint32_t kMostPatience = 61;

  virtual ~Poller() = default;
  virtual void Start(Work* owned) = 0;
  // As Start, for work that takes long: it keeps no other work waiting.
  virtual void StartThread(Work* owned) { Start(owned); }
  // As Start, for work that somebody else does: `Run` is not called, and `Done` follows once it has
  // been returned. It is deleted with the poller at the latest, and must not be returned once its
  // destructor has begun.
  virtual void SendOut(Work* owned) = 0;
  // On any thread: work that was sent out is finished.
  virtual void Return(Work* sent) = 0;
  // A watch of `descriptor` (open, non-blocking; at most one each) for `watcher`, which owns it.
  virtual std::unique_ptr<Watch> NewWatch(int descriptor, Watcher& watcher) = 0;
  // How many pieces of work go on at the same time.
  virtual uint32_t threads() const = 0;
  // Work started or sent out whose Done has not been called yet, and watches with kFinish.
  virtual size_t in_flight() const = 0;
  // Watches that wait for something.
  virtual size_t watching() const = 0;
  // Calls Done for what has finished, Ready for what is ready. If that is nothing, waits for the
  // first until `until_ns`.
  virtual void Poll(int64_t until_ns) = 0;
  // How many iterations the scheduler may run before it looks at timers and polls again (A21).
  virtual uint32_t Patience() { return kMostPatience; }
  // Becomes true when the program is asked to end (Ctrl-C); null when nobody can ask.
  virtual std::atomic<bool>* interrupt() const { return nullptr; }
};

}  // namespace ruff

#endif  // RUFF_ASYNC_CORE_POLLER_H_
