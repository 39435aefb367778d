// One small call into each external library: proves that it builds, links and runs with our flags.

#include <benchmark/benchmark.h>  // in quotes simdjson would give its own

#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "fast_float/fast_float.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "mimalloc.h"
#include "re2/re2.h"
#include "simdjson.h"
#include "toml++/toml.h"
#include "utf8proc.h"
#include "uv.h"
#include "yaml-cpp/yaml.h"

namespace {

TEST(LibrariesTest, Abseil) {
  absl::flat_hash_map<std::string, int> map = {{"ruff", 1}};
  EXPECT_EQ(map["ruff"], 1);
}

TEST(LibrariesTest, GoogleMock) { EXPECT_THAT(std::string("ruff"), testing::HasSubstr("uf")); }

TEST(LibrariesTest, Benchmark) {
  int kept = 1;
  benchmark::DoNotOptimize(kept);
  EXPECT_EQ(kept, 1);
}

TEST(LibrariesTest, Libuv) {
  uv_loop_t loop;
  ASSERT_EQ(uv_loop_init(&loop), 0);
  uv_timer_t timer;
  bool fired = false;
  timer.data = &fired;
  uv_timer_init(&loop, &timer);
  uv_timer_start(
      &timer,
      [](uv_timer_t* handle) {
        *static_cast<bool*>(handle->data) = true;
        uv_close(reinterpret_cast<uv_handle_t*>(handle), nullptr);
      },
      1, 0);
  uv_run(&loop, UV_RUN_DEFAULT);
  EXPECT_TRUE(fired);
  EXPECT_EQ(uv_loop_close(&loop), 0);
}

TEST(LibrariesTest, Mimalloc) {
  void* block = mi_malloc(100);
  ASSERT_NE(block, nullptr);
  EXPECT_GE(mi_usable_size(block), 100u);
  mi_free(block);
}

TEST(LibrariesTest, Utf8proc) { EXPECT_EQ(utf8proc_toupper(0xE9), 0xC9); }

TEST(LibrariesTest, Re2) {
  std::string word;
  EXPECT_TRUE(RE2::FullMatch("ruff 42", "(\\w+) \\d+", &word));
  EXPECT_EQ(word, "ruff");
}

TEST(LibrariesTest, Simdjson) {
  const simdjson::padded_string text(std::string_view(R"({"a": [1, 2]})"));
  simdjson::ondemand::parser parser;
  simdjson::ondemand::document document;
  ASSERT_EQ(parser.iterate(text).get(document), simdjson::SUCCESS);
  EXPECT_EQ(document["a"].at(1).get_int64().value_unsafe(), 2);
}

TEST(LibrariesTest, YamlCpp) { EXPECT_EQ(YAML::Load("a: [1, 2]")["a"][1].as<int>(), 2); }

TEST(LibrariesTest, FastFloat) {
  constexpr std::string_view kText = "1.5e3";
  double value = 0;
  fast_float::from_chars(kText.data(), kText.data() + kText.size(), value);
  EXPECT_EQ(value, 1500.0);
}

TEST(LibrariesTest, TomlPlusPlus) { EXPECT_EQ(toml::parse("a = 42")["a"].value_or(0), 42); }

}  // namespace
