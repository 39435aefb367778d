// Any text as TOML: a value that survives writing and reading, or an error.

#include <cstddef>
#include <cstdint>
#include <string>

#include "ruff/runtime/builtins/fuzz/sandbox.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text = ruff::fuzz::TextFromBytes(data, size);
  ruff::fuzz::Sandbox sandbox;
  sandbox.CheckRoundTrip("parse_toml", "to_toml", text);
  return 0;
}
