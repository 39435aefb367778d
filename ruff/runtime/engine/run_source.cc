#include "ruff/runtime/engine/run_source.h"

#include <utility>

#include "ruff/base/check.h"
#include "ruff/lang/frontend/frontend.h"
#include "ruff/runtime/value/format.h"
#include "ruff/runtime/value/structure.h"

namespace ruff {

RunResult RunSource(std::string_view text, const VmOptions& options) {
  auto source = SourceBuffer::FromText("test.ruff", std::string(text));
  RUFF_CHECK(source.ok());
  DiagnosticList diagnostics;
  Phase failed;
  std::unique_ptr<Module> module = CompileSource(*source, FrontendOptions(), &diagnostics, &failed);
  RUFF_CHECK(module != nullptr);

  Engine engine(options, "");
  Vm& vm = engine.vm();
  StringOutput output;
  vm.set_output(&output);
  LinkedModule* linked =
      engine.Link(std::move(module), std::make_unique<SourceBuffer>(*std::move(source)));
  Function* function = engine.FileFunction(linked);
  Fiber* fiber = vm.NewCall(function, nullptr, 0);
  ReleaseObject(function);
  Heap* heap = vm.heap();
  const uint64_t allocations = heap->allocations() + heap->buffer_allocations();
  const uint64_t objects = heap->object_count();
  const Outcome outcome = vm.Resume(fiber);
  RunResult result{.outcome = outcome,
                   .output = output.text(),
                   .error = {},
                   .line = 0,
                   .allocations = heap->allocations() + heap->buffer_allocations() - allocations,
                   .live_objects_gained = 0};
  if (outcome == Outcome::kFailed) {
    const Value message = StructGet(vm.error.As<Struct>(), vm.names().message);
    result.error = FormatToString(message, Form::kText);
    result.line = static_cast<uint32_t>(StructGet(vm.error.As<Struct>(), vm.names().line).i);
  }
  ClearFiber(fiber);
  FreeFiber(fiber);
  heap->CollectCycles();
  const uint64_t now = heap->object_count();
  result.live_objects_gained = now > objects ? now - objects : 0;
  return result;
}

}  // namespace ruff
