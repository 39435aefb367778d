// Whole files, read and written by blocking calls on any thread.

#ifndef RUFF_ASYNC_BUILTINS_FILE_IO_H_
#define RUFF_ASYNC_BUILTINS_FILE_IO_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "ruff/base/os_error.h"

namespace ruff {

// Replaces `*content` by the bytes of the file.
[[nodiscard]] FailureText ReadWholeFile(const std::string& path, std::string* content);
// As above, for text: it must be UTF-8.
[[nodiscard]] FailureText ReadTextFile(const std::string& path, std::string* content);
// Creates or truncates the file and writes the parts one after the other.
[[nodiscard]] FailureText WriteWholeFile(const std::string& path, const std::string_view* parts,
                                         size_t count);

}  // namespace ruff

#endif  // RUFF_ASYNC_BUILTINS_FILE_IO_H_
