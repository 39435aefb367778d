// Any text as JSON: a value that survives writing and reading, or an error. What reads it and what
// explains why it cannot be read agree.

#include <cstddef>
#include <cstdint>
#include <string>

#include "ruff/base/check.h"
#include "ruff/runtime/builtins/fuzz/sandbox.h"
#include "ruff/runtime/builtins/json.h"
#include "ruff/runtime/builtins/json_defect.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text = ruff::fuzz::TextFromBytes(data, size);
  ruff::fuzz::Sandbox sandbox;
  std::string error;
  const bool read = !ruff::Ref(ruff::ParseJson(text, &error)).get().Is(ruff::Kind::kUnset);
  const bool too_large = error == "parse_json() result exceeds maximum size";
  RUFF_CHECK(too_large || read == ruff::FindJsonDefect(text, ruff::kDefaultJsonDepth).empty());
  sandbox.CheckRoundTrip("parse_json", "to_json", text);
  sandbox.CheckRoundTrip("parse_json", "to_json_pretty", text);
  return 0;
}
