// A pool of connections: at most so many open at a time, reused in the order in which they came
// back, and given to those who wait in the order in which they asked.
//
// A connection is idle (in the pool), or in use: then somebody holds a place (pool_place.h) for it,
// from before it is opened until it is closed or back. Whoever waits is woken by being returned to
// the poller (Poller::Return), never by settling a promise at once: a place can be given up
// anywhere, even while the program is being taken down.

#ifndef RUFF_DATABASE_POOL_H_
#define RUFF_DATABASE_POOL_H_

#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <string>
#include <string_view>

#include "ruff/async/core/scheduler.h"
#include "ruff/database/pool_place.h"
#include "ruff/database/session.h"
#include "ruff/runtime/value/handle.h"

namespace ruff {

struct PoolOptions {
  int64_t max_connections = 20;
  int64_t timeout_ms = 30'000;  // how long one waits for a connection
};

class Pool : public std::enable_shared_from_this<Pool> {
 public:
  struct Stats {
    int64_t available;
    int64_t in_use;
    int64_t total;
    int64_t max;
  };

  Pool(std::string kind, std::string connection_string, const PoolOptions& options)
      : kind_(std::move(kind)),
        connection_string_(std::move(connection_string)),
        options_(options) {}

  // A promise of a handle.
  Promise* Acquire(Scheduler& scheduler);
  // A connection that was in use, with nothing under way and no transaction, comes back; then its
  // place is to be given up.
  void TakeBack(std::shared_ptr<Session> session);
  // From now on nothing is acquired and what comes back is closed. The idle connections.
  std::deque<std::shared_ptr<Session>> Close();
  bool closed() const { return closed_; }
  Stats stats() const;

 private:
  friend PoolPlace;
  class Wait;

  int64_t open() const { return in_use_ + static_cast<int64_t>(idle_.size()); }
  void Open(Scheduler& scheduler, Promise* owned_promise, PoolPlace place);
  void WakeNext();

  const std::string kind_;
  const std::string connection_string_;
  const PoolOptions options_;
  bool closed_ = false;
  int64_t in_use_ = 0;
  std::deque<std::shared_ptr<Session>> idle_;
  std::list<Wait*> waits_;  // of those who have not been woken; owned by the poller
};

// "Failed to acquire connection: REASON"
std::string PoolFailure(std::string_view reason);

class PoolHandle final : public HandleState {
 public:
  static constexpr std::string_view kType = "databasepool";

  explicit PoolHandle(std::shared_ptr<Pool> p) : pool(std::move(p)) {}

  std::string_view type() const override { return kType; }
  std::string_view title() const override { return "DatabasePool"; }
  bool has_fields() const override { return false; }

  const std::shared_ptr<Pool> pool;
};

}  // namespace ruff

#endif  // RUFF_DATABASE_POOL_H_
