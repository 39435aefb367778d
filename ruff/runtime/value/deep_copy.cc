#include "ruff/runtime/value/deep_copy.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/box.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/kind_ops.h"
#include "ruff/runtime/value/string.h"

namespace ruff {
namespace {

template <typename T>
const T* As(const Object* object) {
  return reinterpret_cast<const T*>(object);
}
template <typename T>
Object* Header(T* object) {
  return reinterpret_cast<Object*>(object);
}

String* CopyString(const String* source) {
  if ((source->header.flags & String::kInterned) != 0) return InternString(source->view());
  String* copy = NewString(source->view());
  copy->hash = source->hash;
  return copy;
}

}  // namespace

Copier::~Copier() {
  for (const auto& [source, copy] : copies_) Release(copy);
}

CodeBlock* Copier::CodeFor(const Function*) { return nullptr; }

void Copier::Assume(const StructDef* source, StructDef* copy) {
  Value& known = copies_.try_emplace(&source->header, Value::Null()).first->second;
  Release(std::exchange(known, Retain(Value::Heap(copy))));
}

StructDef* Copier::CopyOf(const StructDef* source) const {
  const auto found = copies_.find(&source->header);
  return found == copies_.end() ? nullptr : found->second.As<StructDef>();
}

void Copier::KeepDefinition(const StructDef*) {}

void Copier::Forget() {
  for (const Object* source : forgettable_) {
    const auto it = copies_.find(source);
    const Value copy = it->second;
    copies_.erase(it);
    Release(copy);
  }
  forgettable_.clear();
}

bool Copier::Run(Value source, Value* out) {
  Copy(source, out);
  while (!pending_.empty()) {
    const Pending next = pending_.back();
    pending_.pop_back();
    Object* copy = Make(next.source.object);
    if (copy == nullptr) break;
    if (next.place != nullptr) {
      *next.place = Value::Heap(copy);
    } else {
      *next.object_place = copy;
    }
  }
  for (Object* object : identities_) NotePossibleCycle(object);
  const bool complete = failed_.Is(Kind::kUnset);
  if (!complete) {
    pending_.clear();
    Release(std::exchange(*out, Value::Null()));
  } else if (!identities_.empty()) {
    // Sets inside sets come later in the list and must be right first.
    std::for_each(sets_.rbegin(), sets_.rend(), RehashSet);
  }
  sets_.clear();
  identities_.clear();
  return complete;
}

void Copier::Copy(Value source, Value* place) {
  if (source.IsHeap()) {
    *place = Value::Null();
    pending_.push_back({source, place, nullptr});
  } else {
    *place = source;
  }
}

void Copier::CopyPointer(const Object* source, Object** place) {
  *place = nullptr;
  if (source == nullptr) return;
  pending_.push_back({Value::Heap(const_cast<Object*>(source)), nullptr, place});
}

Object* Copier::Make(const Object* source) {
  if (source->refcount == 1 && source->kind != Kind::kStructDef) return MakeNew(source);
  const auto it = copies_.find(source);
  if (it != copies_.end()) return Retain(it->second).object;
  Object* copy = MakeNew(source);
  if (copy == nullptr) return nullptr;
  copies_.emplace(source, Retain(Value::Heap(copy)));
  if (source->kind != Kind::kStructDef) forgettable_.push_back(source);
  return copy;
}

Object* Copier::MakeNew(const Object* source) {
  switch (source->kind) {
    case Kind::kString:
      return Header(CopyString(As<String>(source)));
    case Kind::kBytes:
      return Header(NewBytes(As<Bytes>(source)->view()));
    case Kind::kArray:
      return MakeArray(source);
    case Kind::kDict:
      return MakeDict(source);
    case Kind::kStruct:
      return MakeStruct(source);
    case Kind::kStructDef:
      return MakeStructDef(source);
    case Kind::kTagged:
      return MakeTagged(source);
    case Kind::kSet:
      return MakeSet(source);
    case Kind::kOk:
    case Kind::kErr:
    case Kind::kSome: {
      Box* box = NewBox(source->kind, Value::Null());
      Copy(As<Box>(source)->value, &box->value);
      return Header(box);
    }
    case Kind::kQueue:
    case Kind::kStack: {
      Sequence* sequence = NewSequence(source->kind, nullptr);
      sequence->head = As<Sequence>(source)->head;
      CopyObject(As<Sequence>(source)->items, &sequence->items);
      return Header(sequence);
    }
    case Kind::kCell: {
      Cell* cell = NewCell(Value::Null());
      Copy(As<Cell>(source)->value, &cell->value);
      identities_.push_back(&cell->header);
      return Header(cell);
    }
    default:
      break;
  }
  const auto copy_hook = OpsOf(source->kind).copy;
  Object* copy = copy_hook == nullptr ? nullptr : copy_hook(source, *this);
  if (copy == nullptr) {
    failed_ = Value::Heap(const_cast<Object*>(source));
    return nullptr;
  }
  if (copy->kind >= Kind::kFirstCyclic) identities_.push_back(copy);
  return copy;
}

Object* Copier::MakeArray(const Object* source) {
  const auto* from = As<Array>(source);
  Array* to = NewArray(from->size, from->storage());
  to->size = from->size;
  if (from->storage() != Array::kValues) {
    if (from->size != 0) {
      std::memcpy(to->ints, from->ints, from->size * ArrayElementSize(from->storage()));
    }
  } else {
    for (uint64_t i = 0; i < from->size; ++i) Copy(from->values[i], &to->values[i]);
  }
  return Header(to);
}

Object* Copier::MakeDict(const Object* source) {
  const auto* from = As<Dict>(source);
  Dict* to = NewDict(from->used);
  for (uint32_t i = 0; i < from->used; ++i) {
    const DictEntry& entry = from->entries[i];
    // Keys at once: no key is ever Null.
    to->entries[i].key =
        entry.key.IsString() ? Value::Heap(CopyString(entry.key.As<String>())) : entry.key;
    Copy(entry.value, &to->entries[i].value);
  }
  to->size = from->size;
  to->used = from->used;
  to->index.CopyFrom(from->index);
  return Header(to);
}

Object* Copier::MakeStruct(const Object* source) {
  const auto* from = As<Struct>(source);
  Struct* to = NewStruct(ShapeFor(from->shape));
  for (uint32_t i = 0; i < to->shape->size(); ++i) Copy(from->fields[i], &to->fields[i]);
  return Header(to);
}

Object* Copier::MakeStructDef(const Object* source) {
  KeepDefinition(As<StructDef>(source));
  const auto* from = As<StructDef>(source);
  StructDef* to = NewStructDef(CopyString(from->name));
  for (const String* field : from->declared_fields)
    to->declared_fields.push_back(CopyString(field));
  // First all names, then the places: they must not move any more.
  std::vector<std::pair<String*, const Function*>> methods;
  for (const auto& [name, method] : from->methods) methods.emplace_back(CopyString(name), method);
  to->methods.reserve(methods.size());
  for (const auto& [name, method] : methods) to->methods.emplace(name, nullptr);
  for (const auto& [name, method] : methods) CopyObject(method, &to->methods[name]);
  to->defaults.reserve(from->defaults.size());
  for (const auto& [name, value] : from->defaults) {
    CopyObject(value, &to->defaults.emplace_back(CopyString(name), nullptr).second);
  }
  return Header(to);
}

Object* Copier::MakeTagged(const Object* source) {
  const auto* from = As<Tagged>(source);
  const std::vector<Value> nulls(from->size, Value::Null());
  Tagged* to = NewTagged(CopyString(from->tag), nulls.data(), from->size);
  for (uint64_t i = 0; i < from->size; ++i) Copy(from->payload[i], &to->payload[i]);
  return Header(to);
}

// Hashes depend on contents alone, except those of objects with identity (see Run).
Object* Copier::MakeSet(const Object* source) {
  const auto* from = As<Set>(source);
  Set* to = NewSet(from->used);
  for (uint32_t i = 0; i < from->used; ++i) {
    to->entries[i] = from->entries[i];
    Copy(from->entries[i].member, &to->entries[i].member);
  }
  to->size = from->size;
  to->used = from->used;
  to->index.CopyFrom(from->index);
  sets_.push_back(to);
  return Header(to);
}

// A definition is copied once and kept by copies_, whatever its count: its shapes must be found
// again.
Shape* Copier::ShapeFor(const Shape* source) {
  Shape*& shape = shapes_[source];
  if (shape != nullptr) return shape;
  Shape* to;
  if (source->def() == nullptr) {
    String* name = CopyString(source->struct_name());
    to = RootShape(name);
    ReleaseObject(name);
  } else {
    const Object* def = &source->def()->header;
    auto it = copies_.find(def);
    if (it == copies_.end()) it = copies_.emplace(def, Value::Heap(MakeStructDef(def))).first;
    to = it->second.As<StructDef>()->root;
  }
  for (const String* field : source->CopyNames()) {
    String* name = CopyString(field);
    to = to->With(name);
    ReleaseObject(name);
  }
  return shape = to;
}

}  // namespace ruff
