#include "ruff/runtime/vm/fiber.h"

#include <cstring>
#include <new>
#include <utility>

#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/vm/generator.h"

namespace ruff {

Fiber* NewFiber(uint32_t registers, uint32_t frames) {
  Heap* heap = Heap::Current();
  auto* fiber = new (heap->AllocateBuffer(sizeof(Fiber))) Fiber();
  fiber->stack = static_cast<Value*>(heap->AllocateBuffer(registers * sizeof(Value)));
  std::memset(static_cast<void*>(fiber->stack), 0, registers * sizeof(Value));
  fiber->stack_end = fiber->stack + registers;
  fiber->frames = static_cast<Frame*>(heap->AllocateBuffer(frames * sizeof(Frame)));
  fiber->frames_end = fiber->frames + frames;
  return fiber;
}

void DeleteFiber(Fiber* fiber) {
  Heap* heap = Heap::Current();
  if (fiber->frame != nullptr) {
    for (const Frame* f = fiber->frame; f >= fiber->frames; --f) {
      if (f->owner == nullptr) continue;
      if ((f->flags & Frame::kGenerator) != 0) {
        reinterpret_cast<Generator*>(f->owner)->set_state(Generator::kFinished);
      }
      ReleaseObject(f->owner);
    }
  }
  for (Value* v = fiber->stack; v != fiber->stack_end; ++v) Release(std::exchange(*v, Value::Null()));
  if (fiber->root != nullptr) ReleaseObject(fiber->root);
  heap->FreeBuffer(fiber->stack,
                   static_cast<size_t>(fiber->stack_end - fiber->stack) * sizeof(Value));
  heap->FreeBuffer(fiber->frames,
                   static_cast<size_t>(fiber->frames_end - fiber->frames) * sizeof(Frame));
  heap->FreeBuffer(fiber, sizeof(Fiber));
}

}  // namespace ruff
