#include "ruff/base/broken_utf8.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "ruff/base/utf8.h"

namespace ruff {
namespace {

struct Range {
  uint8_t low, high;
  bool Has(char c) const {
    const auto byte = static_cast<uint8_t>(c);
    return byte >= low && byte <= high;
  }
};

// What may follow a lead byte: no overlong forms, no surrogates, nothing above U+10FFFF.
Range SecondByte(uint8_t lead) {
  switch (lead) {
    case 0xE0:
      return {0xA0, 0xBF};
    case 0xED:
      return {0x80, 0x9F};
    case 0xF0:
      return {0x90, 0xBF};
    case 0xF4:
      return {0x80, 0x8F};
    default:
      return {0x80, 0xBF};
  }
}

}  // namespace

size_t DefectLength(std::string_view text) {
  const auto lead = static_cast<uint8_t>(text[0]);
  if (lead < 0xC2 || lead > 0xF4) return 1;
  const size_t wanted = static_cast<size_t>(Utf8Length(text[0]));
  Range range = SecondByte(lead);
  size_t length = 1;
  while (length < std::min(wanted, text.size()) && range.Has(text[length])) {
    ++length;
    range = {0x80, 0xBF};
  }
  return length == text.size() ? 0 : length;
}

std::string MendUtf8(std::string_view text) {
  std::string mended;
  for (;;) {
    const size_t broken = FindInvalidUtf8(text);
    mended.append(text.substr(0, broken));
    if (broken == text.size()) return mended;
    text.remove_prefix(broken);
    AppendUtf8(0xFFFD, &mended);
    const size_t length = DefectLength(text);
    text.remove_prefix(length == 0 ? text.size() : length);
  }
}

std::string DescribeUtf8Defect(std::string_view text) {
  const size_t broken = FindInvalidUtf8(text);
  if (broken == text.size()) return {};
  const size_t length = DefectLength(text.substr(broken));
  return length == 0
             ? absl::StrCat("incomplete utf-8 byte sequence from index ", broken)
             : absl::StrCat("invalid utf-8 sequence of ", length, " bytes from index ", broken);
}

}  // namespace ruff
