// Base64 both ways: any bytes survive encoding and decoding, and any text that is decoded is what
// an encoder makes of the result.

#include <cstddef>
#include <cstdint>
#include <string>

#include "ruff/base/check.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/fuzz/sandbox.h"
#include "ruff/runtime/value/collection.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string text = ruff::fuzz::TextFromBytes(data, size);
  ruff::fuzz::Sandbox sandbox;
  const ruff::Ref encoded = sandbox.MustCall("encode_base64", {ruff::Ref(ruff::NewBytes(bytes))});
  const ruff::Ref decoded = sandbox.MustCall("decode_base64", {encoded});
  RUFF_CHECK(decoded.As<ruff::Bytes>()->view() == bytes);

  const ruff::Ref read = sandbox.Call("decode_base64", {ruff::S(text)});
  if (sandbox.failed()) return 0;
  const ruff::Ref written = sandbox.MustCall("encode_base64", {read});
  RUFF_CHECK(ruff::TextOf(written.get()) == text);
  return 0;
}
