#include "ruff/runtime/value/structure.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <numeric>
#include <utility>

#include "ruff/base/check.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/kind_ops.h"

namespace ruff {
namespace {

constexpr uint32_t kWalkedFields = 8;  // shapes up to this size are searched by walking the parents
constexpr uint32_t kWalkedLookups = 3;  // larger ones get a map after so many searches

// The shapes of undeclared struct names, and the source of shape numbers.
class ShapeTable final : public HeapLocal {
 public:
  static constexpr Slot kSlot = kShapeTable;

  ~ShapeTable() override {
    for (auto& [name, root] : roots_) {
      root.reset();
      ReleaseObject(name);
    }
  }

  uint32_t NextId() { return ++last_id_; }

  Shape* Root(String* name) {
    std::unique_ptr<Shape>& root = roots_[name];
    if (root == nullptr)
      root = std::make_unique<Shape>(static_cast<StructDef*>(nullptr), RetainObject(name));
    return root.get();
  }

 private:
  absl::flat_hash_map<String*, std::unique_ptr<Shape>> roots_;  // names owned
  uint32_t last_id_ = 0;
};

uint32_t NextShapeId() { return Heap::Current()->Local<ShapeTable>()->NextId(); }

void VisitStruct(Object* object, ChildVisitor& visitor) {
  auto* s = reinterpret_cast<Struct*>(object);
  visitor.VisitValues(s->fields, s->shape->size());
  visitor.VisitObject(s->shape->def());
}

size_t BlockSize(uint32_t capacity) { return sizeof(Struct) + capacity * sizeof(Value); }

// The shape may be gone by now.
size_t DisposeStruct(Object* object) {
  return BlockSize(reinterpret_cast<Struct*>(object)->capacity());
}

size_t DisposeStructQuickly(Object* object) {
  auto* s = reinterpret_cast<Struct*>(object);
  const uint32_t size = s->shape->size();
  for (uint32_t i = 0; i < size; ++i) {
    if (s->fields[i].IsHeap()) return 0;
  }
  if (StructDef* def = s->shape->def()) {
    if (def->header.refcount == 1) return 0;
    --def->header.refcount;
  }
  return BlockSize(s->capacity());
}

const KindRegistration kStruct(Kind::kStruct, {.visit = VisitStruct,
                                               .dispose = DisposeStruct,
                                               .dispose_quickly = DisposeStructQuickly});

void VisitStructDef(Object* object, ChildVisitor& visitor) {
  auto* def = reinterpret_cast<StructDef*>(object);
  visitor.VisitObject(def->name);
  for (auto& [name, method] : def->methods) {
    visitor.VisitObject(name);
    visitor.VisitObject(method);
  }
  for (String* field : def->declared_fields) visitor.VisitObject(field);
  for (auto& [name, function] : def->defaults) {
    visitor.VisitObject(name);
    visitor.VisitObject(function);
  }
}

size_t DisposeStructDef(Object* object) {
  auto* def = reinterpret_cast<StructDef*>(object);
  delete def->root;
  def->~StructDef();
  return sizeof(StructDef);
}

const KindRegistration kStructDef(Kind::kStructDef,
                                  {.visit = VisitStructDef, .dispose = DisposeStructDef});

void SetCapacity(Struct* s, uint32_t capacity) {
  s->header.flags = static_cast<uint8_t>(capacity >> 16);
  s->header.aux = static_cast<uint16_t>(capacity);
}

// All fields still to be filled; takes a reference to the definition.
Struct* NewBlock(Shape* shape) {
  RUFF_CHECK(shape->size() <= kMaxFields);
  auto* s = NewObject<Struct>(Kind::kStruct, shape->size() * sizeof(Value));
  SetCapacity(s, shape->size());
  s->shape = shape;
  if (shape->def() != nullptr) RetainObject(shape->def());
  return s;
}

}  // namespace

Shape::Shape(StructDef* def, String* struct_name)
    : id_(NextShapeId()),
      size_(0),
      def_(def),
      struct_name_(struct_name),
      root_(this),
      parent_(nullptr),
      last_name_(nullptr) {
  Heap::Current()->ChargeForeign(sizeof(Shape));
}

Shape::Shape(Shape* parent, String* name)
    : id_(NextShapeId()),
      size_(parent->size_ + 1),
      def_(parent->def_),
      struct_name_(parent->struct_name_),
      root_(parent->root_),
      parent_(parent),
      last_name_(RetainObject(name)) {
  Heap::Current()->ChargeForeign(sizeof(Shape));
}

Shape::~Shape() {
  if (last_name_ != nullptr) ReleaseObject(last_name_);
  Heap::Current()->ChargeForeign(-static_cast<int64_t>(sizeof(Shape)));
}

Shape* Shape::With(String* name) {
  Shape*& next = next_[name];
  if (next == nullptr) {
    next = new Shape(this, name);
    root_->family_.emplace_back(next);
  }
  return next;
}

std::vector<String*> Shape::CopyNames() const {
  std::vector<String*> names(size_);
  for (const Shape* s = this; s->parent_ != nullptr; s = s->parent_) {
    names[s->size_ - 1] = s->last_name_;
  }
  return names;
}

const std::vector<String*>& Shape::Names() {
  if (names_.size() != size_) names_ = CopyNames();
  return names_;
}

int32_t Shape::Find(const String* name) {
  if (size_ > kWalkedFields && slots_.empty() && ++lookups_ > kWalkedLookups) {
    const std::vector<String*>& names = Names();
    slots_.reserve(size_);
    for (uint32_t slot = 0; slot < size_; ++slot) slots_.emplace(names[slot], slot);
  }
  if (!slots_.empty()) {
    const auto it = slots_.find(name);
    return it == slots_.end() ? -1 : static_cast<int32_t>(it->second);
  }
  for (const Shape* s = this; s->parent_ != nullptr; s = s->parent_) {
    if (s->last_name_ == name) return static_cast<int32_t>(s->size_ - 1);
  }
  return -1;
}

const std::vector<uint32_t>& Shape::SortedSlots() {
  if (sorted_.size() != size_) {
    const std::vector<String*>& names = Names();
    sorted_.resize(size_);
    std::iota(sorted_.begin(), sorted_.end(), 0u);
    std::sort(sorted_.begin(), sorted_.end(),
              [&names](uint32_t a, uint32_t b) { return names[a]->view() < names[b]->view(); });
  }
  return sorted_;
}

Shape* RootShape(String* struct_name) {
  return Heap::Current()->Local<ShapeTable>()->Root(struct_name);
}

StructDef* NewStructDef(String* owned_name) {
  auto* def = new (Heap::Current()->AllocateObject(sizeof(StructDef))) StructDef();
  def->header = Object{1, Kind::kStructDef, 0, 0};
  def->name = owned_name;
  def->root = new Shape(def, owned_name);
  return def;
}

void AddMethod(StructDef* def, String* name, Function* owned) {
  const auto [it, inserted] = def->methods.try_emplace(name, owned);
  if (inserted) {
    RetainObject(name);
  } else {
    Function* old = std::exchange(it->second, owned);
    ReleaseObject(old);
  }
}

void AddDefault(StructDef* def, String* name, Function* owned) {
  def->defaults.emplace_back(RetainObject(name), owned);
}

Struct* NewStruct(Shape* shape) {
  Struct* s = NewBlock(shape);
  for (uint32_t i = 0; i < shape->size(); ++i) s->fields[i] = Value::Unset();
  return s;
}

Value StructGet(const Struct* s, const String* name) {
  const int32_t slot = s->shape->Find(name);
  return slot < 0 ? Value::Unset() : s->fields[slot];
}

Struct* UniqueStruct(Struct* owned) {
  if (IsUnique(&owned->header)) return owned;
  Struct* copy = NewBlock(owned->shape);
  const uint32_t size = owned->shape->size();
  for (uint32_t i = 0; i < size; ++i) copy->fields[i] = Retain(owned->fields[i]);
  --owned->header.refcount;
  return copy;
}

Struct* StructSet(Struct* owned, String* name, Value value) {
  Struct* s = UniqueStruct(owned);
  const int32_t slot = s->shape->Find(name);
  if (slot >= 0) {
    const Value old = std::exchange(s->fields[slot], value);
    Release(old);
    return s;
  }
  const uint32_t size = s->shape->size();
  if (size == s->capacity()) {
    RUFF_CHECK(size < kMaxFields);
    const uint32_t capacity = std::min(kMaxFields, std::max(size + 2, size + size / 2));
    s = static_cast<Struct*>(
        Heap::Current()->ReallocateObject(s, BlockSize(size), BlockSize(capacity)));
    SetCapacity(s, capacity);
  }
  s->fields[size] = value;
  s->shape = s->shape->With(name);
  return s;
}

}  // namespace ruff
