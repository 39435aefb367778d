// A Ruff value: 16 bytes, a tag and a payload.
//
//    0        8        16
//    +--------+--------+
//    |  tag   |payload |      tag = Kind; ints, floats, bools, null, None and builtins are complete
//    here,
//    +--------+--------+      every other payload points to an Object with a reference count.
//
// Ruff's int is a checked 64-bit integer, so NaN boxing would push large ints to the heap; with a
// tag word of its own every arithmetic fast path is one compare and one checked machine operation.
//
// `Value` is a plain bit pattern: copying it does not touch the reference count. Whoever stores a
// value in a second place calls Retain, whoever drops one calls Release. `Ref` (ref.h) is the
// owning wrapper for code that is not hot. Conventions: a function that takes `Value` borrows it;
// one that returns `Value` hands over one reference; parameters named `owned` are consumed.

#ifndef RUFF_RUNTIME_VALUE_VALUE_H_
#define RUFF_RUNTIME_VALUE_VALUE_H_

#include <cstdint>
#include <string_view>

namespace ruff {

enum class Kind : uint8_t {
#define RUFF_KIND(name, type, message) k##name,
#include "ruff/runtime/value/kind.def"
  kCount,
  kFirstHeap = kString,
  kFirstCyclic = kFunction,
};

// What every heap object starts with. Counts are not atomic: a VM and its objects belong to one
// thread.
struct Object {
  uint32_t refcount;
  Kind kind;
  uint8_t flags;  // meaning depends on the kind
  uint16_t aux;   // kinds before Function: meaning depends on the kind; from there on: CycleFlag
};
static_assert(sizeof(Object) == 8);

// What `aux` holds for kinds with identity; the other bits stay zero.
enum CycleFlag : uint16_t {
  kCycleCandidate = 1,  // noted as a possible root of a garbage cycle
  kCycleFree = 2,       // set by the kind's owner: owns nothing that could lead back to it
};

struct String;
struct Array;
struct Dict;
struct Struct;
struct StructDef;
struct Tagged;
struct Box;
struct Bytes;
struct Set;
struct Sequence;
struct Handle;
struct Function;
struct Cell;
struct Generator;
struct Iterator;
struct Promise;
struct Task;
struct Channel;
struct NativeFunction;

struct Value {
  uint64_t tag;
  union {
    int64_t i;
    double d;
    bool b;
    Object* object;
    const NativeFunction* native;
    void* pointer;
  };

  Kind kind() const { return static_cast<Kind>(tag); }
  bool Is(Kind k) const { return tag == static_cast<uint64_t>(k); }
  bool IsHeap() const { return tag >= static_cast<uint64_t>(Kind::kFirstHeap); }
  bool IsNull() const { return Is(Kind::kNull); }
  bool IsInt() const { return Is(Kind::kInt); }
  bool IsFloat() const { return Is(Kind::kFloat); }
  bool IsNumber() const { return tag - static_cast<uint64_t>(Kind::kInt) <= 1; }
  bool IsString() const { return Is(Kind::kString); }
  bool IsArray() const { return Is(Kind::kArray); }
  bool IsDict() const { return Is(Kind::kDict); }

  // The object behind a heap value; the caller has checked the kind.
  template <typename T>
  T* As() const {
    return reinterpret_cast<T*>(object);
  }

  static Value Raw(Kind kind, uint64_t bits = 0) {
    Value v;
    v.tag = static_cast<uint64_t>(kind);
    v.i = static_cast<int64_t>(bits);
    return v;
  }
  static Value Unset() { return Raw(Kind::kUnset); }
  static Value Null() { return Raw(Kind::kNull); }
  static Value None() { return Raw(Kind::kNone); }
  static Value Bool(bool b) { return Raw(Kind::kBool, b); }
  static Value Int(int64_t i) { return Raw(Kind::kInt, static_cast<uint64_t>(i)); }
  static Value Float(double d) {
    Value v;
    v.tag = static_cast<uint64_t>(Kind::kFloat);
    v.d = d;
    return v;
  }
  static Value Native(const NativeFunction* f) {
    Value v;
    v.tag = static_cast<uint64_t>(Kind::kNative);
    v.native = f;
    return v;
  }
  // Hands over the caller's reference to `object`.
  template <typename T>
  static Value Heap(T* object) {
    Value v;
    v.tag = static_cast<uint64_t>(reinterpret_cast<Object*>(object)->kind);
    v.object = reinterpret_cast<Object*>(object);
    return v;
  }
};
static_assert(sizeof(Value) == 16);

// Frees an object whose count has reached zero, and all that dies with it, without recursion.
void Destroy(Object* object);
// Remembers an object with identity as a possible member of a garbage cycle. Called when a release
// leaves it alive, and after every store of a heap value into it (a cycle can only be closed by
// such a store).
void NotePossibleCycle(Object* object);

inline Value Retain(Value v) {
  if (v.IsHeap()) ++v.object->refcount;
  return v;
}
inline void Release(Value v) {
  if (v.IsHeap()) {
    if (--v.object->refcount == 0) {
      Destroy(v.object);
    } else if (v.tag >= static_cast<uint64_t>(Kind::kFirstCyclic) && v.object->aux == 0) {
      NotePossibleCycle(v.object);
    }
  }
}
template <typename T>
T* RetainObject(T* object) {
  ++reinterpret_cast<Object*>(object)->refcount;
  return object;
}
template <typename T>
void ReleaseObject(T* object) {
  Release(Value::Heap(object));
}
inline bool IsUnique(const Object* object) { return object->refcount == 1; }

// The answer of the builtin type(); host handles answer for themselves.
std::string_view TypeName(Value v);
// The kind's name in error messages ("value" for most kinds).
std::string_view MessageTypeName(Value v);

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_VALUE_H_
