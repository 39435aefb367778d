// What the examples and the conformance cases do not show.

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/host/posix/fault_plan.h"
#include "ruff/host/run_host_program.h"
#include "testing/base/file_text.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

class KvTest : public testing::Test {
 protected:
  void SetUp() override { setenv("RUFF_KV_PATH", store_.c_str(), 1); }
  void TearDown() override { unsetenv("RUFF_KV_PATH"); }
  std::string Message(std::string_view call) const {
    std::string said =
        RunHostProgram(absl::StrCat("try { print(", call, ") } except e { print(e.message) }"));
    if (said.ends_with('\n')) said.pop_back();
    return said;
  }

  const TempDir dir_;
  const std::string store_ = dir_.Join("kv.json");
};

// Nothing that one of many workers has stored is lost.
TEST_F(KvTest, WorkersShareTheStore) {
  EXPECT_EQ(RunHostProgram(R"(
func put(i) { return kv_set("k" + to_string(i), to_string(i)) }
await parallel_map(range(64), put)
print(len(parse_json(read_file(env("RUFF_KV_PATH")))), kv_get("k63"))
)"),
            "64 63\n");
}

TEST_F(KvTest, KeysAreTexts) {
  EXPECT_EQ(RunHostProgram(R"(
kv_set("10", "a") kv_set("9", "b") kv_set("09", "c")
print(kv_get("10"), kv_get("9"), kv_get("09"), kv_get("010"))
)"),
            "a b c null\n");
  EXPECT_EQ(ReadFileText(store_), "{\n  \"09\": \"c\",\n  \"10\": \"a\",\n  \"9\": \"b\"\n}");
}

TEST_F(KvTest, WhatTheSystemRefuses) {
  ASSERT_TRUE(WriteFileText(dir_.Join("f"), "x"));
  setenv("RUFF_KV_PATH", dir_.Join("f/kv.json").c_str(), 1);
  EXPECT_EQ(Message("kv_get(\"a\")"),
            absl::StrCat("Failed to read kv store '", dir_.Join("f/kv.json"),
                         "': Not a directory (os error 20)"));
  setenv("RUFF_KV_PATH", "/proc/no/kv.json", 1);
  EXPECT_EQ(
      Message("kv_set(\"a\", \"b\")"),
      "Failed to prepare kv store directory '/proc/no': No such file or directory (os error 2)");
  ASSERT_TRUE(WriteFileText(store_, "\"\xff\""));
  setenv("RUFF_KV_PATH", store_.c_str(), 1);
  EXPECT_EQ(Message("kv_get(\"a\")"), absl::StrCat("Failed to read kv store '", store_,
                                                   "': stream did not contain valid UTF-8"));
}

// Whatever call fails, the store is the old one or the new one.
TEST_F(KvTest, TheStoreIsWholeWhateverFails) {
  const std::string old_text = "{\n  \"a\": \"1\"\n}";
  const std::string new_text = "{\n  \"a\": \"2\"\n}";
  int failures = 0;
  for (uint32_t n = 0; n < 24; ++n) {
    ASSERT_TRUE(WriteFileText(store_, old_text));
    std::string said;
    {
      FaultPlan plan(ErrorAt(n));
      said = Message("kv_set(\"a\", \"2\")");
    }
    const std::optional<std::string> text = ReadFileText(store_);
    if (said == "true") {
      EXPECT_EQ(text, new_text) << n;
    } else {
      EXPECT_TRUE(said.ends_with("': Input/output error (os error 5)")) << said;
      EXPECT_EQ(text, old_text) << n;
      ++failures;
    }
  }
  EXPECT_GT(failures, 4);
  EXPECT_EQ(Message("list_dir(dirname(env(\"RUFF_KV_PATH\")))"), "[kv.json]");
}

}  // namespace
}  // namespace ruff
