// ai_*: requests to servers of language models that speak the protocol most of them share.
//
// Every builtin checks its arguments, sends one request and makes a Result of the response; the
// tool loop then perhaps sends another one, whose promise the first adopts.

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ruff/network/ai/answer.h"
#include "ruff/network/ai/call.h"
#include "ruff/network/ai/families.h"
#include "ruff/network/http/body_text.h"
#include "ruff/network/http_client/pending_request.h"
#include "ruff/network/http_client/response_value.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/dict_member.h"
#include "ruff/runtime/builtins/json.h"
#include "ruff/runtime/value/box.h"

namespace ruff {
namespace {

constexpr uint32_t kShownOfBody = 240;  // characters
constexpr char kNotJson[] = " failed: response was not valid JSON (";

constexpr std::string_view kChatFields[] = {"model", "messages"};
constexpr std::string_view kStreamFields[] = {"model", "messages", "stream"};
constexpr std::string_view kEmbeddingFields[] = {"model", "input"};
constexpr std::string_view kLoopFields[] = {"model", "messages", "tools", "stream"};

constexpr AiFunction kChat = {"ai_chat", kChatFields};
constexpr AiFunction kStreamChat = {"ai_stream_chat", kStreamFields};
constexpr AiFunction kEmbedding = {"ai_embedding", kEmbeddingFields};
constexpr AiFunction kToolLoop = {"ai_tool_loop", kLoopFields, /*has_tools=*/true};

HttpOutcome Ok(Dict* owned) {
  return {HttpOutcome::kValue, Value::Heap(NewBox(Kind::kOk, Value::Heap(owned)))};
}
HttpOutcome Err(std::string_view message) {
  return {HttpOutcome::kValue, Value::Heap(NewBox(Kind::kErr, NewText(message)))};
}

// The body of the next request; Unset, with the reason in `*error`, when it has no JSON.
Value RequestBody(const AiCall& call, std::string* error) {
  Dict* fields =
      UniqueDict(call.body.get().IsNull() ? NewDict(4) : Ref(call.body).Take().As<Dict>());
  PutMember(fields, "model", NewText(call.model));
  PutMember(fields, call.function->input_field(), Retain(call.input.get()));
  for (const std::string_view field : call.function->fields) {
    if (field == "stream") {
      PutMember(fields, field, Value::Bool(!call.function->has_tools));
    } else if (field == "tools" && !call.tools.get().IsNull()) {
      PutMember(fields, field, Retain(call.tools.get()));
    }
  }
  BoundedText text;
  const Ref body(fields);
  if (WriteJson(body.get(), JsonLayout::kCompact, &text, error)) return text.Finish();
  if (error->empty()) *error = "it is too large";
  return Value::Unset();
}

// A response that says something: 2xx and, unless it is an event stream, JSON.
struct Answer {
  std::string error;  // the whole message
  Ref text;
  Ref json;
};

bool IsEventStream(const HttpResponse& response) {
  const std::string* type = FindHeader(response.headers, "content-type");
  return type != nullptr && absl::AsciiStrToLower(*type).starts_with("text/event-stream");
}

Answer ReadAnswer(const AiFunction& function, const HttpResponse& response) {
  Answer answer = {.error = response.error, .text = Ref(), .json = Ref()};
  if (!answer.error.empty()) return answer;
  answer.text = Ref(BodyText(response.body));
  auto* text = answer.text.As<String>();
  if (response.status < 200 || response.status > 299) {
    const bool cut = text->code_points > kShownOfBody;
    answer.error =
        absl::StrCat(function.name, " failed with HTTP status ", response.status, ": ",
                     cut ? text->view().substr(0, StringOffset(text, kShownOfBody)) : text->view(),
                     cut ? "..." : "");
    return answer;
  }
  std::string problem;
  const bool events = &function == &kStreamChat && IsEventStream(response);
  const Value json =
      events ? ParseEvents(text->view(), &problem) : ParseJson(text->view(), &problem);
  if (json.Is(Kind::kUnset)) {
    answer.error = absl::StrCat(function.name, kNotJson, JsonReason(problem), ")");
  } else {
    answer.json = Ref(json);
  }
  return answer;
}

// What all results have.
Dict* NewResult(const AiCall& call, int status, const Answer& answer) {
  Dict* result = NewDict(8);
  PutMember(result, "status", Value::Int(status));
  PutMember(result, "model", NewText(call.model));
  PutMember(result, "text", Retain(answer.text.get()));
  PutMember(result, "json", Retain(answer.json.get()));
  return result;
}

// Adds what the builtin is about to its result; false when the answer does not have it.
bool AddContent(const AiFunction& function, const Answer& answer, Dict* result) {
  const Value json = answer.json.get();
  if (&function == &kEmbedding) {
    const Value vector = AnswerVector(json);
    if (vector.Is(Kind::kUnset)) return false;
    PutMember(result, "vector", vector);
  } else if (&function == &kStreamChat) {
    Array* chunks = NewArray(0, Array::kValues);
    if (json.IsArray()) {
      const auto* events = json.As<Array>();
      for (uint64_t i = 0; i < events->size; ++i) AppendChunks(ArrayGet(events, i), chunks);
    } else {
      AppendChunks(json, chunks);
    }
    if (chunks->size == 0 && answer.text.As<String>()->size != 0) {
      ArrayPush(chunks, Retain(answer.text.get()));
    }
    PutMember(result, "chunks", Value::Heap(chunks));
  } else {
    PutMember(result, "message", AnswerMessage(json));
  }
  return true;
}

HttpOutcome FinishSingle(const AiCall& call, const HttpResponse& response) {
  const Answer answer = ReadAnswer(*call.function, response);
  if (!answer.error.empty()) return Err(answer.error);
  Dict* result = NewResult(call, response.status, answer);
  PutMember(result, "headers", HeaderDict(response.headers));
  if (AddContent(*call.function, answer, result)) return Ok(result);
  ReleaseObject(result);
  return Err(absl::StrCat(call.function->name,
                          " failed: response JSON missing data[0].embedding numeric array"));
}

// --- The tool loop: a request, the results of the tools that the answer asks for, and again. ---

struct ToolLoop {
  Scheduler& scheduler;
  AiCall call;  // its input grows
  int64_t steps = 0;
  Ref outcome;  // the promise of the first step, which adopts those of the others

  bool is_awaited() const {
    const auto* promise = outcome.As<Promise>();
    return promise->pending() && HasWaiters(promise);
  }
  void Append(Value owned_message) {
    Array* messages = UniqueArray(call.input.Take().As<Array>());
    ArrayPush(messages, owned_message);
    call.input = Ref(messages);
  }
};

// Appends the results of the tools `names`; the message, when one is missing.
std::string AppendToolResults(ToolLoop& loop, const std::vector<std::string>& names) {
  const Value results = loop.call.tool_results.get();
  if (!names.empty() && results.IsNull()) {
    return "ai_tool_loop requires options.tool_results to resolve tool_calls in model responses";
  }
  for (const std::string& name : names) {
    const Value result = Member(results, name);
    if (result.Is(Kind::kUnset)) {
      return absl::StrCat("ai_tool_loop missing tool result for '", name, "'");
    }
    if (!result.IsString()) {
      return absl::StrCat("ai_tool_loop requires options.tool_results['", name,
                          "'] to be a string");
    }
    loop.Append(NewMessage("tool", result, name));
  }
  return "";
}

HttpOutcome StartStep(std::unique_ptr<ToolLoop> loop);

HttpOutcome FinishStep(std::unique_ptr<ToolLoop> loop, const HttpResponse& response) {
  if (!loop->is_awaited()) return {HttpOutcome::kValue, Value::Null()};
  const Answer answer = ReadAnswer(*loop->call.function, response);
  if (!answer.error.empty()) return Err(answer.error);
  ++loop->steps;
  const Ref message(AnswerMessage(answer.json.get()));
  loop->Append(NewMessage("assistant", message.get()));
  const std::vector<std::string> names = ToolCalls(answer.json.get());
  const std::string error = AppendToolResults(*loop, names);
  if (!error.empty()) return Err(error);
  if (!names.empty() && loop->steps < loop->call.max_steps) return StartStep(std::move(loop));
  Dict* result = NewResult(loop->call, response.status, answer);
  PutMember(result, "steps", Value::Int(loop->steps));
  PutMember(result, "message", Retain(message.get()));
  PutMember(result, "messages", Retain(loop->call.input.get()));
  return Ok(result);
}

// --- Sending. ---

// The promise of what `finish` makes of the answer, or an Err; owned.
Value Send(Scheduler& scheduler, const AiCall& call, HttpFinish finish) {
  std::string error;
  const Ref body(RequestBody(call, &error));
  const std::string_view name = call.function->name;
  if (!body.get().IsString()) {
    return Err(absl::StrCat(name, " failed: request cannot be written as JSON (", error, ")"))
        .value;
  }
  return Value::Heap(StartHttpRequest(scheduler,
                                      {.surface = {name},
                                       .method = "POST",
                                       .url = call.endpoint,
                                       .headers = call.headers,
                                       .body = std::string(TextOf(body.get())),
                                       .timeout_ms = call.timeout_ms},
                                      std::move(finish), /*can_abort=*/false));
}

HttpOutcome StartStep(std::unique_ptr<ToolLoop> loop) {
  const ToolLoop& step = *loop;
  return {HttpOutcome::kValue,
          Send(step.scheduler, step.call,
               [loop = std::move(loop)](const HttpRequest&, HttpResponse& response) mutable {
                 return FinishStep(std::move(loop), response);
               })};
}

template <const AiFunction& kFunction>
Value Ask(NativeContext& context, Value* args, uint32_t) {
  auto call = std::make_unique<AiCall>();
  if (!ReadAiCall(context, kFunction, args, call.get())) return Value::Unset();
  const AiCall& asked = *call;
  return Send(Scheduler::Of(context), asked,
              [call = std::move(call)](const HttpRequest&, HttpResponse& response) {
                return FinishSingle(*call, response);
              });
}

Value RunToolLoop(NativeContext& context, Value* args, uint32_t) {
  auto loop = std::make_unique<ToolLoop>(Scheduler::Of(context));
  if (!ReadAiCall(context, kToolLoop, args, &loop->call)) return Value::Unset();
  ToolLoop& first = *loop;
  const Value outcome = StartStep(std::move(loop)).value;
  if (outcome.Is(Kind::kPromise)) first.outcome = Ref::Share(outcome);
  return outcome;
}

// Examples must work anywhere: they fail before anything is sent.
#define RUFF_AI_ROW(ruff_name, function, text, summary, more)                                  \
  {.name = ruff_name,                                                                          \
   .min_args = 2,                                                                              \
   .max_args = 2,                                                                              \
   .body = function,                                                                           \
   .flags = NativeFunction::kAwaits,                                                           \
   .capability = Capability::kNetworkClient,                                                   \
   .signature = ruff_name text,                                                                \
   .doc = summary,                                                                             \
   .example = "print(" ruff_name                                                               \
              "(\"hi\", {\"endpoint\": \"ftp://example.com\", \"model\": "                     \
              "\"m\"})) => Err(" ruff_name                                                     \
              " failed: unsupported URL scheme 'ftp'; expected http or https)",                \
   .errors = ruff_name "() requires an options dictionary as second argument\n" ruff_name      \
                       "() requires options.endpoint (string)\n" ruff_name                     \
                       "() requires options.endpoint to be a non-empty string\n" ruff_name     \
                       "() requires options.model (string)\n" ruff_name                        \
                       "() requires options.model to be a non-empty string\n" ruff_name        \
                       "() requires options.api_key to be a string when provided\n" ruff_name  \
                       "() requires options.timeout to be a positive number\n" ruff_name       \
                       "() requires options.headers to be a dictionary of string "             \
                       "values\n" ruff_name                                                    \
                       "() requires options.headers['K'] to be a string\n" more "\n" ruff_name \
                       "() requires options.body to be a dictionary when provided\n" ruff_name \
                       "() reserves options.body['K']; pass it via top-level options instead"}
#define RUFF_AI_MESSAGES(ruff_name)                                                           \
  ruff_name "() expects first argument to be a prompt string or messages array\n" ruff_name   \
            "() requires messages[I] to be a dictionary with role/content fields\n" ruff_name \
            "() requires messages[I].role to be a non-empty string\n" ruff_name               \
            "() requires messages[I].content to be a string"

constexpr NativeFunction kTable[] = {
    RUFF_AI_ROW("ai_chat", Ask<kChat>, "(input: any, options: dict) -> Result",
                "Sends a prompt or messages to a model: Ok with its message, or Err of a text.",
                RUFF_AI_MESSAGES("ai_chat")),
    RUFF_AI_ROW("ai_stream_chat", Ask<kStreamChat>, "(input: any, options: dict) -> Result",
                "As ai_chat, for an answer in pieces: Ok with its chunks, or Err of a text.",
                RUFF_AI_MESSAGES("ai_stream_chat")),
    RUFF_AI_ROW("ai_embedding", Ask<kEmbedding>, "(input: any, options: dict) -> Result",
                "Asks for the embedding of a text or of texts: Ok with its vector, or Err of a "
                "text.",
                "ai_embedding() expects first argument to be a string or array of strings\n"
                "ai_embedding() requires input[I] to be a string"),
    RUFF_AI_ROW("ai_tool_loop", RunToolLoop, "(input: any, options: dict) -> Result",
                "As ai_chat, until the model asks for no more tools, whose results the options "
                "have; or Err of a text.",
                "ai_tool_loop() requires options.max_steps to be an integer between 1 and 16\n"
                "ai_tool_loop() requires options.tools to be an array when provided\n"
                "ai_tool_loop() requires options.tool_results to be a dictionary when "
                "provided\n" RUFF_AI_MESSAGES("ai_tool_loop")),
};

#undef RUFF_AI_MESSAGES
#undef RUFF_AI_ROW

}  // namespace

absl::Span<const NativeFunction> AiBuiltins() { return kTable; }

}  // namespace ruff
