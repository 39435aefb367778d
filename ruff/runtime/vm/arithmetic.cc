// Operators beyond the handlers' int and float paths: mixed numbers, strings, errors, operator
// methods.

#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/base/check.h"
#include "ruff/runtime/value/equality.h"
#include "ruff/runtime/value/string.h"
#include "ruff/runtime/value/structure.h"
#include "ruff/runtime/vm/handler_support.h"
#include "ruff/runtime/vm/steps.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {
namespace {

enum class Operator : uint8_t {
  kAdd,
  kSub,
  kMul,
  kDiv,
  kMod,
  kNeg,
  kNot,
  kEq,
  kNe,
  kLt,
  kLe,
  kGt,
  kGe
};

struct OperatorNames {
  std::string_view spelling;
  std::string_view method;
};
constexpr OperatorNames kOperators[] = {
    {"+", "op_add"}, {"-", "op_sub"}, {"*", "op_mul"}, {"/", "op_div"}, {"%", "op_mod"},
    {"-", "op_neg"}, {"!", "op_not"}, {"==", "op_eq"}, {"!=", "op_ne"}, {"<", "op_lt"},
    {"<=", "op_le"}, {">", "op_gt"},  {">=", "op_ge"},
};

std::string_view Spelling(Operator op) { return kOperators[static_cast<int>(op)].spelling; }

// The operator method `op` of a struct value, borrowed; null when it has none.
Function* OperatorMethod(Value v, Operator op) {
  if (!v.Is(Kind::kStruct)) return nullptr;
  const StructDef* def = v.As<Struct>()->shape->def();
  if (def == nullptr || def->methods.empty()) return nullptr;
  const std::string_view wanted = kOperators[static_cast<int>(op)].method;
  String* name = InternString(wanted);
  const auto found = def->methods.find(name);
  Function* method = found == def->methods.end() ? nullptr : found->second;
  ReleaseObject(name);
  return method;
}

// Calls `method` on `self` (and `argument` unless unary); FinishOperator gets the result.
bool CallOperator(Vm& vm, Function* method, Value self, const Value* argument, uint32_t flags) {
  const CodeBlock* code = method->code;
  const uint32_t count = argument == nullptr ? 1 : 2;
  if (code->parameter_count != count) {
    return vm.Throw(ArityMessage(code->name->view(), code->parameter_count - 1,
                                 code->parameter_count - 1, count - 1));
  }
  // Above the caller's registers: one for the result, then the callee's.
  const uint32_t caller_registers = vm.frame->code->register_count;
  Value* base =
      vm.EnsureRoom(vm.r + caller_registers + 1, std::max(code->register_count, count), code);
  if (base == nullptr) return vm.goes_on;
  Put(base[-1], Value::Heap(RetainObject(method)));
  Put(base[0], Retain(self));
  if (argument != nullptr) Put(base[1], Retain(*argument));
  vm.frame->pc = vm.pc + 1;
  if (code->proto->is_async) return vm.EnterFrame(method, base, Frame::kTask | Frame::kOperator);
  return vm.EnterFrame(method, base, flags | Frame::kOperator);
}

std::string_view OperandTypeName(Value v) {
  if (v.Is(Kind::kFunction) && v.As<Function>()->code->native != nullptr) return "native_function";
  return MessageTypeName(v);
}

bool ThrowInvalidBinary(Vm& vm, Operator op, Value b, Value c) {
  return vm.Throw(absl::StrCat("Invalid binary operation: ", OperandTypeName(b), " ", Spelling(op),
                               " ", OperandTypeName(c)));
}

bool ThrowOverflow(Vm& vm, Operator op, int64_t b, int64_t c) {
  return vm.Throw(absl::StrCat("Integer overflow: ", b, " ", Spelling(op), " ", c));
}

// int op int. False after throwing.
bool IntArithmetic(Vm& vm, Operator op, int64_t b, int64_t c, Value* out, bool* thrown) {
  int64_t v = 0;
  bool overflow = false;
  switch (op) {
    case Operator::kAdd:
      overflow = __builtin_add_overflow(b, c, &v);
      break;
    case Operator::kSub:
      overflow = __builtin_sub_overflow(b, c, &v);
      break;
    case Operator::kMul:
      overflow = __builtin_mul_overflow(b, c, &v);
      break;
    default:
      if (c == 0) {
        *thrown = vm.Throw(op == Operator::kDiv ? "Division by zero" : "Modulo by zero");
        return false;
      }
      overflow = b == INT64_MIN && c == -1;
      if (!overflow) v = op == Operator::kDiv ? b / c : b % c;
      break;
  }
  if (overflow) {
    *thrown = ThrowOverflow(vm, op, b, c);
    return false;
  }
  *out = Value::Int(v);
  return true;
}

bool FloatArithmetic(Vm& vm, Operator op, double b, double c, Value* out, bool* thrown) {
  switch (op) {
    case Operator::kAdd:
      *out = Value::Float(b + c);
      return true;
    case Operator::kSub:
      *out = Value::Float(b - c);
      return true;
    case Operator::kMul:
      *out = Value::Float(b * c);
      return true;
    default:
      if (c == 0) {
        *thrown = vm.Throw(op == Operator::kDiv ? "Division by zero" : "Modulo by zero");
        return false;
      }
      *out = Value::Float(op == Operator::kDiv ? b / c : std::fmod(b, c));
      return true;
  }
}

double AsDouble(Value v) { return v.IsInt() ? static_cast<double>(v.i) : v.d; }

// R[a] = R[b] + c for strings; grows R[b] in place when it is also R[a].
bool AddStrings(Vm& vm, Instruction i, const String* c) {
  Value& b = vm.Reg(OperandB(i));
  const bool in_place = OperandA(i) == OperandB(i);
  String* left = b.As<String>();
  if (!in_place || static_cast<const void*>(left) == c) RetainObject(left);
  String* joined = AppendString(left, c);
  if (joined == nullptr) {
    if (!in_place || static_cast<const void*>(left) == c) ReleaseObject(left);
    return vm.Throw("String is too long");
  }
  if (in_place && static_cast<const void*>(left) != c) {
    b = Value::Heap(joined);
  } else {
    vm.SetReg(OperandA(i), Value::Heap(joined));
  }
  ++vm.pc;
  return true;
}

struct DecodedArithmetic {
  Operator op;
  bool constant;
  bool immediate;
};

DecodedArithmetic Decode(Opcode opcode) {
  switch (opcode) {
    case Opcode::kAdd:
      return {Operator::kAdd, false, false};
    case Opcode::kSub:
      return {Operator::kSub, false, false};
    case Opcode::kMul:
      return {Operator::kMul, false, false};
    case Opcode::kDiv:
      return {Operator::kDiv, false, false};
    case Opcode::kMod:
      return {Operator::kMod, false, false};
    case Opcode::kAddK:
      return {Operator::kAdd, true, false};
    case Opcode::kSubK:
      return {Operator::kSub, true, false};
    case Opcode::kMulK:
      return {Operator::kMul, true, false};
    case Opcode::kDivK:
      return {Operator::kDiv, true, false};
    case Opcode::kModK:
      return {Operator::kMod, true, false};
    case Opcode::kAddI:
      return {Operator::kAdd, false, true};
    case Opcode::kSubI:
      return {Operator::kSub, false, true};
    case Opcode::kNeg:
      return {Operator::kNeg, false, false};
    default:
      return {Operator::kNot, false, false};
  }
}

}  // namespace

bool ArithmeticStep(Vm& vm) {
  const Instruction i = *vm.pc;
  const DecodedArithmetic decoded = Decode(OpcodeOf(i));
  const Operator op = decoded.op;
  const Value b = vm.Reg(OperandB(i));
  if (op == Operator::kNot || op == Operator::kNeg) {
    if (Function* method = OperatorMethod(b, op)) return CallOperator(vm, method, b, nullptr, 0);
    if (op == Operator::kNot) {
      vm.SetReg(OperandA(i), Value::Bool(!IsTruthy(b)));
      ++vm.pc;
      return true;
    }
    if (b.IsInt()) return vm.Throw(absl::StrCat("Integer overflow: -(", b.i, ")"));
    return vm.Throw(absl::StrCat("Invalid unary operation: - ", OperandTypeName(b)));
  }
  const Value c = decoded.immediate  ? Value::Int(SignedC(i))
                  : decoded.constant ? vm.Const(OperandC(i))
                                     : vm.Reg(OperandC(i));
  if (b.IsNumber() && c.IsNumber()) {
    Value out;
    bool thrown;
    const bool ok = b.IsInt() && c.IsInt()
                        ? IntArithmetic(vm, op, b.i, c.i, &out, &thrown)
                        : FloatArithmetic(vm, op, AsDouble(b), AsDouble(c), &out, &thrown);
    if (!ok) return thrown;
    vm.SetReg(OperandA(i), out);
    ++vm.pc;
    return true;
  }
  if (op == Operator::kAdd && b.IsString() && c.IsString())
    return AddStrings(vm, i, c.As<String>());
  if (Function* method = OperatorMethod(b, op)) return CallOperator(vm, method, b, &c, 0);
  return ThrowInvalidBinary(vm, op, b, c);
}

namespace {

struct DecodedCompare {
  Operator op;
  bool jump;       // otherwise the result goes to R[a]
  bool sense;      // jump when the comparison has this outcome
  bool immediate;  // right operand is B
};

DecodedCompare DecodeCompare(Opcode opcode) {
  switch (opcode) {
    case Opcode::kEq:
      return {Operator::kEq, false, true, false};
    case Opcode::kNe:
      return {Operator::kNe, false, true, false};
    case Opcode::kLt:
      return {Operator::kLt, false, true, false};
    case Opcode::kLe:
      return {Operator::kLe, false, true, false};
    case Opcode::kJumpIfEq:
      return {Operator::kEq, true, true, false};
    case Opcode::kJumpIfNe:
      return {Operator::kNe, true, true, false};
    case Opcode::kJumpIfLt:
      return {Operator::kLt, true, true, false};
    case Opcode::kJumpIfLe:
      return {Operator::kLe, true, true, false};
    case Opcode::kJumpIfNotLt:
      return {Operator::kLt, true, false, false};
    case Opcode::kJumpIfNotLe:
      return {Operator::kLe, true, false, false};
    case Opcode::kJumpIfEqI:
      return {Operator::kEq, true, true, true};
    case Opcode::kJumpIfNeI:
      return {Operator::kNe, true, true, true};
    case Opcode::kJumpIfLtI:
      return {Operator::kLt, true, true, true};
    case Opcode::kJumpIfLeI:
      return {Operator::kLe, true, true, true};
    case Opcode::kJumpIfGtI:
      return {Operator::kGt, true, true, true};
    case Opcode::kJumpIfGeI:
      return {Operator::kGe, true, true, true};
    case Opcode::kJumpIfNotLtI:
      return {Operator::kLt, true, false, true};
    case Opcode::kJumpIfNotLeI:
      return {Operator::kLe, true, false, true};
    case Opcode::kJumpIfNotGtI:
      return {Operator::kGt, true, false, true};
    default:
      return {Operator::kGe, true, false, true};
  }
}

// Puts the outcome of a comparison where instruction vm.pc wants it.
bool Deliver(Vm& vm, const DecodedCompare& decoded, bool outcome) {
  const Instruction i = *vm.pc;
  ++vm.pc;
  if (!decoded.jump) {
    vm.SetReg(OperandA(i), Value::Bool(outcome));
  } else if (outcome == decoded.sense) {
    const int16_t distance = SignedC(i);
    vm.pc += distance;
    if (distance < 0) {
      vm.fuel += distance;
      if (vm.fuel < 0) return vm.RefuelStep();
    }
  }
  return true;
}

template <typename T>
bool Ordered(Operator op, T b, T c) {
  switch (op) {
    case Operator::kLt:
      return b < c;
    case Operator::kLe:
      return b <= c;
    case Operator::kGt:
      return b > c;
    default:
      return b >= c;
  }
}

Operator Mirrored(Operator op) {
  switch (op) {
    case Operator::kLt:
      return Operator::kGt;
    case Operator::kLe:
      return Operator::kGe;
    default:
      return op;
  }
}

}  // namespace

bool CompareStep(Vm& vm) {
  const Instruction i = *vm.pc;
  const DecodedCompare decoded = DecodeCompare(OpcodeOf(i));
  Operator op = decoded.op;
  Value b = vm.Reg(decoded.jump ? OperandA(i) : OperandB(i));
  Value c =
      decoded.immediate ? Value::Int(SignedB(i)) : vm.Reg(decoded.jump ? OperandB(i) : OperandC(i));
  const bool ordering = op != Operator::kEq && op != Operator::kNe;
  // A jump with x = 1 on (in)equality is the opposite operator of the source, to be negated.
  const bool opposite = !ordering && decoded.jump && OperandX(i) != 0;
  if (opposite) op = op == Operator::kEq ? Operator::kNe : Operator::kEq;
  const uint32_t flags = opposite ? Frame::kNegate : 0;
  if (ordering && !decoded.immediate && OperandX(i) != 0) {  // written the other way round
    std::swap(b, c);
    op = Mirrored(op);
  }
  if (b.Is(Kind::kStruct)) {
    if (Function* method = OperatorMethod(b, op)) return CallOperator(vm, method, b, &c, flags);
    if (op == Operator::kNe) {
      if (Function* method = OperatorMethod(b, Operator::kEq)) {
        return CallOperator(vm, method, b, &c, flags ^ Frame::kNegate);
      }
    }
  }
  if (!ordering) {
    return Deliver(vm, decoded, (ValuesEqual(b, c) == (op == Operator::kEq)) != opposite);
  }
  if (b.IsNumber() && c.IsNumber()) {
    return Deliver(
        vm, decoded,
        b.IsInt() && c.IsInt() ? Ordered(op, b.i, c.i) : Ordered(op, AsDouble(b), AsDouble(c)));
  }
  if (b.IsString() && c.IsString()) {
    return Deliver(vm, decoded, Ordered(op, CompareStrings(b.As<String>(), c.As<String>()), 0));
  }
  return ThrowInvalidBinary(vm, op, b, c);
}

bool FinishOperator(Vm& vm, Value owned_result, bool negate) {
  const Instruction i = *vm.pc;
  if (negate) {
    const bool truthy = IsTruthy(owned_result);
    Release(owned_result);
    owned_result = Value::Bool(!truthy);
  }
  const Opcode opcode = OpcodeOf(i);
  if (opcode >= Opcode::kJumpIfEq && opcode <= Opcode::kJumpIfNotGeI) {
    const bool truthy = IsTruthy(owned_result);
    Release(owned_result);
    return Deliver(vm, DecodeCompare(opcode), truthy);
  }
  vm.SetReg(OperandA(i), owned_result);
  ++vm.pc;
  return true;
}

}  // namespace ruff
