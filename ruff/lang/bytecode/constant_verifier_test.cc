#include "ruff/lang/bytecode/constant_verifier.h"

#include "gtest/gtest.h"

namespace ruff {
namespace {

using Kind = Constant::Kind;

Constant Int(int64_t i) { return {.kind = Kind::kInt, .i = i}; }
Constant Pooled(Kind kind, uint32_t index) { return {.kind = kind, .index = index}; }

bool PoolsAreFine(const Module& module) { return ConstantVerifier(module).VerifyPools().ok(); }

TEST(ConstantVerifier, Strings) {
  Module module;
  module.strings = {"", "grün"};
  EXPECT_TRUE(PoolsAreFine(module));
  module.strings.push_back("\xff");
  EXPECT_FALSE(PoolsAreFine(module));
}

TEST(ConstantVerifier, ElementsExist) {
  Module module;
  module.arrays = {{Int(1)}, {Pooled(Kind::kArray, 0), Pooled(Kind::kArray, 0)}};
  EXPECT_TRUE(PoolsAreFine(module));
  for (const Kind kind :
       {Kind::kString, Kind::kIntArray, Kind::kFloatArray, Kind::kDict, Kind{77}}) {
    module.arrays[0] = {Pooled(kind, 0)};
    EXPECT_FALSE(PoolsAreFine(module)) << static_cast<int>(kind);
  }
  module.arrays[0] = {{.kind = Kind::kBool, .i = 2}};
  EXPECT_FALSE(PoolsAreFine(module));
}

TEST(ConstantVerifier, KeysDiffer) {
  Module module;
  module.strings = {"1", "01", "a", "-0", "a"};
  const auto string = [](uint32_t i) { return Pooled(Kind::kString, i); };
  module.dicts = {{{Int(1), Int(0)},
                   {string(1), Int(0)},
                   {string(2), Int(0)},
                   {string(3), Int(0)},
                   {Int(0), Int(0)}}};
  EXPECT_TRUE(PoolsAreFine(module));
  module.dicts.push_back({{Int(1), Int(0)}, {string(0), Int(0)}});
  EXPECT_FALSE(PoolsAreFine(module)) << "1 and its text are one key";
  module.dicts.back() = {{string(2), Int(0)}, {string(4), Int(0)}};
  EXPECT_FALSE(PoolsAreFine(module)) << "equal strings in two places";
  module.dicts.back() = {{Constant{}, Int(0)}};
  EXPECT_FALSE(PoolsAreFine(module)) << "null is no key";
}

TEST(ConstantVerifier, CyclesAtAnyDepth) {
  constexpr uint32_t kDepth = 200000;
  Module module;
  for (uint32_t i = 0; i + 1 < kDepth; ++i) module.arrays.push_back({Pooled(Kind::kArray, i + 1)});
  module.arrays.push_back({Pooled(Kind::kDict, 0)});
  module.dicts = {{{Int(1), Int(2)}}};
  EXPECT_TRUE(PoolsAreFine(module));
  module.dicts[0][0].second = Pooled(Kind::kArray, 5);
  EXPECT_FALSE(PoolsAreFine(module));
}

TEST(ConstantVerifier, Roles) {
  Module module;
  module.strings = {"k"};
  module.arrays = {{Pooled(Kind::kString, 0), Int(1)}, {Constant{}}};
  ConstantVerifier verifier(module);
  ASSERT_TRUE(verifier.VerifyPools().ok());
  const Constant text = Pooled(Kind::kString, 0);
  const Constant number = {.kind = Kind::kFloat, .d = 1};
  EXPECT_TRUE(verifier.Fits(text, ConstantRole::kString));
  EXPECT_FALSE(verifier.Fits(text, ConstantRole::kNumber));
  EXPECT_TRUE(verifier.Fits(number, ConstantRole::kNumberOrString));
  EXPECT_FALSE(verifier.Fits(number, ConstantRole::kKey));
  EXPECT_TRUE(verifier.Fits(Int(1), ConstantRole::kKey));
  EXPECT_TRUE(verifier.Fits(Pooled(Kind::kArray, 0), ConstantRole::kKeyArray));
  EXPECT_FALSE(verifier.Fits(Pooled(Kind::kArray, 1), ConstantRole::kKeyArray));
  EXPECT_FALSE(verifier.Fits(text, ConstantRole::kKeyArray));
}

}  // namespace
}  // namespace ruff
