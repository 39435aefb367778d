// Whatever parses can be formatted: no token or comment changes, and nothing changes a second time.
// The first two bytes choose the options.

#include <cstddef>
#include <cstdint>
#include <string>

#include "ruff/tooling/format/check_format.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  ruff::FormatOptions options;
  options.indent = data[0] % 9;
  options.sort_imports = data[0] < 128;
  options.line_length = 1 + data[1];
  ruff::CheckedFormat(std::string(reinterpret_cast<const char*>(data + 2), size - 2), options);
  return 0;
}
