// Small immutable values: Ok/Err/Some with one payload, and tagged enum values; the cell of a
// captured variable.

#ifndef RUFF_RUNTIME_VALUE_BOX_H_
#define RUFF_RUNTIME_VALUE_BOX_H_

#include <cstdint>

#include "ruff/runtime/value/string.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

// Kinds kOk, kErr, kSome.
struct Box {
  Object header;
  Value value;
};
Box* NewBox(Kind kind, Value owned);

// Enum::Variant(payload…). Equal tags are equal `tag` pointers (interned "Enum::Variant").
struct Tagged {
  Object header;
  String* tag;
  uint64_t size;
  Value payload[];
};
Tagged* NewTagged(String* owned_tag, const Value* owned_payload, uint64_t size);

// A captured variable, shared by the frame that declared it and the closures over it.
struct Cell {
  Object header;
  Value value;  // Unset until the declaration has run
};
Cell* NewCell(Value owned);
// Replaces the cell's value. Every store into a cell must do what this does: release the old value
// last, and note the cell when the new value could lead back to it.
inline void CellSet(Cell* cell, Value owned) {
  const Value old = cell->value;
  cell->value = owned;
  if (owned.tag > static_cast<uint64_t>(Kind::kString) && cell->header.aux == 0) {
    NotePossibleCycle(&cell->header);
  }
  Release(old);
}

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_BOX_H_
