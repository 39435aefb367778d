#include "tools/disk_guard/size_text.h"

#include "gtest/gtest.h"

namespace ruff::disk_guard {
namespace {

TEST(ParseSize, ReadsUnits) {
  EXPECT_EQ(ParseSize("0"), 0);
  EXPECT_EQ(ParseSize("1536"), 1536);
  EXPECT_EQ(ParseSize("1.5K"), 1536);
  EXPECT_EQ(ParseSize("20G"), uint64_t{20} << 30);
  EXPECT_EQ(ParseSize("20GiB"), uint64_t{20} << 30);
  EXPECT_EQ(ParseSize("2TB"), uint64_t{2} << 40);
}

TEST(ParseSize, RejectsTheRest) {
  for (const char* text :
       {"", "G", "-1", "+1", "1e3", "1 G", "1GG", "1.5.2", "inf", "nan", "99999999T"}) {
    EXPECT_EQ(ParseSize(text), std::nullopt) << text;
  }
}

TEST(SizeText, HasThreeDigitsOrSo) {
  EXPECT_EQ(SizeText(0), "0 B");
  EXPECT_EQ(SizeText(1023), "1023 B");
  EXPECT_EQ(SizeText(1024), "1.0 KiB");
  EXPECT_EQ(SizeText((uint64_t{1} << 20) - 1), "1.0 MiB");
  EXPECT_EQ(SizeText(uint64_t{10'415'295'692}), "9.7 GiB");
  EXPECT_EQ(SizeText(UINT64_MAX), "16777216.0 TiB");
}

TEST(ParseDuration, ReadsUnits) {
  EXPECT_EQ(ParseDuration("90s"), 90);
  EXPECT_EQ(ParseDuration("1.5h"), 5400);
  EXPECT_EQ(ParseDuration("30d"), 30 * 86'400);
  for (const char* text : {"", "5", "h", "-1h", "5w", "1h30m", "99999999999d"}) {
    EXPECT_EQ(ParseDuration(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace ruff::disk_guard
