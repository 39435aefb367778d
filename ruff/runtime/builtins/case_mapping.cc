#include "ruff/runtime/builtins/case_mapping.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "ruff/base/utf8.h"
#include "utf8proc.h"

namespace ruff {
namespace {

constexpr char32_t kCapitalSigma = 0x3A3;
constexpr char32_t kFinalSigma = 0x3C2;
constexpr char32_t kCapitalIWithDot = 0x130;

struct SpecialUpper {
  char32_t character;
  const char32_t* upper;
};

// Sorted. utf8proc maps every other character.
constexpr SpecialUpper kSpecialUpper[] = {
#include "ruff/runtime/builtins/special_upper.inc"
};

bool Between(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

utf8proc_category_t CategoryOf(char32_t c) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

// Unicode property Cased, for characters that are not Case_Ignorable.
bool IsCased(char32_t c) {
  switch (CategoryOf(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
      return true;
    default:
      return c == 0xAA || c == 0xBA || Between(c, 0x2170, 0x217F) || Between(c, 0x24D0, 0x24E9) ||
             IsUppercase(c);
  }
}

// Unicode property Case_Ignorable.
bool IsCaseIgnorable(char32_t c) {
  constexpr std::u32string_view kWordPunctuation =
      U"'.:\x00B7\x0387\x055F\x05F4\x2018\x2019\x2024\x2027\xFE13\xFE52\xFE55\xFF07\xFF0E\xFF1A";
  switch (CategoryOf(c)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK:
      return true;
    default:
      return kWordPunctuation.find(c) != std::u32string_view::npos;
  }
}

// Is the last character of `before` that is not ignorable a cased one?
bool EndsCased(std::string_view before) {
  while (!before.empty()) {
    size_t last = before.size() - 1;
    while (IsUtf8Continuation(before[last])) --last;
    const char32_t c = DecodeUtf8(before.substr(last));
    if (!IsCaseIgnorable(c)) return IsCased(c);
    before.remove_suffix(before.size() - last);
  }
  return false;
}

bool BeginsCased(std::string_view after) {
  while (!after.empty()) {
    const char32_t c = DecodeUtf8(after);
    if (!IsCaseIgnorable(c)) return IsCased(c);
    after.remove_prefix(static_cast<size_t>(Utf8Length(after[0])));
  }
  return false;
}

}  // namespace

bool IsUppercase(char32_t c) {
  return CategoryOf(c) == UTF8PROC_CATEGORY_LU || Between(c, 0x2160, 0x216F) ||
         Between(c, 0x24B6, 0x24CF) || Between(c, 0x1F130, 0x1F149) ||
         Between(c, 0x1F150, 0x1F169) || Between(c, 0x1F170, 0x1F189);
}

void AppendUppercase(char32_t c, std::string* out) {
  const SpecialUpper* special = std::lower_bound(
      std::begin(kSpecialUpper), std::end(kSpecialUpper), c,
      [](const SpecialUpper& row, char32_t value) { return row.character < value; });
  if (special != std::end(kSpecialUpper) && special->character == c) {
    for (const char32_t* upper = special->upper; *upper != 0; ++upper) AppendUtf8(*upper, out);
  } else {
    AppendUtf8(static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c))), out);
  }
}

void AppendLowercase(char32_t c, std::string* out) {
  AppendUtf8(static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c))), out);
  if (c == kCapitalIWithDot) AppendUtf8(0x307, out);
}

void AppendUppercase(std::string_view text, std::string* out) {
  while (!text.empty()) {
    AppendUppercase(DecodeUtf8(text), out);
    text.remove_prefix(static_cast<size_t>(Utf8Length(text[0])));
  }
}

void AppendLowercase(std::string_view text, std::string* out) {
  for (size_t at = 0; at < text.size();) {
    const char32_t c = DecodeUtf8(text.substr(at));
    const size_t next = at + static_cast<size_t>(Utf8Length(text[at]));
    if (c == kCapitalSigma && EndsCased(text.substr(0, at)) && !BeginsCased(text.substr(next))) {
      AppendUtf8(kFinalSigma, out);
    } else {
      AppendLowercase(c, out);
    }
    at = next;
  }
}

}  // namespace ruff
