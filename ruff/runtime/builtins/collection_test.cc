#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <random>
#include <vector>

#include "ruff/runtime/builtins/test_context.h"
#include "ruff/runtime/value/format.h"

namespace ruff {
namespace {

std::string Result(std::string_view name, std::vector<Ref> args) {
  TestContext c;
  const Ref result = c.Call(name, std::move(args));
  EXPECT_EQ(c.failure(), "") << name;
  return FormatToString(result.get(), Form::kText);
}

Ref Make(std::string_view constructor, std::vector<Ref> items) {
  TestContext c;
  return c.Call(constructor, {A(std::move(items))});
}

TEST(SetTest, MembersAreDistinctByEquality) {
  const Ref s = Make("Set", {I(3), I(1), I(3), F(1), A({I(1)}), A({F(1)})});
  EXPECT_EQ(Result("set_to_array", {s}), "[3, 1, [1]]");
  EXPECT_EQ(Result("set_has", {s, F(3)}), "true");
  EXPECT_EQ(Result("set_add", {s, S("x")}), "Set([3, 1, [1], x])");
  EXPECT_EQ(Result("set_remove", {s, I(3)}), "Set([1, [1]])");
  EXPECT_EQ(Result("set_union", {s, Make("Set", {I(9)})}), "Set([3, 1, [1], 9])");
  EXPECT_EQ(Result("set_union", {s, s}), "Set([3, 1, [1]])");
  EXPECT_EQ(Result("set_intersect", {s, Make("Set", {I(1), I(3)})}), "Set([3, 1])");
  EXPECT_EQ(Result("set_difference", {s, Make("Set", {I(1), I(3)})}), "Set([[1]])");
  EXPECT_EQ(Result("len", {s}), "3");
}

TEST(SetTest, WrongArgumentsGiveEmptySets) {
  TestContext c;
  EXPECT_EQ(Result("set_add", {I(5), I(1)}), "Set([])");
  EXPECT_EQ(Result("set_has", {I(5), I(1)}), "false");
  EXPECT_EQ(Result("set_union", {Make("Set", {I(1)}), A({I(1)})}), "Set([])");
  EXPECT_EQ(Result("set_to_array", {}), "[]");
  EXPECT_EQ(c.Try("Set", {S("abc")}), "error: Set constructor requires an array argument");
  EXPECT_EQ(c.Try("Set", {A({}), A({})}), "error: Set constructor takes at most 1 argument");
}

TEST(QueueTest, GivesFromTheFrontStacksFromTheEnd) {
  const Ref q = Make("Queue", {I(1), I(2)});
  EXPECT_EQ(Result("queue_enqueue", {q, I(3)}), "Queue([1, 2, 3])");
  EXPECT_EQ(Result("queue_dequeue", {q}), "[Queue([2]), 1]");
  EXPECT_EQ(Result("queue_peek", {q}), "1");
  const Ref s = Make("Stack", {I(1), I(2)});
  EXPECT_EQ(Result("stack_push", {s, I(3)}), "Stack([1, 2, 3])");
  EXPECT_EQ(Result("stack_pop", {s}), "[Stack([1]), 2]");
  EXPECT_EQ(Result("stack_peek", {s}), "2");
  EXPECT_EQ(Result("queue_to_array", {q}), "[1, 2]");
}

TEST(QueueTest, EmptyAndWrongArguments) {
  TestContext c;
  EXPECT_EQ(Result("queue_dequeue", {Make("Queue", {})}), "[Queue([]), null]");
  EXPECT_EQ(Result("stack_pop", {I(5)}), "[Stack([]), null]");
  EXPECT_EQ(Result("stack_is_empty", {I(5)}), "true");
  EXPECT_EQ(Result("Queue", {S("x")}), "Queue([])");
  EXPECT_EQ(c.Try("queue_size", {I(5)}), "error: queue_size requires a Queue argument");
  EXPECT_EQ(c.Try("stack_size", {}), "error: stack_size expects 1 argument (stack), got 0");
}

TEST(QueueTest, RandomUseAgainstAModel) {
  std::mt19937 random(11);
  TestContext c;
  Ref q = c.Call("Queue", {});
  std::deque<int64_t> model;
  for (int i = 0; i < 5000; ++i) {
    std::vector<Ref> args;
    args.push_back(std::move(q));
    if (random() % 3 != 0 || model.empty()) {
      args.push_back(I(i));
      q = c.CallMoving("queue_enqueue", &args);
      model.push_back(i);
    } else {
      const Ref pair = c.CallMoving("queue_dequeue", &args);
      ASSERT_EQ(ArrayGet(pair.As<Array>(), 1).i, model.front());
      q = Ref::Share(ArrayGet(pair.As<Array>(), 0));
      model.pop_front();
    }
    ASSERT_EQ(c.Call("len", {q}).get().i, static_cast<int64_t>(model.size()));
  }
}

TEST(DictTest, ListsInKeyOrder) {
  const Ref d = D({{"b", I(2)}, {"10", I(3)}, {"9", I(4)}, {"a", I(1)}});
  EXPECT_EQ(Result("keys", {d}), "[10, 9, a, b]");
  EXPECT_EQ(Result("values", {d}), "[3, 4, 1, 2]");
  EXPECT_EQ(Result("items", {D({{"k", I(1)}})}), "[[k, 1]]");
  TestContext c;
  EXPECT_EQ(c.Try("keys", {D({{"1", Null()}})}), "Array[String(\"1\")]");
}

TEST(DictTest, Lookups) {
  const Ref d = D({{"a", I(1)}, {"7", I(2)}, {"n", Null()}});
  EXPECT_EQ(Result("get", {d, F(7)}), "2");
  EXPECT_EQ(Result("get", {d, S("z")}), "null");
  EXPECT_EQ(Result("get", {d, S("z"), I(42)}), "42");
  EXPECT_EQ(Result("get", {d, S("n"), I(42)}), "null");
  EXPECT_EQ(Result("get", {I(5), S("n"), I(42)}), "null");
  EXPECT_EQ(Result("has_key", {d, S("7")}), "1");
  EXPECT_EQ(Result("has_key", {d, Null()}), "0");
  TestContext c;
  EXPECT_EQ(c.Try("get_default", {d, S("a")}),
            "error: get_default() requires 3 arguments: dict, key, default_value");
}

TEST(DictTest, MergeAndInvert) {
  const Ref d = D({{"a", I(1)}});
  EXPECT_EQ(Result("merge", {d, D({{"a", I(2)}, {"b", I(3)}})}), "{\"a\": 2, \"b\": 3}");
  EXPECT_EQ(Result("merge", {d, d}), "{\"a\": 1}");
  EXPECT_EQ(Result("merge", {d}), "{}");
  EXPECT_EQ(Result("invert", {D({{"x", F(1.5)}, {"y", B(true)}, {"z", A({})}, {"w", F(2)}})}),
            "{\"1.5\": x, \"2\": w, \"true\": y}");
  EXPECT_EQ(FormatToString(d.get(), Form::kText), "{\"a\": 1}");
}

}  // namespace
}  // namespace ruff
