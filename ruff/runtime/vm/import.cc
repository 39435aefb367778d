// import: a module's file level runs as a frame of the importing task.

#include <string>
#include <utility>

#include "ruff/runtime/value/string.h"
#include "ruff/runtime/vm/handler_support.h"
#include "ruff/runtime/vm/hooks.h"
#include "ruff/runtime/vm/steps.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {
namespace {

bool LoadModule(Vm& vm, Instruction i) {
  const String* name = vm.frame->code->constants[OperandD(i)].As<String>();
  Value loaded = Value::Unset();
  std::string error;
  switch (vm.loader()->Load(vm.frame->code->module, name->view(), &loaded, &error)) {
    case ModuleLoader::Found::kFailed:
      return vm.Throw(error);
    case ModuleLoader::Found::kReady:
      vm.SetReg(OperandA(i), loaded);
      ++vm.pc;
      return true;
    case ModuleLoader::Found::kMustRun:
      break;
  }
  // The frame stands behind the importer's registers; the slot before it keeps the function alive.
  auto* function = loaded.As<Function>();
  Value* base = vm.EnsureRoom(vm.r + vm.frame->code->register_count + 1,
                              function->code->register_count, function->code);
  if (base == nullptr) {
    ReleaseObject(function);
    vm.loader()->Failed("");
    return vm.goes_on;
  }
  Put(base[-1], loaded);
  vm.frame->pc = vm.pc + 1;
  return vm.EnterFrame(function, base,
                       Frame::kModule | Frame::kFar | uint32_t{OperandA(i)} << Frame::kWindowShift);
}

}  // namespace

bool ImportStep(Vm& vm) {
  const Instruction i = *vm.pc;
  switch (OpcodeOf(i)) {
    case Opcode::kImport:
      return LoadModule(vm, i);
    case Opcode::kImportName: {
      Value out = Value::Unset();
      std::string error;
      if (!vm.loader()->Export(vm.Reg(OperandB(i)), vm.ConstString(OperandC(i)), &out, &error)) {
        return vm.Throw(error);
      }
      vm.SetReg(OperandA(i), out);
      break;
    }
    default:
      vm.loader()->BindAll(vm.frame->code->module, vm.Reg(OperandA(i)),
                           vm.ConstString(OperandB(i)));
      break;
  }
  ++vm.pc;
  return true;
}

}  // namespace ruff
