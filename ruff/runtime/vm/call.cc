// Calls and returns off the fast path: every kind of callee, every kind of frame.

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/box.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/structure.h"
#include "ruff/runtime/vm/handler_support.h"
#include "ruff/runtime/vm/hooks.h"
#include "ruff/runtime/vm/link.h"
#include "ruff/runtime/vm/steps.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {
namespace {

std::string_view NameOf(const CodeBlock* code) {
  return code->native != nullptr ? code->native->name
         : code->name == nullptr ? std::string_view("<module>")
                                 : code->name->view();
}

// Calls a builtin; the result replaces the callee.
bool CallNative(Vm& vm, const NativeFunction* native, const Vm::Arguments& arguments,
                const Instruction* resume) {
  const uint32_t count = arguments.count;
  if (native->capability != Capability::kNone && !vm.policy().Allows(native->capability))
      [[unlikely]] {
    return vm.Throw(DenialMessage(native->capability, native->message_name()));
  }
  if (count < native->min_args || (native->max_args != kVariadic && count > native->max_args))
      [[unlikely]] {
    return vm.Throw(ArityError(*native, count));
  }
  Value* values = &vm.Reg(arguments.window) + 1;
  if (arguments.is_packed()) {
    uint32_t flags = 0;
    values = vm.CalleeBase(arguments, vm.frame->code, &flags);
    if (values == nullptr) return vm.goes_on;
  }
  const Value result = native->body(vm, values, count);
  const auto release_values = [&] {
    for (uint32_t i = 0; i < count; ++i) {
      if (values[i].IsHeap()) Release(std::exchange(values[i], Value::Null()));
    }
  };
  Value* slot = &vm.Reg(arguments.window);
  if (result.Is(Kind::kUnset)) [[unlikely]] {
    if (arguments.is_packed()) release_values();
    return vm.TakeNextCall(slot) ? vm.CallValue({arguments.window, 1}, resume) : vm.ThrowFailure();
  }
  release_values();
  Put(*slot, result);
  if ((native->flags & NativeFunction::kAwaits) != 0) return vm.AwaitSlot(arguments.window, resume);
  vm.pc = resume;
  return true;
}

// Is R[window]… a call of the builtin range with ints? Then sets up the loop state there.
bool PrepareRange(Vm& vm, uint16_t window, uint32_t count) {
  Value* slot = &vm.Reg(window);
  if (!slot[0].Is(Kind::kNative) || (slot[0].native->flags & NativeFunction::kRange) == 0)
    return false;
  if (count < 1 || count > 3) return false;
  for (uint32_t i = 1; i <= count; ++i) {
    if (!slot[i].IsInt()) return false;
  }
  const int64_t begin = count == 1 ? 0 : slot[1].i;
  const int64_t end = count == 1 ? slot[1].i : slot[2].i;
  const int64_t step = count == 3 ? slot[3].i : 1;
  if (step == 0) return false;
  const bool empty = step > 0 ? begin >= end : begin <= end;
  const uint64_t span = step > 0 ? static_cast<uint64_t>(end) - static_cast<uint64_t>(begin)
                                 : static_cast<uint64_t>(begin) - static_cast<uint64_t>(end);
  const uint64_t stride = step > 0 ? static_cast<uint64_t>(step) : 0 - static_cast<uint64_t>(step);
  slot[0] = Value::Int(empty ? 0 : static_cast<int64_t>((span - 1) / stride + 1));
  slot[1] = Value::Int(begin);
  slot[2] = Value::Int(step);
  return true;
}

}  // namespace

bool Vm::EnterFrame(Function* function, Value* base, uint32_t flags, Object* owned_owner) {
  CodeBlock* code = function->code;
  base = EnsureRoom(base, code->register_count, code);
  if (base == nullptr) {
    if (owned_owner != nullptr) ReleaseObject(owned_owner);
    return goes_on;
  }
  Frame* entered = frame + 1;
  *entered = Frame{
      .pc = code->code,
      .code = code,
      .function = function,
      .delta = static_cast<uint32_t>(reinterpret_cast<char*>(base) - reinterpret_cast<char*>(r)),
      .flags = flags,
      .owner = owned_owner};
  if ((flags & Frame::kTask) != 0) ++fiber->inner_tasks;
  frame = entered;
  r = base;
  pc = code->code;
  return true;
}

bool Vm::CallValue(const Arguments& arguments, const Instruction* resume) {
  const Value callee = Reg(arguments.window);
  const uint32_t count = arguments.count;
  if (callee.Is(Kind::kNative)) return CallNative(*this, callee.native, arguments, resume);
  if (!callee.Is(Kind::kFunction)) {
    return Throw(
        "Cannot call non-function; the value being called is not callable. Pass a function, "
        "closure, "
        "or imported callable value instead.");
  }
  auto* function = callee.As<Function>();
  const CodeBlock* code = function->code;
  const FunctionProto* proto = code->proto;
  if (count != code->parameter_count) {
    const NativeFunction* native = code->native;
    return native != nullptr ? Throw(ArityError(*native, count))
                             : Throw(ArityMessage(NameOf(code), code->parameter_count,
                                                  code->parameter_count, count));
  }
  if (proto->is_generator) {
    if (proto->is_async) return Throw("Async generators are not supported");
    uint32_t flags = 0;
    Value* values =
        arguments.is_packed() ? CalleeBase(arguments, code, &flags) : &Reg(arguments.window) + 1;
    if (values == nullptr) return goes_on;
    Generator* generator = NewGenerator(function, values, count);
    SetReg(arguments.window, Value::Heap(generator));
    pc = resume;
    return true;
  }
  uint32_t flags = proto->is_async ? Frame::kTask : 0;
  Value* base = CalleeBase(arguments, code, &flags);
  if (base == nullptr) return goes_on;
  frame->pc = resume;
  return EnterFrame(function, base, flags);
}

// Where the frame of a callee begins: at its arguments, unless they are packed or the caller has
// far registers behind its window; then they move behind the caller's registers and the frame is
// flagged with the window. Null after throwing.
Value* Vm::CalleeBase(const Arguments& arguments, const CodeBlock* callee, uint32_t* flags) {
  const uint32_t registers = frame->code->register_count;
  if (registers <= kMaxNearOperand && !arguments.is_packed()) return &Reg(arguments.window) + 1;
  Value* base =
      EnsureRoom(r + registers + 1, std::max(callee->register_count, arguments.count), callee);
  if (base == nullptr) return nullptr;
  Value* values = &Reg(arguments.window) + 1;
  const uint32_t plain = std::min(arguments.plain, arguments.count);
  for (uint32_t n = 0; n < plain; ++n) Put(base[n], std::exchange(values[n], Value::Null()));
  if (arguments.is_packed()) {
    const Array* packed = values[plain].As<Array>();
    for (uint32_t n = plain; n < arguments.count; ++n) {
      Put(base[n], Retain(ArrayGet(packed, n - plain)));
    }
    Release(std::exchange(values[plain], Value::Null()));
  }
  *flags |= Frame::kFar | uint32_t{arguments.window} << Frame::kWindowShift;
  return base;
}

namespace {

// The arguments of a packed call, `plain` of which stand before the array.
Vm::Arguments PackedArguments(Vm& vm, uint16_t window, uint32_t plain) {
  const Array* packed = (&vm.Reg(window))[1 + plain].As<Array>();
  return {window, plain + static_cast<uint32_t>(packed->size), plain};
}

}  // namespace

bool CallStep(Vm& vm) {
  if (vm.fuel < 0 && !vm.RefuelStep()) return false;
  const Instruction i = *vm.pc;
  const uint16_t window = OperandA(i);
  const Instruction* resume = vm.pc + 1;
  switch (OpcodeOf(i)) {
    case Opcode::kCallPacked:
      return vm.CallValue(PackedArguments(vm, window, 0), resume);
    case Opcode::kCallGlobal:
    case Opcode::kCallGlobalFar: {
      const Value callee = vm.frame->code->globals[OperandD(i)];
      if (callee.Is(Kind::kUnset)) {
        return vm.Throw(absl::StrCat("Undefined variable: ",
                                     vm.frame->code->module->module().globals[OperandD(i)].name));
      }
      vm.SetReg(window, Retain(callee));
      break;
    }
    case Opcode::kRangePrep:
      if (PrepareRange(vm, window, OperandX(i))) {
        vm.pc = resume + OperandD(i);
        return true;
      }
      break;
    default:
      break;
  }
  return vm.CallValue({window, OperandX(i)}, resume);
}

namespace {

// Those of a method call: the receiver is the first one.
Vm::Arguments MethodArguments(Vm& vm, const Instruction i) {
  if (OpcodeOf(i) == Opcode::kCallMethodPacked) return PackedArguments(vm, OperandA(i), 1);
  return {OperandA(i), OperandX(i) + 1u};
}

// Enters the method `function` of the struct in R[window + 1].
bool CallStructMethod(Vm& vm, Function* function, const Instruction i) {
  const CodeBlock* code = function->code;
  const FunctionProto* proto = code->proto;
  const uint16_t window = OperandA(i);
  const Vm::Arguments arguments = MethodArguments(vm, i);
  const uint32_t count = arguments.count - 1;
  const Instruction* resume = vm.pc + 2;
  if (code->parameter_count != count + 1) {
    return vm.Throw(ArityMessage(code->name->view(), code->parameter_count - 1,
                                 code->parameter_count - 1, count));
  }
  if (proto->is_generator) return vm.Throw("Async generators are not supported");
  const uint32_t store_back = OperandC(i);
  uint32_t flags = proto->is_async ? Frame::kTask : 0;
  if (store_back == 0 || proto->is_async || !proto->changes_self) {
    resume += store_back;
  } else {
    flags |= Frame::kKeepSelf;
    // The receiver may move out of its local: it comes back when the method returns.
    if (OpcodeOf(*resume) == Opcode::kStoreSelf) {
      Value& local = vm.Reg(OperandB(*resume));
      if (local.IsHeap() && local.object == vm.Reg(window + kOperandScale).object) {
        Release(std::exchange(local, Value::Null()));
      }
    }
  }
  vm.SetReg(window, Value::Heap(RetainObject(function)));
  Value* base = vm.CalleeBase(arguments, code, &flags);
  if (base == nullptr) return vm.goes_on;
  vm.frame->pc = resume;
  return vm.EnterFrame(function, base, flags);
}

// Calls `callee` (owned) with the arguments behind the receiver.
bool CallWithoutReceiver(Vm& vm, Value callee, const Instruction i) {
  Value* window = &vm.Reg(OperandA(i));
  Put(window[0], callee);
  Release(std::exchange(window[1], Value::Null()));
  const Instruction* resume = vm.pc + 2 + OperandC(i);
  if (OpcodeOf(i) == Opcode::kCallMethodPacked) {
    std::swap(window[1], window[2]);
    return vm.CallValue(PackedArguments(vm, OperandA(i), 0), resume);
  }
  for (uint32_t n = 1; n <= OperandX(i); ++n) std::swap(window[n], window[n + 1]);
  return vm.CallValue({OperandA(i), OperandX(i)}, resume);
}

}  // namespace

bool NativeFailedStep(Vm& vm) {
  const uint16_t window = OperandA(*vm.pc);
  return vm.TakeNextCall(&vm.Reg(window)) ? vm.CallValue({window, 1}, vm.pc + 1)
                                          : vm.ThrowFailure();
}

bool CallMethodStep(Vm& vm) {
  if (vm.fuel < 0 && !vm.RefuelStep()) return false;
  const Instruction i = *vm.pc;
  String* name = vm.ConstString(OperandB(i));
  const Value receiver = vm.Reg(OperandA(i) + kOperandScale);
  if (receiver.Is(Kind::kStruct)) {
    const Struct* s = receiver.As<Struct>();
    if (const StructDef* def = s->shape->def()) {
      const auto found = def->methods.find(name);
      if (found != def->methods.end()) {
        auto*& cache = reinterpret_cast<MethodCache*&>(const_cast<Instruction&>(vm.pc[1]));
        if (cache == nullptr) cache = vm.frame->code->module->NewMethodCache();
        *cache = MethodCache{s->shape->id(), found->second};
        return CallStructMethod(vm, found->second, i);
      }
    }
    const Value field = StructGet(s, name);
    if (field.Is(Kind::kFunction) || field.Is(Kind::kNative)) {
      return CallWithoutReceiver(vm, Retain(field), i);
    }
  } else if (receiver.IsDict()) {
    const Value member = DictGet(receiver.As<Dict>(), Value::Heap(name));
    if (member.Is(Kind::kFunction) || member.Is(Kind::kNative)) {
      return CallWithoutReceiver(vm, Retain(member), i);
    }
  }
  if (!receiver.IsDict()) {
    std::string error;
    const Value method = vm.natives()->Method(receiver, name, &error);
    if (!method.Is(Kind::kUnset)) {
      vm.SetReg(OperandA(i), method);
      return vm.CallValue(MethodArguments(vm, i), vm.pc + 2 + OperandC(i));
    }
    if (!error.empty()) return vm.Throw(error);
  }
  return vm.Throw(absl::StrCat("Unknown method: ", name->view()));
}

bool StoreSelfStep(Vm& vm) {
  const Instruction i = *vm.pc;
  Value& self = vm.Reg(OperandA(i) + kOperandScale);
  ++vm.pc;
  if (OpcodeOf(i) == Opcode::kStoreSelf) {
    vm.SetReg(OperandB(i), std::exchange(self, Value::Null()));
    if (OperandX(i) != 0 && vm.self_changed) vm.frame->flags |= Frame::kSelfChanged;
  } else if (!vm.self_changed) {
    Release(std::exchange(self, Value::Null()));
    vm.pc += OperandD(i);
  }
  return true;
}

bool Vm::LeaveFrame(Value owned) {
  const Frame left = *frame;
  if ((left.flags & Frame::kRoot) != 0) {
    ClearRegisters(r, left.code->register_count);
    Release(std::exchange(result, owned));
    outcome = Outcome::kFinished;
    Save();
    return false;
  }
  Value* const base = r;
  const Value self =
      (left.flags & Frame::kKeepSelf) != 0 ? std::exchange(base[0], Value::Null()) : Value::Null();
  ClearRegisters(base, left.code->register_count);
  // Frames behind the caller's registers have a slot of their own for what keeps the function
  // alive.
  if ((left.flags & (Frame::kOperator | Frame::kFar)) != 0) {
    Release(std::exchange(base[-1], Value::Null()));
  }
  r = reinterpret_cast<Value*>(reinterpret_cast<char*>(r) - left.delta);
  --frame;
  pc = frame->pc;
  if ((left.flags & Frame::kGenerator) != 0) {
    Release(owned);
    reinterpret_cast<Generator*>(left.owner)->set_state(Generator::kFinished);
    ReleaseObject(left.owner);
    return FinishGenerator(*this);
  }
  if ((left.flags & Frame::kModule) != 0) {
    Release(owned);
    std::string message;
    owned = loader_->Finished(&message);
    if (owned.Is(Kind::kUnset)) {
      --pc;
      return Throw(message);
    }
  }
  if ((left.flags & Frame::kTask) != 0) {
    --fiber->inner_tasks;
    if (async_ != nullptr) owned = async_->Fulfilled(owned);
  }
  if ((left.flags & Frame::kOperator) != 0) {
    --pc;
    return FinishOperator(*this, owned, (left.flags & Frame::kNegate) != 0);
  }
  Value* window = ResultSlot(left, base);
  if ((left.flags & Frame::kKeepSelf) != 0) {
    Release(std::exchange(window[1], self));
    self_changed = (left.flags & Frame::kSelfChanged) != 0;
  }
  Release(std::exchange(window[0], owned));
  return true;
}

bool ReturnStep(Vm& vm) {
  const Instruction i = *vm.pc;
  const Value v = OpcodeOf(i) == Opcode::kReturnNull
                      ? Value::Null()
                      : std::exchange(vm.Reg(OperandA(i)), Value::Null());
  return vm.LeaveFrame(v);
}

bool TryUnwrapStep(Vm& vm) {
  const Instruction i = *vm.pc;
  Value& operand = vm.Reg(OperandB(i));
  switch (operand.kind()) {
    case Kind::kOk:
    case Kind::kSome: {
      const Value payload = Retain(operand.As<Box>()->value);
      Release(std::exchange(operand, Value::Null()));
      vm.SetReg(OperandA(i), payload);
      ++vm.pc;
      return true;
    }
    case Kind::kErr:
    case Kind::kNone:
      return vm.LeaveFrame(std::exchange(operand, Value::Null()));
    default:
      return vm.Throw("Try operator requires Result or Option");
  }
}

}  // namespace ruff
