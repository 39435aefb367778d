// What a program holds of a connection.

#ifndef RUFF_DATABASE_DATABASE_HANDLE_H_
#define RUFF_DATABASE_DATABASE_HANDLE_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "ruff/async/core/scheduler.h"
#include "ruff/database/pool_place.h"
#include "ruff/database/session.h"
#include "ruff/runtime/value/handle.h"

namespace ruff {

class DatabaseHandle final : public HandleState {
 public:
  static constexpr std::string_view kType = "database";
  enum State { kOpen, kClosed, kReleased };

  explicit DatabaseHandle(std::shared_ptr<Session> s) : session(std::move(s)) {}

  std::string_view type() const override { return kType; }
  std::string_view title() const override { return "Database"; }
  bool has_fields() const override { return false; }

  State state = kOpen;
  std::shared_ptr<Session> session;  // null unless open
};

// Fulfils `promise` (owned) with a new handle, or rejects it. A connection for a pool has a place
// there, and its messages begin as those of db_pool_acquire.
void OpenHandle(Scheduler& scheduler, Promise* owned_promise, std::string kind,
                std::string connection_string, PoolPlace place);

}  // namespace ruff

#endif  // RUFF_DATABASE_DATABASE_HANDLE_H_
