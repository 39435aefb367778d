#include "ruff/network/ai/answer.h"

#include <string>

#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/json.h"
#include "ruff/runtime/value/ref.h"

namespace ruff {
namespace {

Ref Json(std::string_view text) {
  std::string error;
  const Value value = ParseJson(text, &error);
  EXPECT_EQ(error, "") << text;
  return Ref(value);
}

std::string Shown(Value owned) {
  const Ref value(owned);
  std::string text;
  AppendText(value.get(), &text);
  return text;
}

std::string Message(std::string_view text) { return Shown(AnswerMessage(Json(text).get())); }

std::string Chunks(std::string_view text) {
  Array* chunks = NewArray(0, Array::kValues);
  AppendChunks(Json(text).get(), chunks);
  return Shown(Value::Heap(chunks));
}

TEST(AnswerTest, Message) {
  EXPECT_EQ(Message(R"({"choices": [{"message": {"content": "a"}, "text": "b"}]})"), "a");
  EXPECT_EQ(Message(R"({"choices": [{"message": {"content": null}, "text": "b"}]})"), "b");
  for (const char* text :
       {"1", "null", "[]", "{}", R"({"choices": 1})", R"({"choices": []})", R"({"choices": [2]})",
        R"({"choices": [{"message": "x"}]})", R"({"choices": [{"message": {"content": null}}]})"}) {
    EXPECT_EQ(Message(text), "") << text;
  }
}

TEST(AnswerTest, Chunks) {
  EXPECT_EQ(Chunks(R"({"choices": [{"delta": {"content": "a"}, "text": "x"}, {"delta": {}},
                       {"delta": null, "message": {"content": "b"}}, {"message": {"content": 1},
                       "text": "y"}, {"text": "c"}, 5]})"),
            "[a, b, c]");
  EXPECT_EQ(Chunks("{}"), "[]");
}

TEST(AnswerTest, Vector) {
  EXPECT_EQ(Shown(AnswerVector(Json(R"({"data": [{"embedding": [1, 2.5]}]})").get())), "[1, 2.5]");
  EXPECT_EQ(Shown(AnswerVector(Json(R"({"data": [{"embedding": []}]})").get())), "[]");
  for (const char* text : {"{}", R"({"data": []})", R"({"data": [{"embedding": 1}]})",
                           R"({"data": [{"embedding": [1, "x"]}]})"}) {
    EXPECT_TRUE(AnswerVector(Json(text).get()).Is(Kind::kUnset)) << text;
  }
}

TEST(AnswerTest, ToolCalls) {
  EXPECT_EQ(absl::StrJoin(ToolCalls(Json(R"({"choices": [{"message": {"tool_calls": [
                {"function": {"name": "a"}}, {"x": 1}, {"function": {"name": 2}}, 3,
                {"function": {"name": "b"}}]}}]})")
                                        .get()),
                          " "),
            "a b");
  EXPECT_TRUE(ToolCalls(Json(R"({"choices": [{"message": {"tool_calls": {}}}]})").get()).empty());
}

TEST(AnswerTest, Events) {
  std::string error;
  EXPECT_EQ(Shown(ParseEvents(": hi\r\ndata: 1\r\n\r\nevent: x\ndata:2\ndata:\n\ndata: [DONE]\n"
                              "data: nonsense\n",
                              &error)),
            "[1, 2]");
  EXPECT_EQ(Shown(ParseEvents("", &error)), "[]");
  EXPECT_TRUE(ParseEvents("data: {\n", &error).Is(Kind::kUnset));
  EXPECT_NE(error, "");
}

}  // namespace
}  // namespace ruff
