// Combinators, settled promises, and the helpers of the prelude that start a combinator's calls.

#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/async/builtins/families.h"
#include "ruff/async/builtins/limit.h"
#include "ruff/async/builtins/member_calls.h"
#include "ruff/async/core/reason.h"
#include "ruff/async/core/scheduler.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/structure.h"

namespace ruff {
namespace {

using Options = Scheduler::CombinatorOptions;

constexpr std::string_view kCallableError =
    "promise_map() second argument must be a callable function";

// A member that is called: a function without parameters.
bool IsThunk(Value value) {
  if (!value.Is(Kind::kFunction)) return false;
  const CodeBlock* code = value.As<Function>()->code;
  return code->parameter_count == 0 && !code->proto->is_generator;
}

// An int, or a dict of "concurrency" and "on_progress" (A36).
bool ReadOptions(NativeContext& context, std::string_view name, Value argument, Options* options) {
  if (!argument.IsDict()) {
    options->limits_promises = true;
    return ReadLimit(context, name, argument, &options->limit);
  }
  const auto* dict = argument.As<Dict>();
  const uint32_t* order = DictOrder(dict);
  for (uint32_t i = 0; i < dict->size; ++i) {
    const DictEntry& entry = dict->entries[order[i]];
    const Ref key(DictKeyText(entry.key));
    const std::string_view text = key.As<String>()->view();
    if (text == "concurrency") {
      options->limits_promises = true;
      if (!ReadLimit(context, name, entry.value, &options->limit)) return false;
    } else if (text == "on_progress") {
      if (!IsCallable(entry.value)) {
        context.Fail(absl::StrCat(name, "() on_progress must be a function"));
        return false;
      }
      options->on_progress = entry.value;
    } else {
      context.Fail(absl::StrCat(name, "() unknown option '", text, "'"));
      return false;
    }
  }
  return true;
}

bool CheckList(NativeContext& context, std::string_view name, Value list) {
  if (list.IsArray()) return true;
  context.Fail(absl::StrCat(name, "() requires an array of promises"));
  return false;
}

// Every member is a promise; with `calls` not null functions are fine, too, and *calls tells
// whether there are any.
bool CheckMembers(NativeContext& context, std::string_view name, const Array* list,
                  Aggregate::Calls* calls) {
  for (uint64_t i = 0; i < list->size; ++i) {
    const Value member = ArrayGet(list, i);
    if (member.Is(Kind::kPromise)) continue;
    if (calls != nullptr && IsThunk(member)) {
      *calls = Aggregate::kThunks;
      continue;
    }
    context.Fail(absl::StrCat(name, "() array element ", i, " is not a Promise"));
    return false;
  }
  return true;
}

template <Aggregate::Type type>
Value All(NativeContext& context, Value* args, uint32_t count) {
  constexpr std::string_view kName =
      type == Aggregate::kAll ? "Promise.all" : "Promise.all_settled";
  Options options;
  if (!CheckList(context, kName, args[0])) return Value::Unset();
  if (count == 2 && !ReadOptions(context, kName, args[1], &options)) return Value::Unset();
  auto* list = args[0].As<Array>();
  if (!CheckMembers(context, kName, list, &options.calls)) return Value::Unset();
  Scheduler& scheduler = Scheduler::Of(context);
  if (options.calls != Aggregate::kNone && !options.limits_promises) {
    options.limit = scheduler.pool_size();
  }
  return AnswerAfterCalls(context, scheduler.Combine(type, list, options), options.calls,
                          "__start_thunks");
}

Value Race(NativeContext& context, Value* args, uint32_t) {
  if (!CheckList(context, "Promise.race", args[0])) return Value::Unset();
  auto* list = args[0].As<Array>();
  if (list->size == 0) return context.Fail("Promise.race() requires a non-empty array");
  if (!CheckMembers(context, "Promise.race", list, nullptr)) return Value::Unset();
  return Value::Heap(Scheduler::Of(context).Race(list));
}

Value Any(NativeContext& context, Value* args, uint32_t) {
  if (!CheckList(context, "Promise.any", args[0])) return Value::Unset();
  auto* list = args[0].As<Array>();
  if (!CheckMembers(context, "Promise.any", list, nullptr)) return Value::Unset();
  return Value::Heap(Scheduler::Of(context).Any(list));
}

Value Map(NativeContext& context, Value* args, uint32_t count) {
  Options options;
  if (!args[0].IsArray()) return context.Fail("promise_map() first argument must be an array");
  if (!IsCallable(args[1])) return context.Fail(std::string(kCallableError));
  if (count == 3 && !ReadOptions(context, "promise_map", args[2], &options)) return Value::Unset();
  return MapOnLoop(context, args[0].As<Array>(), args[1], options);
}

Value ResolvePromise(NativeContext&, Value* args, uint32_t) {
  const Value value = TakeArgument(args, 0);
  return value.Is(Kind::kPromise) ? value : Value::Heap(NewFulfilled(value));
}

Value RejectPromise(NativeContext& context, Value* args, uint32_t) {
  const Value reason = args[0];
  if (reason.IsString()) {
    return Value::Heap(NewRejected(Promise::kRejected | Promise::kNative, Retain(reason)));
  }
  auto& vm = static_cast<Vm&>(context);
  const bool caught =
      reason.Is(Kind::kStruct) && reason.As<Struct>()->shape->def() == vm.error_def();
  return Value::Heap(NewRejected(Promise::kRejected,
                                 caught ? Retain(reason) : vm.ErrorFromThrown(Retain(reason))));
}

// `Promise.name(…)`: the receiver is the namespace.
template <NativeBody body, uint32_t min, uint32_t max, const char* name>
Value Namespaced(NativeContext& context, Value* args, uint32_t count) {
  if (count - 1 < min || count - 1 > max)
    return context.Fail(ArityMessage(name, min, max, count - 1));
  return body(context, args + 1, count - 1);
}
constexpr char kAllName[] = "Promise.all";
constexpr char kSettledName[] = "Promise.all_settled";
constexpr char kRaceName[] = "Promise.race";
constexpr char kAnyName[] = "Promise.any";
constexpr char kMapName[] = "promise_map";
constexpr char kResolveName[] = "Promise.resolve";
constexpr char kRejectName[] = "Promise.reject";

// --- For the prelude. ---

Aggregate* AggregateOf(Value value) { return reinterpret_cast<Aggregate*>(value.object); }

Value Members(NativeContext&, Value* args, uint32_t) {
  return Retain(AggregateOf(args[0])->members);
}
Value Mapper(NativeContext&, Value* args, uint32_t) {
  return Retain(AggregateOf(args[0])->function);
}
Value NextCall(NativeContext& context, Value* args, uint32_t) {
  return Value::Int(Scheduler::Of(context).NextCall(AggregateOf(args[0])));
}
Value CallStarted(NativeContext& context, Value* args, uint32_t) {
  return Value::Int(Scheduler::Of(context).CallStarted(
      AggregateOf(args[0]), static_cast<uint32_t>(args[1].i), args[2].As<Promise>()));
}

constexpr uint8_t kHelper = NativeFunction::kHidden;
constexpr uint8_t kRuffHelper = NativeFunction::kHidden | NativeFunction::kPrelude;

#define RUFF_ALL_ROW(row_name)                                                                 \
  {.name = row_name,                                                                           \
   .min_args = 1,                                                                              \
   .max_args = 2,                                                                              \
   .body = All<Aggregate::kAll>,                                                               \
   .signature = row_name "(members: array, limit_or_options: int | dict = {}) -> promise",     \
   .doc =                                                                                      \
       "A promise of the values of all members, in order; members are promises, or functions " \
       "without parameters to be called. Rejects as soon as one member does.",                 \
   .example = "print(await " row_name "([promise_resolve(1), promise_resolve(2)])) => [1, 2]", \
   .errors =                                                                                   \
       "Promise.all() requires an array of promises\n"                                         \
       "Promise.all() concurrency_limit must be > 0, got LIMIT\n"                              \
       "Promise.all() optional concurrency_limit must be an integer\n"                         \
       "Promise.all() unknown option 'NAME'\n"                                                 \
       "Promise.all() on_progress must be a function\n"                                        \
       "Promise.all() array element INDEX is not a Promise",                                   \
   .alias_of = "Promise.all"}

constexpr NativeFunction kTable[] = {
    RUFF_ALL_ROW("promise_all"),
    RUFF_ALL_ROW("await_all"),
    {.name = "promise_all_settled",
     .min_args = 1,
     .max_args = 2,
     .body = All<Aggregate::kSettled>,
     .signature =
         "promise_all_settled(members: array, limit_or_options: int | dict = {}) -> promise",
     .doc = "A promise of what became of every member, in order, as dicts with \"status\" and "
            "\"value\" or \"reason\". Never rejects.",
     .example = "print(await promise_all_settled([promise_resolve(1)])) => "
                "[{\"status\": fulfilled, \"value\": 1}]",
     .errors = "Promise.all_settled() requires an array of promises\n"
               "Promise.all_settled() array element INDEX is not a Promise",
     .alias_of = "Promise.all_settled"},
    {.name = "promise_race",
     .min_args = 1,
     .max_args = 1,
     .body = Race,
     .signature = "promise_race(promises: array) -> promise",
     .doc = "A promise that settles as the first member to settle does.",
     .example = "print(await promise_race([promise_resolve(1), async_sleep(50)])) => 1",
     .errors = "Promise.race() requires an array of promises\n"
               "Promise.race() requires a non-empty array\n"
               "Promise.race() array element INDEX is not a Promise",
     .alias_of = "Promise.race"},
    {.name = "promise_any",
     .min_args = 1,
     .max_args = 1,
     .body = Any,
     .signature = "promise_any(promises: array) -> promise",
     .doc =
         "A promise of the first value that a member is fulfilled with; rejects when all members "
         "have rejected.",
     .example = "print(await promise_any([promise_reject(\"x\"), promise_resolve(2)])) => 2",
     .errors = "Promise.any() requires an array of promises\n"
               "Promise.any() array element INDEX is not a Promise",
     .alias_of = "Promise.any"},
    {.name = "promise_map",
     .min_args = 2,
     .max_args = 3,
     .body = Map,
     .signature = "promise_map(items: array, f: func(item, index?) -> any, limit_or_options: int | "
                  "dict = {}) -> promise",
     .doc = "Calls `f` with each item, each call as a task of its own and so many at a time, and "
            "promises the results in order.",
     .example = "print(await promise_map([1, 2], func(x) { return x * 10 })) => [10, 20]",
     .errors = "promise_map() first argument must be an array\n"
               "promise_map() second argument must be a callable function\n"
               "promise_map() concurrency_limit must be > 0, got LIMIT\n"
               "promise_map() optional concurrency_limit must be an integer\n"
               "promise_map() unknown option 'NAME'\n"
               "promise_map() on_progress must be a function"},
    {.name = "promise_resolve",
     .min_args = 1,
     .max_args = 1,
     .body = ResolvePromise,
     .signature = "promise_resolve(value: any) -> promise",
     .doc = "A promise already fulfilled with the value; a promise is its own answer.",
     .example = "print(await promise_resolve(5)) => 5",
     .alias_of = "Promise.resolve"},
    {.name = "promise_reject",
     .min_args = 1,
     .max_args = 1,
     .body = RejectPromise,
     .signature = "promise_reject(reason: any) -> promise",
     .doc = "A promise already rejected: with a string as its reason, or with the error that "
            "throwing the value would make.",
     .example = "try { await promise_reject(\"no\") } except e { print(e.message) } => Promise "
                "rejected: no",
     .alias_of = "Promise.reject"},

    // Methods of the namespace `Promise`.
    {.name = "__Promise_all",
     .min_args = 1,
     .max_args = kVariadic,
     .body = Namespaced<All<Aggregate::kAll>, 1, 2, kAllName>,
     .flags = kHelper},
    {.name = "__Promise_all_settled",
     .min_args = 1,
     .max_args = kVariadic,
     .body = Namespaced<All<Aggregate::kSettled>, 1, 2, kSettledName>,
     .flags = kHelper},
    {.name = "__Promise_race",
     .min_args = 1,
     .max_args = kVariadic,
     .body = Namespaced<Race, 1, 1, kRaceName>,
     .flags = kHelper},
    {.name = "__Promise_any",
     .min_args = 1,
     .max_args = kVariadic,
     .body = Namespaced<Any, 1, 1, kAnyName>,
     .flags = kHelper},
    {.name = "__Promise_map",
     .min_args = 1,
     .max_args = kVariadic,
     .body = Namespaced<Map, 2, 3, kMapName>,
     .flags = kHelper},
    {.name = "__Promise_resolve",
     .min_args = 1,
     .max_args = kVariadic,
     .body = Namespaced<ResolvePromise, 1, 1, kResolveName>,
     .flags = kHelper},
    {.name = "__Promise_reject",
     .min_args = 1,
     .max_args = kVariadic,
     .body = Namespaced<RejectPromise, 1, 1, kRejectName>,
     .flags = kHelper},

    // What the loops of prelude/async.ruff use, and the loops.
    {.name = "__members", .min_args = 1, .max_args = 1, .body = Members, .flags = kHelper},
    {.name = "__mapper", .min_args = 1, .max_args = 1, .body = Mapper, .flags = kHelper},
    {.name = "__next_call", .min_args = 1, .max_args = 1, .body = NextCall, .flags = kHelper},
    {.name = "__call_started", .min_args = 3, .max_args = 3, .body = CallStarted, .flags = kHelper},
    {.name = "__start_thunks", .min_args = 1, .max_args = 1, .body = nullptr, .flags = kRuffHelper},
    {.name = "__start_items", .min_args = 1, .max_args = 1, .body = nullptr, .flags = kRuffHelper},
    {.name = "__start_numbered_items",
     .min_args = 1,
     .max_args = 1,
     .body = nullptr,
     .flags = kRuffHelper},
    {.name = "__start_async_items",
     .min_args = 1,
     .max_args = 1,
     .body = nullptr,
     .flags = kRuffHelper},
    {.name = "__start_numbered_async_items",
     .min_args = 1,
     .max_args = 1,
     .body = nullptr,
     .flags = kRuffHelper},
    {.name = "__apply", .min_args = 2, .max_args = 2, .body = nullptr, .flags = kRuffHelper},
    {.name = "__report_progress",
     .min_args = 2,
     .max_args = 2,
     .body = nullptr,
     .flags = kRuffHelper},
};

}  // namespace

absl::Span<const NativeFunction> PromiseBuiltins() { return kTable; }

}  // namespace ruff
