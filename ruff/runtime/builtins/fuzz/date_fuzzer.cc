// Any text as a date, and as the pattern of one. A date of four digits that is read is the
// same day again when it is written.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "ruff/base/check.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/fuzz/sandbox.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text = ruff::fuzz::TextFromBytes(data, size);
  ruff::fuzz::Sandbox sandbox;
  const ruff::Ref format = ruff::S("YYYY-MM-DD");
  double timestamp = 0;
  if (size > 0) std::memcpy(&timestamp, data, std::min(size, sizeof(timestamp)));
  (void)sandbox.MustCall("format_date", {ruff::F(timestamp), ruff::S(text)});
  (void)sandbox.MustCall("format_duration", {ruff::F(timestamp)});

  const ruff::Ref date = sandbox.Call("parse_date", {ruff::S(text), format});
  if (sandbox.failed()) return 0;
  const ruff::Ref written = sandbox.MustCall("format_date", {date, format});
  if (ruff::TextOf(written.get()).size() != 10) return 0;
  const ruff::Ref again = sandbox.Call("parse_date", {written, format});
  RUFF_CHECK(!sandbox.failed() && again.get().d == date.get().d);
  return 0;
}
