#include "ruff/database/sqlite.h"

#include <chrono>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/database/kind.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

constexpr char kEndless[] =
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";

std::unique_ptr<Connection> Open(const std::string& path = ":memory:") {
  std::string error;
  std::unique_ptr<Connection> connection = OpenSqlite(path, &error);
  EXPECT_EQ(error, "");
  return connection;
}

// The number of rows changed, or the error.
std::string Execute(Connection& connection, const std::string& sql,
                    const SqlParameters& parameters = {}) {
  int64_t changed = 0;
  const std::string error = connection.Execute(sql, parameters, &changed);
  return error.empty() ? absl::StrCat(changed) : error;
}

// The cells, each with the letter of its type, or the error.
std::string Query(Connection& connection, const std::string& sql,
                  const SqlParameters& parameters = {}) {
  ResultSet rows(UINT64_MAX);
  const std::string error = connection.Query(sql, parameters, &rows);
  if (!error.empty()) return error;
  std::string text;
  for (size_t row = 0; row < rows.rows(); ++row) {
    for (size_t column = 0; column < rows.columns.size(); ++column) {
      const ResultSet::Cell& cell = rows.cell(row, column);
      absl::StrAppend(&text, text.empty() ? "" : " ", rows.columns[column], "=");
      switch (cell.type) {
        case ResultSet::Cell::kInt:
          absl::StrAppend(&text, "i", cell.integer);
          break;
        case ResultSet::Cell::kFloat:
          absl::StrAppend(&text, "f", cell.number);
          break;
        case ResultSet::Cell::kText:
          absl::StrAppend(&text, "t", rows.bytes(cell));
          break;
        case ResultSet::Cell::kBlob:
          absl::StrAppend(&text, "b", rows.bytes(cell));
          break;
        default:
          absl::StrAppend(&text, "null");
      }
    }
  }
  return text;
}

TEST(SqliteTest, EveryTypeGoesInAndComesOut) {
  const auto db = Open();
  EXPECT_EQ(
      Query(*db, "SELECT ? AS a, ? AS b, ? AS c, ? AS d, ? AS e, ? AS f",
            {int64_t{-5}, 2.5, std::string("x\0y", 3), SqlBlob{"\xff"}, true, std::monostate()}),
      std::string("a=i-5 b=f2.5 c=tx\0y d=b\xff e=i1 f=null", 36));
  EXPECT_EQ(Query(*db, "SELECT ?, ?", {std::string(), SqlBlob{}}), "?=t ?=b");
}

TEST(SqliteTest, ErrorsSayWhereInTheWholeText) {
  const auto db = Open();
  EXPECT_EQ(Execute(*db, "CREATE TABLE t (a); SELEKT 1"),
            "SQLite execution error: near \"SELEKT\": syntax error in CREATE TABLE t (a); SELEKT 1 "
            "at offset 20");
  EXPECT_EQ(Query(*db, "SELECT 'ä', zzz FROM t"),
            "SQLite prepare error: no such column: zzz in SELECT 'ä', zzz FROM t at offset 13");
  EXPECT_EQ(Query(*db, std::string("SELECT 1\0", 9)),
            "SQLite prepare error: nul byte found in provided data at position: 8");
  EXPECT_EQ(Query(*db, "SELECT ?3", {int64_t{1}}),
            "SQLite query error: Wrong number of parameters passed to query. Got 1, needed 3");
  EXPECT_EQ(Query(*db, "SELECT json_extract('{}', CAST(x'ff' AS TEXT))"),
            "SQLite row error: bad JSON path: '\uFFFD'");
}

TEST(SqliteTest, OnlyStatementsThatChangeRowsCount) {
  const auto db = Open();
  EXPECT_EQ(Execute(*db, "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)"), "2");
  EXPECT_EQ(Execute(*db, "CREATE TABLE u AS SELECT * FROM t"), "0");
  EXPECT_EQ(Execute(*db, "ALTER TABLE u RENAME TO v"), "0");
  EXPECT_EQ(Execute(*db, "CREATE VIRTUAL TABLE f USING fts5(body)"), "0");
  EXPECT_EQ(Execute(*db, "INSERT INTO f VALUES ('a'), ('b'), ('c')"), "3");
  EXPECT_EQ(Execute(*db, "/* one */ -- two\n ; WITH w AS (SELECT 9) INSERT INTO t SELECT * FROM w"),
            "1");
  EXPECT_EQ(Execute(*db, "replace into t values (4)"), "1");
  EXPECT_EQ(Execute(*db, "\uFEFF INSERT INTO t VALUES (5)"), "1");
  EXPECT_EQ(Execute(*db, "INSERT INTO t SELECT 1 WHERE 0"), "0");
  EXPECT_EQ(Execute(*db, "CREATE TRIGGER r AFTER DELETE ON t BEGIN DELETE FROM v; END"), "0");
  EXPECT_EQ(Execute(*db, "DELETE FROM t WHERE a = 4"), "1");
}

TEST(SqliteTest, TextsWithoutStatements) {
  const auto db = Open();
  for (const char* sql : {"", " ", ";", ";;", "-- x", "/* x", "/* x */ ; -- y\n"}) {
    EXPECT_EQ(Execute(*db, sql), "0") << sql;
    EXPECT_EQ(Query(*db, sql), "") << sql;
  }
  EXPECT_EQ(Query(*db, ";; SELECT 1 AS a; ; -- end"), "a=i1");
  EXPECT_EQ(Query(*db, "SELECT 1; nonsense"), "SQLite prepare error: Multiple statements provided");
}

TEST(SqliteTest, AScriptIsReadOnce) {
  const auto db = Open();
  std::string sql = "CREATE TABLE t (a);";
  for (int i = 0; i < 20'000; ++i) sql += "INSERT INTO t VALUES (1);";
  EXPECT_EQ(Execute(*db, sql), "20000");
}

TEST(SqliteTest, TransactionsAreTheDatabasesOwn) {
  const auto db = Open();
  EXPECT_EQ(db->Commit(), "No transaction in progress. Use db_begin() first.");
  EXPECT_EQ(Execute(*db, "BEGIN"), "0");
  EXPECT_EQ(db->Begin(), "Transaction already in progress. Commit or rollback first.");
  EXPECT_EQ(Execute(*db, "CREATE TABLE t (a)"), "0");
  EXPECT_TRUE(db->Reset());
  EXPECT_TRUE(db->Reset());
  EXPECT_EQ(Query(*db, "SELECT * FROM t"), "SQLite prepare error: no such table: t");
  EXPECT_EQ(Execute(*db,
                    "CREATE TABLE p (id INTEGER PRIMARY KEY);"
                    "CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)"),
            "0");
  EXPECT_EQ(db->Begin(), "");
  EXPECT_EQ(Execute(*db, "INSERT INTO c VALUES (1)"), "1");
  EXPECT_EQ(db->Commit(), "Failed to commit transaction: FOREIGN KEY constraint failed");
  EXPECT_EQ(Execute(*db, "INSERT INTO p VALUES (1)"), "1");
  EXPECT_EQ(db->Commit(), "");
}

TEST(SqliteTest, TooMuchIsNotRead) {
  const auto db = Open();
  ResultSet rows(10'000);
  EXPECT_EQ(db->Query("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
                      "SELECT x FROM n",
                      {}, &rows),
            "");
  EXPECT_TRUE(rows.overflows());
  EXPECT_LT(rows.rows(), 1'000u);

  for (const char* sql : {"SELECT zeroblob(900000), zeroblob(900000), zeroblob(900000)",
                          "SELECT zeroblob(900000000)", "SELECT length(hex(zeroblob(1000000)))"}) {
    ResultSet wide(1'000'000);
    EXPECT_EQ(db->Query(sql, {}, &wide), "") << sql;
    EXPECT_TRUE(wide.overflows()) << sql;
    EXPECT_LT(wide.all_bytes(), 2'000'000u) << sql;
  }
  EXPECT_EQ(Query(*db, "SELECT length(zeroblob(2000000)) AS n"), "n=i2000000");
}

TEST(SqliteTest, StopEndsWhatIsUnderWay) {
  const auto db = Open();
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    db->Stop();
  });
  EXPECT_EQ(Query(*db, kEndless), "SQLite row error: interrupted");
  stopper.join();

  const auto interrupted = Open();
  const std::atomic<bool> interrupt = true;
  interrupted->set_interrupt(&interrupt);
  EXPECT_EQ(Query(*interrupted, kEndless), "SQLite row error: interrupted");
}

TEST(SqliteTest, Settings) {
  const auto db = Open();
  EXPECT_EQ(Query(*db, "PRAGMA foreign_keys"), "foreign_keys=i1");
  EXPECT_EQ(Query(*db, "PRAGMA busy_timeout"), "timeout=i5000");
  EXPECT_EQ(Query(*db, "SELECT load_extension('x')"), "SQLite row error: not authorized");
  EXPECT_EQ(Execute(*db,
                    "CREATE VIRTUAL TABLE a USING fts3(t);"
                    "CREATE VIRTUAL TABLE b USING fts5(t);"
                    "CREATE VIRTUAL TABLE c USING rtree(id, low, high)"),
            "0");
}

TEST(SqliteTest, ALockIsWaitedFor) {
  const TempDir place;
  const std::string path = place.Join("a.db");
  const auto holder = Open(path);
  const auto waiter = Open(path);
  EXPECT_EQ(Execute(*holder, "CREATE TABLE t (a); BEGIN IMMEDIATE; INSERT INTO t VALUES (1)"), "1");
  std::thread releaser([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_EQ(holder->Commit(), "");
  });
  EXPECT_EQ(Execute(*waiter, "INSERT INTO t VALUES (2)"), "1");
  releaser.join();

  EXPECT_EQ(holder->Begin(), "");
  EXPECT_EQ(Execute(*holder, "INSERT INTO t VALUES (3)"), "1");
  waiter->Stop();  // gives up at once
  EXPECT_EQ(Execute(*waiter, "INSERT INTO t VALUES (4)"),
            "SQLite execution error: database is locked");
  const auto impatient = Open(path);
  EXPECT_EQ(Query(*impatient, "PRAGMA busy_timeout = 1"), "timeout=i1");
  EXPECT_EQ(Execute(*impatient, "INSERT INTO t VALUES (5)"),
            "SQLite execution error: database is locked");
}

TEST(SqliteTest, WhatCannotBeOpened) {
  const TempDir place;
  const auto failure = [](const std::string& path) {
    std::string error;
    EXPECT_EQ(OpenSqlite(path, &error), nullptr);
    return error;
  };
  EXPECT_EQ(failure(place.path()), "unable to open database file: " + place.path());
  EXPECT_EQ(failure(place.Join("no/a.db")),
            "unable to open database file: " + place.Join("no/a.db"));
  EXPECT_EQ(failure(std::string("a\0b", 3)),
            "unable to open database file: " + std::string("a\0b", 3));
  EXPECT_EQ(failure("file:x?mode=odd"), "no such access mode: odd");
}

TEST(SqliteTest, ClosedTwice) {
  const auto db = Open();
  db->Close();
  db->Close();
}

TEST(KindTest, MessagesForProgramsAndPools) {
  const auto failure = [](const std::string& kind, const std::string& text, Opener opener) {
    std::string error;
    EXPECT_EQ(OpenDatabase(kind, text, opener, &error), nullptr);
    return error;
  };
  EXPECT_EQ(failure("Oracle", "x", Opener::kProgram),
            "Unsupported database type: Oracle. Currently supported: 'sqlite', 'postgres'");
  EXPECT_EQ(failure("Oracle", "x", Opener::kPool), "Unsupported database type: Oracle");
  EXPECT_EQ(failure("POSTGRES", "nonsense", Opener::kProgram),
            "Failed to connect to PostgreSQL: invalid connection string");
  EXPECT_EQ(failure("postgresql", "host=h", Opener::kPool),
            "Failed to create PostgreSQL connection: support not built in");
  EXPECT_EQ(failure("mysql", "nonsense", Opener::kPool),
            "Invalid MySQL connection string: relative URL without a base");
  EXPECT_EQ(failure("mysql", "mysql://h", Opener::kProgram),
            "Failed to connect to MySQL: support not built in");
}

}  // namespace
}  // namespace ruff
