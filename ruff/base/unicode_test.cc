#include "ruff/base/unicode.h"

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(UnicodeTest, Ascii) {
  for (char32_t c : {U'0', U'9', U'a', U'z', U'A', U'Z'}) EXPECT_TRUE(IsAlphanumeric(c));
  for (char32_t c : {U'\0', U'/', U':', U'@', U'[', U'_', U'`', U'{', U'\x7F'}) {
    EXPECT_FALSE(IsAlphanumeric(c));
  }
}

TEST(UnicodeTest, LettersAndNumbers) {
  for (char32_t c : {U'é', U'ß', U'日', U'²', U'½', U'Ⅷ', U'٣', U'ª', U'µ', U'\u0901',
                     U'\U00010400', U'\U0002A700'}) {
    EXPECT_TRUE(IsAlphanumeric(c)) << static_cast<uint32_t>(c);
  }
}

TEST(UnicodeTest, Others) {
  for (char32_t c : {U'\u0080', U'\u00A0', U'×', U'÷', U'€', U'\u0301', U'\u200B', U'\u2028',
                     U'\uFEFF', U'\uFFFD', U'😀', U'\uE000', U'\U0010FFFF'}) {
    EXPECT_FALSE(IsAlphanumeric(c)) << static_cast<uint32_t>(c);
  }
}

}  // namespace
}  // namespace ruff
