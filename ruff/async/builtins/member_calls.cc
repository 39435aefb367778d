#include "ruff/async/builtins/member_calls.h"

#include "ruff/runtime/vm/function.h"
#include "ruff/runtime/vm/hooks.h"

namespace ruff {
namespace {

// Which prelude loop calls `function` with the items: with one argument or two, as a task of its
// own or by itself.
std::string_view StarterFor(Value function) {
  if (function.Is(Kind::kNative)) {
    return function.native->min_args == 2 ? "__start_numbered_items" : "__start_items";
  }
  const CodeBlock* code = function.As<Function>()->code;
  const bool is_task = code->proto->is_async && !code->proto->is_generator;
  if (code->parameter_count == 2) {
    return is_task ? "__start_numbered_async_items" : "__start_numbered_items";
  }
  return is_task && code->parameter_count == 1 ? "__start_async_items" : "__start_items";
}

}  // namespace

bool IsCallable(Value value) { return value.Is(Kind::kFunction) || value.Is(Kind::kNative); }

Value AnswerAfterCalls(NativeContext& context, Promise* owned, Aggregate::Calls calls,
                       std::string_view starter) {
  if (calls == Aggregate::kNone || !owned->Has(Promise::kAggregate)) return Value::Heap(owned);
  auto* aggregate = reinterpret_cast<Aggregate*>(owned);
  if (!aggregate->undecided()) return Value::Heap(owned);
  Function* function = static_cast<Vm&>(context).natives()->Prelude(starter);
  aggregate->starter = RetainObject(function);
  return context.CallInstead(Value::Heap(RetainObject(function)), Value::Heap(owned));
}

Value MapOnLoop(NativeContext& context, Array* items, Value function,
                Scheduler::CombinatorOptions options) {
  Scheduler& scheduler = Scheduler::Of(context);
  if (!options.limits_promises) options.limit = scheduler.pool_size();
  options.calls = Aggregate::kItems;
  options.function = function;
  Promise* promise = scheduler.Combine(Aggregate::kAll, items, options);
  return AnswerAfterCalls(context, promise, options.calls, StarterFor(function));
}

}  // namespace ruff
