#include "ruff/runtime/value/box.h"

#include <cstring>

#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/kind_ops.h"

namespace ruff {
namespace {

void VisitBox(Object* object, ChildVisitor& visitor) {
  visitor.Visit(reinterpret_cast<Box*>(object)->value);
}
size_t DisposeBox(Object*) { return sizeof(Box); }

const KindRegistration kOk(Kind::kOk, {.visit = VisitBox, .dispose = DisposeBox});
const KindRegistration kErr(Kind::kErr, {.visit = VisitBox, .dispose = DisposeBox});
const KindRegistration kSome(Kind::kSome, {.visit = VisitBox, .dispose = DisposeBox});

void VisitTagged(Object* object, ChildVisitor& visitor) {
  auto* tagged = reinterpret_cast<Tagged*>(object);
  visitor.VisitObject(tagged->tag);
  visitor.VisitValues(tagged->payload, tagged->size);
}
size_t DisposeTagged(Object* object) {
  return sizeof(Tagged) + reinterpret_cast<Tagged*>(object)->size * sizeof(Value);
}
const KindRegistration kTagged(Kind::kTagged, {.visit = VisitTagged, .dispose = DisposeTagged});

void VisitCell(Object* object, ChildVisitor& visitor) {
  visitor.Visit(reinterpret_cast<Cell*>(object)->value);
}
size_t DisposeCell(Object*) { return sizeof(Cell); }
bool MayCellCycle(const Object* object) {
  const Value value = reinterpret_cast<const Cell*>(object)->value;
  return value.IsHeap() && OpsOf(value.kind()).visit != nullptr;
}
const KindRegistration kCell(Kind::kCell, {.visit = VisitCell,
                                           .dispose = DisposeCell,
                                           .may_cycle = MayCellCycle});

}  // namespace

Box* NewBox(Kind kind, Value owned) {
  auto* box = NewObject<Box>(kind);
  box->value = owned;
  return box;
}

Tagged* NewTagged(String* owned_tag, const Value* owned_payload, uint64_t size) {
  auto* tagged = NewObject<Tagged>(Kind::kTagged, size * sizeof(Value));
  tagged->tag = owned_tag;
  tagged->size = size;
  if (size != 0) std::memcpy(tagged->payload, owned_payload, size * sizeof(Value));
  return tagged;
}

Cell* NewCell(Value owned) {
  auto* cell = NewObject<Cell>(Kind::kCell);
  cell->value = owned;
  return cell;
}

}  // namespace ruff
