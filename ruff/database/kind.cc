// Adding a kind: a class derived from Connection, and a row below. The kinds that need a library of
// their own are not part of every build; their connection strings are checked all the same.

#include "ruff/database/kind.h"

#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ruff/database/connection_string.h"
#include "ruff/database/sqlite.h"

namespace ruff {
namespace {

constexpr char kNotBuiltIn[] = "support not built in";

struct Kind {
  std::string_view name;
  std::string_view title;
  std::unique_ptr<Connection> (*open)(const std::string& connection_string, std::string* error);
  // What is wrong with a connection string, as a whole message; empty when nothing is.
  std::string (*check)(const std::string& connection_string) = nullptr;
};

std::unique_ptr<Connection> OpenPostgres(const std::string& connection_string, std::string* error) {
  *error =
      IsPostgresConnectionString(connection_string) ? kNotBuiltIn : "invalid connection string";
  return nullptr;
}

std::string CheckMysql(const std::string& connection_string) {
  const std::string problem = CheckMysqlConnectionString(connection_string);
  return problem.empty() ? "" : absl::StrCat("Invalid MySQL connection string: ", problem);
}

std::unique_ptr<Connection> OpenMysql(const std::string&, std::string* error) {
  *error = kNotBuiltIn;
  return nullptr;
}

constexpr Kind kKinds[] = {
    {.name = "sqlite", .title = "SQLite", .open = OpenSqlite},
    {.name = "postgres", .title = "PostgreSQL", .open = OpenPostgres},
    {.name = "postgresql", .title = "PostgreSQL", .open = OpenPostgres},
    {.name = "mysql", .title = "MySQL", .open = OpenMysql, .check = CheckMysql},
};

}  // namespace

std::unique_ptr<Connection> OpenDatabase(const std::string& kind,
                                         const std::string& connection_string, Opener opener,
                                         std::string* error) {
  const bool by_pool = opener == Opener::kPool;
  for (const Kind& row : kKinds) {
    if (!absl::EqualsIgnoreCase(row.name, kind)) continue;
    if (row.check != nullptr) {
      *error = row.check(connection_string);
      if (!error->empty()) return nullptr;
    }
    std::string reason;
    std::unique_ptr<Connection> connection = row.open(connection_string, &reason);
    if (connection == nullptr) {
      *error = by_pool ? absl::StrCat("Failed to create ", row.title, " connection: ", reason)
                       : absl::StrCat("Failed to connect to ", row.title, ": ", reason);
    }
    return connection;
  }
  *error = absl::StrCat("Unsupported database type: ", kind,
                        by_pool ? "" : ". Currently supported: 'sqlite', 'postgres'");
  return nullptr;
}

}  // namespace ruff
