// The kinds of databases.

#ifndef RUFF_DATABASE_KIND_H_
#define RUFF_DATABASE_KIND_H_

#include <memory>
#include <string>

#include "ruff/database/connection.h"

namespace ruff {

// Who wants a connection; error messages differ.
enum class Opener { kProgram, kPool };

// Opens a connection to a database of the kind `kind`, in small or capital letters. Blocks. Null,
// with the message in `*error`, when that fails.
std::unique_ptr<Connection> OpenDatabase(const std::string& kind,
                                         const std::string& connection_string, Opener opener,
                                         std::string* error);

}  // namespace ruff

#endif  // RUFF_DATABASE_KIND_H_
