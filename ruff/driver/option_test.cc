#include "ruff/driver/option.h"

#include "gtest/gtest.h"

namespace ruff {
namespace {

std::string Complaint(OptionId id, std::string_view text) {
  uint64_t number = 0;
  return ParseOptionValue(InfoOf(id), text, &number);
}

uint64_t Number(OptionId id, std::string_view text) {
  uint64_t number = 0;
  EXPECT_EQ(ParseOptionValue(InfoOf(id), text, &number), "");
  return number;
}

TEST(OptionTest, IsFoundByNameAndLetter) {
  EXPECT_EQ(FindOption("--quiet"), OptionId::kQuiet);
  EXPECT_EQ(FindOption("-q"), OptionId::kQuiet);
  EXPECT_EQ(FindOption("--allow-fs-read"), OptionId::kAllowFilesystemRead);
  EXPECT_EQ(FindOption("quiet"), std::nullopt);
  EXPECT_EQ(FindOption("-"), std::nullopt);
  EXPECT_EQ(FindOption(""), std::nullopt);
}

TEST(OptionTest, KnowsWhatLooksLikeOne) {
  EXPECT_TRUE(LooksLikeOption("-x"));
  EXPECT_TRUE(LooksLikeOption("--x"));
  EXPECT_FALSE(LooksLikeOption("-"));
  EXPECT_FALSE(LooksLikeOption("--"));
  EXPECT_FALSE(LooksLikeOption("-5"));
  EXPECT_FALSE(LooksLikeOption("x"));
}

TEST(OptionTest, NamesItsValue) {
  EXPECT_EQ(OptionUsage(InfoOf(OptionId::kQuiet)), "--quiet");
  EXPECT_EQ(OptionUsage(InfoOf(OptionId::kSchedulerTimeoutMs)),
            "--scheduler-timeout-ms <SCHEDULER_TIMEOUT_MS>");
}

TEST(OptionTest, ReadsNumbers) {
  EXPECT_EQ(Number(OptionId::kTimeoutMs, "0"), 0u);
  EXPECT_EQ(Number(OptionId::kTimeoutMs, "18446744073709551615"), UINT64_MAX);
  EXPECT_EQ(Complaint(OptionId::kTimeoutMs, "x"), ": invalid digit found in string");
  EXPECT_EQ(Complaint(OptionId::kTimeoutMs, "-5"), ": invalid digit found in string");
  EXPECT_EQ(Complaint(OptionId::kTimeoutMs, ""), ": cannot parse integer from empty string");
  EXPECT_EQ(Complaint(OptionId::kTimeoutMs, "18446744073709551616"),
            ": number too large to fit in target type");
  EXPECT_EQ(Complaint(OptionId::kMaxNesting, "0"), ": 0 is not in 1..=10000");
}

TEST(OptionTest, ReadsBytes) {
  EXPECT_EQ(Number(OptionId::kMaxMemory, "500"), 500u);
  EXPECT_EQ(Number(OptionId::kMaxMemory, "2k"), 2048u);
  EXPECT_EQ(Number(OptionId::kMaxMemory, "3M"), uint64_t{3} << 20);
  EXPECT_EQ(Number(OptionId::kMaxMemory, "4G"), uint64_t{4} << 30);
  for (std::string_view text : {"", "M", "1T", "-1M", "1.5M", "17179869184G"}) {
    EXPECT_NE(Complaint(OptionId::kMaxMemory, text), "") << text;
  }
}

TEST(OptionTest, ReadsChoices) {
  EXPECT_EQ(Complaint(OptionId::kDispatch, "switch"), "");
  EXPECT_EQ(Complaint(OptionId::kDispatch, "goto"), "\n  [possible values: tail, switch]");
}

}  // namespace
}  // namespace ruff
