#include "ruff/network/http/body_limit.h"

#include <stdlib.h>

#include "gtest/gtest.h"

namespace ruff {
namespace {

TEST(BodyLimitTest, Environment) {
  EXPECT_EQ(BodyLimit(), kDefaultBodyLimit);
  setenv("RUFF_MAX_NETWORK_BODY_BYTES", "1000", 1);
  EXPECT_EQ(BodyLimit(), 1000u);
  for (const char* text : {"", "0", "-1", "x", "1.5"}) {
    setenv("RUFF_MAX_NETWORK_BODY_BYTES", text, 1);
    EXPECT_EQ(BodyLimit(), kDefaultBodyLimit) << text;
  }
  unsetenv("RUFF_MAX_NETWORK_BODY_BYTES");
}

}  // namespace
}  // namespace ruff
