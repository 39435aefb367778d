#include "ruff/runtime/vm/vm.h"

#include <time.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/base/check.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/structure.h"
#include "ruff/runtime/vm/handler_support.h"
#include "ruff/runtime/vm/hooks.h"
#include "ruff/runtime/vm/interpreter.h"
#include "ruff/runtime/vm/link.h"
#include "ruff/runtime/vm/steps.h"

namespace ruff {
namespace {

// Instructions between two looks at the clock and the heap.
constexpr int64_t kFuelPortion = 20'000;

// What a fiber gets when it first needs more than its own frame.
constexpr size_t kMinGrownFrames = 8;
constexpr size_t kMinGrownStack = 64;  // registers

int64_t NowNs() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec;
}

}  // namespace

Vm::Vm(const VmOptions& options)
    : options_(options),
      scope_(&heap_),
      instructions_left_(options.max_instructions == 0 ? UINT64_MAX : options.max_instructions) {
  if (options.max_memory != 0) heap_.set_limit(options.max_memory);
  if (options.timeout_ms != 0) {
    deadline_ns_ = NowNs() + static_cast<int64_t>(options.timeout_ms) * 1'000'000;
  }
  names_ = Names{
      .message = InternString("message"),
      .line = InternString("line"),
      .stack = InternString("stack"),
      .cause = InternString("cause"),
      .lambda = InternString("<lambda>"),
  };
  error_def_ = NewStructDef(InternString("Error"));
  error_shape_ = error_def_->root->With(names_.message)->With(names_.line)->With(names_.stack);
  fuel = 0;
}

Vm::~Vm() {
  Release(std::exchange(result, Value::Null()));
  Release(std::exchange(error, Value::Null()));
  Release(std::exchange(failure_value_, Value::Unset()));
  ReleaseObject(error_def_);
  ReleaseObject(names_.message);
  ReleaseObject(names_.line);
  ReleaseObject(names_.stack);
  ReleaseObject(names_.cause);
  ReleaseObject(names_.lambda);
  heap_.CollectCycles();
}

Fiber* Vm::NewCall(Function* function, Value* owned_arguments, uint32_t count) {
  CodeBlock* code = function->code;
  Fiber* f = NewFiber(code->register_count + 1, 1);
  std::copy_n(owned_arguments, count, f->stack);
  f->pc = code->code;
  f->frames[0] = Frame{.pc = code->code,
                       .code = code,
                       .function = RetainObject(function),
                       .delta = 0,
                       .flags = Frame::kRoot | Frame::kTask,
                       .owner = nullptr};
  return f;
}

void Vm::Load(Fiber* f) {
  fiber = f;
  frame = f->frames + f->frame;
  frames_end = f->frames + f->frames_size;
  stack_end = f->stack + f->stack_size;
  pc = f->pc;
  r = f->stack + f->r;
}

void Vm::Save() {
  fiber->frame = static_cast<uint32_t>(frame - fiber->frames);
  fiber->pc = pc;
  fiber->r = static_cast<uint32_t>(r - fiber->stack);
}

Outcome Vm::Resume(Fiber* f) {
  Load(f);
  bool go_on = true;
  if (f->await_slot >= 0) {
    const auto slot = static_cast<uint16_t>(f->await_slot);
    const Instruction* resume = pc;
    f->await_slot = -1;
    pc = resume - f->await_back;
    go_on = AwaitSlot(slot, resume);
  }
  if (go_on) {
    if (options_.switch_dispatch) {
      RunSwitch(*this);
    } else {
      RunTail(*this);
    }
  }
  fiber = nullptr;
  return outcome;
}

Value* Vm::EnsureRoom(Value* base, uint32_t registers, const CodeBlock* code) {
  if (frame + 1 == frames_end) {
    const size_t used = static_cast<size_t>(frame - fiber->frames) + 1;
    if (used >= options_.max_call_depth) {
      const std::string_view name = code->native != nullptr ? code->native->name
                                    : code->name == nullptr ? std::string_view("<module>")
                                                            : code->name->view();
      goes_on = Throw(absl::StrCat("Maximum VM call stack depth of ", options_.max_call_depth,
                                   " exceeded while calling ", name));
      return nullptr;
    }
    const auto at = static_cast<uint32_t>(frame - fiber->frames);
    GrowFrames(fiber, static_cast<uint32_t>(std::min<size_t>(
                          std::max<size_t>(used * 2, kMinGrownFrames), options_.max_call_depth)));
    frame = fiber->frames + at;
    frames_end = fiber->frames + fiber->frames_size;
  }
  if (base + registers > stack_end) {
    const auto base_at = static_cast<size_t>(base - fiber->stack);
    const auto r_at = static_cast<size_t>(r - fiber->stack);
    GrowStack(fiber, static_cast<uint32_t>(std::max(
                         {size_t{fiber->stack_size} * 2, base_at + registers, kMinGrownStack})));
    base = fiber->stack + base_at;
    r = fiber->stack + r_at;
    stack_end = fiber->stack + fiber->stack_size;
  }
  return base;
}

void Vm::ClearRegisters(Value* base, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) Release(std::exchange(base[i], Value::Null()));
}

bool Vm::RefuelStep() {
  if (interrupt != nullptr && interrupt->load(std::memory_order_relaxed)) {
    Exit(kExitInterrupted);
    return ThrowFailure();
  }
  heap_.MaybeCollectCycles();
  if (heap_.over_limit()) {
    return ThrowFatal(absl::StrCat("Memory limit of ", heap_.limit(), " bytes exceeded"));
  }
  if (deadline_ns_ != 0 && NowNs() >= deadline_ns_) {
    return ThrowFatal(absl::StrCat("Time limit of ", options_.timeout_ms, "ms exceeded"));
  }
  if (instructions_left_ == 0) {
    return ThrowFatal(
        absl::StrCat("Instruction limit of ", options_.max_instructions, " exceeded"));
  }
  const auto portion = static_cast<int64_t>(
      std::min<uint64_t>(instructions_left_, static_cast<uint64_t>(kFuelPortion)));
  if (options_.max_instructions != 0) instructions_left_ -= static_cast<uint64_t>(portion);
  fuel = portion;
  return true;
}

VmOptions Vm::RemainingOptions() const {
  VmOptions remaining = options_;
  if (options_.max_instructions != 0) {
    remaining.max_instructions = std::max<uint64_t>(instructions_left_, 1);
  }
  if (deadline_ns_ != 0) {
    remaining.timeout_ms =
        static_cast<uint64_t>(std::max<int64_t>((deadline_ns_ - NowNs()) / 1'000'000, 1));
  }
  if (options_.max_memory != 0) {
    const uint64_t used = std::min(heap_.bytes_in_use(), options_.max_memory - 1);
    remaining.max_memory = options_.max_memory - used;
  }
  return remaining;
}

void DestroyObject(Object* object) { Destroy(object); }
void NoteCandidate(Object* object) { NotePossibleCycle(object); }

bool RefuelAndGoOn(Vm& vm) { return vm.RefuelStep(); }

std::vector<String*> Vm::ActiveFunctions() const {
  std::vector<String*> names;
  for (const Frame* f = frame;; --f) {
    if (f->code->name != nullptr && !f->code->module->is_prelude()) names.push_back(f->code->name);
    if ((f->flags & (Frame::kRoot | Frame::kTask)) != 0) break;
  }
  std::reverse(names.begin(), names.end());
  return names;
}

ErrorSite Vm::CurrentSite() const {
  const Instruction* at = pc;
  for (const Frame* f = frame;; --f) {
    if (!f->code->module->is_prelude()) {
      return {f->code->module,
              f->code->proto->positions.Find(static_cast<uint32_t>(at - f->code->code))};
    }
    if ((f->flags & Frame::kRoot) != 0) return {};
    at = (f - 1)->pc - 1;
  }
}

Value Vm::MakeError(std::string_view message) {
  const ErrorSite site = CurrentSite();
  const std::vector<String*> names = ActiveFunctions();
  Array* stack = NewArray(names.size(), Array::kValues);
  for (String* name : names) ArrayPush(stack, Value::Heap(RetainObject(name)));
  Struct* error_struct = NewStruct(error_shape_);
  error_struct->fields[0] = Value::Heap(NewString(message));
  error_struct->fields[1] =
      Value::Int(site.module == nullptr ? 0 : site.module->LineOf(site.offset));
  error_struct->fields[2] = Value::Heap(stack);
  return Value::Heap(error_struct);
}

}  // namespace ruff
