#include "ruff/lang/bytecode/constant_text.h"

#include "gtest/gtest.h"

namespace ruff {
namespace {

using Kind = Constant::Kind;

Constant Int(int64_t i) { return {.kind = Kind::kInt, .i = i}; }
Constant Pooled(Kind kind, uint32_t index) { return {.kind = kind, .index = index}; }

TEST(ConstantText, Scalars) {
  const Module module;
  EXPECT_EQ(ConstantText(module, {}), "null");
  EXPECT_EQ(ConstantText(module, {.kind = Kind::kBool, .i = 1}), "true");
  EXPECT_EQ(ConstantText(module, Int(-9)), "-9");
  EXPECT_EQ(ConstantText(module, {.kind = Kind::kFloat, .d = 2}), "2.0");
  EXPECT_EQ(ConstantText(module, {.kind = Kind::kFloat, .d = 0.5}), "0.5");
  EXPECT_EQ(ConstantText(module, {.kind = Kind::kNone}), "None");
}

TEST(ConstantText, Pools) {
  Module module;
  module.strings = {"a\"\n", std::string(100, 'x')};
  module.int_arrays = {{1, 2}, std::vector<int64_t>(1000000, 7)};
  module.arrays = {{Pooled(Kind::kString, 0), Pooled(Kind::kIntArray, 0)}};
  module.dicts = {{{Int(1), Pooled(Kind::kArray, 0)}}};
  EXPECT_EQ(ConstantText(module, Pooled(Kind::kString, 0)), R"("a\"\n")");
  EXPECT_EQ(ConstantText(module, Pooled(Kind::kString, 1)),
            "\"" + std::string(60, 'x') + "\"... 100 bytes");
  EXPECT_EQ(ConstantText(module, Pooled(Kind::kIntArray, 1)),
            "[7, 7, 7, 7, 7, 7, 7, 7, ... 999992 more]");
  EXPECT_EQ(ConstantText(module, Pooled(Kind::kArray, 0)), R"(["a\"\n", [1, 2]])");
  EXPECT_EQ(ConstantText(module, Pooled(Kind::kDict, 0)), R"({1: ["a\"\n", [... 2 more]]})");
}

TEST(ConstantText, Nonsense) {
  Module module;
  module.arrays = {{Pooled(Kind::kArray, 0)}};
  EXPECT_EQ(ConstantText(module, Pooled(Kind::kArray, 0)), "[[[... 1 more]]]") << "contains itself";
  EXPECT_EQ(ConstantText(module, Pooled(Kind::kDict, 5)), "?");
  EXPECT_EQ(ConstantText(module, Pooled(static_cast<Kind>(99), 5)), "?");
}

}  // namespace
}  // namespace ruff
