// What the VM asks of the layers above it.

#ifndef RUFF_RUNTIME_VM_HOOKS_H_
#define RUFF_RUNTIME_VM_HOOKS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "ruff/runtime/value/string.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/fiber.h"

namespace ruff {

class Vm;

// Names that mean something without a declaration.
class NativeLookup {
 public:
  virtual ~NativeLookup() = default;
  // The builtin (or builtin constant) of this name, owned; Unset when there is none.
  virtual Value Global(std::string_view name) = 0;
  // The function that `receiver.name(…)` calls with the receiver as first argument, owned; Unset
  // when there is none, with `*error` set when the receiver's kind words that itself.
  virtual Value Method(Value receiver, String* name, std::string* error) = 0;
  // A function of the prelude that exists, borrowed.
  virtual Function* Prelude(std::string_view name) = 0;
};

// How to get at other source files.
class ModuleLoader {
 public:
  virtual ~ModuleLoader() = default;
  enum class Found : uint8_t { kReady, kMustRun, kFailed };
  // Looks for module `name` as imported by `importer`. kReady: *out is its namespace (owned).
  // kMustRun: *out is its file-level function (owned), to be called; then Finished or Failed is
  // called. kFailed: *error is set.
  virtual Found Load(const LinkedModule* importer, std::string_view name, Value* out,
                     std::string* error) = 0;
  // The module whose evaluation began last has ended. Its namespace (owned), or Unset with *error
  // set.
  virtual Value Finished(std::string* error) = 0;
  // It threw `message`; the answer is what the import throws.
  virtual std::string Failed(std::string_view message) = 0;
  // An export of a namespace by name, owned; Unset for an enum; false when there is none (*error is
  // set).
  virtual bool Export(Value module_namespace, String* name, Value* out, std::string* error) = 0;
  // Binds every export as a global of `importer`, and `name` to the namespace unless an export has
  // that name.
  virtual void BindAll(LinkedModule* importer, Value module_namespace, String* name) = 0;
};

// Tasks and promises. Promise objects belong to the async core. The first three are called when the
// machine has just left a task that was running on its caller's stack.
class AsyncHooks {
 public:
  virtual ~AsyncHooks() = default;
  // The promise of an async call that returned without suspending. A result that is a promise is
  // adopted.
  virtual Value Fulfilled(Value owned_result) = 0;
  // The promise of an async call that threw without suspending.
  virtual Value Rejected(Value owned_error) = 0;
  // The promise of a call that goes on in `fiber`; becomes fiber->promise, too. Owned.
  virtual Value Pending(Fiber* fiber) = 0;

  enum class Awaited : uint8_t { kValue, kThrow, kSuspend };
  // `value` is awaited by the running fiber. kValue: *out is the result (owned). kThrow: *out is
  // the error (owned; its stack is filled in). kSuspend: the task waits; Wait follows.
  virtual Awaited Await(Vm& vm, Value value, Value* out) = 0;
  // The running fiber's task (after a split, the new fiber) waits for `promise`, or for its turn if
  // that is not pending.
  virtual void Wait(Fiber* waiter, Value promise) = 0;
  // Queues a spawn block. False when this machine has no place for one: vm.pc throws `*error`.
  virtual bool Spawn(Value owned_function, std::string* error) = 0;
  // Next value of a channel for a `for` loop: kValue with *out, kSuspend (after storing the promise
  // to wait for in *out, owned; fulfilled with Unset at the end), or kThrow when the channel is
  // closed and drained.
  virtual Awaited ReceiveNext(Vm& vm, Value channel, Value* out) = 0;
};

}  // namespace ruff

#endif  // RUFF_RUNTIME_VM_HOOKS_H_
