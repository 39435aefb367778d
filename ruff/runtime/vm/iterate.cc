// for loops and generators.

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/base/utf8.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/string.h"
#include "ruff/runtime/vm/handler_support.h"
#include "ruff/runtime/vm/hooks.h"
#include "ruff/runtime/vm/steps.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {
namespace {

// The elements of a container that is walked as an array; null for other kinds. Owned.
Array* ElementsOf(Value iterable) {
  switch (iterable.kind()) {
    case Kind::kDict: {
      const Dict* dict = iterable.As<Dict>();
      const uint32_t* order = DictOrder(dict);
      Array* keys = NewArray(dict->size, Array::kValues);
      for (uint32_t n = 0; n < dict->size; ++n) {
        ArrayPush(keys, Value::Heap(DictKeyText(dict->entries[order[n]].key)));
      }
      return keys;
    }
    case Kind::kBytes: {
      const Bytes* bytes = iterable.As<Bytes>();
      Array* ints = NewArray(bytes->size, Array::kInts);
      for (uint64_t n = 0; n < bytes->size; ++n) ArrayPush(ints, Value::Int(bytes->data[n]));
      return ints;
    }
    case Kind::kSet:
      return SetToArray(iterable.As<Set>());
    case Kind::kQueue:
    case Kind::kStack:
      return SequenceToArray(iterable.As<Sequence>());
    default:
      return nullptr;
  }
}

void SetIntLoop(Value* state, int64_t count) {
  Put(state[0], Value::Int(std::max<int64_t>(count, 0)));
  Put(state[1], Value::Int(0));
  Put(state[2], Value::Int(1));
}

// The loop at vm.pc (a ForNext) has no further element.
bool EndLoop(Vm& vm) {
  Value* state = &vm.Reg(OperandA(*vm.pc));
  for (int n = 0; n < 4; ++n) Put(state[n], Value::Null());
  ++vm.pc;
  return true;
}

// The loop at vm.pc goes on with `element` (owned).
bool GoOnWith(Vm& vm, Value element) {
  const Instruction i = *vm.pc;
  Put((&vm.Reg(OperandA(i)))[3], element);
  vm.pc += 1 + OperandD(i);
  vm.fuel += OperandD(i);
  return vm.fuel >= 0 || vm.RefuelStep();
}

bool ResumeGenerator(Vm& vm, Generator* generator) {
  switch (generator->state()) {
    case Generator::kFinished:
      return EndLoop(vm);
    case Generator::kRunning:
      return vm.Throw("Generator is already running");
    case Generator::kSuspended:
      break;
  }
  const CodeBlock* code = generator->function->code;
  const uint32_t caller_registers = vm.frame->code->register_count;
  Value* base = vm.EnsureRoom(vm.r + caller_registers + 1, code->register_count, code);
  if (base == nullptr) return vm.goes_on;
  for (uint32_t n = 0; n < code->register_count; ++n) Put(base[n], Load(generator->registers[n]));
  generator->set_state(Generator::kRunning);
  vm.frame->pc = vm.pc + 1;
  const Instruction* body = generator->pc;
  if (!vm.EnterFrame(generator->function, base, Frame::kGenerator,
                     &RetainObject(generator)->header)) {
    return false;
  }
  vm.pc = body;
  return true;
}

}  // namespace

bool ForPrepStep(Vm& vm) {
  const Instruction i = *vm.pc;
  Value* state = &vm.Reg(OperandA(i));
  const Value iterable = state[0];
  switch (iterable.kind()) {
    case Kind::kInt:
      SetIntLoop(state, iterable.i);
      break;
    case Kind::kFloat:
      if (!std::isfinite(iterable.d)) return vm.Throw("Cannot iterate over non-iterable type");
      SetIntLoop(state, iterable.d >= 9.2e18 ? INT64_MAX : static_cast<int64_t>(iterable.d));
      break;
    case Kind::kArray:
    case Kind::kString:
    case Kind::kGenerator:
    case Kind::kIterator:
    case Kind::kChannel:
      Put(state[1], Value::Int(0));
      break;
    case Kind::kFunction: {
      const FunctionProto* proto = iterable.As<Function>()->code->proto;
      if (!proto->is_generator || proto->is_async || proto->parameter_count != 0) {
        return vm.Throw("Cannot iterate over non-iterable type");
      }
      Put(state[0], Value::Heap(NewGenerator(iterable.As<Function>(), nullptr, 0)));
      break;
    }
    default: {
      Array* elements = ElementsOf(iterable);
      if (elements == nullptr) return vm.Throw("Cannot iterate over non-iterable type");
      Put(state[0], Value::Heap(elements));
      Put(state[1], Value::Int(0));
      break;
    }
  }
  vm.pc += 1 + OperandD(i);
  return true;
}

bool ForNextStep(Vm& vm) {
  Value* state = &vm.Reg(OperandA(*vm.pc));
  const Value iterable = state[0];
  switch (iterable.kind()) {
    case Kind::kString: {
      // state[1] is a byte offset.
      const String* s = iterable.As<String>();
      const auto at = static_cast<uint32_t>(state[1].i);
      if (at >= s->size) return EndLoop(vm);
      const int length = Utf8Length(s->data[at]);
      state[1].i += length;
      return GoOnWith(
          vm, Value::Heap(length == 1 && s->ascii()
                              ? StringAt(iterable.As<String>(), at)
                              : NewString(s->view().substr(at, static_cast<size_t>(length)))));
    }
    case Kind::kGenerator:
    case Kind::kIterator:
      return ResumeGenerator(vm, iterable.As<Generator>());
    case Kind::kChannel: {
      // state[2] is true while state[1] is awaited: first the promise of the element, then the
      // element.
      if (state[2].Is(Kind::kBool)) {
        state[2] = Value::Null();
        if (state[1].Is(Kind::kUnset)) return EndLoop(vm);
        return GoOnWith(vm, std::exchange(state[1], Value::Null()));
      }
      Value element;
      switch (vm.async()->ReceiveNext(vm, iterable, &element)) {
        case AsyncHooks::Awaited::kValue:
          return GoOnWith(vm, element);
        case AsyncHooks::Awaited::kThrow:
          return EndLoop(vm);
        case AsyncHooks::Awaited::kSuspend:
          state[1] = element;
          state[2] = Value::Bool(true);
          return vm.AwaitSlot(static_cast<uint16_t>(OperandA(*vm.pc) + kOperandScale), vm.pc);
      }
      return EndLoop(vm);
    }
    default:
      return EndLoop(vm);
  }
}

bool FinishGenerator(Vm& vm) {
  vm.pc = vm.frame->pc - 1;
  return EndLoop(vm);
}

}  // namespace ruff
