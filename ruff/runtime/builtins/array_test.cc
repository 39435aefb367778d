#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "ruff/runtime/builtins/element.h"
#include "ruff/runtime/builtins/test_context.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/format.h"

namespace ruff {
namespace {

std::string Text(Value v) { return FormatToString(v, Form::kText); }

// The text form of the result of a call that must succeed.
std::string Result(std::string_view name, std::vector<Ref> args) {
  TestContext c;
  const Ref result = c.Call(name, std::move(args));
  EXPECT_EQ(c.failure(), "");
  return Text(result.get());
}

std::string Error(std::string_view name, std::vector<Ref> args) {
  TestContext c;
  c.Call(name, std::move(args));
  return c.failure();
}

TEST(ArrayTest, MutatorsLeaveTheirArgumentsAlone) {
  const Ref a = A({I(3), I(1), I(2)});
  EXPECT_EQ(Result("push", {a, S("x")}), "[3, 1, 2, x]");
  EXPECT_EQ(Result("pop", {a}), "[[3, 1], 2]");
  EXPECT_EQ(Result("insert", {a, F(1.9), F(9)}), "[3, 9, 1, 2]");
  EXPECT_EQ(Result("insert", {a, I(3), I(9)}), "[3, 1, 2, 9]");
  EXPECT_EQ(Result("remove", {a, I(1)}), "[3, 2]");
  EXPECT_EQ(Result("remove", {a, F(1)}), "[3, 1, 2]");
  EXPECT_EQ(Result("remove_at", {a, I(0)}), "[[1, 2], 3]");
  EXPECT_EQ(Result("sort", {a}), "[1, 2, 3]");
  EXPECT_EQ(Result("reverse", {a}), "[2, 1, 3]");
  EXPECT_EQ(Result("concat", {a, a}), "[3, 1, 2, 3, 1, 2]");
  EXPECT_EQ(Result("push", {a, a}), "[3, 1, 2, [3, 1, 2]]");
  EXPECT_EQ(Text(a.get()), "[3, 1, 2]");
}

TEST(ArrayTest, AUniqueArgumentIsChangedInPlace) {
  TestContext c;
  Ref a = A({});
  c.Call("push", {a, I(1)});
  const void* storage = nullptr;
  uint64_t moves = 0;
  for (int i = 0; i < 10'000; ++i) {
    std::vector<Ref> args;
    args.push_back(std::move(a));
    args.push_back(I(i));
    a = c.CallMoving("push", &args);
    if (a.As<Array>()->ints != storage) ++moves;
    storage = a.As<Array>()->ints;
  }
  EXPECT_LT(moves, 40u);
  EXPECT_EQ(a.As<Array>()->size, 10'000u);
}

TEST(ArrayTest, AFailureLeavesTheArguments) {
  TestContext c;
  std::vector<Ref> args = {A({I(1)}), I(7), I(9)};
  c.CallMoving("insert", &args);
  EXPECT_EQ(c.failure(), "insert() index 7 out of bounds for array of length 1");
  EXPECT_EQ(Text(args[0].get()), "[1]");
  EXPECT_EQ(Text(args[2].get()), "9");
}

TEST(ArrayTest, EmptyAndAbsent) {
  EXPECT_EQ(Result("pop", {A({})}), "[[], 0]");
  EXPECT_EQ(Result("remove", {D({{"a", I(1)}}), S("a")}), "[{}, 1]");
  EXPECT_EQ(Result("remove", {D({{"5", I(1)}}), F(5)}), "[{}, 1]");
  EXPECT_EQ(Result("remove", {D({}), S("a")}), "[{}, 0]");
  EXPECT_EQ(Result("sum", {A({})}), "0");
  EXPECT_EQ(Result("chunk", {A({}), I(2)}), "[]");
  EXPECT_EQ(Result("zip", {A({}), A({I(1)})}), "[]");
}

TEST(ArrayTest, Errors) {
  EXPECT_EQ(Error("push", {S("x"), I(1)}), "push() requires an array as the first argument");
  EXPECT_EQ(Error("append", {I(5), I(1)}), "append() requires an array as the first argument");
  EXPECT_EQ(Error("pop", {}), "pop expects 1 argument, got 0");
  EXPECT_EQ(Error("remove_at", {A({}), I(-1)}),
            "remove_at() index -1 out of bounds for array of length 0");
  EXPECT_EQ(Error("remove", {D({}), B(true)}),
            "remove() requires an array or dictionary-like value with a valid key/item");
  EXPECT_EQ(Error("slice", {A({}), F(NAN), I(1)}), "slice() start must be a number");
  EXPECT_EQ(Error("slice", {S("a"), I(0), I(1)}),
            "slice() requires array or bytes and numeric start/end arguments");
  EXPECT_EQ(Error("sum", {A({I(INT64_MAX), S("x"), I(1)})}),
            "Integer overflow: 9223372036854775807 + 1");
}

TEST(ArrayTest, SliceClamps) {
  const Ref a = A({I(1), I(2), I(3), I(4), I(5)});
  EXPECT_EQ(Result("slice", {a, I(-3), I(-1)}), "[3, 4]");
  EXPECT_EQ(Result("slice", {a, I(-10), I(10)}), "[1, 2, 3, 4, 5]");
  EXPECT_EQ(Result("slice", {a, I(2), I(1)}), "[]");
  EXPECT_EQ(Result("slice", {a, I(INT64_MIN), I(INT64_MAX)}), "[1, 2, 3, 4, 5]");
  EXPECT_EQ(Result("slice", {Ref(NewBytes("abc")), I(1), I(3)}), "bytes([98, 99])");
}

TEST(ArrayTest, SumSwitchesToFloatAtTheFirstFloat) {
  EXPECT_EQ(Result("sum", {A({I(1), S("2"), I(3), Null(), B(true)})}), "4");
  EXPECT_EQ(Result("sum", {A({I(1), F(2.5), I(INT64_MAX)})}), "9223372036854776000");
}

TEST(ArrayTest, Shapes) {
  const Ref a = A({I(1), I(2), I(3)});
  EXPECT_EQ(Result("chunk", {a, F(2.5)}), "[[1, 2], [3]]");
  EXPECT_EQ(Result("chunk", {a, I(0)}), "[[1, 2, 3]]");
  EXPECT_EQ(Result("chunk", {a, I(INT64_MAX)}), "[[1, 2, 3]]");
  EXPECT_EQ(Result("take", {a, I(-1)}), "[]");
  EXPECT_EQ(Result("skip", {a, I(-1)}), "[1, 2, 3]");
  EXPECT_EQ(Result("skip", {a, I(10)}), "[]");
  EXPECT_EQ(Result("windows", {a, I(2)}), "[[1, 2], [2, 3]]");
  EXPECT_EQ(Result("windows", {a, I(4)}), "[]");
  EXPECT_EQ(Result("zip", {a, A({S("a"), S("b")})}), "[[1, a], [2, b]]");
  EXPECT_EQ(Result("enumerate", {A({S("a")})}), "[[0, a]]");
  EXPECT_EQ(Result("flatten", {A({A({I(1)}), A({A({I(2)})}), I(3)})}), "[1, [2], 3]");
}

TEST(ArrayTest, QuadraticWindowsAreRefused) {
  Ref a = Ref(NewArray(1 << 21, Array::kInts));
  a.As<Array>()->size = 1 << 21;
  std::fill_n(a.As<Array>()->ints, 1 << 21, 0);
  EXPECT_EQ(Error("windows", {a, I(1 << 20)}), "windows() result exceeds maximum size");
}

TEST(UniqueTest, TypesAreDistinctAndContainersDeep) {
  EXPECT_EQ(Result("unique", {A({I(1), F(1), S("1"), B(true), I(1)})}), "[1, 1, 1, true]");
  EXPECT_EQ(Result("unique", {A({A({I(1)}), A({F(1)}), A({I(1)})})}), "[[1], [1]]");
  EXPECT_EQ(Result("unique", {A({F(NAN), F(0), F(NAN), F(-0.0)})}), "[NaN, 0]");
}

TEST(SortTest, MixedKindsStandInGroups) {
  EXPECT_EQ(Result("sort", {A({S("b"), Null(), F(2.5), S("a"), F(NAN), I(1), B(true), I(3)})}),
            "[1, 2.5, 3, NaN, a, b, null, true]");
  EXPECT_EQ(Result("sort", {A({S("é"), S("Z"), S("a"), S("b"), S("C")})}), "[C, Z, a, b, é]");
  EXPECT_EQ(Result("sort", {A({S("abcdefgh2"), S("abcdefgh"), S("abcdefgh1")})}),
            "[abcdefgh, abcdefgh1, abcdefgh2]");
}

TEST(SortTest, OrderOfKeysIsThatOfSort) {
  const std::vector<Ref> mixed = {S("b"), Null(), F(2.5),  S("a"), F(NAN), I(1),  S("a"),
                                  I(3),   F(1),   B(true), Null(), I(1),   F(0.5)};
  std::mt19937_64 random(1);
  for (int kind = 0; kind < 4; ++kind) {
    std::vector<Ref> elements;
    for (int i = 0; i < 3'000; ++i) {
      const uint64_t bits = random();
      elements.push_back(kind == 0   ? I(static_cast<int64_t>(bits % 100))
                         : kind == 1 ? I(static_cast<int64_t>(bits))
                         : kind == 2 ? F(static_cast<double>(bits % 1'000) / 8)
                                     : mixed[bits % mixed.size()]);
    }
    const Ref keys = A(elements);
    std::vector<Ref> ordered;
    uint64_t last = 0;
    for (const uint64_t i : SortedOrder(keys.As<Array>())) {
      const bool same = !ordered.empty() && Text(ordered.back().get()) == Text(elements[i].get());
      if (same) EXPECT_LT(last, i);
      last = i;
      ordered.push_back(elements[i]);
    }
    EXPECT_EQ(Text(A(ordered).get()), Result("sort", {keys})) << kind;
  }
}

TEST(SortTest, IntsAndFloatsCompareExactly) {
  constexpr int64_t kBig = int64_t{1} << 53;
  EXPECT_EQ(Result("sort", {A({I(kBig + 1), F(9007199254740992.0), I(kBig - 1)})}),
            "[9007199254740991, 9007199254740992, 9007199254740993]");
  EXPECT_EQ(Result("sort", {A({F(INFINITY), I(INT64_MAX), F(-INFINITY), I(INT64_MIN)})}),
            "[-inf, -9223372036854775808, 9223372036854775807, inf]");
  EXPECT_EQ(Result("sort", {A({F(0.5), I(0), F(-0.5), I(-1)})}), "[-1, -0.5, 0, 0.5]");
}

TEST(SortTest, EqualNumbersKeepTheirOrder) {
  EXPECT_EQ(Result("sort", {A({F(0.0), F(-0.0), F(-1), F(0.0)})}), "[-1, 0, -0, 0]");
}

TEST(SortTest, RandomIntsAgainstAModel) {
  std::mt19937_64 random(7);
  for (const int size : {0, 1, 2, 15, 17, 511, 512, 5000}) {
    for (const int shift : {0, 20, 40, 60}) {
      std::vector<int64_t> model;
      Ref a = Ref(NewArray());
      for (int i = 0; i < size; ++i) {
        model.push_back(static_cast<int64_t>(random()) >> shift);
        ArrayPush(a.As<Array>(), Value::Int(model.back()));
      }
      std::sort(model.begin(), model.end());
      TestContext c;
      const Ref sorted = c.Call("sort", {a});
      ASSERT_EQ(sorted.As<Array>()->size, model.size());
      for (int i = 0; i < size; ++i) ASSERT_EQ(ArrayGet(sorted.As<Array>(), i).i, model[i]);
    }
  }
}

TEST(SortTest, RandomNumbersAgainstAModel) {
  std::mt19937_64 random(8);
  for (const int size : {16, 33, 1000}) {
    std::vector<double> model;
    Ref a = Ref(NewArray());
    for (int i = 0; i < size; ++i) {
      const int n = static_cast<int>(random() % 50) - 25;
      model.push_back(n);
      ArrayPush(a.As<Array>(), random() % 2 == 0 ? Value::Int(n) : Value::Float(n));
    }
    std::sort(model.begin(), model.end());
    TestContext c;
    const Ref sorted = c.Call("sort", {a});
    for (int i = 0; i < size; ++i) {
      const Value v = ArrayGet(sorted.As<Array>(), i);
      ASSERT_EQ(v.IsInt() ? static_cast<double>(v.i) : v.d, model[i]);
    }
  }
}

}  // namespace
}  // namespace ruff
