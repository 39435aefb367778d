#include "ruff/runtime/value/collection.h"

#include <cstring>

#include "ruff/base/check.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/kind_ops.h"

namespace ruff {
namespace {

size_t DisposeBytes(Object* object) {
  return sizeof(Bytes) + reinterpret_cast<Bytes*>(object)->size;
}
const KindRegistration kBytes(Kind::kBytes, {.dispose = DisposeBytes});

void VisitSequence(Object* object, ChildVisitor& visitor) {
  visitor.VisitObject(reinterpret_cast<Sequence*>(object)->items);
}
size_t DisposeSequence(Object*) { return sizeof(Sequence); }
const KindRegistration kQueue(Kind::kQueue, {.visit = VisitSequence, .dispose = DisposeSequence});
const KindRegistration kStack(Kind::kStack, {.visit = VisitSequence, .dispose = DisposeSequence});

constexpr uint64_t kMinGone = 32;  // gone elements before the window is moved to a new array

// Gives `s` an array of its own that starts at its front.
void Normalize(Sequence* s) {
  if (s->head == 0) {
    s->items = UniqueArray(s->items);
    return;
  }
  Array* items = ArraySlice(s->items, s->head, s->items->size);
  ReleaseObject(s->items);
  s->items = items;
  s->head = 0;
}

// Makes `items` changeable. A window that has moved far is moved back: at least as many elements
// have gone since the last time as are copied.
void MakeWritable(Sequence* s) {
  const bool far = s->head >= kMinGone && s->head >= s->size();
  if (far || !IsUnique(&s->items->header)) Normalize(s);
}

}  // namespace

Bytes* NewBytesBuffer(uint64_t size) {
  auto* bytes = NewObject<Bytes>(Kind::kBytes, size);
  bytes->size = size;
  return bytes;
}

Bytes* NewBytes(std::string_view content) {
  Bytes* bytes = NewBytesBuffer(content.size());
  if (!content.empty()) std::memcpy(bytes->data, content.data(), content.size());
  return bytes;
}

Sequence* NewSequence(Kind kind, Array* owned_items) {
  RUFF_DCHECK(kind == Kind::kQueue || kind == Kind::kStack);
  auto* s = NewObject<Sequence>(kind);
  s->items = owned_items;
  s->head = 0;
  return s;
}

void SequencePush(Sequence* s, Value owned) {
  MakeWritable(s);
  ArrayPush(s->items, owned);
}

Value SequencePopFront(Sequence* s) {
  RUFF_DCHECK(s->size() > 0);
  MakeWritable(s);
  return ArrayTake(s->items, s->head++);
}

Value SequencePopBack(Sequence* s) {
  RUFF_DCHECK(s->size() > 0);
  MakeWritable(s);
  const Value last = ArrayTake(s->items, s->items->size - 1);
  ArrayTruncate(s->items, s->items->size - 1);
  return last;
}

Sequence* UniqueSequence(Sequence* owned) {
  if (IsUnique(&owned->header)) return owned;
  Sequence* copy = NewSequence(owned->header.kind, RetainObject(owned->items));
  copy->head = owned->head;
  ReleaseObject(owned);
  return copy;
}

Array* SequenceToArray(const Sequence* s) {
  if (s->head == 0) return RetainObject(s->items);
  return ArraySlice(s->items, s->head, s->items->size);
}

}  // namespace ruff
