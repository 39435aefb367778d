#include "ruff/network/http/status.h"

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(StatusTest, Text) {
  EXPECT_EQ(StatusReason(200), "OK");
  EXPECT_EQ(StatusReason(299), "");
  EXPECT_EQ(StatusText(404), "404 Not Found");
  EXPECT_EQ(StatusText(299), "299 <unknown status code>");
}

}  // namespace
}  // namespace ruff
