#include "ruff/base/utf8.h"

#include <string>

#include "gtest/gtest.h"

namespace ruff {
namespace {

std::string Encoded(char32_t character) {
  std::string out;
  AppendUtf8(character, &out);
  return out;
}

bool IsScalar(char32_t c) { return c < 0xD800 || (c > 0xDFFF && c <= 0x10FFFF); }

TEST(Utf8Test, EveryScalarValueSurvivesTheRoundTrip) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (!IsScalar(c)) continue;
    const std::string text = Encoded(c);
    ASSERT_TRUE(IsValidUtf8(text)) << static_cast<uint32_t>(c);
    ASSERT_EQ(text.size(), static_cast<size_t>(Utf8Length(text[0])));
    ASSERT_EQ(DecodeUtf8(text), c);
  }
}

TEST(Utf8Test, RejectsWhatIsNotAScalarValue) {
  EXPECT_FALSE(IsValidUtf8(Encoded(0xD800)));
  EXPECT_FALSE(IsValidUtf8(Encoded(0xDFFF)));
  EXPECT_FALSE(IsValidUtf8(Encoded(0x110000)));
  for (const char* bad : {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF",
                          "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80",
                          "\xFF", "\xC3", "\xC3(", "\xE2\x82", "\xE2\x82(", "\xF0\x9F\x98"}) {
    EXPECT_EQ(FindInvalidUtf8(bad), 0u) << bad;
  }
}

TEST(Utf8Test, FindsTheFirstInvalidByteAnywhere) {
  for (size_t size = 0; size < 40; ++size) {
    std::string text(size, 'a');
    EXPECT_EQ(FindInvalidUtf8(text), size);
    for (size_t bad = 0; bad < size; ++bad) {
      text[bad] = '\xFF';
      EXPECT_EQ(FindInvalidUtf8(text), bad);
      text[bad] = 'a';
    }
  }
  EXPECT_EQ(FindInvalidUtf8("é😀日 and a tail \xC3"), 9u + 12u);
}

TEST(Utf8Test, CountsAndSkipsCharacters) {
  const std::string_view text = "aé日😀 plain ascii behind it";
  EXPECT_EQ(CountCharacters(text), 4u + 22u);
  EXPECT_EQ(CountCharacters(""), 0u);
  EXPECT_EQ(SkipCharacters(text, 0), 0u);
  EXPECT_EQ(SkipCharacters(text, 1), 1u);
  EXPECT_EQ(SkipCharacters(text, 2), 3u);
  EXPECT_EQ(SkipCharacters(text, 3), 6u);
  EXPECT_EQ(SkipCharacters(text, 4), 10u);
  EXPECT_EQ(SkipCharacters(text, 20), 26u);
  EXPECT_EQ(SkipCharacters(text, 26), text.size());
  EXPECT_EQ(SkipCharacters(text, 1000), text.size());
}

}  // namespace
}  // namespace ruff
