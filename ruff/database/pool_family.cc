// db_pool and its relatives.

#include <algorithm>
#include <deque>
#include <memory>
#include <string>
#include <utility>

#include "ruff/database/database_handle.h"
#include "ruff/database/families.h"
#include "ruff/database/pool.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/dict_member.h"

namespace ruff {
namespace {

constexpr int64_t kUsualMinimum = 5;

constexpr std::string_view kAcquireType = "db_pool_acquire requires a database pool";
constexpr std::string_view kStatsType = "db_pool_stats requires a database pool";
constexpr std::string_view kCloseType = "db_pool_close requires a database pool";
constexpr char kNotAcquired[] = "db_pool_release requires a connection acquired from this pool";

// Reads the config of db_pool; false when it contradicts itself.
bool ReadConfig(Value config, PoolOptions* options) {
  if (const Value most = Member(config, "max_connections"); most.IsNumber()) {
    options->max_connections = std::max<int64_t>(IntOf(most), 0);
  }
  int64_t least = std::min(kUsualMinimum, options->max_connections);
  if (const Value minimum = Member(config, "min_connections"); minimum.IsNumber()) {
    least = std::max<int64_t>(IntOf(minimum), 0);
  }
  if (const Value seconds = Member(config, "connection_timeout"); seconds.IsNumber()) {
    options->timeout_ms = TruncateToInt(std::max(FloatOf(seconds), 0.0) * 1'000);
  }
  return least <= options->max_connections;
}

Value NewPool(NativeContext& context, Value* args, uint32_t count) {
  if (!Argument(args, count, 0).IsString() || !Argument(args, count, 1).IsString()) {
    return context.Fail("db_pool requires database type and connection string");
  }
  PoolOptions options;
  if (const Value config = Argument(args, count, 2); !config.Is(Kind::kUnset)) {
    if (!config.IsDict()) {
      return context.Fail("db_pool optional config argument must be a dictionary");
    }
    if (!ReadConfig(config, &options)) {
      return context.Fail(
          "Failed to create connection pool: min_connections cannot be greater than "
          "max_connections");
    }
  }
  return NewHandle(std::make_unique<PoolHandle>(
      std::make_shared<Pool>(std::string(TextOf(args[0])), std::string(TextOf(args[1])), options)));
}

Value Acquire(NativeContext& context, Value* args, uint32_t) {
  auto* handle = StateAs<PoolHandle>(args[0]);
  if (handle == nullptr) return context.Fail(std::string(kAcquireType));
  return Value::Heap(handle->pool->Acquire(Scheduler::Of(context)));
}

Value Release(NativeContext& context, Value* args, uint32_t count) {
  auto* pool = StateAs<PoolHandle>(Argument(args, count, 0));
  if (pool == nullptr) {
    return context.Fail("db_pool_release requires a database pool as first argument");
  }
  auto* handle = StateAs<DatabaseHandle>(Argument(args, count, 1));
  if (handle == nullptr) {
    return context.Fail("db_pool_release requires a database connection as second argument");
  }
  if (handle->state != DatabaseHandle::kOpen ||
      handle->session->place().pool() != pool->pool.get()) {
    return context.Fail(kNotAcquired);
  }
  handle->state = DatabaseHandle::kReleased;
  const std::shared_ptr<Session> session = std::move(handle->session);
  const auto is_usable = std::make_shared<bool>(false);
  return session->Run(
      context, Reply::kTrue,
      [is_usable, closed = pool->pool->closed()](Connection& connection, Reply*) {
        *is_usable = !closed && connection.Reset();
        if (!*is_usable) connection.Close();
      },
      [is_usable](std::shared_ptr<Session> back) {
        const PoolPlace place = std::move(back->place());
        if (*is_usable) place.pool()->TakeBack(std::move(back));
      });
}

Value Stats(NativeContext& context, Value* args, uint32_t) {
  auto* handle = StateAs<PoolHandle>(args[0]);
  if (handle == nullptr) return context.Fail(std::string(kStatsType));
  const Pool::Stats stats = handle->pool->stats();
  Dict* dict = NewDict(4);
  PutMember(dict, "available", Value::Int(stats.available));
  PutMember(dict, "in_use", Value::Int(stats.in_use));
  PutMember(dict, "total", Value::Int(stats.total));
  PutMember(dict, "max", Value::Int(stats.max));
  return Value::Heap(dict);
}

Value Close(NativeContext& context, Value* args, uint32_t) {
  auto* handle = StateAs<PoolHandle>(args[0]);
  if (handle == nullptr) return context.Fail(std::string(kCloseType));
  std::deque<std::shared_ptr<Session>> idle = handle->pool->Close();
  if (idle.empty()) return Value::Bool(true);
  const std::shared_ptr<Session> first = idle.front();
  return first->Run(context, Reply::kTrue, [idle = std::move(idle)](Connection&, Reply*) {
    for (const auto& session : idle) session->connection().Close();
  });
}

constexpr NativeFunction kTable[] = {
    {.name = "db_pool",
     .min_args = 0,
     .max_args = 3,
     .body = NewPool,
     .capability = Capability::kDatabase,
     .signature = "db_pool(kind: string, connection: string, config: dict = {}) -> databasepool",
     .doc = "A pool of connections, opened as they are needed; the config may have "
            "max_connections, min_connections and connection_timeout.",
     .example = "pool := db_pool(\"sqlite\", \":memory:\", {\"max_connections\": 3})\n"
                "print(db_pool_stats(pool)[\"max\"]) => 3",
     .errors = "db_pool requires database type and connection string\n"
               "db_pool optional config argument must be a dictionary\n"
               "Failed to create connection pool: min_connections cannot be greater than "
               "max_connections",
     .arity_error = "db_pool requires 2 or 3 arguments: database type, connection string, optional "
                    "config dict"},
    {.name = "db_pool_acquire",
     .min_args = 1,
     .max_args = 1,
     .body = Acquire,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kDatabase,
     .signature = "db_pool_acquire(pool: databasepool) -> database",
     .doc = "A connection of the pool; waits for one when all are in use.",
     .example = "db := db_pool_acquire(db_pool(\"sqlite\", \":memory:\"))\n"
                "print(db_query(db, \"SELECT 1 AS one\")) => [{\"one\": 1}]",
     .errors = "Failed to acquire connection: Connection pool timeout: all connections are in use\n"
               "Failed to acquire connection: Unsupported database type: KIND\n"
               "Failed to acquire connection: Failed to create SQLite connection: REASON\n"
               "Failed to acquire connection: Failed to create PostgreSQL connection: REASON\n"
               "Failed to acquire connection: Failed to create MySQL connection: REASON\n"
               "Failed to acquire connection: Invalid MySQL connection string: REASON\n"
               "Failed to acquire connection: connection pool is closed",
     .arity_error = kAcquireType},
    {.name = "db_pool_release",
     .min_args = 0,
     .max_args = 2,
     .body = Release,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kDatabase,
     .signature = "db_pool_release(pool: databasepool, db: database) -> bool",
     .doc = "Gives a connection back, undoing its open transaction; the handle is of no more use.",
     .example = "pool := db_pool(\"sqlite\", \":memory:\")\n"
                "print(db_pool_release(pool, db_pool_acquire(pool))) => true",
     .errors = "db_pool_release requires a database pool as first argument\n"
               "db_pool_release requires a database connection as second argument\n"
               "db_pool_release requires a connection acquired from this pool",
     .arity_error =
         "db_pool_release requires two arguments: database pool and database connection"},
    {.name = "db_pool_stats",
     .min_args = 1,
     .max_args = 1,
     .body = Stats,
     .capability = Capability::kDatabase,
     .signature = "db_pool_stats(pool: databasepool) -> dict",
     .doc = "How many connections are available, in_use, open in total, and the most there may be.",
     .example = "pool := db_pool(\"sqlite\", \":memory:\")\n"
                "db := db_pool_acquire(pool)\n"
                "print(db_pool_stats(pool)) => "
                "{\"available\": 0, \"in_use\": 1, \"max\": 20, \"total\": 1}",
     .arity_error = kStatsType},
    {.name = "db_pool_close",
     .min_args = 1,
     .max_args = 1,
     .body = Close,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kDatabase,
     .signature = "db_pool_close(pool: databasepool) -> bool",
     .doc = "Closes the idle connections now, and those in use when they come back.",
     .example = "pool := db_pool(\"sqlite\", \":memory:\")\nprint(db_pool_close(pool)) => true",
     .arity_error = kCloseType},
};

}  // namespace

absl::Span<const NativeFunction> PoolBuiltins() { return kTable; }

}  // namespace ruff
