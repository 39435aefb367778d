#include "ruff/host/posix/environment.h"

#include <stdlib.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace ruff {
namespace {

bool IsListed(std::string_view entry) {
  const std::vector<std::string> entries = EnvironmentEntries();
  return std::count(entries.begin(), entries.end(), entry) == 1;
}

TEST(EnvironmentTest, SetReplaceAndList) {
  SetVariable("RUFF_TEST_A", "1");
  SetVariable("RUFF_TEST_A", "2");
  EXPECT_STREQ(FindVariable("RUFF_TEST_A"), "2");
  EXPECT_STREQ(getenv("RUFF_TEST_A"), "2");
  EXPECT_TRUE(IsListed("RUFF_TEST_A=2"));
  EXPECT_FALSE(IsListed("RUFF_TEST_A=1"));
}

TEST(EnvironmentTest, OthersMaySetAndRemoveToo) {
  SetVariable("RUFF_TEST_B", "1");
  SetVariable("RUFF_TEST_C", "1");
  unsetenv("RUFF_TEST_B");
  SetVariable("RUFF_TEST_C", "2");
  EXPECT_EQ(FindVariable("RUFF_TEST_B"), nullptr);
  EXPECT_STREQ(FindVariable("RUFF_TEST_C"), "2");
  setenv("RUFF_TEST_D", "1", 1);
  setenv("RUFF_TEST_E", "1", 1);
  SetVariable("RUFF_TEST_D", "2");
  EXPECT_STREQ(getenv("RUFF_TEST_D"), "2");
  EXPECT_STREQ(getenv("RUFF_TEST_E"), "1");
}

TEST(EnvironmentTest, NamesThatCannotBe) {
  for (const std::string_view name : {"", "A=B", "="}) {
    EXPECT_FALSE(IsVariableName(name));
    EXPECT_EQ(FindVariable(name), nullptr);
  }
  EXPECT_EQ(NameOfEntry("A=b=c"), "A");
  EXPECT_EQ(NameOfEntry("=C:=x"), "=C:");
  EXPECT_EQ(NameOfEntry("odd"), "odd");
  EXPECT_EQ(NameOfEntry(""), "");
}

// Under the sanitizers: no reader meets freed memory.
TEST(EnvironmentTest, ReadersNeedNoLock) {
  std::atomic<bool> done = false;
  std::thread reader([&] {
    while (!done.load()) {
      const char* value = getenv("RUFF_TEST_RACE");
      if (value != nullptr) EXPECT_EQ(value[0], 'v');
    }
  });
  for (int i = 0; i < 5'000; ++i) {
    SetVariable("RUFF_TEST_RACE", absl::StrCat("v", i % 100));
    SetVariable(absl::StrCat("RUFF_TEST_", i), "x");
  }
  done.store(true);
  reader.join();
  EXPECT_STREQ(getenv("RUFF_TEST_4999"), "x");
}

}  // namespace
}  // namespace ruff
