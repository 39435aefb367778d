#include "ruff/network/ai/answer.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/dict_member.h"
#include "ruff/runtime/builtins/json.h"

namespace ruff {
namespace {

// The first member of the array `dict[key]`, borrowed; Unset when there is none.
Value First(Value dict, std::string_view key) {
  const Value array = Member(dict, key);
  if (!array.IsArray() || array.As<Array>()->size == 0) return Value::Unset();
  return ArrayGet(array.As<Array>(), 0);
}

// Calls f for every member of `value` if it is an array.
template <typename F>
void ForEach(Value value, F f) {
  if (!value.IsArray()) return;
  const auto* array = value.As<Array>();
  for (uint64_t i = 0; i < array->size; ++i) f(ArrayGet(array, i));
}

}  // namespace

Value AnswerMessage(Value json) {
  const Value choice = First(json, "choices");
  Value text = Member(Member(choice, "message"), "content");
  if (!text.IsString()) text = Member(choice, "text");
  return text.IsString() ? Retain(text) : NewText("");
}

void AppendChunks(Value json, Array* chunks) {
  ForEach(Member(json, "choices"), [&](Value choice) {
    Value text = Member(choice, "text");
    for (const std::string_view key : {"delta", "message"}) {
      if (const Value part = Member(choice, key); part.IsDict()) {
        text = Member(part, "content");
        break;
      }
    }
    if (text.IsString()) ArrayPush(chunks, Retain(text));
  });
}

Value AnswerVector(Value json) {
  const Value embedding = Member(First(json, "data"), "embedding");
  if (!embedding.IsArray()) return Value::Unset();
  const uint64_t size = embedding.As<Array>()->size;
  Array* vector = NewArray(size, Array::kFloats);
  ForEach(embedding, [&](Value number) {
    if (number.IsNumber()) ArrayPush(vector, Value::Float(FloatOf(number)));
  });
  if (vector->size == size) return Value::Heap(vector);
  ReleaseObject(vector);
  return Value::Unset();
}

std::vector<std::string> ToolCalls(Value json) {
  std::vector<std::string> names;
  ForEach(Member(Member(First(json, "choices"), "message"), "tool_calls"), [&](Value call) {
    const Value name = Member(Member(call, "function"), "name");
    if (name.IsString()) names.emplace_back(TextOf(name));
  });
  return names;
}

Value ParseEvents(std::string_view text, std::string* error) {
  Array* events = NewArray();
  for (std::string_view line : absl::StrSplit(text, absl::ByAnyChar("\r\n"))) {
    if (!absl::ConsumePrefix(&line, "data:")) continue;
    line = absl::StripAsciiWhitespace(line);
    if (line == "[DONE]") break;
    if (line.empty()) continue;
    const Value event = ParseJson(line, error);
    if (event.Is(Kind::kUnset)) {
      ReleaseObject(events);
      return event;
    }
    ArrayPush(events, event);
  }
  return Value::Heap(events);
}

}  // namespace ruff
