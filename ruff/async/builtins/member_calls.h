// The calls of a combinator: made by the prelude, since no builtin calls back into Ruff code.

#ifndef RUFF_ASYNC_BUILTINS_MEMBER_CALLS_H_
#define RUFF_ASYNC_BUILTINS_MEMBER_CALLS_H_

#include <string_view>

#include "ruff/async/core/aggregate.h"
#include "ruff/async/core/scheduler.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

bool IsCallable(Value value);

// The answer of a builtin that made `owned`; if members are to be called, the prelude function
// `starter` does that first.
Value AnswerAfterCalls(NativeContext& context, Promise* owned, Aggregate::Calls calls,
                       std::string_view starter);

// The answer of promise_map and of whoever maps as it does: a task for each call of `function`,
// which is callable.
Value MapOnLoop(NativeContext& context, Array* items, Value function,
                Scheduler::CombinatorOptions options);

}  // namespace ruff

#endif  // RUFF_ASYNC_BUILTINS_MEMBER_CALLS_H_
