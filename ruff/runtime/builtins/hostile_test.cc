// Builtins that make as much as a number or a shared argument tells them to: beyond the budget of
// the heap they fail and leave nothing behind.

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "ruff/runtime/builtins/test_context.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/heap.h"

namespace ruff {
namespace {

constexpr uint64_t kBudget = 16 << 20;  // bytes
constexpr int64_t kHuge[] = {int64_t{1} << 28, int64_t{1} << 40, INT64_MAX};

// `n` times the same element.
Ref Same(uint64_t n, const Ref& element) {
  Array* a = NewArray(n, Array::kValues);
  for (uint64_t i = 0; i < n; ++i) ArrayPush(a, Retain(element.get()));
  return Ref(a);
}

// An array of two of an array of two …: `depth` small objects with 2^depth leaves.
Ref Doubled(int depth) {
  Ref value = S("leaf");
  for (int i = 0; i < depth; ++i) value = A({value, value});
  return value;
}

class HostileTest : public testing::Test {
 protected:
  HostileTest() : scope_(&heap_) { heap_.set_limit(kBudget); }

  void ExpectTooLarge(std::string_view name, const std::vector<Ref>& args,
                      std::string_view named = "") {
    TestContext context;
    const uint64_t before = heap_.bytes_in_use();
    EXPECT_EQ(context.Try(name, args), "error: " + std::string(named.empty() ? name : named) +
                                           "() result exceeds maximum size");
    EXPECT_EQ(heap_.bytes_in_use(), before) << name;
    EXPECT_LE(heap_.peak_bytes(), kBudget + kBudget / 4) << name;
  }

  Heap heap_;
  HeapScope scope_;
};

TEST_F(HostileTest, Counts) {
  for (const int64_t count : kHuge) {
    ExpectTooLarge("repeat", {S("ab"), I(count)});
    ExpectTooLarge("pad_left", {S("a"), I(count), S("é")});
    ExpectTooLarge("pad_right", {S("a"), I(count), S("x")});
    ExpectTooLarge("pad_start", {S("a"), I(count), S("x")}, "pad_left");
    ExpectTooLarge("pad_end", {S("a"), I(count), S("x")}, "pad_right");
    ExpectTooLarge("range", {I(count)});
    ExpectTooLarge("range", {I(-count), I(count)});
    ExpectTooLarge("random_id", {I(count)});
  }
}

TEST_F(HostileTest, Products) {
  const Ref megabyte = S(std::string(1 << 20, 'x'));
  const Ref many = Same(100, megabyte);
  ExpectTooLarge("join", {many, S("")});
  ExpectTooLarge("join", {A({I(1), S(std::string(1 << 20, 'x'))}), S(std::string(10 << 20, ','))});
  ExpectTooLarge("replace", {megabyte, S("x"), S(std::string(1000, 'y'))});
  ExpectTooLarge("replace", {megabyte, S(""), S(std::string(1000, 'y'))});
  ExpectTooLarge("split", {S(std::string(4 << 20, 'x')), S("")});
  ExpectTooLarge("regex_replace", {megabyte, S("x"), S(std::string(1000, 'y'))});
  ExpectTooLarge("to_string", {Doubled(40)});
  ExpectTooLarge("to_json", {Doubled(40)});
  ExpectTooLarge("to_yaml", {Doubled(40)});
  ExpectTooLarge("windows", {Same(1 << 16, I(1)), I(1 << 15)});
  ExpectTooLarge("flatten", {Same(1 << 12, Same(1 << 12, S("x")))});
}

std::string Repeated(std::string_view part, size_t times) {
  std::string text;
  for (size_t i = 0; i < times; ++i) text += part;
  return text;
}

// Reading takes a copy and a table of tokens, which is refused before it is made.
TEST_F(HostileTest, Tokens) {
  TestContext context;
  const std::string text = "[" + Repeated("0,", (kBudget / 8)) + "0]";
  EXPECT_EQ(context.Try("parse_json", {S(text)}),
            "error: parse_json() result exceeds maximum size");
  EXPECT_EQ(context.Try("parse_json", {S(text + "]")}),
            absl::StrCat("error: JSON parse error: trailing characters at line 1 column ",
                         text.size() + 1));
}

// Documents whose values are far larger than their text.
TEST_F(HostileTest, Documents) {
  constexpr size_t kTimes = 300'000;
  heap_.set_limit(8 << 20);
  const std::pair<const char*, std::string> kDocuments[] = {
      {"parse_json", "[" + Repeated("\"\",", kTimes) + "0]"},
      {"parse_json", "[" + Repeated("{},", kTimes) + "0]"},
      {"parse_json", "[" + Repeated("{\"a\":0},", kTimes) + "0]"},
      {"parse_toml", "a=[" + Repeated("'',", kTimes) + "]"},
      {"parse_toml", Repeated("[[a]]\n", kTimes)},
      {"parse_yaml", "[" + Repeated("a,", kTimes) + "]"},
      {"parse_yaml", Repeated("- a: b\n", kTimes)},
      {"parse_csv", "a\n" + Repeated("x\n", kTimes)},
      {"lines", Repeated("\n", kTimes)},
      {"words", Repeated("x ", kTimes)},
  };
  for (const auto& [name, document] : kDocuments) {
    TestContext context;
    const Ref text = S(document);
    const uint64_t before = heap_.bytes_in_use();
    EXPECT_EQ(context.Try(name, {text}),
              absl::StrCat("error: ", name, "() result exceeds maximum size"));
    EXPECT_EQ(heap_.bytes_in_use(), before) << name;
  }
  // An array about to grow is the most that exists beyond the limit.
  EXPECT_LE(heap_.peak_bytes(), uint64_t{3} * (8 << 20));
}

}  // namespace
}  // namespace ruff
