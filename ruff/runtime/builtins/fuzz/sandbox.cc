#include "ruff/runtime/builtins/fuzz/sandbox.h"

#include "absl/strings/match.h"
#include "ruff/base/broken_utf8.h"
#include "ruff/base/check.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/value/format.h"

namespace ruff::fuzz {
namespace {

constexpr uint64_t kMaxMemory = 256u << 20;

std::string DebugForm(const Ref& value) { return FormatToString(value.get(), Form::kDebug); }

}  // namespace

std::string TextFromBytes(const uint8_t* data, size_t size) {
  return MendUtf8(std::string_view(reinterpret_cast<const char*>(data), size));
}

Sandbox::Sandbox() : scope_(&heap_), objects_(heap_.object_count()) { heap_.set_limit(kMaxMemory); }

Sandbox::~Sandbox() {
  heap_.CollectCycles();
  RUFF_CHECK(heap_.object_count() == objects_);
}

Ref Sandbox::Call(std::string_view name, std::vector<Ref> args) {
  return context_.CallMoving(name, &args);
}

Ref Sandbox::MustCall(std::string_view name, std::vector<Ref> args) {
  Ref result = Call(name, std::move(args));
  RUFF_CHECK(!failed() || absl::EndsWith(failure(), "exceeds maximum size"));
  return result;
}

void Sandbox::CheckRoundTrip(std::string_view reader, std::string_view writer,
                             std::string_view text) {
  const Ref value = Call(reader, {S(text)});
  if (failed()) return;
  const Ref written = MustCall(writer, {value});
  if (failed()) return;
  const Ref again = MustCall(reader, {written});
  if (failed()) return;
  RUFF_CHECK(DebugForm(value) == DebugForm(again));
  const Ref rewritten = MustCall(writer, {again});
  if (failed()) return;
  RUFF_CHECK(TextOf(written.get()) == TextOf(rewritten.get()));
}

}  // namespace ruff::fuzz
