// A connection as the tasks of a program use it: one operation at a time, in the order in which
// they came, each on a thread of its own, so that one which waits for a lock of the database keeps
// no other waiting that could release it. A task that is alone needs no other thread: it blocks.

#ifndef RUFF_DATABASE_SESSION_H_
#define RUFF_DATABASE_SESSION_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>

#include "absl/functional/any_invocable.h"
#include "ruff/async/core/scheduler.h"
#include "ruff/database/connection.h"
#include "ruff/database/pool_place.h"
#include "ruff/database/result_set.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

// What an operation leads to: an error, or true, a number or rows.
struct Reply {
  enum Type { kTrue, kNumber, kRows };

  explicit Reply(Type t);

  // The value it stands for, owned; Unset when there is an error.
  Value Result();

  const Type type;
  std::string error;  // the whole message; empty: none
  int64_t number = 0;
  ResultSet rows;
};

class Session : public std::enable_shared_from_this<Session> {
 public:
  // On another thread.
  using Operation = absl::AnyInvocable<void(Connection& connection, Reply* reply)>;
  // On that of the scheduler, once the operation is over and before anybody learns of it.
  using Then = absl::AnyInvocable<void(std::shared_ptr<Session> session)>;

  Session(std::unique_ptr<Connection> connection, PoolPlace place);
  // Closes the connection, then gives its place up. There is no operation left.
  ~Session();

  // What the operation leads to, or the promise of it, which the calling task can only await;
  // owned. Unset after making the call fail.
  Value Run(NativeContext& context, Reply::Type type, Operation operation, Then then = nullptr);
  // For an operation of this session, or of another one while this has none.
  Connection& connection() { return *connection_; }
  // Of a connection that is in use, for a pool; otherwise none.
  PoolPlace& place() { return place_; }

 private:
  class Job;

  void Start(Scheduler& scheduler, std::unique_ptr<Job> job);
  void StartNext(Scheduler& scheduler);

  PoolPlace place_;
  const std::unique_ptr<Connection> connection_;
  bool busy_ = false;
  std::deque<std::unique_ptr<Job>> waiting_;
};

}  // namespace ruff

#endif  // RUFF_DATABASE_SESSION_H_
