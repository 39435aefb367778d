// Files read and written in one piece.

#ifndef RUFF_HOST_POSIX_WHOLE_FILE_H_
#define RUFF_HOST_POSIX_WHOLE_FILE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "ruff/base/os_error.h"

namespace ruff {

// The most bytes that a file is read or written with at once: 1 GiB, or what RUFF_MAX_FILE_BYTES
// says.
uint64_t MaxFileBytes();

// "exceeds maximum read size (N bytes > M bytes)" when that is so.
[[nodiscard]] FailureText CheckReadSize(uint64_t size, uint64_t limit);

// Replaces `*content` by the bytes of the file; CheckReadSize must agree.
[[nodiscard]] FailureText ReadWholeFile(const std::string& path, uint64_t limit,
                                        std::string* content);

enum class IfExists : uint8_t { kRefuse, kTruncate };
inline constexpr char kFileExists[] = "file already exists";

// Creates the file, or does with an existing one what `if_exists` says. A file that was created
// here and could not be written completely is removed; an existing one that is refused:
// kFileExists.
[[nodiscard]] FailureText WriteWholeFile(const std::string& path, std::string_view content,
                                         IfExists if_exists);

// Whether content must outlive a crash of the system.
enum class Flush : uint8_t { kNo, kYes };

// Replaces the content of the file, all of it or, on failure, nothing: a file beside it is written,
// flushed to the disk when `flush` says so, and renamed. Permissions are kept; a symbolic link
// keeps its name; what is no regular file is written to.
[[nodiscard]] FailureText ReplaceFile(const std::string& path, std::string_view content,
                                      Flush flush = Flush::kYes);

}  // namespace ruff

#endif  // RUFF_HOST_POSIX_WHOLE_FILE_H_
