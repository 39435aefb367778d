// Building values: cells, closures, arrays, dicts, structs, boxes, interpolated strings.

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/box.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/format.h"
#include "ruff/runtime/value/string.h"
#include "ruff/runtime/value/structure.h"
#include "ruff/runtime/vm/handler_support.h"
#include "ruff/runtime/vm/link.h"
#include "ruff/runtime/vm/steps.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {
namespace {

bool Next(Vm& vm, int words = 1) {
  vm.pc += words;
  return true;
}

Value TakeReg(Vm& vm, uint16_t reg) { return std::exchange(vm.Reg(reg), Value::Null()); }

bool MakeClosure(Vm& vm, Instruction i) {
  CodeBlock* code = vm.frame->code->module->code(static_cast<uint32_t>(OperandD(i)));
  Function* function = NewFunction(code);
  const std::vector<Capture>& captures = code->proto->captures;
  for (size_t n = 0; n < captures.size(); ++n) {
    const uint32_t index = captures[n].index;
    switch (captures[n].from) {
      case Capture::From::kCellRegister:
        function->captures[n] = RetainObject(vm.r[index].As<Cell>());
        break;
      case Capture::From::kCaptured:
        function->captures[n] = RetainObject(vm.frame->function->captures[index]);
        break;
      case Capture::From::kCopyRegister:
        function->captures[n] = NewCell(Retain(vm.r[index]));
        break;
      case Capture::From::kCopyCell:
        function->captures[n] = NewCell(Retain(vm.r[index].As<Cell>()->value));
        break;
      case Capture::From::kCopyCaptured:
        function->captures[n] = NewCell(Retain(vm.frame->function->captures[index]->value));
        break;
    }
  }
  vm.SetReg(OperandA(i), Value::Heap(function));
  return Next(vm);
}

bool AppendMany(Vm& vm, Instruction i) {
  Value* window = &vm.Reg(OperandA(i));
  auto* array = window[0].As<Array>();
  for (int32_t n = 1; n <= OperandD(i); ++n) {
    ArrayPush(array, std::exchange(window[n], Value::Null()));
  }
  return Next(vm);
}

bool AppendSpread(Vm& vm, Instruction i) {
  const Value source = vm.Reg(OperandB(i));
  if (!source.IsArray()) return vm.Throw("Can only spread arrays");
  const auto* array = source.As<Array>();
  ArrayAppend(vm.Reg(OperandA(i)).As<Array>(), array, 0, array->size);
  Release(TakeReg(vm, OperandB(i)));
  return Next(vm);
}

bool PutEntry(Vm& vm, Instruction i, Value key) {
  if (!IsDictKey(key)) return vm.Throw("Dict keys must be strings");
  DictSet(vm.Reg(OperandA(i)).As<Dict>(), key, TakeReg(vm, OperandC(i)));
  return Next(vm);
}

bool PutSpread(Vm& vm, Instruction i) {
  const Value source = vm.Reg(OperandB(i));
  if (!source.IsDict()) return vm.Throw("Can only spread dicts");
  DictUpdate(vm.Reg(OperandA(i)).As<Dict>(), source.As<Dict>());
  Release(TakeReg(vm, OperandB(i)));
  return Next(vm);
}

// The first field of `def` with a default that `s` lacks; null when there is none. `*thunk` is its
// default.
String* MissingDefault(const Struct* s, Function** thunk) {
  const StructDef* def = s->shape->def();
  if (def == nullptr) return nullptr;
  for (const auto& [name, function] : def->defaults) {
    if (s->shape->Find(name) < 0) {
      *thunk = function;
      return name;
    }
  }
  return nullptr;
}

bool MakeStruct(Vm& vm, Instruction i) {
  Value* window = &vm.Reg(OperandA(i));
  const LinkedModule::LinkedTemplate& t =
      vm.frame->code->module->TemplateOf(vm.frame->code, static_cast<uint32_t>(OperandD(i)));
  Shape* root =
      window[0].Is(Kind::kStructDef) ? window[0].As<StructDef>()->root : RootShape(t.name);
  auto*& cache = reinterpret_cast<ShapeCache*&>(const_cast<Instruction&>(vm.pc[1]));
  if (cache == nullptr) cache = vm.frame->code->module->NewShapeCache();
  if (cache->root_id != root->id()) {
    Shape* grown = root;
    for (String* name : t.fields) {
      if (name != nullptr) grown = grown->With(name);
    }
    *cache = ShapeCache{root->id(), grown};
  }
  Shape* shape = cache->shape;
  Struct* s = NewStruct(shape);
  uint32_t slot = 0;
  for (size_t n = 0; n < t.fields.size(); ++n) {
    const Value v = std::exchange(window[n + 1], Value::Null());
    if (t.fields[n] == nullptr) {
      Release(v);
    } else {
      s->fields[slot++] = v;
    }
  }
  Put(window[0], Value::Heap(s));
  Function* thunk;
  const bool complete = OperandX(i) != 0 && MissingDefault(s, &thunk) == nullptr;
  return Next(vm, complete ? 6 : 2);
}

bool NextDefault(Vm& vm, Instruction i) {
  Value* window = &vm.Reg(OperandA(i));
  Function* thunk;
  if (MissingDefault(window[0].As<Struct>(), &thunk) == nullptr) return Next(vm, 1 + OperandD(i));
  Put(window[1], Value::Heap(RetainObject(thunk)));
  return Next(vm);
}

bool SetDefault(Vm& vm, Instruction i) {
  Value* window = &vm.Reg(OperandA(i));
  Function* thunk;
  String* name = MissingDefault(window[0].As<Struct>(), &thunk);
  window[0] =
      Value::Heap(StructSet(window[0].As<Struct>(), name, std::exchange(window[1], Value::Null())));
  return Next(vm);
}

bool MakeStructDef(Vm& vm, Instruction i) {
  Value* window = &vm.Reg(OperandA(i));
  const LinkedModule::LinkedTemplate& t =
      vm.frame->code->module->TemplateOf(vm.frame->code, static_cast<uint32_t>(OperandD(i)));
  StructDef* def = NewStructDef(RetainObject(t.name));
  for (String* field : t.fields) def->declared_fields.push_back(RetainObject(field));
  const Array* packed = OperandX(i) != 0 ? window[1].As<Array>() : nullptr;
  uint32_t next = 0;
  const auto take = [&]() -> Function* {
    const uint32_t n = next++;
    const Value v = packed != nullptr ? Retain(ArrayGet(packed, n))
                                      : std::exchange(window[1 + n], Value::Null());
    return v.As<Function>();
  };
  for (String* name : t.methods) AddMethod(def, name, take());
  for (String* name : t.default_fields) AddDefault(def, name, take());
  if (packed != nullptr) Release(std::exchange(window[1], Value::Null()));
  Put(window[0], Value::Heap(def));
  return Next(vm);
}

bool MakeTagged(Vm& vm, Instruction i) {
  Value* window = &vm.Reg(OperandA(i));
  String* tag = vm.frame->code->constants[OperandD(i)].As<String>();
  Tagged* tagged = NewTagged(RetainObject(tag), window + 1, OperandX(i));
  for (uint32_t n = 1; n <= OperandX(i); ++n) window[n] = Value::Null();
  Put(window[0], Value::Heap(tagged));
  return Next(vm);
}

bool MakeTaggedPacked(Vm& vm, Instruction i) {
  Value* window = &vm.Reg(OperandA(i));
  String* tag = vm.frame->code->constants[OperandD(i)].As<String>();
  const Array* packed = window[1].As<Array>();
  std::vector<Value> payload(packed->size);
  for (uint64_t n = 0; n < payload.size(); ++n) payload[n] = Retain(ArrayGet(packed, n));
  Tagged* tagged = NewTagged(RetainObject(tag), payload.data(), payload.size());
  Release(std::exchange(window[1], Value::Null()));
  Put(window[0], Value::Heap(tagged));
  return Next(vm);
}

bool Concatenate(Vm& vm, Instruction i) {
  Value* window = &vm.Reg(OperandA(i));
  std::string text;
  for (int32_t n = 0; n < OperandD(i); ++n) {
    if (window[n].IsString()) {
      text.append(window[n].As<String>()->view());
    } else if (!FormatValue(window[n], Form::kText, &text)) {
      return vm.Throw("String is too long");
    }
    if (text.size() > kMaxStringBytes) return vm.Throw("String is too long");
  }
  for (int32_t n = 1; n < OperandD(i); ++n) Put(window[n], Value::Null());
  Put(window[0], Value::Heap(NewString(text)));
  return Next(vm);
}

}  // namespace

bool ConstructStep(Vm& vm) {
  const Instruction i = *vm.pc;
  switch (OpcodeOf(i)) {
    case Opcode::kNewCell:
      vm.SetReg(OperandA(i), Value::Heap(NewCell(Value::Unset())));
      return Next(vm);
    case Opcode::kBoxCell: {
      Value& place = vm.Reg(OperandA(i));
      place = Value::Heap(NewCell(place));
      return Next(vm);
    }
    case Opcode::kClosure:
      return MakeClosure(vm, i);
    case Opcode::kNewArray:
      vm.SetReg(OperandA(i), Value::Heap(NewArray(static_cast<uint32_t>(OperandD(i)))));
      return Next(vm);
    case Opcode::kAppendMany:
      return AppendMany(vm, i);
    case Opcode::kAppendSpread:
      return AppendSpread(vm, i);
    case Opcode::kNewDict:
      vm.SetReg(OperandA(i), Value::Heap(NewDict(static_cast<uint32_t>(OperandD(i)))));
      return Next(vm);
    case Opcode::kPut:
      return PutEntry(vm, i, vm.Reg(OperandB(i)));
    case Opcode::kPutK:
      return PutEntry(vm, i, vm.Const(OperandB(i)));
    case Opcode::kPutSpread:
      return PutSpread(vm, i);
    case Opcode::kNewStruct:
      return MakeStruct(vm, i);
    case Opcode::kNextDefault:
      return NextDefault(vm, i);
    case Opcode::kSetDefault:
      return SetDefault(vm, i);
    case Opcode::kNewStructDef:
      return MakeStructDef(vm, i);
    case Opcode::kNewBox: {
      static constexpr Kind kKinds[] = {Kind::kOk, Kind::kErr, Kind::kSome};
      const int which = OperandX(i) - static_cast<int>(ConstantKind::kOk);
      const Value payload = TakeReg(vm, OperandB(i));
      vm.SetReg(OperandA(i), Value::Heap(NewBox(kKinds[which], payload)));
      return Next(vm);
    }
    case Opcode::kNewTagged:
      return MakeTagged(vm, i);
    case Opcode::kNewTaggedPacked:
      return MakeTaggedPacked(vm, i);
    default:
      return Concatenate(vm, i);
  }
}

}  // namespace ruff
