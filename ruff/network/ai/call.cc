#include "ruff/network/ai/call.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ruff/network/ai/answer.h"
#include "ruff/network/http_client/response_value.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/dict_member.h"

namespace ruff {
namespace {

constexpr int64_t kMostSteps = 16;

bool IsBlank(Value string) { return absl::StripAsciiWhitespace(TextOf(string)).empty(); }

// Reads one call: each step returns false after making it fail.
class Reader {
 public:
  Reader(NativeContext& context, const AiFunction& function, const Value* args, AiCall* call)
      : context_(context), name_(function.name), input_(args[0]), options_(args[1]), call_(call) {
    call_->function = &function;
  }

  bool Read() {
    if (!options_.IsDict()) return Fail("requires an options dictionary as second argument");
    return ReadText("endpoint", &call_->endpoint) && ReadText("model", &call_->model) &&
           ReadKey() && ReadTimeout() && ReadHeaders() && ReadTools() && ReadInput() && ReadBody();
  }

 private:
  bool Fail(std::string_view what) {
    context_.Fail(absl::StrCat(name_, "() ", what));
    return false;
  }
  Value Option(std::string_view key) const { return Member(options_, key); }

  bool ReadText(std::string_view key, std::string* out) {
    const Value value = Option(key);
    if (!value.IsString()) return Fail(absl::StrCat("requires options.", key, " (string)"));
    if (IsBlank(value)) {
      return Fail(absl::StrCat("requires options.", key, " to be a non-empty string"));
    }
    *out = std::string(TextOf(value));
    return true;
  }

  bool ReadKey() {
    call_->headers = {{"content-type", "application/json"}, {"accept", "application/json"}};
    const Value key = Option("api_key");
    if (key.Is(Kind::kUnset)) return true;
    if (!key.IsString()) return Fail("requires options.api_key to be a string when provided");
    if (TextOf(key).empty()) return true;
    SetHeader(&call_->headers, "authorization", absl::StrCat("Bearer ", TextOf(key)));
    return true;
  }

  bool ReadTimeout() {
    const Value timeout = Option("timeout");
    if (timeout.Is(Kind::kUnset)) return true;
    if (!timeout.IsNumber() || !(FloatOf(timeout) > 0)) {
      return Fail("requires options.timeout to be a positive number");
    }
    const double ms = FloatOf(timeout) * 1'000;
    call_->timeout_ms = ms >= INT32_MAX ? INT32_MAX : std::max<int64_t>(TruncateToInt(ms), 1);
    return true;
  }

  bool ReadHeaders() {
    const Value headers = Option("headers");
    if (headers.Is(Kind::kUnset)) return true;
    if (!headers.IsDict()) {
      return Fail("requires options.headers to be a dictionary of string values");
    }
    const auto* dict = headers.As<Dict>();
    const uint32_t* order = DictOrder(dict);
    for (uint32_t i = 0; i < dict->size; ++i) {
      const DictEntry& entry = dict->entries[order[i]];
      if (entry.value.IsString()) continue;
      const Ref key(DictKeyText(entry.key));
      return Fail(
          absl::StrCat("requires options.headers['", TextOf(key.get()), "'] to be a string"));
    }
    for (Header& header : HeadersOf(dict)) {
      SetHeader(&call_->headers, header.name, std::move(header.value));
    }
    return true;
  }

  bool ReadTools() {
    if (!call_->function->has_tools) return true;
    if (const Value steps = Option("max_steps"); !steps.Is(Kind::kUnset)) {
      if (!steps.IsInt() || steps.i < 1 || steps.i > kMostSteps) {
        return Fail(
            absl::StrCat("requires options.max_steps to be an integer between 1 and ", kMostSteps));
      }
      call_->max_steps = steps.i;
    }
    if (const Value tools = Option("tools"); !tools.Is(Kind::kUnset)) {
      if (!tools.IsArray()) return Fail("requires options.tools to be an array when provided");
      call_->tools = Ref::Share(tools);
    }
    if (const Value results = Option("tool_results"); !results.Is(Kind::kUnset)) {
      if (!results.IsDict()) {
        return Fail("requires options.tool_results to be a dictionary when provided");
      }
      call_->tool_results = Ref::Share(results);
    }
    return true;
  }

  bool ReadInput() {
    if (!call_->function->has_messages()) return ReadTexts();
    Array* messages = NewArray();
    call_->input = Ref(messages);
    if (input_.IsString()) {
      ArrayPush(messages, NewMessage("user", input_));
      return true;
    }
    if (!input_.IsArray()) {
      return Fail("expects first argument to be a prompt string or messages array");
    }
    const auto* given = input_.As<Array>();
    for (uint64_t i = 0; i < given->size; ++i) {
      const Value message = ArrayGet(given, i);
      const std::string which = absl::StrCat("requires messages[", i, "]");
      if (!message.IsDict()) {
        return Fail(absl::StrCat(which, " to be a dictionary with role/content fields"));
      }
      const Value role = Member(message, "role");
      if (!role.IsString() || IsBlank(role)) {
        return Fail(absl::StrCat(which, ".role to be a non-empty string"));
      }
      const Value content = Member(message, "content");
      if (!content.IsString()) return Fail(absl::StrCat(which, ".content to be a string"));
      ArrayPush(messages, NewMessage(TextOf(role), content));
    }
    return true;
  }

  bool ReadTexts() {
    if (input_.IsArray()) {
      const auto* texts = input_.As<Array>();
      for (uint64_t i = 0; i < texts->size; ++i) {
        if (ArrayGet(texts, i).IsString()) continue;
        return Fail(absl::StrCat("requires input[", i, "] to be a string"));
      }
    } else if (!input_.IsString()) {
      return Fail("expects first argument to be a string or array of strings");
    }
    call_->input = Ref::Share(input_);
    return true;
  }

  bool ReadBody() {
    const Value body = Option("body");
    if (body.Is(Kind::kUnset)) return true;
    if (!body.IsDict()) return Fail("requires options.body to be a dictionary when provided");
    for (const std::string_view field : call_->function->fields) {
      if (Member(body, field).Is(Kind::kUnset)) continue;
      return Fail(absl::StrCat("reserves options.body['", field,
                               "']; pass it via top-level options instead"));
    }
    call_->body = Ref::Share(body);
    return true;
  }

  NativeContext& context_;
  const std::string_view name_;
  const Value input_;
  const Value options_;
  AiCall* const call_;
};

}  // namespace

bool ReadAiCall(NativeContext& context, const AiFunction& function, const Value* args,
                AiCall* call) {
  return Reader(context, function, args, call).Read();
}

Value NewMessage(std::string_view role, Value content, std::string_view name) {
  Dict* message = NewDict(3);
  PutMember(message, "role", NewText(role));
  if (!name.empty()) PutMember(message, "name", NewText(name));
  PutMember(message, "content", Retain(content));
  return Value::Heap(message);
}

}  // namespace ruff
