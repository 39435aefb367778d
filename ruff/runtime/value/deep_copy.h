// Copying values from one heap to another, as worker isolates need it.
//
// The copy is made on the current heap. The source is only read, down to its caches, so several
// threads may copy from one source at once; nobody may change it meanwhile. Sharing is kept: what
// the source refers to twice is copied once, also across several calls of one Copier, and cycles
// through objects with identity are no problem. Any depth.

#ifndef RUFF_RUNTIME_VALUE_DEEP_COPY_H_
#define RUFF_RUNTIME_VALUE_DEEP_COPY_H_

#include <vector>

#include "absl/container/flat_hash_map.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/structure.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

struct CodeBlock;

class Copier {
 public:
  Copier() = default;
  virtual ~Copier();
  Copier(const Copier&) = delete;
  Copier& operator=(const Copier&) = delete;

  // Copies `source` and all it refers to; `*out` is handed over. False when something in it cannot
  // leave its heap: failed() is that (source) value.
  bool Run(Value source, Value* out);
  Value failed() const { return failed_; }

  // Which code the copy of `function` (a source) runs; null: functions cannot leave.
  virtual CodeBlock* CodeFor(const Function* function);

  // A definition has been copied. It must stay where it is as long as this copier.
  virtual void KeepDefinition(const StructDef* source);

  // Makes `copy` (borrowed) the copy of the definition `source`.
  void Assume(const StructDef* source, StructDef* copy);
  // The copy of a definition, borrowed; null when it has not been copied.
  StructDef* CopyOf(const StructDef* source) const;
  // Calls f(source, copy) for every definition that has been copied or assumed.
  template <typename F>
  void ForEachDefinition(F f) const {
    for (const auto& [source, copy] : copies_) {
      if (source->kind == Kind::kStructDef) {
        f(reinterpret_cast<const StructDef*>(source), copy.As<StructDef>());
      }
    }
  }
  // From now on copies share nothing with earlier ones but definitions. To be called before a
  // source dies: another one may get its address. The sources are not looked at.
  void Forget();

  // For KindOps::copy: writes the copy of a part to its place in the new object, now or before Run
  // returns. The place must not move. Until then it holds Null, or a null pointer.
  void Copy(Value source, Value* place);
  template <typename T>
  void CopyObject(const T* source, T** place) {
    CopyPointer(reinterpret_cast<const Object*>(source), reinterpret_cast<Object**>(place));
  }

 private:
  struct Pending {
    Value source;
    Value* place;  // one of the two
    Object** object_place;
  };

  void CopyPointer(const Object* source, Object** place);
  // A reference to the copy of a heap object; its parts may still be pending. Null on failure.
  Object* Make(const Object* source);
  Object* MakeNew(const Object* source);
  Object* MakeArray(const Object* source);
  Object* MakeDict(const Object* source);
  Object* MakeStruct(const Object* source);
  Object* MakeStructDef(const Object* source);
  Object* MakeTagged(const Object* source);
  Object* MakeSet(const Object* source);
  Shape* ShapeFor(const Shape* source);

  std::vector<Pending> pending_;
  absl::flat_hash_map<const Object*, Value> copies_;  // of shared objects; owned
  std::vector<const Object*> forgettable_;            // sources in copies_ that are no definitions
  absl::flat_hash_map<const Shape*, Shape*> shapes_;  // of undeclared names, or kept by copies_
  std::vector<Set*> sets_;                            // made by this run
  std::vector<Object*> identities_;                   // objects with identity, made by this run
  Value failed_ = Value::Unset();
};

}  // namespace ruff

#endif  // RUFF_RUNTIME_VALUE_DEEP_COPY_H_
