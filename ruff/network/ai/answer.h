// What is looked for in the answers of a model, which follow no schema too closely: whatever is not
// as expected counts as absent. Values are borrowed, results owned.

#ifndef RUFF_NETWORK_AI_ANSWER_H_
#define RUFF_NETWORK_AI_ANSWER_H_

#include <string>
#include <string_view>
#include <vector>

#include "ruff/runtime/value/value.h"

namespace ruff {

// choices[0].message.content, or choices[0].text, or "".
Value AnswerMessage(Value json);
// Appends the pieces of text in the choices of `json` to `chunks`, which is unique.
void AppendChunks(Value json, Array* chunks);
// data[0].embedding as an array of floats; Unset when it is no array of numbers.
Value AnswerVector(Value json);
// choices[0].message.tool_calls[].function.name.
std::vector<std::string> ToolCalls(Value json);

// The JSON of the "data:" lines of an event stream, up to "[DONE]", as an array. Unset, with the
// message in `*error`, when one is not JSON.
Value ParseEvents(std::string_view text, std::string* error);

}  // namespace ruff

#endif  // RUFF_NETWORK_AI_ANSWER_H_
