// Directories, and files as a whole: what exists, copying, removing.

#ifndef RUFF_HOST_POSIX_TREE_H_
#define RUFF_HOST_POSIX_TREE_H_

#include <string>
#include <vector>

#include "ruff/base/os_error.h"

struct stat;

namespace ruff {

// What `path` leads to; links are followed.
[[nodiscard]] FailureText StatPath(const std::string& path, struct stat* info);
// What `path` is itself, be it a link.
[[nodiscard]] FailureText StatLink(const std::string& path, struct stat* info);

// The names in a directory that are UTF-8, sorted by bytes, without `.` and `..`.
[[nodiscard]] FailureText ListDirectory(const std::string& path, std::vector<std::string>* names);
// Creates the directory and its parents; one that exists, and the empty path, are fine.
[[nodiscard]] FailureText MakeDirectories(const std::string& path);
// Copies content and permissions; a file copied to itself stays. What was created here and could
// not be completed is removed.
[[nodiscard]] FailureText CopyFile(const std::string& from, const std::string& to);
// The path without links, `.` and `..`; it must exist.
[[nodiscard]] FailureText ResolvePath(const std::string& path, std::string* resolved);

}  // namespace ruff

#endif  // RUFF_HOST_POSIX_TREE_H_
