// Waiting for descriptors (sockets) to become readable or writable.
//
// A watcher has a watch of its descriptor and says what it waits for; the poller calls it when that
// has come about. As long as it waits for something the poller owns it, too, so that a read goes on
// although the program has lost the socket. All of it on the scheduler's thread.

#ifndef RUFF_ASYNC_CORE_WATCH_H_
#define RUFF_ASYNC_CORE_WATCH_H_

#include <cstdint>
#include <memory>

namespace ruff {

// Owned by shared pointers.
class Watcher : public std::enable_shared_from_this<Watcher> {
 public:
  virtual ~Watcher() = default;
  // The descriptor can do what is wanted, or has failed; or the deadline has passed, which then
  // counts no more. What is wanted stays so. May also come for no reason, but not while the watcher
  // is calling its watch.
  virtual void Ready(bool timed_out) = 0;
};

// To be deleted before the descriptor is closed.
class Watch {
 public:
  enum Wish : uint8_t {
    kNothing = 0,
    kRead = 1,
    kWrite = 2,
    kFinish = 4,  // with others: the program does not end before (A43)
  };
  static constexpr int64_t kNever = INT64_MAX;

  virtual ~Watch() = default;
  // `wishes` replace what was wanted before; `deadline_ns` is monotonic. Nothing happens any more
  // once the poller is gone.
  virtual void Want(uint8_t wishes, int64_t deadline_ns = kNever) = 0;
};

}  // namespace ruff

#endif  // RUFF_ASYNC_CORE_WATCH_H_
