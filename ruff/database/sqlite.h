// SQLite. Only sqlite.cc includes its header.

#ifndef RUFF_DATABASE_SQLITE_H_
#define RUFF_DATABASE_SQLITE_H_

#include <memory>
#include <string>

#include "ruff/database/connection.h"

namespace ruff {

// Opens the file `path`, or what else it means to SQLite (":memory:", "", "file:…"). Null, with the
// reason in `*error`, when that fails.
std::unique_ptr<Connection> OpenSqlite(const std::string& path, std::string* error);

}  // namespace ruff

#endif  // RUFF_DATABASE_SQLITE_H_
