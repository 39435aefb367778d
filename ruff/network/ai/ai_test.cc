// The builtins against a server that answers with given bytes.

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "ruff/async/run_program.h"
#include "ruff/network/ai/families.h"
#include "ruff/network/http_client/canned_server.h"
#include "ruff/network/network_builtins.h"

namespace ruff {
namespace {

std::string RunText(std::string_view program) {
  RegisterNetworkBuiltins();
  const ProgramRun run = RunProgram(program, {.real = true});
  EXPECT_EQ(run.live_objects, 0u) << program;
  return run.output;
}

// Runs the program with the server's address for "URL".
std::string RunText(const CannedServer& server, std::string_view program) {
  return RunText(absl::StrReplaceAll(program, {{"URL", server.Url("/v1")}}));
}

std::string BodyOf(const std::string& request) {
  return request.substr(request.find("\r\n\r\n") + 4);
}

std::string ToolCall(std::string_view name) {
  return CannedAnswer("200 OK",
                      absl::StrCat(R"({"choices": [{"message": {"content": null, "tool_calls": )"
                                   R"([{"function": {"name": ")",
                                   name, R"("}}]}}]})"));
}

TEST(AiTest, Examples) {
  for (const NativeFunction& native : AiBuiltins()) {
    const size_t arrow = native.example.rfind(" => ");
    EXPECT_EQ(RunText(native.example.substr(0, arrow)),
              absl::StrCat(native.example.substr(arrow + 4), "\n"))
        << native.name;
  }
}

TEST(AiTest, ChatSendsAndReads) {
  CannedServer server(
      {CannedAnswer("200 OK", R"({"choices": [{"message": {"content": "hello"}}]})")});
  EXPECT_EQ(RunText(server, R"(
match ai_chat([{"role": "user", "content": "hi", "name": "dropped"}], {"endpoint": "URL", "model": "m",
    "api_key": "k", "headers": {"Accept": "text/x", "X-A": "1"}, "body": {"top": 5}}) {
  case Ok(v): { print(sort(keys(v)), v["status"], v["model"], v["message"], v["text"]) }
  case Err(m): { print(m) }
})"),
            "[headers, json, message, model, status, text] 200 m hello "
            "{\"choices\": [{\"message\": {\"content\": \"hello\"}}]}\n");
  const std::string& request = server.requests()[0];
  EXPECT_TRUE(request.starts_with("POST /v1 HTTP/1.1\r\n")) << request;
  for (const char* header : {"\r\ncontent-type: application/json\r\n", "\r\naccept: text/x\r\n",
                             "\r\nauthorization: Bearer k\r\n", "\r\nx-a: 1\r\n"}) {
    EXPECT_NE(request.find(header), request.npos) << header;
  }
  EXPECT_EQ(BodyOf(request),
            R"({"messages":[{"content":"hi","role":"user"}],"model":"m","top":5})");
}

TEST(AiTest, FailuresAreErrs) {
  CannedServer server({CannedAnswer("500 Oops", std::string(300, 'x')),
                       CannedAnswer("404 No", absl::StrCat(std::string(239, 'x'), "äb")),
                       CannedAnswer("200 OK", "no json"), CannedAnswer("200 OK", "{}")});
  EXPECT_EQ(RunText(server, R"(
options := {"endpoint": "URL", "model": "m"}
func show(r) { match r { case Ok(v): { return "ok" } case Err(m): { return m } } }
print(show(ai_chat("x", options)) == "ai_chat failed with HTTP status 500: " + repeat("x", 240) + "...")
print(show(ai_chat("x", options)) == "ai_chat failed with HTTP status 404: " + repeat("x", 239) + "ä...")
print(show(ai_chat("x", options)))
print(show(ai_embedding(["x"], options)))
)"),
            "true\ntrue\n"
            "ai_chat failed: response was not valid JSON (expected ident at line 1 column 2)\n"
            "ai_embedding failed: response JSON missing data[0].embedding numeric array\n");
  EXPECT_EQ(BodyOf(server.requests()[3]), R"({"input":["x"],"model":"m"})");
}

TEST(AiTest, Streams) {
  CannedServer server(
      {CannedAnswer("200 OK",
                    "data: {\"choices\": [{\"delta\": {\"content\": \"Hel\"}}]}\n\n"
                    "data: {\"choices\": [{\"delta\": {\"content\": \"lo\"}}]}\n\ndata: [DONE]\n\n",
                    "Text/Event-Stream; charset=utf-8"),
       CannedAnswer("200 OK", "{\"a\":1}"),
       CannedAnswer("200 OK", "data: {\n", "text/event-stream")});
  EXPECT_EQ(RunText(server, R"(
options := {"endpoint": "URL", "model": "m"}
for i in range(0, 2) {
  match ai_stream_chat("x", options) {
    case Ok(v): { print(v["chunks"], type(v["json"])) }
    case Err(m): { print(m) }
  }
}
match ai_stream_chat("x", options) {
  case Ok(v): { print(v) }
  case Err(m): { print(starts_with(m, "ai_stream_chat failed: response was not valid JSON (")) }
}
)"),
            "[Hel, lo] array\n[{\"a\":1}] dict\ntrue\n");
  EXPECT_EQ(BodyOf(server.requests()[0]),
            R"({"messages":[{"content":"x","role":"user"}],"model":"m","stream":true})");
}

TEST(AiTest, ToolLoopAsksUntilTheModelIsDone) {
  CannedServer server(
      {ToolCall("one"), ToolCall("two"),
       CannedAnswer("200 OK", R"({"choices": [{"message": {"content": "end"}}]})")});
  EXPECT_EQ(RunText(server, R"(
match ai_tool_loop("go", {"endpoint": "URL", "model": "m", "tools": [{"a": 1}], "tool_results": {"one": "1", "two": "2"}}) {
  case Ok(v): { print(v["steps"], v["message"], len(v["messages"]), sort(keys(v))) }
  case Err(m): { print(m) }
})"),
            "3 end 6 [json, message, messages, model, status, steps, text]\n");
  EXPECT_EQ(BodyOf(server.requests()[1]),
            R"({"messages":[{"content":"go","role":"user"},{"content":"","role":"assistant"},)"
            R"({"content":"1","name":"one","role":"tool"}],"model":"m","stream":false,)"
            R"("tools":[{"a":1}]})");
}

TEST(AiTest, ToolLoopFailures) {
  CannedServer server({ToolCall("one"), ToolCall("one"), ToolCall("one"), ToolCall("one"),
                       ToolCall("one"), CannedAnswer("503 Busy", "later")});
  EXPECT_EQ(RunText(server, R"(
func show(more) {
  options := {"endpoint": "URL", "model": "m"}
  for k in keys(more) { options[k] := more[k] }
  match ai_tool_loop("go", options) {
    case Ok(v): { print(v["steps"], v["message"] == "", len(v["messages"])) }
    case Err(m): { print(m) }
  }
}
show({})
show({"tool_results": {"other": "1"}})
show({"tool_results": {"one": 1}})
show({"tool_results": {"one": "1"}, "max_steps": 1})
show({"tool_results": {"one": "1"}})
)"),
            "ai_tool_loop requires options.tool_results to resolve tool_calls in model responses\n"
            "ai_tool_loop missing tool result for 'one'\n"
            "ai_tool_loop requires options.tool_results['one'] to be a string\n"
            "1 true 3\n"
            "ai_tool_loop failed with HTTP status 503: later\n");
}

TEST(AiTest, WhatHasNoJsonIsNotSent) {
  EXPECT_EQ(RunText(R"(
func f() { return 1 }
match ai_chat("x", {"endpoint": "http://127.0.0.1:1/", "model": "m", "body": {"f": f}}) {
  case Ok(v): { print(v) }
  case Err(m): { print(starts_with(m, "ai_chat failed: request cannot be written as JSON (")) }
}
)"),
            "true\n");
}

TEST(AiTest, ACancelledLoopSendsNoMore) {
  CannedServer server({ToolCall("one"), CannedAnswer("200 OK", "{}")});
  EXPECT_EQ(RunText(server, R"(
async func ask() { return ai_tool_loop("go", {"endpoint": "URL", "model": "m", "tool_results": {"one": "1"}}) }
task := spawn_task(ask)
await async_sleep(0)
print(cancel_task(task))
await async_sleep(50)
ai_chat("last", {"endpoint": "URL", "model": "m"})
)"),
            "true\n");
  EXPECT_EQ(BodyOf(server.requests()[1]),
            R"({"messages":[{"content":"last","role":"user"}],"model":"m"})");
}

TEST(AiTest, TheProgramEndsDuringALoop) {
  CannedServer server({ToolCall("one")});
  EXPECT_EQ(RunText(server, R"(
spawn { ai_tool_loop("go", {"endpoint": "URL", "model": "m", "tool_results": {"one": "1"}, "timeout": 20}) }
sleep(100)
exit(0)
)"),
            "");
}

}  // namespace
}  // namespace ruff
