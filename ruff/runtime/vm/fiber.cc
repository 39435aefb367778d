#include "ruff/runtime/vm/fiber.h"

#include <cstring>
#include <new>
#include <utility>

#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/vm/generator.h"

namespace ruff {
namespace {

// The arrays inside the fiber's own block.
Value* OwnStack(Fiber* fiber) { return reinterpret_cast<Value*>(fiber + 1); }
bool HasOwnFrames(const Fiber* fiber) {
  const auto* at = reinterpret_cast<const char*>(fiber->frames);
  const auto* block = reinterpret_cast<const char*>(fiber);
  return at > block && at < block + fiber->block_size;
}

}  // namespace

Fiber* NewFiber(uint32_t registers, uint32_t frames) {
  static_assert(sizeof(Fiber) % alignof(Value) == 0 && sizeof(Frame) % alignof(Value) == 0);
  const size_t size = sizeof(Fiber) + registers * sizeof(Value) + frames * sizeof(Frame);
  auto* fiber = new (Heap::Current()->AllocateBuffer(size)) Fiber();
  fiber->block_size = static_cast<uint32_t>(size);
  fiber->stack = OwnStack(fiber);
  fiber->stack_size = registers;
  std::memset(static_cast<void*>(fiber->stack), 0, registers * sizeof(Value));
  fiber->frames = reinterpret_cast<Frame*>(fiber->stack + registers);
  fiber->frames_size = frames;
  return fiber;
}

void GrowStack(Fiber* fiber, uint32_t registers) {
  Heap* heap = Heap::Current();
  const size_t old_bytes = fiber->stack_size * sizeof(Value);
  const size_t bytes = registers * sizeof(Value);
  if (fiber->stack == OwnStack(fiber)) {
    fiber->stack = static_cast<Value*>(
        std::memcpy(heap->AllocateBuffer(bytes), static_cast<void*>(fiber->stack), old_bytes));
  } else {
    fiber->stack = static_cast<Value*>(heap->ReallocateBuffer(fiber->stack, old_bytes, bytes));
  }
  std::memset(static_cast<void*>(fiber->stack + fiber->stack_size), 0, bytes - old_bytes);
  fiber->stack_size = registers;
}

void GrowFrames(Fiber* fiber, uint32_t frames) {
  Heap* heap = Heap::Current();
  const size_t old_bytes = fiber->frames_size * sizeof(Frame);
  const size_t bytes = frames * sizeof(Frame);
  if (HasOwnFrames(fiber)) {
    fiber->frames =
        static_cast<Frame*>(std::memcpy(heap->AllocateBuffer(bytes), fiber->frames, old_bytes));
  } else {
    fiber->frames = static_cast<Frame*>(heap->ReallocateBuffer(fiber->frames, old_bytes, bytes));
  }
  fiber->frames_size = frames;
}

void ClearFiber(Fiber* fiber) {
  for (uint32_t n = fiber->frame + 1; n-- > 0;) {
    const Frame& frame = fiber->frames[n];
    if ((frame.flags & Frame::kGenerator) == 0) continue;
    reinterpret_cast<Generator*>(frame.owner)->set_state(Generator::kFinished);
    ReleaseObject(frame.owner);
  }
  for (uint32_t n = 0; n < fiber->stack_size; ++n) {
    if (fiber->stack[n].IsHeap()) Release(std::exchange(fiber->stack[n], Value::Null()));
  }
  ReleaseObject(fiber->frames[0].function);
  Heap* heap = Heap::Current();
  if (fiber->stack != OwnStack(fiber)) {
    heap->FreeBuffer(fiber->stack, fiber->stack_size * sizeof(Value));
  }
  if (!HasOwnFrames(fiber)) heap->FreeBuffer(fiber->frames, fiber->frames_size * sizeof(Frame));
}

void FreeFiber(Fiber* fiber) { Heap::Current()->FreeBuffer(fiber, fiber->block_size); }

}  // namespace ruff
