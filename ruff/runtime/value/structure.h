// Structs: field values in slots, described by a shared shape.
//
// A shape lists the field names of a value, slot by slot, together with the definition (methods) it
// was built from. Literals with the same fields in the same order share one shape; a field added at
// run time leads to a sibling shape. Shapes are numbered, and numbers are never used twice: an
// inline cache is "shape number -> slot".
//
// The shapes of a definition belong to it and die with it; every struct keeps its definition alive.
// Whoever keeps a Shape* (a literal's site) also keeps the definition, or compares numbers. Shapes
// of undeclared names belong to the heap. A shape knows its parent and its last field; the
// full list of names is made when somebody asks, so that building a shape of n fields costs O(n).

#ifndef RUFF_RUNTIME_VALUE_STRUCTURE_H_
#define RUFF_RUNTIME_VALUE_STRUCTURE_H_

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "ruff/runtime/value/string.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

class Shape;

// A struct declaration that has been executed: its name and methods. Immutable once built.
struct StructDef {
  Object header;
  String* name;                                     // interned
  absl::flat_hash_map<String*, Function*> methods;  // interned name -> owned function
  std::vector<String*> declared_fields;             // interned, in declaration order
  // Fields with a default, in declaration order: interned name and owned function that computes it.
  std::vector<std::pair<String*, Function*>> defaults;
  Shape* root;  // the shape without fields; owned
};

class Shape {
 public:
  Shape(StructDef* def, String* struct_name);  // a root; borrows both
  ~Shape();
  Shape(const Shape&) = delete;
  Shape& operator=(const Shape&) = delete;

  uint32_t id() const { return id_; }
  StructDef* def() const { return def_; }               // null for an undeclared struct name
  String* struct_name() const { return struct_name_; }  // interned
  uint32_t size() const { return size_; }
  String* field(uint32_t slot) { return Names()[slot]; }
  // Slot of an interned field name, or -1.
  int32_t Find(const String* name);
  // The shape with one field more (created on first use). `name` is interned and not yet a field.
  Shape* With(String* name);
  // All field names, slot by slot, without filling any cache of the shape.
  std::vector<String*> CopyNames() const;
  // Slots in ascending byte order of the field names (printing, comparing).
  const std::vector<uint32_t>& SortedSlots();

 private:
  Shape(Shape* parent, String* name);
  const std::vector<String*>& Names();

  uint32_t id_;
  uint32_t size_;
  uint32_t lookups_ = 0;  // slow ones
  StructDef* def_;
  String* struct_name_;
  Shape* root_;
  Shape* parent_;      // null for a root
  String* last_name_;  // owned; null for a root
  absl::flat_hash_map<const String*, Shape*> next_;
  std::vector<std::unique_ptr<Shape>> family_;  // of a root: all shapes derived from it
  // Made when asked for:
  std::vector<String*> names_;
  absl::flat_hash_map<const String*, uint32_t> slots_;
  std::vector<uint32_t> sorted_;
};

struct Struct {
  Object header;  // flags and aux together: capacity in fields
  Shape* shape;   // holds a reference to shape->def()
  Value fields[];

  uint32_t capacity() const { return uint32_t{header.flags} << 16 | header.aux; }
};

inline constexpr uint32_t kMaxFields = 0xffffff;

// The root shape of a struct name without a definition, shared by name. `struct_name` is interned,
// borrowed.
Shape* RootShape(String* struct_name);
// `owned_name` is interned.
StructDef* NewStructDef(String* owned_name);
// Adds or replaces a method; `name` is interned and borrowed.
void AddMethod(StructDef* def, String* name, Function* owned);
// Adds a field default; `name` is interned and borrowed.
void AddDefault(StructDef* def, String* name, Function* owned);
// Borrowed; null when absent.
inline Function* FindMethod(const StructDef* def, const String* name) {
  const auto it = def->methods.find(const_cast<String*>(name));
  return it == def->methods.end() ? nullptr : it->second;
}

// New struct of `shape`; all fields are Unset, the caller fills every one.
Struct* NewStruct(Shape* shape);
// Field by interned name, borrowed; Unset when absent.
Value StructGet(const Struct* s, const String* name);
// Consumes `owned` and `value`; returns a unique struct in which field `name` (interned) has the
// value.
Struct* StructSet(Struct* owned, String* name, Value value);
// Consumes `owned`; returns a struct with the same fields and one owner.
Struct* UniqueStruct(Struct* owned);

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_STRUCTURE_H_
