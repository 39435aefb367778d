// The texts that say where the server of a database is: is one well-formed?

#ifndef RUFF_DATABASE_CONNECTION_STRING_H_
#define RUFF_DATABASE_CONNECTION_STRING_H_

#include <string>
#include <string_view>

namespace ruff {

// "host=… port=…" or "postgres://user:password@host:port/database".
bool IsPostgresConnectionString(std::string_view text);

// "mysql://user:password@host:port/database". What is wrong with it; empty when nothing is.
std::string CheckMysqlConnectionString(std::string_view text);

}  // namespace ruff

#endif  // RUFF_DATABASE_CONNECTION_STRING_H_
