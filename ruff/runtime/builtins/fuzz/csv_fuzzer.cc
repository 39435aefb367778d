// Any text as CSV. What is read once can be written, and from the second reading on text and rows
// stay as they are: the first may have been "1.0", which is written as 1.

#include <cstddef>
#include <cstdint>
#include <string>

#include "ruff/base/check.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/fuzz/sandbox.h"
#include "ruff/runtime/value/array.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text = ruff::fuzz::TextFromBytes(data, size);
  ruff::fuzz::Sandbox sandbox;
  const ruff::Ref rows = sandbox.Call("parse_csv", {ruff::S(text)});
  if (sandbox.failed() || rows.As<ruff::Array>()->size == 0) return 0;
  const ruff::Ref once = sandbox.MustCall("to_csv", {rows});
  if (sandbox.failed()) return 0;
  const ruff::Ref again = sandbox.MustCall("parse_csv", {once});
  if (sandbox.failed()) return 0;
  RUFF_CHECK(again.As<ruff::Array>()->size == rows.As<ruff::Array>()->size);
  const ruff::Ref twice = sandbox.MustCall("to_csv", {again});
  if (sandbox.failed()) return 0;
  sandbox.CheckRoundTrip("parse_csv", "to_csv", ruff::TextOf(twice.get()));
  return 0;
}
