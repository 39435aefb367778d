// Sleeping, timeouts and tasks.

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/async/builtins/families.h"
#include "ruff/async/core/scheduler.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/vm/function.h"

namespace ruff {
namespace {

Value AsyncSleep(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsInt()) {
    return context.Fail("async_sleep() requires an integer milliseconds argument");
  }
  if (args[0].i < 0) {
    return context.Fail(
        absl::StrCat("async_sleep() requires non-negative milliseconds, got ", args[0].i));
  }
  if (!Scheduler::CanWait(context)) return Value::Unset();
  return Value::Heap(Scheduler::Of(context).Sleep(args[0].i));
}

Value Sleep(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsNumber()) return context.Fail("sleep() requires a number argument");
  if (FloatOf(args[0]) < 0) return context.Fail("sleep() requires non-negative milliseconds");
  return Value::Heap(Scheduler::Of(context).Sleep(IntOf(args[0]), Promise::kSleep));
}

Value AsyncTimeout(NativeContext& context, Value* args, uint32_t) {
  if (!args[1].IsInt()) {
    return context.Fail("async_timeout() requires an integer timeout_ms argument");
  }
  if (args[1].i <= 0) {
    return context.Fail(
        absl::StrCat("async_timeout() requires positive timeout_ms, got ", args[1].i));
  }
  if (!args[0].Is(Kind::kPromise)) {
    return context.Fail("async_timeout() requires a Promise as first argument");
  }
  return Value::Heap(Scheduler::Of(context).Timeout(args[0].As<Promise>(), args[1].i));
}

Value SpawnTask(NativeContext& context, Value* args, uint32_t) {
  constexpr std::string_view kError = "spawn_task() requires an async function argument";
  if (!args[0].Is(Kind::kFunction)) return context.Fail(std::string(kError));
  auto* function = args[0].As<Function>();
  const CodeBlock* code = function->code;
  if (code->native != nullptr || code->proto->is_generator)
    return context.Fail(std::string(kError));
  if (code->parameter_count != 0) {
    return context.Fail(
        ArityMessage(code->name->view(), code->parameter_count, code->parameter_count, 0));
  }
  if (!Scheduler::CanWait(context)) return Value::Unset();
  return Value::Heap(Scheduler::Of(context).StartTask(RetainObject(function)));
}

Value AwaitTask(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].Is(Kind::kTask)) {
    return context.Fail("await_task() requires a TaskHandle argument");
  }
  Promise* promise = args[0].As<Task>()->promise;
  Observe(promise);
  return Value::Heap(RetainObject(promise));
}

Value CancelTask(NativeContext& context, Value* args, uint32_t) {
  Promise* promise = args[0].Is(Kind::kTask)      ? args[0].As<Task>()->promise
                     : args[0].Is(Kind::kPromise) ? args[0].As<Promise>()
                                                  : nullptr;
  if (promise == nullptr || !Scheduler::IsTask(promise)) {
    return context.Fail("cancel_task() requires a TaskHandle argument");
  }
  return Value::Bool(Scheduler::Of(context).Cancel(promise));
}

Value SetTaskPoolSize(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsInt()) {
    return context.Fail("set_task_pool_size() requires an integer size argument");
  }
  if (args[0].i <= 0) {
    return context.Fail(absl::StrCat("set_task_pool_size() size must be > 0, got ", args[0].i));
  }
  Scheduler& scheduler = Scheduler::Of(context);
  const Value previous = Value::Int(scheduler.pool_size());
  scheduler.set_pool_size(static_cast<uint32_t>(std::min<int64_t>(args[0].i, UINT32_MAX)));
  return previous;
}

Value GetTaskPoolSize(NativeContext& context, Value*, uint32_t) {
  return Value::Int(Scheduler::Of(context).pool_size());
}

constexpr NativeFunction kTable[] = {
    {.name = "async_sleep",
     .min_args = 1,
     .max_args = 1,
     .body = AsyncSleep,
     .capability = Capability::kClock,
     .signature = "async_sleep(ms: int) -> promise",
     .doc = "A promise of null after at least so many milliseconds; 0 yields to whatever is ready.",
     .example = "print(await async_sleep(1)) => null",
     .errors = "async_sleep() requires an integer milliseconds argument\n"
               "async_sleep() requires non-negative milliseconds, got MS",
     .arity_error = "async_sleep() expects 1 argument (milliseconds), got {}"},
    {.name = "sleep",
     .min_args = 1,
     .max_args = 1,
     .body = Sleep,
     .flags = NativeFunction::kAwaits,
     .capability = Capability::kClock,
     .signature = "sleep(ms: number) -> int",
     .doc = "Waits so many milliseconds while other tasks go on; the answer is 0.",
     .example = "print(sleep(1)) => 0",
     .errors = "sleep() requires a number argument\n"
               "sleep() requires non-negative milliseconds",
     .arity_error = "sleep() expects 1 argument"},
    {.name = "async_timeout",
     .min_args = 2,
     .max_args = 2,
     .body = AsyncTimeout,
     .capability = Capability::kClock,
     .signature = "async_timeout(promise: promise, ms: int) -> promise",
     .doc = "Settles as the promise does if that happens in time, else rejects and cancels it.",
     .example = "print(await async_timeout(promise_resolve(1), 50)) => 1",
     .errors = "async_timeout() requires an integer timeout_ms argument\n"
               "async_timeout() requires positive timeout_ms, got MS\n"
               "async_timeout() requires a Promise as first argument",
     .arity_error = "async_timeout() expects 2 arguments (promise, timeout_ms), got {}"},
    {.name = "spawn_task",
     .min_args = 1,
     .max_args = 1,
     .body = SpawnTask,
     .signature = "spawn_task(f: func() -> any) -> taskhandle",
     .doc = "Queues a call of `f` as a task of its own; the handle gives its result.",
     .example = "print(await await_task(spawn_task(func() { return 7 }))) => 7",
     .errors = "spawn_task() requires an async function argument",
     .arity_error = "spawn_task() expects 1 argument (async function), got {}"},
    {.name = "await_task",
     .min_args = 1,
     .max_args = 1,
     .body = AwaitTask,
     .signature = "await_task(task: taskhandle) -> promise",
     .doc = "The promise of the task's result.",
     .example = "print(await await_task(spawn_task(func() { return 7 }))) => 7",
     .errors = "await_task() requires a TaskHandle argument",
     .arity_error = "await_task() expects 1 argument (task handle), got {}"},
    {.name = "cancel_task",
     .min_args = 1,
     .max_args = 1,
     .body = CancelTask,
     .signature = "cancel_task(task: taskhandle | promise) -> bool",
     .doc = "Ends a task, or the async call behind a promise; whether it had not finished yet.",
     .example = "print(cancel_task(spawn_task(func() { return 7 }))) => true",
     .errors = "cancel_task() requires a TaskHandle argument",
     .arity_error = "cancel_task() expects 1 argument (task handle), got {}"},
    {.name = "set_task_pool_size",
     .min_args = 1,
     .max_args = 1,
     .body = SetTaskPoolSize,
     .signature = "set_task_pool_size(size: int) -> int",
     .doc = "Sets how many calls a combinator without a limit has under way; the previous size.",
     .example = "print(set_task_pool_size(8)) => 256",
     .errors = "set_task_pool_size() requires an integer size argument\n"
               "set_task_pool_size() size must be > 0, got SIZE",
     .arity_error = "set_task_pool_size() expects 1 argument (size), got {}"},
    {.name = "get_task_pool_size",
     .min_args = 0,
     .max_args = 0,
     .body = GetTaskPoolSize,
     .signature = "get_task_pool_size() -> int",
     .doc = "How many calls a combinator without a limit has under way.",
     .example = "print(get_task_pool_size()) => 256",
     .arity_error = "get_task_pool_size() expects 0 arguments, got {}"},
};

}  // namespace

absl::Span<const NativeFunction> TaskBuiltins() { return kTable; }

}  // namespace ruff
