// What the operating system says about a failure, in the words of the language.

#ifndef RUFF_BASE_OS_ERROR_H_
#define RUFF_BASE_OS_ERROR_H_

#include <string>

namespace ruff {

// Why an operation failed, for the end of a message; empty when it did not.
using FailureText = std::string;

// "No such file or directory (os error 2)" for the value of errno.
FailureText OsErrorText(int code);

// What is said about paths and arguments with U+0000 in them, which no system call can take.
inline constexpr char kNulInPath[] = "file name contained an unexpected NUL byte";

}  // namespace ruff

#endif  // RUFF_BASE_OS_ERROR_H_
