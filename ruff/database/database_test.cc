// The builtins as programs use them, in the real world.

#include <dirent.h>

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/types/span.h"
#include "gtest/gtest.h"
#include "ruff/async/run_program.h"
#include "ruff/database/database_builtins.h"
#include "ruff/database/families.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

int OpenDescriptors() {
  DIR* directory = opendir("/proc/self/fd");
  int count = 0;
  while (readdir(directory) != nullptr) ++count;
  closedir(directory);
  return count;
}

// What the program prints; nothing of it is left when it has ended. "FILE" stands for a database.
std::string RunText(std::string_view program, RunOptions options = {.real = true}) {
  RegisterDatabaseBuiltins();
  const TempDir place;
  const std::string text = absl::StrReplaceAll(program, {{"FILE", place.Join("a.db")}});
  if (options.real) RunProgram("print(1)", options);  // what the first one needs stays open
  const int descriptors = OpenDescriptors();
  const ProgramRun run = RunProgram(text, options);
  EXPECT_EQ(run.live_objects, 0u) << program;
  EXPECT_EQ(OpenDescriptors(), descriptors) << program;
  return run.output;
}

void CheckExamples(absl::Span<const NativeFunction> table) {
  for (const NativeFunction& native : table) {
    const size_t arrow = native.example.rfind(" => ");
    EXPECT_EQ(RunText(native.example.substr(0, arrow)),
              absl::StrCat(native.example.substr(arrow + 4), "\n"))
        << native.name;
  }
}

TEST(DatabaseTest, ExamplesOfConnections) { CheckExamples(ConnectionBuiltins()); }
TEST(DatabaseTest, ExamplesOfPools) { CheckExamples(PoolBuiltins()); }

// A5: a call that waits suspends only the task that makes it, even the synchronous part of one.
TEST(DatabaseTest, OthersGoOn) {
  constexpr std::string_view kProgram = R"ruff(
db := db_connect("sqlite", "FILE")
async func ask(n) {
  print("ask", n)
  row := db_query(db, "SELECT ? AS n", [n])[0]
  print("told", row["n"])
}
spawn { print("spawned") }
a := ask(1)
b := ask(2)
print("main")
await Promise.all([a, b])
)ruff";
  EXPECT_EQ(RunText(kProgram), "ask 1\nask 2\nmain\nspawned\ntold 1\ntold 2\n");
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    EXPECT_EQ(RunText(kProgram, {.seed = seed}), "ask 1\nask 2\nmain\nspawned\ntold 1\ntold 2\n");
  }
}

TEST(DatabaseTest, TimersGoOnDuringALongStatement) {
  EXPECT_EQ(RunText(R"ruff(
db := db_connect("sqlite", ":memory:")
ended := channel()
async func ticker() {
  await async_sleep(1)
  print("tick")
}
t := ticker()
db_query(db, "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 300000) SELECT count(*) FROM n")
print("done")
await t
)ruff"),
            "tick\ndone\n");
}

TEST(DatabaseTest, OneAfterTheOtherOnOneConnection) {
  EXPECT_EQ(RunText(R"ruff(
db := db_connect("sqlite", "FILE")
db_execute(db, "CREATE TABLE t (i INTEGER)")
async func add(i) {
  db_execute(db, "INSERT INTO t VALUES (?)", [i])
  return db_last_insert_id(db)
}
calls := []
for i in range(0, 50) { calls = push(calls, add(i)) }
closed := db_query(db, "SELECT count(*) AS n FROM t")
print(closed[0]["n"], len(await Promise.all(calls)), db_query(db, "SELECT sum(i) AS s FROM t"))
)ruff"),
            "50 50 [{\"s\": 1225}]\n");
}

TEST(DatabaseTest, CloseComesAfterWhatWasAsked) {
  EXPECT_EQ(RunText(R"ruff(
db := db_connect("sqlite", ":memory:")
async func ask() { return db_query(db, "SELECT 1 AS a") }
answer := ask()
print(db_close(db))
try { db_query(db, "SELECT 1") } except e { print(e.message) }
print(await answer)
)ruff"),
            "true\ndb_query failed: database connection is closed\n[{\"a\": 1}]\n");
}

// Writers that wait for a lock keep no thread from the one that holds it.
TEST(DatabaseTest, ConnectionsLastAsLongAsTheirVariables) {
  EXPECT_EQ(RunText(R"ruff(
func create(db) { return db_execute(db, "CREATE TABLE t (x)") }
func read() {
  keeper := db_connect("sqlite", "file:lasting?mode=memory&cache=shared")
  create(keeper)
  reader := db_connect("sqlite", "file:lasting?mode=memory&cache=shared")
  return db_query(reader, "SELECT * FROM t")
}
print(read())
try { db_query(db_connect("sqlite", "file:lasting?mode=memory&cache=shared"), "SELECT * FROM t") }
except e { print(e.message) }
outer := db_connect("sqlite", "file:lasting?mode=memory&cache=shared")
create(outer)
print(db_query(db_connect("sqlite", "file:lasting?mode=memory&cache=shared"), "SELECT * FROM t"))
)ruff"),
            "[]\nSQLite prepare error: no such table: t\n[]\n");
}

TEST(DatabaseTest, ManyWritersOfOneFile) {
  EXPECT_EQ(RunText(R"ruff(
pool := db_pool("sqlite", "FILE", {"max_connections": 12})
first := db_pool_acquire(pool)
db_execute(first, "CREATE TABLE t (i INTEGER)")
db_pool_release(pool, first)
async func add(i) {
  mine := db_pool_acquire(pool)
  db_execute(mine, "BEGIN IMMEDIATE")
  db_execute(mine, "INSERT INTO t VALUES (?)", [i])
  await async_sleep(1)
  db_commit(mine)
  return db_pool_release(pool, mine)
}
calls := []
for i in range(0, 24) { calls = push(calls, add(i)) }
await Promise.all(calls)
db := db_pool_acquire(pool)
print(db_query(db, "SELECT count(*) AS n FROM t"), db_pool_stats(pool)["max"])
print(db_pool_close(pool))
)ruff"),
            "[{\"n\": 24}] 12\ntrue\n");
}

TEST(DatabaseTest, TheProgramEndsDuringAStatement) {
  EXPECT_EQ(RunText(R"ruff(
db := db_connect("sqlite", ":memory:")
spawn {
  db_query(db, "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n")
}
spawn { db_query(db, "SELECT 1") }
sleep(20)
exit(0)
)ruff"),
            "");
}

TEST(DatabaseTest, TheProgramFailsWhileTasksGoOn) {
  EXPECT_EQ(RunText(R"ruff(
pool := db_pool("sqlite", "FILE", {"max_connections": 3})
async func use(i) {
  mine := db_pool_acquire(pool)
  await async_sleep(i)
  return db_query(mine, "SELECT 1 AS a")
}
calls := []
for i in range(0, 9) { calls = push(calls, use(i)) }
await async_sleep(4)
throw("enough")
)ruff"),
            "! enough\n");
}

TEST(DatabaseTest, ResultsBeyondTheMemoryLimit) {
  RunOptions options = {.real = true};
  options.vm.max_memory = 8 << 20;
  EXPECT_EQ(RunText(R"ruff(
db := db_connect("sqlite", ":memory:")
try {
  db_query(db, "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n")
} except e { print(e.message) }
kept := db_query(db, "SELECT zeroblob(3000000) AS a")
try { db_query(db, "SELECT zeroblob(3000000) AS a") } except e { print(e.message) }
print(db_query(db, "SELECT 1 AS a"))
)ruff",
                    options),
            "db_query() result exceeds maximum size\ndb_query() result exceeds maximum size\n"
            "[{\"a\": 1}]\n");
}

TEST(DatabaseTest, InWorkers) {
  EXPECT_EQ(RunText(R"ruff(
func count_to(n) {
  db := db_connect("sqlite", ":memory:")
  return db_query(db, "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ?) SELECT count(*) AS c FROM n", [n])[0]["c"]
}
print(await parallel_map([1, 20, 300], count_to))
)ruff"),
            "[1, 20, 300]\n");
}

// --- Pools. ---

TEST(PoolTest, WhoAsksFirstIsServedFirst) {
  EXPECT_EQ(RunText(R"ruff(
pool := db_pool("sqlite", ":memory:", {"max_connections": 1})
db := db_pool_acquire(pool)
db_execute(db, "CREATE TABLE t (a)")
async func use(n) {
  c := db_pool_acquire(pool)
  print(n, db_query(c, "SELECT count(*) AS n FROM t"), db_pool_stats(pool)["in_use"])
  db_pool_release(pool, c)
}
calls := [use(1), use(2), use(3)]
db_pool_release(pool, db)
await Promise.all(calls)
print(db_pool_stats(pool))
)ruff"),
            "1 [{\"n\": 0}] 1\n2 [{\"n\": 0}] 1\n3 [{\"n\": 0}] 1\n"
            "{\"available\": 1, \"in_use\": 0, \"max\": 1, \"total\": 1}\n");
}

TEST(PoolTest, APlaceIsFreeWhenItsConnectionIsClosedOrForgotten) {
  EXPECT_EQ(RunText(R"ruff(
pool := db_pool("sqlite", "FILE", {"max_connections": 1})
func forget() {
  mine := db_pool_acquire(pool)
  return db_query(mine, "SELECT 1 AS a")
}
print(forget(), forget(), db_pool_stats(pool)["total"])
db := db_pool_acquire(pool)
async func wait() { return type(db_pool_acquire(pool)) }
waiting := wait()
print(db_close(db), await waiting, db_pool_stats(pool)["total"])
try { db_pool_release(pool, db) } except e { print(e.message) }
)ruff"),
            "[{\"a\": 1}] [{\"a\": 1}] 0\ntrue database 0\n"
            "db_pool_release requires a connection acquired from this pool\n");
}

TEST(PoolTest, TimeoutsAndCancelledTasks) {
  EXPECT_EQ(RunText(R"ruff(
pool := db_pool("sqlite", ":memory:", {"max_connections": 1, "connection_timeout": 0.05})
db := db_pool_acquire(pool)
try { db_pool_acquire(pool) } except e { print(e.message) }
async func wait() { return db_pool_acquire(pool) }
task := spawn_task(wait)
other := wait()
await async_sleep(1)
print(cancel_task(task))
db_pool_release(pool, db)
print(type(await other))
try { db_pool_acquire(db_pool("sqlite", "x", {"max_connections": 0, "connection_timeout": 0})) }
except e { print(e.message) }
)ruff"),
            "Failed to acquire connection: Connection pool timeout: all connections are in use\n"
            "true\ndatabase\n"
            "Failed to acquire connection: Connection pool timeout: all connections are in use\n");
}

TEST(PoolTest, WhatACancelledTaskWasGivenComesBack) {
  EXPECT_EQ(RunText(R"ruff(
pool := db_pool("sqlite", ":memory:", {"max_connections": 1})
db := db_pool_acquire(pool)
async func wait() { return db_pool_acquire(pool) }
task := spawn_task(wait)
await async_sleep(1)
db_pool_release(pool, db)
print(cancel_task(task))
await async_sleep(1)
print(db_pool_stats(pool))
)ruff"),
            "true\n{\"available\": 1, \"in_use\": 0, \"max\": 1, \"total\": 1}\n");
}

TEST(PoolTest, ACancelledTaskKeepsNoProgramAlive) {
  EXPECT_EQ(RunText(R"ruff(
pool := db_pool("sqlite", ":memory:", {"max_connections": 1, "connection_timeout": 600})
db := db_pool_acquire(pool)
async func wait() { return db_pool_acquire(pool) }
task := spawn_task(wait)
await async_sleep(1)
print(cancel_task(task))
)ruff"),
            "true\n");
}

TEST(PoolTest, APlaceIsTakenWhileAStatementGoesOn) {
  EXPECT_EQ(RunText(R"ruff(
pool := db_pool("sqlite", ":memory:", {"max_connections": 1, "connection_timeout": 0.01})
async func count() {
  return db_query(db_pool_acquire(pool), "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n")
}
task := spawn_task(count)
await async_sleep(20)
cancel_task(task)
try { db_pool_acquire(pool) } except e { print(e.message) }
exit(0)
)ruff"),
            "Failed to acquire connection: Connection pool timeout: all connections are in use\n");
}

TEST(PoolTest, CloseWakesWhoeverWaits) {
  EXPECT_EQ(RunText(R"ruff(
pool := db_pool("sqlite", "FILE", {"max_connections": 1})
db := db_pool_acquire(pool)
async func wait() {
  try { return db_pool_acquire(pool) } except e { return e.message }
}
waiting := wait()
print(db_pool_close(pool), await waiting)
print(db_query(db, "SELECT 1 AS a"), db_pool_release(pool, db))
print(db_pool_stats(pool))
)ruff"),
            "true Failed to acquire connection: connection pool is closed\n"
            "[{\"a\": 1}] true\n"
            "{\"available\": 0, \"in_use\": 0, \"max\": 1, \"total\": 0}\n");
}

TEST(PoolTest, TheProgramEndsWhileSomebodyWaits) {
  EXPECT_EQ(RunText(R"ruff(
pool := db_pool("sqlite", "FILE", {"max_connections": 1})
db := db_pool_acquire(pool)
spawn { db_pool_acquire(pool) }
spawn { db_pool_acquire(pool) }
sleep(5)
exit(0)
)ruff"),
            "");
}

TEST(PoolTest, FailedConnectionsTakeNoPlace) {
  EXPECT_EQ(RunText(R"ruff(
pool := db_pool("sqlite", "/nowhere/at/all", {"max_connections": 1})
async func wait() {
  try { return db_pool_acquire(pool) } except e { return e.message }
}
for message in await Promise.all([wait(), wait()]) { print(message) }
print(db_pool_stats(pool)["total"])
)ruff"),
            "Failed to acquire connection: Failed to create SQLite connection: unable to open "
            "database file: /nowhere/at/all\n"
            "Failed to acquire connection: Failed to create SQLite connection: unable to open "
            "database file: /nowhere/at/all\n0\n");
}

TEST(PoolTest, HandlesAreEqualToThemselvesOnly) {
  EXPECT_EQ(RunText(R"ruff(
pool := db_pool("sqlite", ":memory:")
a := db_pool_acquire(pool)
b := a
print(a == b, a == db_pool_acquire(pool), pool == pool, a, pool)
try { a.port } except e { print(e.message) }
)ruff"),
            "true false true <database> <databasepool>\n"
            "Cannot access field or method 'port' on non-struct value\n");
}

}  // namespace
}  // namespace ruff
