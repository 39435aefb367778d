// Sizes and durations as people write them.

#ifndef RUFF_TOOLS_DISK_GUARD_SIZE_TEXT_H_
#define RUFF_TOOLS_DISK_GUARD_SIZE_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ruff::disk_guard {

// "1536", "20G", "1.5M", "20GiB": a number and K, M, G or T, which multiply by powers of 1024;
// nothing for any other text and for sizes beyond 2^63.
std::optional<uint64_t> ParseSize(std::string_view text);

// "9.7 GiB": three digits or so.
std::string SizeText(uint64_t bytes);

// "90s", "15m", "12h", "30d" in seconds.
std::optional<int64_t> ParseDuration(std::string_view text);

}  // namespace ruff::disk_guard

#endif  // RUFF_TOOLS_DISK_GUARD_SIZE_TEXT_H_
