// match and destructuring.

#include <utility>

#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/box.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/vm/handler_support.h"
#include "ruff/runtime/vm/steps.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {
namespace {

Kind KindOf(ConstantKind kind) {
  switch (kind) {
    case ConstantKind::kUnset:
      return Kind::kUnset;
    case ConstantKind::kNull:
      return Kind::kNull;
    case ConstantKind::kBool:
      return Kind::kBool;
    case ConstantKind::kInt:
      return Kind::kInt;
    case ConstantKind::kNone:
      return Kind::kNone;
    case ConstantKind::kOk:
      return Kind::kOk;
    case ConstantKind::kErr:
      return Kind::kErr;
    case ConstantKind::kSome:
      return Kind::kSome;
  }
  return Kind::kUnset;
}

Value Payload(Value v, uint32_t n) {
  switch (v.kind()) {
    case Kind::kOk:
    case Kind::kErr:
    case Kind::kSome:
      return n == 0 ? Retain(v.As<Box>()->value) : Value::Null();
    case Kind::kTagged:
      return n < v.As<Tagged>()->size ? Retain(v.As<Tagged>()->payload[n]) : Value::Null();
    default:
      return Value::Null();
  }
}

Value Part(Value v, uint32_t n) {
  if (!v.IsArray() || n >= v.As<Array>()->size) return Value::Null();
  return Retain(ArrayGet(v.As<Array>(), n));
}

Value Rest(Value v, uint32_t n) {
  if (!v.IsArray() || n >= v.As<Array>()->size) return Value::Heap(NewArray());
  return Value::Heap(ArraySlice(v.As<Array>(), n, v.As<Array>()->size));
}

Value Member(Value v, Value key) {
  if (!v.IsDict()) return Value::Null();
  const Value member = DictGet(v.As<Dict>(), key);
  return member.Is(Kind::kUnset) ? Value::Null() : Retain(member);
}

Value OtherMembers(Value v, const Array* keys) {
  if (!v.IsDict()) return Value::Heap(NewDict());
  Dict* rest = UniqueDict(RetainObject(v.As<Dict>()));
  for (uint64_t n = 0; n < keys->size; ++n) DictRemove(rest, ArrayGet(keys, n), nullptr);
  return Value::Heap(rest);
}

}  // namespace

bool PatternStep(Vm& vm) {
  const Instruction i = *vm.pc;
  const Value v = vm.Reg(OperandB(i));
  Value out;
  switch (OpcodeOf(i)) {
    case Opcode::kTestKind:
      out = Value::Bool(v.Is(KindOf(static_cast<ConstantKind>(OperandX(i)))));
      break;
    case Opcode::kTestTag:
      out = Value::Bool(v.Is(Kind::kTagged) && v.As<Tagged>()->tag == vm.ConstString(OperandC(i)));
      break;
    case Opcode::kGetPayload:
      out = Payload(v, OperandC(i));
      break;
    case Opcode::kArrayPart:
      out = Part(v, OperandC(i));
      break;
    case Opcode::kArrayRest:
      out = Rest(v, OperandC(i));
      break;
    case Opcode::kDictPart:
      out = Member(v, vm.NameConst(OperandC(i)));
      break;
    default:
      out = OtherMembers(v, vm.NameConst(OperandC(i)).As<Array>());
      break;
  }
  vm.SetReg(OperandA(i), out);
  ++vm.pc;
  return true;
}

}  // namespace ruff
