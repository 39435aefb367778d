// What the fuzz targets of this folder share: builtins called by name, in a heap of their own.

#ifndef RUFF_RUNTIME_BUILTINS_FUZZ_SANDBOX_H_
#define RUFF_RUNTIME_BUILTINS_FUZZ_SANDBOX_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ruff/runtime/builtins/test_context.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/ref.h"

namespace ruff::fuzz {

// The fuzzer's bytes as text: what is not UTF-8 in them is mended, for strings always are.
std::string TextFromBytes(const uint8_t* data, size_t size);

// One per input. Aborts at the end when a value is left that nothing refers to any more.
class Sandbox {
 public:
  Sandbox();
  ~Sandbox();
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  // The result, null when the call failed; then `failure` says why, in words.
  Ref Call(std::string_view name, std::vector<Ref> args);
  const std::string& failure() const { return context_.failure(); }
  bool failed() const { return !failure().empty(); }

  // Calls what cannot fail but for want of memory; then null.
  Ref MustCall(std::string_view name, std::vector<Ref> args);

  // What `reader` makes of `text`, `writer` writes; read again that is the same value, and it is
  // written as the same text.
  void CheckRoundTrip(std::string_view reader, std::string_view writer, std::string_view text);

 private:
  Heap heap_;
  HeapScope scope_;
  TestContext context_;
  uint64_t objects_;  // alive at the beginning
};

}  // namespace ruff::fuzz

#endif  // RUFF_RUNTIME_BUILTINS_FUZZ_SANDBOX_H_
