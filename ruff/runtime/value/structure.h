// Structs: field values in slots, described by a shared shape.
//
// A shape lists the field names of a value, slot by slot, together with the definition (methods) it was
// built from. Literals with the same fields in the same order share one shape; a field added at run time
// leads to a sibling shape. Shapes are numbered: an inline cache is "shape number -> slot".

#ifndef RUFF_RUNTIME_VALUE_STRUCTURE_H_
#define RUFF_RUNTIME_VALUE_STRUCTURE_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "ruff/runtime/value/string.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

class Shape;

// A struct declaration that has been executed: its name and methods. Immutable once built.
struct StructDef {
  Object header;
  String* name;                                        // interned
  absl::flat_hash_map<String*, Function*> methods;     // interned name -> owned function
  std::vector<String*> declared_fields;                // interned, in declaration order
  Shape* root;                                         // the shape without fields
};

class Shape {
 public:
  uint32_t id() const { return id_; }
  StructDef* def() const { return def_; }              // null for an undeclared struct name
  String* struct_name() const { return struct_name_; } // interned
  uint32_t size() const { return static_cast<uint32_t>(names_.size()); }
  String* field(uint32_t slot) const { return names_[slot]; }
  // Slot of an interned field name, or -1.
  int32_t Find(const String* name) const;
  // The shape with one field more (created on first use). `name` is interned and not yet a field.
  Shape* With(String* name);
  // Slots in ascending byte order of the field names (printing, comparing).
  const std::vector<uint32_t>& SortedSlots();

 private:
  friend class ShapeTable;
  uint32_t id_;
  StructDef* def_;
  String* struct_name_;
  std::vector<String*> names_;
  absl::flat_hash_map<const String*, uint32_t> slots_;
  absl::flat_hash_map<const String*, Shape*> next_;
  std::vector<uint32_t> sorted_;
};

struct Struct {
  Object header;    // aux = capacity in fields
  Shape* shape;
  Value fields[];
};

// Shapes live as long as their heap. The root shape of a struct name without a definition is shared by name.
Shape* RootShape(String* struct_name);
StructDef* NewStructDef(String* owned_name);

// New struct of `shape`; all fields are Unset, the caller fills every one.
Struct* NewStruct(Shape* shape);
// Field by interned name, borrowed; Unset when absent.
Value StructGet(const Struct* s, const String* name);
// Consumes `owned` and `value`; returns a unique struct in which field `name` (interned) has the value.
Struct* StructSet(Struct* owned, String* name, Value value);
// Consumes `owned`; returns a struct with the same fields and one owner.
Struct* UniqueStruct(Struct* owned);

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_STRUCTURE_H_
