#include "ruff/database/sqlite.h"

#include <algorithm>
#include <chrono>
#include <climits>
#include <iterator>
#include <thread>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ruff/base/broken_utf8.h"
#include "sqlite3.h"

namespace ruff {
namespace {

constexpr int kBusyTimeoutMs = 5000;
constexpr int kStepsBetweenChecks = 1000;  // of SQLite's machine
// Of a text or blob that a query makes, in bytes, however little room there is, and at most.
constexpr uint64_t kSmallestLimit = 1 << 20;
constexpr uint64_t kLargestLimit = 1'000'000'000;

constexpr char kExecutionError[] = "SQLite execution error: ";
constexpr char kPrepareError[] = "SQLite prepare error: ";
constexpr char kRowError[] = "SQLite row error: ";
constexpr char kSeveralStatements[] = "Multiple statements provided";

using Statement = std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>;

// The first word of a statement.
std::string_view FirstWord(std::string_view sql) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  for (;;) {
    const size_t blank = std::min(sql.find_first_not_of(" \t\r\n\f;"), sql.size());
    sql.remove_prefix(blank);
    if (sql.starts_with(kByteOrderMark)) {  // also a blank
      sql.remove_prefix(kByteOrderMark.size());
    } else if (sql.starts_with("--")) {
      sql.remove_prefix(std::min(sql.find('\n'), sql.size()));
    } else if (sql.starts_with("/*")) {
      const size_t end = sql.find("*/", 2);
      sql.remove_prefix(end == sql.npos ? sql.size() : end + 2);
    } else if (blank == 0) {
      break;
    }
  }
  size_t size = 0;
  while (size < sql.size() && absl::ascii_isalpha(static_cast<unsigned char>(sql[size]))) ++size;
  return sql.substr(0, size);
}

// Does the count of changed rows belong to this statement? Others leave that of the one before.
bool CountsChanges(sqlite3_stmt* statement, std::string_view sql) {
  constexpr std::string_view kWords[] = {"INSERT", "REPLACE", "UPDATE", "DELETE", "WITH"};
  if (sqlite3_stmt_readonly(statement) != 0) return false;
  const std::string_view word = FirstWord(sql);
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view w) { return absl::EqualsIgnoreCase(w, word); });
}

// Why SQLite could not be given the text; empty when it can.
std::string CheckText(const std::string& sql) {
  if (sql.size() >= INT_MAX) return "string or blob too big";
  const size_t nul = sql.find('\0');
  if (nul == sql.npos) return "";
  return absl::StrCat("nul byte found in provided data at position: ", nul);
}

class SqliteConnection final : public Connection {
 public:
  // While it lives, this thread runs something of the connection.
  class Running {
   public:
    explicit Running(const SqliteConnection* connection) { current_ = connection; }
    ~Running() { current_ = nullptr; }

    static bool IsStopped() { return current_ != nullptr && current_->stopped(); }

   private:
    static thread_local const SqliteConnection* current_;
  };

  // Owns the handle.
  explicit SqliteConnection(sqlite3* handle) : handle_(handle) {
    sqlite3_busy_timeout(handle_, kBusyTimeoutMs);
    sqlite3_progress_handler(handle_, kStepsBetweenChecks, IsStopped, this);
  }
  ~SqliteConnection() override { Close(); }

  std::string Execute(const std::string& sql, const SqlParameters& parameters,
                      int64_t* changed) override;
  std::string Query(const std::string& sql, const SqlParameters& parameters,
                    ResultSet* rows) override;
  std::string LastInsertId(int64_t* id) override {
    *id = sqlite3_last_insert_rowid(handle_);
    return "";
  }
  void Close() override { sqlite3_close(std::exchange(handle_, nullptr)); }

 protected:
  std::string Run(Control control) override {
    const char* const sql = control == Control::kBegin    ? "BEGIN"
                            : control == Control::kCommit ? "COMMIT"
                                                          : "ROLLBACK";
    const Running running(this);
    return sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) == SQLITE_OK ? "" : LastError();
  }
  bool InTransaction() override { return sqlite3_get_autocommit(handle_) == 0; }

 private:
  static int IsStopped(void* connection) {
    return static_cast<SqliteConnection*>(connection)->stopped() ? 1 : 0;
  }

  std::string LastError() const { return MendUtf8(sqlite3_errmsg(handle_)); }
  Statement Prepare(const std::string& sql, size_t* at, std::string* error);
  bool HasStatement(const std::string& sql, size_t at);
  std::string Bind(sqlite3_stmt* statement, const SqlParameters& parameters);
  std::string ReadRows(sqlite3_stmt* statement, ResultSet* rows);
  bool ReadRow(sqlite3_stmt* statement, ResultSet* rows);
  bool ReadCell(sqlite3_stmt* statement, int column, ResultSet* rows);

  sqlite3* handle_;
};

thread_local const SqliteConnection* SqliteConnection::Running::current_ = nullptr;

// How SQLite sleeps while another connection has locked the file: not at all once it is to stop,
// then all that it would have waited for is over at once.
int Sleep(sqlite3_vfs*, int us) {
  if (!SqliteConnection::Running::IsStopped()) {
    std::this_thread::sleep_for(std::chrono::microseconds(us));
  }
  return us;
}

// The usual files of SQLite, with that sleep.
const char* FileSystem() {
  static sqlite3_vfs files = [] {
    sqlite3_initialize();
    sqlite3_vfs usual = *sqlite3_vfs_find(nullptr);
    usual.zName = "ruff";
    usual.pNext = nullptr;
    usual.xSleep = Sleep;
    return usual;
  }();
  static const int registered = sqlite3_vfs_register(&files, /*makeDflt=*/0);
  (void)registered;
  return files.zName;
}

// The statement that begins at `*at`, which moves behind it; null when there is none.
Statement SqliteConnection::Prepare(const std::string& sql, size_t* at, std::string* error) {
  while (*at < sql.size()) {
    sqlite3_stmt* statement = nullptr;
    const char* tail = nullptr;
    const char* const begin = sql.data() + *at;
    // With the zero at the end SQLite need not copy the text.
    const int code = sqlite3_prepare_v2(handle_, begin, static_cast<int>(sql.size() - *at + 1),
                                        &statement, &tail);
    if (code != SQLITE_OK) {
      *error = LastError();
      const int offset = sqlite3_error_offset(handle_);
      if ((code & 0xff) == SQLITE_ERROR && offset >= 0) {
        absl::StrAppend(error, " in ", sql, " at offset ", *at + static_cast<size_t>(offset));
      }
      break;
    }
    *at += static_cast<size_t>(tail - begin);
    if (statement != nullptr) return Statement(statement, sqlite3_finalize);
    if (tail == begin) break;
  }
  return Statement(nullptr, sqlite3_finalize);
}

// Is there anything but blanks and comments from `at` on?
bool SqliteConnection::HasStatement(const std::string& sql, size_t at) {
  std::string error;
  return Prepare(sql, &at, &error) != nullptr || !error.empty();
}

std::string SqliteConnection::Bind(sqlite3_stmt* statement, const SqlParameters& parameters) {
  const auto needed = static_cast<size_t>(sqlite3_bind_parameter_count(statement));
  if (needed != parameters.size()) {
    return absl::StrCat("Wrong number of parameters passed to query. Got ", parameters.size(),
                        ", needed ", needed);
  }
  int number = 0;
  for (const SqlParameter& parameter : parameters) {
    ++number;
    int code = SQLITE_OK;  // what is not bound is NULL
    if (const bool* b = std::get_if<bool>(&parameter)) {
      code = sqlite3_bind_int(statement, number, *b ? 1 : 0);
    } else if (const int64_t* i = std::get_if<int64_t>(&parameter)) {
      code = sqlite3_bind_int64(statement, number, *i);
    } else if (const double* d = std::get_if<double>(&parameter)) {
      code = sqlite3_bind_double(statement, number, *d);
    } else if (const std::string* text = std::get_if<std::string>(&parameter)) {
      code = sqlite3_bind_text64(statement, number, text->data(), text->size(), SQLITE_STATIC,
                                 SQLITE_UTF8);
    } else if (const SqlBlob* blob = std::get_if<SqlBlob>(&parameter)) {
      code = sqlite3_bind_blob64(statement, number, blob->bytes.data(), blob->bytes.size(),
                                 SQLITE_STATIC);
    }
    if (code != SQLITE_OK) return LastError();
  }
  return "";
}

std::string SqliteConnection::Execute(const std::string& sql, const SqlParameters& parameters,
                                      int64_t* changed) {
  *changed = 0;
  const Running running(this);
  std::string error = CheckText(sql);
  if (!error.empty()) return kExecutionError + error;
  size_t at = 0;
  for (;;) {
    const size_t begin = at;
    const Statement statement = Prepare(sql, &at, &error);
    if (!error.empty()) return kExecutionError + error;
    if (statement == nullptr) return "";
    if (!parameters.empty() && HasStatement(sql, at)) {
      return absl::StrCat(kExecutionError, kSeveralStatements);
    }
    error = Bind(statement.get(), parameters);
    if (!error.empty()) return kExecutionError + error;
    switch (sqlite3_step(statement.get())) {
      case SQLITE_DONE:
        break;
      case SQLITE_ROW:
        return absl::StrCat(kExecutionError,
                            "Execute returned results - did you mean to call query?");
      default:
        return kExecutionError + LastError();
    }
    if (CountsChanges(statement.get(), std::string_view(sql).substr(begin, at - begin))) {
      *changed += sqlite3_changes64(handle_);
    }
  }
}

std::string SqliteConnection::Query(const std::string& sql, const SqlParameters& parameters,
                                    ResultSet* rows) {
  const Running running(this);
  std::string error = CheckText(sql);
  if (!error.empty()) return kPrepareError + error;
  size_t at = 0;
  const Statement statement = Prepare(sql, &at, &error);
  if (!error.empty()) return kPrepareError + error;
  if (statement == nullptr) return "";
  if (HasStatement(sql, at)) return absl::StrCat(kPrepareError, kSeveralStatements);
  error = Bind(statement.get(), parameters);
  if (!error.empty()) return absl::StrCat("SQLite query error: ", error);
  const auto limit = std::clamp(rows->max_bytes(), kSmallestLimit, kLargestLimit);
  const int usual = sqlite3_limit(handle_, SQLITE_LIMIT_LENGTH, static_cast<int>(limit));
  error = ReadRows(statement.get(), rows);
  sqlite3_limit(handle_, SQLITE_LIMIT_LENGTH, usual);
  return error;
}

std::string SqliteConnection::ReadRows(sqlite3_stmt* statement, ResultSet* rows) {
  while (!rows->overflows()) {
    const int code = sqlite3_step(statement);
    if (code == SQLITE_DONE) break;
    if (code == SQLITE_TOOBIG && rows->max_bytes() < kLargestLimit) {
      rows->Overflow();
    } else if (code != SQLITE_ROW) {
      return kRowError + LastError();
    } else if (!ReadRow(statement, rows)) {
      return absl::StrCat(kRowError, "out of memory");
    }
  }
  return "";
}

// False when SQLite has no memory. A row that is too much is not read to its end.
bool SqliteConnection::ReadRow(sqlite3_stmt* statement, ResultSet* rows) {
  const int count = sqlite3_column_count(statement);
  if (rows->columns.empty()) {  // names hold from the first step on
    for (int i = 0; i < count; ++i) {
      const char* const name = sqlite3_column_name(statement, i);
      if (name == nullptr) return false;
      rows->columns.emplace_back(name);
    }
  }
  for (int i = 0; i < count && !rows->overflows(); ++i) {
    if (!ReadCell(statement, i, rows)) return false;
  }
  return true;
}

bool SqliteConnection::ReadCell(sqlite3_stmt* statement, int column, ResultSet* rows) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      rows->AddInt(sqlite3_column_int64(statement, column));
      return true;
    case SQLITE_FLOAT:
      rows->AddFloat(sqlite3_column_double(statement, column));
      return true;
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      if (text == nullptr) return false;
      rows->AddBytes(ResultSet::Cell::kText,
                     {text, static_cast<size_t>(sqlite3_column_bytes(statement, column))});
      return true;
    }
    case SQLITE_BLOB: {
      const auto* blob = static_cast<const char*>(sqlite3_column_blob(statement, column));
      // An empty one is null, too.
      if (blob == nullptr && sqlite3_errcode(handle_) == SQLITE_NOMEM) return false;
      rows->AddBytes(ResultSet::Cell::kBlob,
                     {blob, static_cast<size_t>(sqlite3_column_bytes(statement, column))});
      return true;
    }
    default:
      rows->AddNull();
      return true;
  }
}

}  // namespace

std::unique_ptr<Connection> OpenSqlite(const std::string& path, std::string* error) {
  constexpr int kFlags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
  sqlite3* handle = nullptr;
  const int code = path.find('\0') != path.npos
                       ? SQLITE_CANTOPEN
                       : sqlite3_open_v2(path.c_str(), &handle, kFlags, FileSystem());
  if (code == SQLITE_OK) return std::make_unique<SqliteConnection>(handle);
  *error = MendUtf8(handle == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle));
  if ((code & 0xff) == SQLITE_CANTOPEN) absl::StrAppend(error, ": ", path);
  sqlite3_close(handle);
  return nullptr;
}

}  // namespace ruff
