// What the heap, the printer and the comparer need to know about a kind of heap object, in one row.
//
// Each kind declares its row where it is implemented (also in other libraries: functions, promises,
// handles) with a namespace-scope `const KindRegistration`. Rows are complete before main() begins.

#ifndef RUFF_RUNTIME_VALUE_KIND_OPS_H_
#define RUFF_RUNTIME_VALUE_KIND_OPS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ruff/runtime/value/value.h"

namespace ruff {

class Copier;       // deep_copy.h
class FormatParts;  // format.h
enum class Form : uint8_t;

// Receives the values an object owns. Called for every owned reference, exactly once each; the
// order does not matter.
class ChildVisitor {
 public:
  virtual void VisitValues(Value* values, size_t count) = 0;

  void Visit(Value value) {
    if (value.IsHeap()) VisitValues(&value, 1);
  }
  // An owned typed pointer; may be null.
  template <typename T>
  void VisitObject(T* object) {
    if (object != nullptr) Visit(Value::Heap(object));
  }

 protected:
  ~ChildVisitor() = default;
};

struct KindOps {
  // Shows every value the object owns; null for kinds that own none.
  void (*visit)(Object*, ChildVisitor&) = nullptr;
  // Frees what the object owns besides its values (buffers, native resources) and returns the size
  // of the object's own block, which the heap then frees. The values are already released. Never
  // null.
  size_t (*dispose)(Object*) = nullptr;
  // Frees what `dispose` frees when the object's values need no walk: they are numbers and the
  // like, or stay alive anyway. Returns what `dispose` returns, or 0 after doing nothing. Null:
  // always walk.
  size_t (*dispose_quickly)(Object*) = nullptr;
  // Last words: runs before the values are released. Must not keep a reference to the object.
  void (*dying)(Object*) = nullptr;
  // For kinds with identity: false when the object cannot be part of a cycle as it is now. Null: it
  // can.
  bool (*may_cycle)(const Object*) = nullptr;

  // The text in the given form (format.h). Null: "<type>".
  void (*format)(const Object*, Form, FormatParts&) = nullptr;
  // Equality of two different objects of this kind (not called for kinds ValuesEqual knows). Null:
  // false.
  bool (*equals)(const Object*, const Object*) = nullptr;
  // A hash that goes with `equals`. Null: all objects have the same, or their address without it.
  uint64_t (*hash)(const Object*) = nullptr;
  // A copy of the object for the current heap, its parts handed to the copier. Null: it cannot
  // leave.
  Object* (*copy)(const Object*, Copier&) = nullptr;
  // The answer of type(). Null: the name in kind.def.
  std::string_view (*type_name)(const Object*) = nullptr;
};

inline constinit KindOps kind_ops[static_cast<size_t>(Kind::kCount)] = {};

inline const KindOps& OpsOf(Kind kind) { return kind_ops[static_cast<size_t>(kind)]; }

// Only before main() or before the first value of the kind exists; a second row replaces the first.
inline void RegisterKind(Kind kind, const KindOps& ops) {
  kind_ops[static_cast<size_t>(kind)] = ops;
}

struct KindRegistration {
  KindRegistration(Kind kind, const KindOps& ops) { RegisterKind(kind, ops); }
};

// How to learn the name of a builtin (its table lives in another library).
inline constinit std::string_view (*native_name)(const NativeFunction*) = nullptr;

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_KIND_OPS_H_
