// parallel_map and its relatives: which functions run on worker threads, and which on the loop.

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "ruff/async/builtins/families.h"
#include "ruff/async/builtins/limit.h"
#include "ruff/async/builtins/member_calls.h"
#include "ruff/async/core/scheduler.h"
#include "ruff/async/workers/parallel_map.h"
#include "ruff/lang/source/source_buffer.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/vm/function.h"
#include "ruff/runtime/vm/link.h"

namespace ruff {
namespace {

constexpr char kName[] = "parallel_map";

// Builtins whose arguments are looked at before anything starts.
struct CheckedMapper {
  std::string_view name;
  std::string_view elements;
};
constexpr CheckedMapper kCheckedMappers[] = {
    {"len", "string/array/dict"}, {"upper", "string"},    {"to_upper", "string"},
    {"lower", "string"},          {"to_lower", "string"},
};

// The row of a builtin, also of one that is written in Ruff; null for other functions.
const NativeFunction* RowOf(Value function) {
  return function.Is(Kind::kNative) ? function.native : function.As<Function>()->code->native;
}

bool CheckElements(NativeContext& context, const NativeFunction& native, const Array* elements) {
  for (const CheckedMapper& mapper : kCheckedMappers) {
    if (native.name != mapper.name) continue;
    for (uint64_t i = 0; i < elements->size; ++i) {
      const Value element = ArrayGet(elements, i);
      const bool fits =
          element.IsString() || (mapper.name == "len" && (element.IsArray() || element.IsDict()));
      if (fits) continue;
      context.Fail(absl::StrCat("parallel_map(", native.name, ", ...) expects ", mapper.elements,
                                " elements"));
      return false;
    }
  }
  return true;
}

// Is there something to wait for in each call? Then the calls belong on the loop (A61).
bool IsAsynchronous(Value function) {
  if (const NativeFunction* native = RowOf(function)) {
    return (native->flags & NativeFunction::kAwaits) != 0 ||
           native->signature.ends_with("-> promise");
  }
  const FunctionProto* proto = function.As<Function>()->code->proto;
  return proto->is_async && !proto->is_generator;
}

// Where the function was written, for what it imports.
std::string PathOf(Value function) {
  if (!function.Is(Kind::kFunction)) return std::string();
  const SourceBuffer* source = function.As<Function>()->code->module->source();
  return source == nullptr ? std::string() : source->name();
}

template <bool keeps_results>
Value Map(NativeContext& context, Value* args, uint32_t count) {
  if (!args[0].IsArray()) {
    return context.Fail("parallel_map() first argument must be an array");
  }
  if (!IsCallable(args[1])) {
    return context.Fail(
        "parallel_map() second argument must be a callable function; pass a function, closure, or "
        "imported callable value instead of a literal");
  }
  Scheduler::CombinatorOptions on_loop;
  if (count == 3) {
    on_loop.limits_promises = true;
    if (!ReadLimit(context, kName, args[2], &on_loop.limit)) return Value::Unset();
  }
  auto* elements = args[0].As<Array>();
  const NativeFunction* native = RowOf(args[1]);
  if (native != nullptr && !CheckElements(context, *native, elements)) return Value::Unset();
  if (IsAsynchronous(args[1])) {
    on_loop.discards = !keeps_results;
    return MapOnLoop(context, elements, args[1], on_loop);
  }
  if (!Scheduler::CanWait(context)) return Value::Unset();
  const ParallelMapOptions options{
      .limit = on_loop.limit, .keeps_results = keeps_results, .entry_path = PathOf(args[1])};
  std::string error;
  Promise* promise = StartParallelMap(Scheduler::Of(context), args[1], elements, options, &error);
  return promise == nullptr ? context.Fail(std::move(error)) : Value::Heap(promise);
}

#define RUFF_PARALLEL_ERRORS                                                                  \
  "parallel_map() first argument must be an array\n"                                          \
  "parallel_map() second argument must be a callable function; pass a function, closure, or " \
  "imported callable value instead of a literal\n"                                            \
  "parallel_map() concurrency_limit must be > 0, got LIMIT\n"                                 \
  "parallel_map() optional concurrency_limit must be an integer\n"                            \
  "parallel_map(NAME, ...) expects string elements\n"                                         \
  "parallel_map(len, ...) expects string/array/dict elements\n"                               \
  "parallel_map() cannot transfer TYPE to a worker (PLACE)"

constexpr NativeFunction kTable[] = {
    {.name = "parallel_map",
     .min_args = 2,
     .max_args = 3,
     .body = Map<true>,
     .signature =
         "parallel_map(items: array, f: func(item) -> any, limit: int = unlimited) -> promise",
     .doc = "Calls `f` with each item on several processor cores, with copies of the variables it "
            "uses, and "
            "promises the results in order.",
     .example = "print(await parallel_map([1, 2], func(x) { return x * 10 })) => [10, 20]",
     .errors = RUFF_PARALLEL_ERRORS},
    {.name = "par_map",
     .min_args = 2,
     .max_args = 3,
     .body = Map<true>,
     .signature = "par_map(items: array, f: func(item) -> any, limit: int = unlimited) -> promise",
     .doc = "The same as `parallel_map`.",
     .example = "print(await par_map([\"a\", \"b\"], to_upper)) => [A, B]",
     .errors = RUFF_PARALLEL_ERRORS},
    {.name = "par_each",
     .min_args = 2,
     .max_args = 3,
     .body = Map<false>,
     .signature = "par_each(items: array, f: func(item) -> any, limit: int = unlimited) -> promise",
     .doc = "As `parallel_map`, without the results.",
     .example = "print(await par_each([1, 2], func(x) { return x })) => null",
     .errors = RUFF_PARALLEL_ERRORS},
};

}  // namespace

absl::Span<const NativeFunction> ParallelBuiltins() { return kTable; }

}  // namespace ruff
