// db_connect and what is done with a connection.

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/database/database_handle.h"
#include "ruff/database/families.h"
#include "ruff/database/values.h"
#include "ruff/runtime/builtins/arguments.h"

namespace ruff {
namespace {

constexpr std::string_view kConnectType =
    "db_connect requires database type ('sqlite'|'postgres'|'mysql') and connection string";
constexpr std::string_view kCloseType = "db_close requires a database connection";

// What a builtin says whose first argument is missing or something else.
Value FailWithoutConnection(NativeContext& context, std::string_view name) {
  return context.Fail(absl::StrCat(name, " requires a database connection as first argument"));
}

// Starts an operation on the connection `value`, which is open or makes the call fail.
Value Run(NativeContext& context, std::string_view name, Value value, Reply::Type type,
          Session::Operation operation) {
  auto* handle = StateAs<DatabaseHandle>(value);
  switch (handle->state) {
    case DatabaseHandle::kOpen:
      return handle->session->Run(context, type, std::move(operation));
    case DatabaseHandle::kClosed:
      return context.Fail(absl::StrCat(name, " failed: database connection is closed"));
    default:
      return context.Fail(
          absl::StrCat(name, " failed: database connection was released to its pool"));
  }
}

Value Connect(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) return context.Fail(std::string(kConnectType));
  Promise* promise = NewPromise();
  Observe(promise);
  OpenHandle(Scheduler::Of(context), RetainObject(promise), std::string(TextOf(args[0])),
             std::string(TextOf(args[1])), PoolPlace());
  return Value::Heap(promise);
}

// db_execute and db_query.
Value RunSql(NativeContext& context, std::string_view name, const Value* args, uint32_t count,
             Reply::Type type) {
  if (StateAs<DatabaseHandle>(Argument(args, count, 0)) == nullptr) {
    return FailWithoutConnection(context, name);
  }
  if (!Argument(args, count, 1).IsString()) {
    return context.Fail(absl::StrCat(name, " requires SQL string as second argument"));
  }
  SqlParameters parameters;
  if (!ReadParameters(context, name, Argument(args, count, 2), &parameters)) return Value::Unset();
  return Run(context, name, args[0], type,
             [sql = std::string(TextOf(args[1])), parameters = std::move(parameters)](
                 Connection& connection, Reply* reply) {
               reply->error = reply->type == Reply::kRows
                                  ? connection.Query(sql, parameters, &reply->rows)
                                  : connection.Execute(sql, parameters, &reply->number);
             });
}

Value Execute(NativeContext& context, Value* args, uint32_t count) {
  return RunSql(context, "db_execute", args, count, Reply::kNumber);
}
Value Query(NativeContext& context, Value* args, uint32_t count) {
  return RunSql(context, "db_query", args, count, Reply::kRows);
}

template <std::string (Connection::*kControl)()>
Value Control(NativeContext& context, std::string_view name, Value connection) {
  if (StateAs<DatabaseHandle>(connection) == nullptr) return FailWithoutConnection(context, name);
  return Run(context, name, connection, Reply::kTrue,
             [](Connection& c, Reply* reply) { reply->error = (c.*kControl)(); });
}

Value Begin(NativeContext& context, Value* args, uint32_t) {
  return Control<&Connection::Begin>(context, "db_begin", args[0]);
}
Value Commit(NativeContext& context, Value* args, uint32_t) {
  return Control<&Connection::Commit>(context, "db_commit", args[0]);
}
Value Rollback(NativeContext& context, Value* args, uint32_t) {
  return Control<&Connection::Rollback>(context, "db_rollback", args[0]);
}

Value LastInsertId(NativeContext& context, Value* args, uint32_t) {
  constexpr std::string_view kName = "db_last_insert_id";
  if (StateAs<DatabaseHandle>(args[0]) == nullptr) return FailWithoutConnection(context, kName);
  return Run(context, kName, args[0], Reply::kNumber, [](Connection& connection, Reply* reply) {
    reply->error = connection.LastInsertId(&reply->number);
  });
}

Value Close(NativeContext& context, Value* args, uint32_t) {
  auto* handle = StateAs<DatabaseHandle>(args[0]);
  if (handle == nullptr) return context.Fail(std::string(kCloseType));
  if (handle->state != DatabaseHandle::kOpen) return Value::Bool(true);
  handle->state = DatabaseHandle::kClosed;
  const std::shared_ptr<Session> session = std::move(handle->session);
  return session->Run(
      context, Reply::kTrue, [](Connection& connection, Reply*) { connection.Close(); },
      [](const std::shared_ptr<Session>& closed) { closed->place() = PoolPlace(); });
}

#define RUFF_SQL_ERRORS(name)                                      \
  name " requires a database connection as first argument\n" name  \
       " requires SQL string as second argument\n" name            \
       " requires an array of parameters as third argument\n" name \
       " parameter I has unsupported type 'T'\n" name              \
       RUFF_NOT_OPEN(name)
#define RUFF_NOT_OPEN(name)                       \
  " failed: database connection is closed\n" name \
  " failed: database connection was released to its pool"
#define RUFF_CONTROL_ROW(ruff_name, function, summary, sample, kinds) \
  {.name = ruff_name,                                                 \
   .min_args = 1,                                                     \
   .max_args = 1,                                                     \
   .body = function,                                                  \
   .flags = NativeFunction::kAwaits,                                  \
   .capability = Capability::kDatabase,                               \
   .signature = ruff_name "(db: database) -> bool",                   \
   .doc = summary,                                                    \
   .example = "db := db_connect(\"sqlite\", \":memory:\")\n" sample,  \
   .errors = ruff_name RUFF_NOT_OPEN(ruff_name) "\n" kinds,           \
   .arity_error = ruff_name " requires a database connection as first argument"}

constexpr NativeFunction kTable[] = {
    {.name = "db_connect",
     .min_args = 2,
     .max_args = 2,
     .body = Connect,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kDatabase,
     .signature = "db_connect(kind: string, connection: string) -> database",
     .doc = "Opens a connection; kinds are \"sqlite\", \"postgres\" and \"mysql\".",
     .example = "db := db_connect(\"sqlite\", \":memory:\")\n"
                "print(db_query(db, \"SELECT 1 + 1 AS two\")) => [{\"two\": 2}]",
     .errors = "Unsupported database type: KIND. Currently supported: 'sqlite', 'postgres'\n"
               "Failed to connect to SQLite: unable to open database file: PATH\n"
               "Failed to connect to PostgreSQL: REASON\n"
               "Failed to connect to MySQL: REASON\n"
               "Invalid MySQL connection string: REASON",
     .arity_error = kConnectType},
    {.name = "db_execute",
     .min_args = 0,
     .max_args = 3,
     .body = Execute,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kDatabase,
     .signature = "db_execute(db: database, sql: string, params: array = []) -> int",
     .doc = "Runs a statement, or several without parameters: how many rows have changed.",
     .example = "db := db_connect(\"sqlite\", \":memory:\")\n"
                "db_execute(db, \"CREATE TABLE t (name TEXT, age INTEGER)\")\n"
                "print(db_execute(db, \"INSERT INTO t VALUES (?, ?)\", [\"ann\", 30])) => 1",
     .errors = RUFF_SQL_ERRORS("db_execute") "\nSQLite execution error: REASON",
     .arity_error =
         "db_execute requires 2 or 3 arguments: connection, SQL string, optional params array"},
    {.name = "db_query",
     .min_args = 0,
     .max_args = 3,
     .body = Query,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kDatabase,
     .signature = "db_query(db: database, sql: string, params: array = []) -> array",
     .doc = "The rows that a statement gives, each a dict from column names to values.",
     .example = "db := db_connect(\"sqlite\", \":memory:\")\n"
                "print(db_query(db, \"SELECT ? AS a, ? AS b\", [1, \"x\"])) => "
                "[{\"a\": 1, \"b\": x}]",
     .errors = RUFF_SQL_ERRORS("db_query") "\n"
                                           "SQLite prepare error: REASON\n"
                                           "SQLite query error: REASON\n"
                                           "SQLite row error: REASON\n"
                                           "db_query() result exceeds maximum size",
     .arity_error =
         "db_query requires 2 or 3 arguments: connection, SQL string, optional params array"},
    RUFF_CONTROL_ROW("db_begin", Begin, "Begins a transaction.", "print(db_begin(db)) => true",
                     "Transaction already in progress. Commit or rollback first.\n"
                     "Failed to begin transaction: REASON"),
    RUFF_CONTROL_ROW("db_commit", Commit, "Ends a transaction and keeps what it has changed.",
                     "db_begin(db)\nprint(db_commit(db)) => true",
                     "No transaction in progress. Use db_begin() first.\n"
                     "Failed to commit transaction: REASON"),
    RUFF_CONTROL_ROW("db_rollback", Rollback, "Ends a transaction and undoes what it has changed.",
                     "db_begin(db)\nprint(db_rollback(db)) => true",
                     "No transaction in progress. Use db_begin() first.\n"
                     "Failed to rollback transaction: REASON"),
    {.name = "db_last_insert_id",
     .min_args = 1,
     .max_args = 1,
     .body = LastInsertId,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kDatabase,
     .signature = "db_last_insert_id(db: database) -> int",
     .doc = "The id of the row that this connection has inserted last, or 0.",
     .example = "db := db_connect(\"sqlite\", \":memory:\")\n"
                "db_execute(db, \"CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)\")\n"
                "db_execute(db, \"INSERT INTO t (name) VALUES ('a'), ('b')\")\n"
                "print(db_last_insert_id(db)) => 2",
     .errors = "db_last_insert_id" RUFF_NOT_OPEN("db_last_insert_id"),
     .arity_error = "db_last_insert_id requires a database connection as first argument"},
    {.name = "db_close",
     .min_args = 1,
     .max_args = 1,
     .body = Close,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kDatabase,
     .signature = "db_close(db: database) -> bool",
     .doc = "Closes a connection, undoing its open transaction; one that is closed stays so.",
     .example = "db := db_connect(\"sqlite\", \":memory:\")\n"
                "print(db_close(db), db_close(db)) => true true",
     .arity_error = kCloseType},
};

#undef RUFF_CONTROL_ROW
#undef RUFF_NOT_OPEN
#undef RUFF_SQL_ERRORS

}  // namespace

absl::Span<const NativeFunction> ConnectionBuiltins() { return kTable; }

}  // namespace ruff
