// Paths as texts. Nothing here looks at the file system.

#ifndef RUFF_HOST_PATH_PATH_TEXT_H_
#define RUFF_HOST_PATH_PATH_TEXT_H_

#include <string>
#include <string_view>

namespace ruff {

// The parent: "a/b" of "a/b/c", "/" of "/a" and of what has none, "" of a single name.
std::string_view PathParent(std::string_view path);
// The last component; empty when there is none or it is `..`.
std::string_view PathName(std::string_view path);
// What follows the last dot of the name, unless the name begins with its only dot.
std::string_view PathExtension(std::string_view path);
// Adds `part` to `*path`; an absolute part replaces it.
void AppendPath(std::string_view part, std::string* path);

}  // namespace ruff

#endif  // RUFF_HOST_PATH_PATH_TEXT_H_
