// Text that may not be UTF-8: where it breaks, and how to mend it.

#ifndef RUFF_BASE_BROKEN_UTF8_H_
#define RUFF_BASE_BROKEN_UTF8_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace ruff {

// `text` begins with bytes that are not UTF-8: how many of them are one defect (1 to 3: the longest
// beginning of a character, at least one byte), or 0 when the text ends inside a character.
size_t DefectLength(std::string_view text);

// `text` with every defect replaced by one U+FFFD.
std::string MendUtf8(std::string_view text);

// "invalid utf-8 sequence of 1 bytes from index 3" or "incomplete utf-8 byte sequence from index
// 3"; empty when the text is UTF-8.
std::string DescribeUtf8Defect(std::string_view text);

}  // namespace ruff

#endif  // RUFF_BASE_BROKEN_UTF8_H_
