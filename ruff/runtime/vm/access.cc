// Index and field access off the fast path, and assignment to places of any depth.

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/box.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/index.h"
#include "ruff/runtime/value/structure.h"
#include "ruff/runtime/vm/handler_support.h"
#include "ruff/runtime/vm/steps.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {
namespace {

// Remembers in the word at `cache` where `shape` keeps a field: number below, slot above.
void FillCache(const Instruction* cache, const Shape* shape, int32_t slot) {
  if (slot < 0) return;
  const_cast<Instruction&>(*cache) = shape->id() | static_cast<uint64_t>(slot) << 32;
}

}  // namespace

bool GetIndexStep(Vm& vm) {
  const Instruction i = *vm.pc;
  if (vm.Reg(OperandB(i)).IsDict() && vm.Reg(OperandC(i)).IsString()) {
    const Value member = DictGet(vm.Reg(OperandB(i)).As<Dict>(), vm.Reg(OperandC(i)));
    if (!member.Is(Kind::kUnset)) {
      vm.SetReg(OperandA(i), Retain(member));
      ++vm.pc;
      return true;
    }
  }
  Value out;
  std::string error;
  if (!ReadIndex(vm.Reg(OperandB(i)), vm.Reg(OperandC(i)), &out, &error)) return vm.Throw(error);
  vm.SetReg(OperandA(i), out);
  ++vm.pc;
  return true;
}

bool SetIndexStep(Vm& vm) {
  const Instruction i = *vm.pc;
  Value& container = vm.Reg(OperandA(i));
  container = UniqueValue(container);
  const Value v = std::exchange(vm.Reg(OperandC(i)), Value::Null());
  std::string error;
  if (!WriteIndex(container, vm.Reg(OperandB(i)), v, &error)) return vm.Throw(error);
  ++vm.pc;
  return true;
}

bool GetFieldStep(Vm& vm) {
  const Instruction i = *vm.pc;
  const Value container = vm.Reg(OperandB(i));
  const String* name = vm.ConstString(OperandC(i));
  if (container.Is(Kind::kStruct)) {
    Shape* shape = container.As<Struct>()->shape;
    FillCache(vm.pc + 1, shape, shape->Find(name));
  }
  Value out;
  std::string error;
  if (!ReadField(container, name, &out, &error)) return vm.Throw(error);
  vm.SetReg(OperandA(i), out);
  vm.pc += 2;
  return true;
}

bool SetFieldStep(Vm& vm) {
  const Instruction i = *vm.pc;
  Value& container = vm.Reg(OperandA(i));
  String* name = vm.ConstString(OperandB(i));
  const Value v = std::exchange(vm.Reg(OperandC(i)), Value::Null());
  if (container.Is(Kind::kStruct)) {
    const uint64_t cache = vm.pc[1];
    Struct* s = container.As<Struct>();
    if (static_cast<uint32_t>(cache) == s->shape->id()) {
      s = UniqueStruct(s);
      container.object = &s->header;
      Put(s->fields[cache >> 32], v);
      vm.pc += 2;
      return true;
    }
  }
  container = UniqueValue(container);
  std::string error;
  if (!WriteField(&container, name, v, &error)) return vm.Throw(error);
  if (container.Is(Kind::kStruct)) {
    Shape* shape = container.As<Struct>()->shape;
    FillCache(vm.pc + 1, shape, shape->Find(name));
  }
  vm.pc += 2;
  return true;
}

bool FieldTestStep(Vm& vm) {
  const Instruction i = *vm.pc;
  const Value container = vm.Reg(OperandB(i));
  const String* name = vm.ConstString(OperandC(i));
  if (OpcodeOf(i) == Opcode::kGetFieldOptional) {
    vm.SetReg(OperandA(i), ReadFieldOrNull(container, name));
  } else {
    vm.SetReg(OperandA(i), container.Is(Kind::kStruct)
                               ? Retain(StructGet(container.As<Struct>(), name))
                               : Value::Unset());
  }
  ++vm.pc;
  return true;
}

namespace {

// The variable a path starts at.
Value* RootPlace(Vm& vm, PathRoot root, uint32_t number) {
  switch (root) {
    case PathRoot::kRegister:
      return &vm.r[number];
    case PathRoot::kCell:
      return &vm.r[number].As<Cell>()->value;
    case PathRoot::kCaptured:
      return &vm.frame->function->captures[number]->value;
    case PathRoot::kGlobal:
      return &vm.frame->code->globals[number];
  }
  return nullptr;
}

struct DecodedPath {
  PathRoot root;
  uint32_t number;
  LinkedPath* path;
  const Value* indexes;
};

DecodedPath DecodePath(Vm& vm, const Instruction* pc) {
  const uint64_t word = pc[1];
  return DecodedPath{
      .root = static_cast<PathRoot>(OperandX(*pc)),
      .number = static_cast<uint32_t>(word >> 32),
      .path = &vm.frame->code->paths[static_cast<uint32_t>(word)],
      .indexes = &vm.Reg(OperandA(*pc)),
  };
}

void MakeUnique(Value* place) {
  if (place->IsHeap() && place->object->refcount != 1) *place = UniqueValue(*place);
}

// The place of an existing element or field of the unique container `*place`, in the common cases;
// else null.
Value* QuickPlace(Value* place, LinkedStep& step, const Value* index) {
  if (step.name == nullptr) {
    if (!place->IsArray() || !index->IsInt()) return nullptr;
    Array* array = place->As<Array>();
    if (array->storage() != Array::kValues || static_cast<uint64_t>(index->i) >= array->size) {
      return nullptr;
    }
    return &array->values[index->i];
  }
  if (!place->Is(Kind::kStruct)) return nullptr;
  Struct* s = place->As<Struct>();
  if (static_cast<uint32_t>(step.cache) != s->shape->id()) {
    const int32_t slot = s->shape->Find(step.name);
    if (slot < 0) return nullptr;
    step.cache = s->shape->id() | static_cast<uint64_t>(slot) << 32;
  }
  return &s->fields[step.cache >> 32];
}

// A cell or captured variable got a heap value: it may now be part of a cycle.
void NoteStore(Vm& vm, const DecodedPath& p) {
  if (p.root == PathRoot::kCell) NotePossibleCycle(vm.r[p.number].object);
  if (p.root == PathRoot::kCaptured) {
    NotePossibleCycle(&vm.frame->function->captures[p.number]->header);
  }
}

// Undefined variables as roots: a cell whose declaration has not run, a global nobody bound.
std::string UndefinedRoot(Vm& vm, const DecodedPath& p) {
  std::string name = "?";
  if (p.root == PathRoot::kGlobal) name = vm.frame->code->module->module().globals[p.number].name;
  return absl::StrCat("Undefined variable: ", name);
}

}  // namespace

bool SetPathStep(Vm& vm) {
  const Instruction i = *vm.pc;
  const DecodedPath p = DecodePath(vm, vm.pc);
  Value* place = RootPlace(vm, p.root, p.number);
  const Value v = std::exchange(vm.Reg(OperandB(i)), Value::Null());
  const auto fail = [&](std::string_view message) {
    Release(v);
    return vm.Throw(message);
  };
  if (place->Is(Kind::kUnset)) return fail(UndefinedRoot(vm, p));
  std::string error;
  const Value* index = p.indexes;
  LinkedStep* step = p.path->data();
  LinkedStep* const last = step + p.path->size() - 1;
  for (; step != last; ++step) {
    MakeUnique(place);
    Value* next = QuickPlace(place, *step, index);
    Value scratch = Value::Null();
    if (next == nullptr) {
      const bool found = step->name != nullptr
                             ? FieldPlace(*place, step->name, &scratch, &next, &error)
                             : IndexPlace(*place, *index, &scratch, &next, &error);
      if (!found) return fail(error);
    }
    if (step->name == nullptr) ++index;
    if (next == &scratch) {
      // Not a container: the next step cannot go on from it and says so.
      const bool is_field = step[1].name != nullptr;
      if (step + 1 != last) {
        Value nothing = Value::Null();
        if (is_field) {
          FieldPlace(scratch, step[1].name, &nothing, &next, &error);
        } else {
          IndexPlace(scratch, *index, &nothing, &next, &error);
        }
        Release(scratch);
        return fail(error);
      }
      if (is_field) {
        WriteField(&scratch, step[1].name, v, &error);
      } else {
        WriteIndex(scratch, *index, v, &error);
      }
      Release(scratch);
      return vm.Throw(error);
    }
    place = next;
  }
  MakeUnique(place);
  if (Value* leaf = QuickPlace(place, *last, index)) {
    Put(*leaf, v);
  } else {
    const bool done = last->name != nullptr ? WriteField(place, last->name, v, &error)
                                            : WriteIndex(*place, *index, v, &error);
    if (!done) return vm.Throw(error);
  }
  NoteStore(vm, p);
  vm.pc += 2;
  return true;
}

namespace {

// Where a path leads now, without changing anything but uniqueness; null when it leads nowhere.
Value* FindPlace(Vm& vm, const DecodedPath& p) {
  Value* place = RootPlace(vm, p.root, p.number);
  const Value* index = p.indexes;
  std::string error;
  for (LinkedStep& step : *p.path) {
    if (!place->IsHeap() || !IsUnique(place->object)) return nullptr;
    Value* next = QuickPlace(place, step, index);
    Value scratch = Value::Null();
    if (next == nullptr) {
      const bool found = step.name != nullptr
                             ? FieldPlace(*place, step.name, &scratch, &next, &error)
                             : IndexPlace(*place, *index, &scratch, &next, &error);
      if (!found || next == &scratch) {
        Release(scratch);
        return nullptr;
      }
    }
    if (step.name == nullptr) ++index;
    place = next;
  }
  return place;
}

}  // namespace

bool TakePathStep(Vm& vm) {
  const Instruction i = *vm.pc;
  const Value taken = vm.Reg(OperandB(i));
  const Value callee = vm.Reg(OperandC(i));
  const bool add = OperandB(i) == OperandC(i);
  vm.taken_by = nullptr;
  const bool consumed =
      taken.IsHeap() && taken.object->refcount == 2 &&
      (add ? taken.IsString()
           : callee.Is(Kind::kNative) && (callee.native->flags & NativeFunction::kConsumes) != 0);
  if (consumed) {
    Value* place = FindPlace(vm, DecodePath(vm, vm.pc));
    if (place != nullptr && place->IsHeap() && place->object == taken.object) {
      Release(std::exchange(*place, Value::Null()));
      vm.taken_by = vm.pc + 2;
    }
  }
  vm.pc += 2;
  return true;
}

void RestoreTakenPath(Vm& vm) {
  if (vm.taken_by != vm.pc) return;
  vm.taken_by = nullptr;
  const Instruction* hint = vm.pc - 2;
  Value* place = FindPlace(vm, DecodePath(vm, hint));
  const Value taken = vm.Reg(OperandB(*hint));
  if (place != nullptr && place->IsNull() && taken.IsHeap()) *place = Retain(taken);
}

}  // namespace ruff
