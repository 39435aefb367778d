// Reading and writing parts of values: `v[i]` and `v.f`, with the language's errors.
//
// All functions return false after writing a message to `*error`. Containers passed for writing are
// unique: the caller took the reference out of its place, made it unique, and puts it back
// afterwards.

#ifndef RUFF_RUNTIME_VALUE_INDEX_H_
#define RUFF_RUNTIME_VALUE_INDEX_H_

#include <string>

#include "ruff/runtime/value/string.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

// container[index]; `*out` is handed over.
bool ReadIndex(Value container, Value index, Value* out, std::string* error);

// container[index] = owned. `owned` is consumed also on failure.
bool WriteIndex(Value container, Value index, Value owned, std::string* error);

// Read-for-update of a chain's inner step: the place of container[index] inside a unique container,
// valid until the container changes. An element that is not stored as a value of its own (a
// character, a number of a typed array) is put into `*scratch`, to be released by the caller, and
// `*place` = scratch: a write into such an element fails in the next step anyway.
bool IndexPlace(Value container, Value index, Value* scratch, Value** place, std::string* error);

// value.field; `name` is interned, `*out` is handed over.
bool ReadField(Value container, const String* name, Value* out, std::string* error);
// value?.field: null instead of any error. Handed over.
Value ReadFieldOrNull(Value container, const String* name);

// container.field = owned. A struct may move: `*container` is the caller's unique reference and is
// updated. `owned` is consumed also on failure.
bool WriteField(Value* container, String* name, Value owned, std::string* error);

// The same for container.field. The absent key of a dict reads as null, so `*place` = scratch,
// Null.
bool FieldPlace(Value container, const String* name, Value* scratch, Value** place,
                std::string* error);

// A value that is about to be changed: consumes `owned` and returns the same value with one owner.
// Only arrays, dicts, structs, sets, queues and stacks are ever copied.
Value UniqueValue(Value owned);

// An index into something of `size` elements: int, or finite float truncated toward zero; negative
// counts from the end.
enum class IndexOutcome : uint8_t { kOk, kOutOfBounds, kInvalid };
IndexOutcome ResolveIndex(Value index, uint64_t size, uint64_t* position);

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_INDEX_H_
