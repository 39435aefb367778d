// Whole files as strings.

#ifndef RUFF_TESTING_BASE_FILE_TEXT_H_
#define RUFF_TESTING_BASE_FILE_TEXT_H_

#include <optional>
#include <string>
#include <string_view>

namespace ruff {

// The bytes of the file, nothing when it cannot be read.
std::optional<std::string> ReadFileText(const std::string& path);

// Replaces the file; false when that fails.
bool WriteFileText(const std::string& path, std::string_view text);

}  // namespace ruff

#endif  // RUFF_TESTING_BASE_FILE_TEXT_H_
