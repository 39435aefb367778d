#include "ruff/lang/lex/keyword.h"

#include <string>

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(KeywordTest, FindsEveryReservedWordAndNothingNear) {
  int count = 0;
  for (int i = 0; i < kTokenKindCount; ++i) {
    const auto kind = static_cast<TokenKind>(i);
    if (!IsReservedWord(kind)) continue;
    ++count;
    const std::string word(SpellingOf(kind));
    EXPECT_EQ(FindKeyword(word), kind) << word;
    EXPECT_EQ(FindKeyword(word + "x"), TokenKind::kIdentifier);
    EXPECT_EQ(FindKeyword("_" + word), TokenKind::kIdentifier);
    for (size_t position = 0; position < word.size(); ++position) {
      std::string other = word;
      other[position] ^= 0x20;
      EXPECT_EQ(FindKeyword(other), TokenKind::kIdentifier) << other;
    }
  }
  EXPECT_EQ(count, 40);
}

TEST(KeywordTest, ContextualWordsAreIdentifiers) {
  for (const char* word : {"throw", "Ok", "Err", "Some", "None", "Result", "Option", "and", "or",
                           "not", "fn", "elif", "finally", "class", "x", "_", "é"}) {
    EXPECT_EQ(FindKeyword(word), TokenKind::kIdentifier) << word;
  }
}

}  // namespace
}  // namespace ruff
