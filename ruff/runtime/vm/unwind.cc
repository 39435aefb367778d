// Throwing: from an error to the handler that takes it.

#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/base/check.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/format.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/structure.h"
#include "ruff/runtime/vm/hooks.h"
#include "ruff/runtime/vm/link.h"
#include "ruff/runtime/vm/steps.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {
namespace {

const Handler* FindHandler(const Frame* frame, const Instruction* at) {
  const auto index = static_cast<uint32_t>(at - frame->code->code);
  for (const Handler& handler : frame->code->proto->handlers) {
    if (index >= handler.begin && index < handler.end) return &handler;
  }
  return nullptr;
}

std::string MessageOf(const Vm& vm, Value error) {
  if (error.Is(Kind::kStruct)) {
    const Value message = StructGet(error.As<Struct>(), vm.names().message);
    if (message.IsString()) return std::string(message.As<String>()->view());
  }
  return FormatToString(error, Form::kText);
}

}  // namespace

bool Vm::Throw(std::string_view message) { return ThrowValue(MakeError(message)); }

bool Vm::ThrowValue(Value owned_error) {
  RestoreTakenPath(*this);
  error_site = CurrentSite();
  return Unwind(owned_error);
}

bool Vm::ThrowFatal(std::string_view message) {
  const Value thrown = MakeError(message);
  fatal = true;
  error_site = CurrentSite();
  while ((frame->flags & Frame::kRoot) == 0) PopFrame();
  Release(std::exchange(error, thrown));
  outcome = Outcome::kFailed;
  Save();
  return false;
}

bool Vm::TakeNextCall(Value* window) {
  if (next_function_.Is(Kind::kUnset)) return false;
  Release(std::exchange(window[0], std::exchange(next_function_, Value::Unset())));
  Release(std::exchange(window[1], std::exchange(next_argument_, Value::Unset())));
  return true;
}

bool Vm::ThrowFailure() {
  if (exit_requested_) {
    outcome = Outcome::kExit;
    Save();
    return false;
  }
  if (!failure_value_.Is(Kind::kUnset)) {
    return ThrowValue(std::exchange(failure_value_, Value::Unset()));
  }
  return Throw(std::exchange(failure_, std::string()));
}

void Vm::PopFrame() {
  ClearRegisters(r, frame->code->register_count);
  if ((frame->flags & Frame::kTask) != 0) --fiber->inner_tasks;
  if ((frame->flags & Frame::kGenerator) != 0) {
    reinterpret_cast<Generator*>(frame->owner)->set_state(Generator::kFinished);
    ReleaseObject(frame->owner);
  }
  r = reinterpret_cast<Value*>(reinterpret_cast<char*>(r) - frame->delta);
  --frame;
  pc = frame->pc - 1;
}

bool Vm::Unwind(Value owned_error) {
  Value thrown = owned_error;
  for (;;) {
    if (const Handler* handler = FindHandler(frame, pc)) {
      Release(std::exchange(r[handler->reg], thrown));
      pc = frame->code->code + handler->target;
      return true;
    }
    const Frame left = *frame;
    const uint32_t flags = left.flags;
    if ((flags & Frame::kRoot) != 0) {
      Release(std::exchange(error, thrown));
      outcome = Outcome::kFailed;
      Save();
      return false;
    }
    Value* const base = r;
    PopFrame();
    if ((flags & Frame::kTask) != 0 && async_ != nullptr) {
      const Value promise = async_->Rejected(thrown);
      if ((flags & Frame::kOperator) != 0) return FinishOperator(*this, promise, false);
      Release(std::exchange(*ResultSlot(left, base), promise));
      pc = frame->pc;
      return true;
    }
    if ((flags & Frame::kModule) != 0) {
      const std::string message = loader_->Failed(MessageOf(*this, thrown));
      Release(thrown);
      thrown = MakeError(message);
      error_site = CurrentSite();
    }
  }
}

Value Vm::ErrorFromThrown(Value owned) {
  const Ref thrown(owned);
  if (!owned.Is(Kind::kStruct)) {
    const Ref text(ToText(owned));
    return MakeError(text.As<String>()->view());
  }
  const Struct* source = owned.As<Struct>();
  const Value message = StructGet(source, names_.message);
  const Value line = StructGet(source, names_.line);
  auto* error_struct =
      MakeError(message.IsString() ? message.As<String>()->view()
                                   : absl::StrCat(source->shape->struct_name()->view(), " error"))
          .As<Struct>();
  const bool rethrown = source->shape->def() == error_def_;
  for (uint32_t i = 0; i < source->shape->size(); ++i) {
    String* name = source->shape->field(i);
    if (name == names_.stack || name == names_.message) continue;
    if (name == names_.line && !(rethrown && line.IsInt())) continue;
    error_struct = StructSet(error_struct, name, Retain(source->fields[i]));
  }
  return Value::Heap(error_struct);
}

bool ThrowStep(Vm& vm) {
  const Instruction i = *vm.pc;
  if (OpcodeOf(i) == Opcode::kRaise) {
    return vm.Throw(vm.frame->code->constants[OperandD(i)].As<String>()->view());
  }
  const Value thrown = std::exchange(vm.Reg(OperandA(i)), Value::Null());
  return vm.ThrowValue(vm.ErrorFromThrown(thrown));
}

bool UndefinedStep(Vm& vm) {
  const Instruction i = *vm.pc;
  const std::string_view name = OpcodeOf(i) == Opcode::kGetGlobal
                                    ? vm.frame->code->module->module().globals[OperandD(i)].name
                                    : vm.ConstString(OperandC(i))->view();
  return vm.Throw(absl::StrCat("Undefined variable: ", name));
}

}  // namespace ruff
