// The environment variables of the process.
//
// Any thread may read them at any time, also through the C library (getenv) and without a lock. So
// they are changed in a way that no reader can be hurt by: one pointer is replaced or appended, and
// whatever was reachable before stays allocated, values once set as well as outgrown tables.

#ifndef RUFF_HOST_POSIX_ENVIRONMENT_H_
#define RUFF_HOST_POSIX_ENVIRONMENT_H_

#include <string>
#include <string_view>
#include <vector>

namespace ruff {

// Can there be a variable of this name?
bool IsVariableName(std::string_view name);
// The value, valid for ever; null when there is no such variable.
const char* FindVariable(std::string_view name);
// `name` is one, `value` has no U+0000. On any thread.
void SetVariable(std::string_view name, std::string_view value);
// All of them, as "NAME=value".
std::vector<std::string> EnvironmentEntries();
// The part of an entry before the `=`; a name may begin with one. All of it when there is none.
std::string_view NameOfEntry(std::string_view entry);

}  // namespace ruff

#endif  // RUFF_HOST_POSIX_ENVIRONMENT_H_
