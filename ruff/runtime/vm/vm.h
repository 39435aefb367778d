// The virtual machine: runs bytecode on fibers, one at a time, for one thread.
//
// The interpreter proper is two builds of the same handlers (interpreter.h). Handlers keep the
// current instruction, R0 and constants in machine registers; whatever is not their fast path is a
// *step*, a C++ function `bool Step(Vm&)`: it finds the instruction in vm.pc and R0 in vm.r, does
// the whole operation, and leaves vm.pc, vm.r, vm.frame for the interpreter to go on with. It
// returns false to leave the interpreter, with vm.outcome set. Steps are grouped by file:
// arithmetic, call, access, construct, iterate, pattern, unwind, import.
//
// The machine knows nothing about when a suspended fiber goes on: `Await` on a pending promise
// leaves with Outcome::kSuspended, and whoever settles the promise calls Resume.

#ifndef RUFF_RUNTIME_VM_VM_H_
#define RUFF_RUNTIME_VM_VM_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/string.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/capability.h"
#include "ruff/runtime/vm/fiber.h"
#include "ruff/runtime/vm/function.h"
#include "ruff/runtime/vm/generator.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

class LinkedModule;
class AsyncHooks;
class ModuleLoader;
class NativeLookup;
class Shape;

struct VmOptions {
  uint32_t max_call_depth = 100'000;
  uint64_t max_instructions = 0;  // 0: no limit. Counted at backward jumps and calls.
  uint64_t timeout_ms = 0;        // 0: no limit
  uint64_t max_memory = 0;        // bytes, 0: no limit
  bool switch_dispatch = false;   // the portable interpreter instead of tail calls
};

enum class Outcome : uint8_t {
  kFinished,   // the fiber's root frame returned: vm.result
  kSuspended,  // the fiber waits; its state is saved in the fiber
  kFailed,     // an error left the root frame: vm.error
  kExit,       // exit() was called: vm.exit_code()
};

// Where an error was thrown, for the report of an uncaught one.
struct ErrorSite {
  const LinkedModule* module = nullptr;
  uint32_t offset = 0;
};

class Vm : public NativeContext {
 public:
  explicit Vm(const VmOptions& options);
  ~Vm();
  Vm(const Vm&) = delete;
  Vm& operator=(const Vm&) = delete;

  // Runs `fiber`, which is not running, until it finishes, suspends or fails.
  Outcome Resume(Fiber* fiber);

  // A fiber about to call `function` (borrowed; kept alive by the fiber) with `count` arguments
  // (consumed).
  Fiber* NewCall(Function* function, Value* owned_arguments, uint32_t count);

  // --- State shared with the handlers. ---
  Frame* frame = nullptr;
  Frame* frames_end = nullptr;
  Value* stack_end = nullptr;
  const Instruction* pc = nullptr;
  Value* r = nullptr;
  int64_t fuel = 0;
  bool self_changed = false;
  const Instruction* taken_by = nullptr;  // the consumer a TakePath emptied a place for
  Object* dropped = nullptr;              // for FinishDrop
  Outcome outcome = Outcome::kFinished;
  Fiber* fiber = nullptr;  // the running one

  Value result = Value::Null();  // of the fiber that finished, owned
  Value error = Value::Null();   // a struct named Error, owned, after kFailed
  ErrorSite error_site;
  static constexpr int kExitInterrupted = 130;
  std::atomic<bool>* interrupt =
      nullptr;         // when it becomes true the program ends with kExitInterrupted
  bool fatal = false;  // after kFailed: a budget is spent, the program must end

  // --- Steps and what they are made of. ---
  Value& Reg(uint16_t scaled) {
    return *reinterpret_cast<Value*>(reinterpret_cast<char*>(r) + scaled);
  }
  void SetReg(uint16_t scaled, Value owned) {
    Value& slot = Reg(scaled);
    Value old = slot;
    slot = owned;
    Release(old);
  }
  const Value& Const(uint16_t scaled) const {
    return *reinterpret_cast<const Value*>(reinterpret_cast<const char*>(frame->code->constants) +
                                           scaled);
  }
  // The constant that the instruction at pc names, be it near or far.
  const Value& NameConst(uint16_t scaled) const {
    return scaled == Scaled(kFarNameOperand) ? frame->code->constants[OperandD(pc[-1])]
                                             : Const(scaled);
  }
  String* ConstString(uint16_t scaled) const { return NameConst(scaled).As<String>(); }

  // Throws at vm.pc. Both unwind to the nearest handler and return what a step returns.
  bool Throw(std::string_view message);
  bool ThrowValue(Value owned_error);
  // A spent budget: no handler catches it.
  bool ThrowFatal(std::string_view message);
  // A builtin returned Unset. If it named a call to go on with, puts that into the window and
  // returns true.
  bool TakeNextCall(Value* window);
  // Throws what a failed builtin left behind (or leaves for exit).
  bool ThrowFailure();

  // The error struct for `message`, with line and stack as of now.
  Value MakeError(std::string_view message);
  // What `throw(v)` throws; consumes v.
  Value ErrorFromThrown(Value owned);

  // Makes sure that a frame with `registers` registers from `base` on fits. Rebases vm.r (and
  // returns the new base); returns null after throwing when the call depth is exceeded while
  // calling `code`; then `goes_on` is what the step returns.
  Value* EnsureRoom(Value* base, uint32_t registers, const CodeBlock* code);
  bool goes_on = true;

  // Enters `function` whose arguments stand from `base` on; the caller's frame->pc is already set.
  // `pc` and `r` are those of the callee afterwards.
  bool EnterFrame(Function* function, Value* base, uint32_t flags, Object* owned_owner = nullptr);
  // Arguments of a call: `count` values behind R[window], the last ones perhaps packed in an array
  // behind the first `plain`.
  static constexpr uint32_t kNotPacked = UINT32_MAX;
  struct Arguments {
    uint16_t window;
    uint32_t count;
    uint32_t plain = kNotPacked;
    bool is_packed() const { return plain != kNotPacked; }
  };
  Value* CalleeBase(const Arguments& arguments, const CodeBlock* callee, uint32_t* flags);
  // Where the caller (the current frame) wants the result of the callee it just left, whose R0 was
  // `base`.
  Value* ResultSlot(const Frame& left, Value* base) {
    return (left.flags & Frame::kFar) == 0
               ? base - 1
               : &Reg(static_cast<uint16_t>(left.flags >> Frame::kWindowShift));
  }
  // Calls any value: window[0] callee, then `count` arguments; the caller resumes at `resume`.
  bool CallValue(const Arguments& arguments, const Instruction* resume);
  // Leaves the current frame with `value` (owned): releases its registers, hands the value on.
  bool LeaveFrame(Value owned);
  // R[slot] holds what is awaited: puts the result there and goes on at `resume`, at once or when
  // the promise is settled.
  bool AwaitSlot(uint16_t slot, const Instruction* resume);
  void ClearRegisters(Value* base, uint32_t count);

  // Refills fuel, checks budgets; false after leaving or throwing (then as a step returns).
  bool RefuelStep();

  // Names of active functions, outermost first.
  std::vector<String*> ActiveFunctions() const;
  ErrorSite CurrentSite() const;

  const VmOptions& options() const { return options_; }
  // What is left of the budgets, for a machine that does a part of the work.
  VmOptions RemainingOptions() const;
  Heap* heap() { return &heap_; }
  CapabilityPolicy& policy() { return policy_; }
  ModuleLoader* loader() { return loader_; }
  void set_loader(ModuleLoader* loader) { loader_ = loader; }
  NativeLookup* natives() { return natives_; }
  void set_natives(NativeLookup* natives) { natives_ = natives; }
  AsyncHooks* async() { return async_; }
  void set_async(AsyncHooks* hooks) { async_ = hooks; }

  // Interned names the VM itself needs.
  struct Names {
    String* message;
    String* line;
    String* stack;
    String* cause;
    String* lambda;
  };
  const Names& names() const { return names_; }
  // The definition of caught errors: tells them from a program's own structs named Error.
  StructDef* error_def() const { return error_def_; }

 private:
  bool Unwind(Value owned_error);
  void PopFrame();
  void Load(Fiber* fiber);
  void Save();

  VmOptions options_;
  Heap heap_;
  HeapScope scope_;
  CapabilityPolicy policy_;
  ModuleLoader* loader_ = nullptr;
  NativeLookup* natives_ = nullptr;
  AsyncHooks* async_ = nullptr;
  Names names_;
  StructDef* error_def_;
  Shape* error_shape_;
  uint64_t instructions_left_;
  int64_t deadline_ns_ = 0;
};

}  // namespace ruff

#endif  // RUFF_RUNTIME_VM_VM_H_
