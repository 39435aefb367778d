// The arguments of the ai_* builtins, read and checked.

#ifndef RUFF_NETWORK_AI_CALL_H_
#define RUFF_NETWORK_AI_CALL_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/types/span.h"
#include "ruff/network/http/header.h"
#include "ruff/network/http_client/http_request.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

// One of the builtins.
struct AiFunction {
  std::string_view name;
  // The fields of the request that it sets itself; the second is the one for the input.
  absl::Span<const std::string_view> fields;
  bool has_tools = false;

  std::string_view input_field() const { return fields[1]; }
  bool has_messages() const { return input_field() == "messages"; }
};

struct AiCall {
  const AiFunction* function;
  std::string endpoint;
  std::string model;
  HeaderList headers;  // all that are sent
  int64_t timeout_ms = kDefaultHttpTimeoutMs;
  int64_t max_steps = 4;
  Ref tools;         // an array, or null
  Ref tool_results;  // a dict, or null
  Ref input;         // what is sent: an array of messages, or what is to be embedded
  Ref body;          // a dict of further fields, or null
};

// Reads the two arguments of `function`. False after making the call fail.
bool ReadAiCall(NativeContext& context, const AiFunction& function, const Value* args,
                AiCall* call);

// {role, content}, and `name` if it is not empty, owned.
Value NewMessage(std::string_view role, Value content, std::string_view name = {});

}  // namespace ruff

#endif  // RUFF_NETWORK_AI_CALL_H_
