// Builtin functions: one table row each, and what a builtin may ask of the machine that calls it.
//
// A builtin borrows its arguments: `args[0..count)` stand in the caller's registers and are
// released by the VM after the call. It may take one over by replacing it with null. It returns an
// owned value, or Unset after Fail. A failing builtin leaves its arguments as they were.
//
// A builtin never calls back into Ruff code: functions with callbacks are written in Ruff
// (ruff/runtime/prelude). One that must wait returns a promise and says kAwaits.

#ifndef RUFF_RUNTIME_VM_NATIVE_H_
#define RUFF_RUNTIME_VM_NATIVE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/types/span.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/capability.h"

namespace ruff {

class NativeContext;
class Output;  // ruff/runtime/builtins/output.h
using NativeBody = Value (*)(NativeContext& context, Value* args, uint32_t count);

inline constexpr uint16_t kVariadic = 0xffff;

struct NativeFunction {
  enum Flag : uint8_t {
    kConsumes = 1,  // takes over its first argument on success and returns its successor (push, …)
    kAwaits = 2,    // the returned value is awaited before the caller sees it
    kPrelude = 4,   // the body is the Ruff function of this name in the prelude; `body` is null
    kRange = 8,     // `for x in range(…)` needs no array
    kHidden = 16,   // only the prelude sees it
  };
  std::string_view name;
  uint16_t min_args;
  uint16_t max_args;  // kVariadic: no limit
  NativeBody body;
  uint8_t flags = 0;
  Capability capability = Capability::kNone;
  std::string_view signature = {};    // for the reference: "push(array, value) -> array"
  std::string_view doc = {};          // one sentence
  std::string_view example = {};      // Ruff code whose output is checked, "code => output"
  std::string_view errors = {};       // the texts it can throw besides the arity one, one a line
  std::string_view arity_error = {};  // instead of ArityMessage's text; "{}" stands for the count
                                      // given, "{-1}" for one less (a receiver)
  std::string_view alias_of = {};     // the name used in messages when it is not `name`

  // Can a call with `count` arguments go straight to the body?
  bool IsSimpleCall(uint32_t count) const {
    return count >= min_args && count <= max_args && (flags & kAwaits) == 0 &&
           capability == Capability::kNone;
  }
  std::string_view message_name() const { return alias_of.empty() ? name : alias_of; }
};

// What builtins see of the VM.
class NativeContext {
 public:
  // Makes the call throw `message` at the caller's position. Returns Unset.
  Value Fail(std::string message);
  // Makes the call throw an error value (a struct named Error), consumed. Returns Unset.
  Value FailWith(Value owned_error);
  // Makes the call go on as a call of `function` with one argument (both consumed), for a builtin
  // whose work ends in Ruff code. The builtin was given at least one argument. Returns Unset.
  Value CallInstead(Value owned_function, Value owned_argument);
  // Ends the program with `code` once the builtin has returned. Returns Unset.
  Value Exit(int code);

  // Where print writes; null: the standard output of the process.
  Output* output() const { return output_; }
  void set_output(Output* borrowed) { output_ = borrowed; }

  bool exit_requested() const { return exit_requested_; }
  int exit_code() const { return exit_code_; }
  // Lets another program run where one has ended.
  void ForgetExit() { exit_requested_ = false; }

 protected:
  std::string failure_;
  Value failure_value_ = Value::Unset();
  Value next_function_ = Value::Unset();
  Value next_argument_ = Value::Unset();
  bool exit_requested_ = false;
  int exit_code_ = 0;
  Output* output_ = nullptr;
};

// "push expects 2 arguments, got 1"; ranges and open ends are worded accordingly.
std::string ArityMessage(std::string_view name, uint32_t min, uint32_t max, uint32_t got);
// What calling `native` with `got` arguments throws when it does not accept so many.
std::string ArityError(const NativeFunction& native, uint32_t got);
// The same for documents, with K for the number given.
std::string ArityErrorPattern(const NativeFunction& native);

}  // namespace ruff

#endif  // RUFF_RUNTIME_VM_NATIVE_H_
