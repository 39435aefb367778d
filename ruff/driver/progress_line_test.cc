#include "ruff/driver/progress_line.h"

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(ProgressText, CountsRateAndRejections) {
  EXPECT_EQ(ProgressText(41'500, 100'000, 0, absl::Milliseconds(500)),
            "  41,500 of 100,000  41%  83,000/s");
  EXPECT_EQ(ProgressText(7, 9, 2, absl::Seconds(2)), "  7 of 9  77%  3/s  2 rejected");
  EXPECT_EQ(ProgressText(1'234'567, 1'234'567, 1'000, absl::Seconds(1)),
            "  1,234,567 of 1,234,567  100%  1,234,567/s  1,000 rejected");
  EXPECT_EQ(ProgressText(0, 1, 0, absl::ZeroDuration()), "  0 of 1  0%  0/s");
}

TEST(ProgressLine, EndsWhileNothingIsUnderWay) {
  ProgressCounts counts;
  ProgressLine line(counts);
}

}  // namespace
}  // namespace ruff
