// Sets, queues and stacks.

#include "ruff/runtime/value/collection.h"

#include "absl/strings/str_cat.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/families.h"

namespace ruff {
namespace {

bool IsSet(const Value* args, uint32_t count, uint32_t i) {
  return Argument(args, count, i).Is(Kind::kSet);
}

Value MakeSet(NativeContext& context, Value* args, uint32_t count) {
  if (count == 0) return Value::Heap(NewSet());
  if (!args[0].IsArray()) return context.Fail("Set constructor requires an array argument");
  return Value::Heap(SetOf(args[0].As<Array>()));
}

Value SetAddMember(NativeContext&, Value* args, uint32_t count) {
  if (!IsSet(args, count, 0) || count < 2) return Value::Heap(NewSet());
  Set* s = UniqueSet(TakeArgument(args, 0).As<Set>());
  SetAdd(s, TakeArgument(args, 1));
  return Value::Heap(s);
}

Value SetRemoveMember(NativeContext&, Value* args, uint32_t count) {
  if (!IsSet(args, count, 0) || count < 2) return Value::Heap(NewSet());
  if (!SetContains(args[0].As<Set>(), args[1])) return TakeArgument(args, 0);
  Set* s = UniqueSet(TakeArgument(args, 0).As<Set>());
  SetRemove(s, args[1]);
  return Value::Heap(s);
}

Value SetHas(NativeContext&, Value* args, uint32_t count) {
  return Value::Bool(IsSet(args, count, 0) && count > 1 && SetContains(args[0].As<Set>(), args[1]));
}

// Calls f(member) for the members of `s` in order.
template <typename F>
void ForEachMember(const Set* s, F f) {
  for (uint32_t i = 0; i < s->used; ++i) {
    if (s->entries[i].live()) f(s->entries[i].member);
  }
}

Value SetUnion(NativeContext&, Value* args, uint32_t count) {
  if (!IsSet(args, count, 0) || !IsSet(args, count, 1)) return Value::Heap(NewSet());
  Set* s = UniqueSet(TakeArgument(args, 0).As<Set>());
  ForEachMember(args[1].As<Set>(), [&](Value member) { SetAdd(s, Retain(member)); });
  return Value::Heap(s);
}

// The members of args[0] that args[1] has, or has not.
Value SelectMembers(const Value* args, uint32_t count, bool wanted) {
  Set* out = NewSet();
  if (!IsSet(args, count, 0) || !IsSet(args, count, 1)) return Value::Heap(out);
  const auto* other = args[1].As<Set>();
  ForEachMember(args[0].As<Set>(), [&](Value member) {
    if (SetContains(other, member) == wanted) SetAdd(out, Retain(member));
  });
  return Value::Heap(out);
}

Value SetIntersect(NativeContext&, Value* args, uint32_t count) {
  return SelectMembers(args, count, true);
}
Value SetDifference(NativeContext&, Value* args, uint32_t count) {
  return SelectMembers(args, count, false);
}

Value SetArray(NativeContext&, Value* args, uint32_t count) {
  if (!IsSet(args, count, 0)) return Value::Heap(NewArray());
  return Value::Heap(SetToArray(args[0].As<Set>()));
}

// Queues and stacks are the same but for the end they give from.
Value NewEmpty(Kind kind) { return Value::Heap(NewSequence(kind, NewArray())); }

template <Kind kind>
Value MakeSequence(NativeContext&, Value* args, uint32_t count) {
  if (!Argument(args, count, 0).IsArray()) return NewEmpty(kind);
  return Value::Heap(NewSequence(kind, RetainObject(args[0].As<Array>())));
}

template <Kind kind>
Value Put(NativeContext&, Value* args, uint32_t count) {
  if (count < 2 || !args[0].Is(kind)) return NewEmpty(kind);
  Sequence* s = UniqueSequence(TakeArgument(args, 0).As<Sequence>());
  SequencePush(s, TakeArgument(args, 1));
  return Value::Heap(s);
}

template <Kind kind>
Value Extract(NativeContext&, Value* args, uint32_t count) {
  if (!Argument(args, count, 0).Is(kind)) return NewPair(NewEmpty(kind), Value::Null());
  if (args[0].As<Sequence>()->size() == 0) return NewPair(TakeArgument(args, 0), Value::Null());
  Sequence* s = UniqueSequence(TakeArgument(args, 0).As<Sequence>());
  const Value item = kind == Kind::kQueue ? SequencePopFront(s) : SequencePopBack(s);
  return NewPair(Value::Heap(s), item);
}

template <Kind kind>
Value Peek(NativeContext&, Value* args, uint32_t count) {
  if (!Argument(args, count, 0).Is(kind)) return Value::Null();
  const auto* s = args[0].As<Sequence>();
  if (s->size() == 0) return Value::Null();
  return Retain(SequenceGet(s, kind == Kind::kQueue ? 0 : s->size() - 1));
}

template <Kind kind>
Value IsEmptySequence(NativeContext&, Value* args, uint32_t count) {
  return Value::Bool(!Argument(args, count, 0).Is(kind) || args[0].As<Sequence>()->size() == 0);
}

template <Kind kind>
Value SizeOfSequence(NativeContext& context, Value* args, uint32_t) {
  if (args[0].Is(kind)) return Value::Int(static_cast<int64_t>(args[0].As<Sequence>()->size()));
  return context.Fail(kind == Kind::kQueue ? "queue_size requires a Queue argument"
                                           : "stack_size requires a Stack argument");
}

template <Kind kind>
Value SequenceArray(NativeContext&, Value* args, uint32_t count) {
  if (!Argument(args, count, 0).Is(kind)) return Value::Heap(NewArray());
  return Value::Heap(SequenceToArray(args[0].As<Sequence>()));
}

constexpr NativeFunction kTable[] = {
    {.name = "Set",
     .min_args = 0,
     .max_args = 1,
     .body = MakeSet,
     .signature = "Set(members: array = []) -> set",
     .doc = "A set of the elements; those that are `==` an earlier one are dropped.",
     .example = "print(Set([3, 1, 3])) => Set([3, 1])",
     .errors = "Set constructor requires an array argument",
     .arity_error = "Set constructor takes at most 1 argument"},
    {.name = "set_add",
     .min_args = 0,
     .max_args = kVariadic,
     .body = SetAddMember,
     .flags = NativeFunction::kConsumes,
     .signature = "set_add(set: set, member: any) -> set",
     .doc = "The set with the member; an empty set for anything but a set.",
     .example = "print(set_add(Set([1]), 2)) => Set([1, 2])"},
    {.name = "set_remove",
     .min_args = 0,
     .max_args = kVariadic,
     .body = SetRemoveMember,
     .flags = NativeFunction::kConsumes,
     .signature = "set_remove(set: set, member: any) -> set",
     .doc = "The set without the member; an empty set for anything but a set.",
     .example = "print(set_remove(Set([1, 2]), 1)) => Set([2])"},
    {.name = "set_has",
     .min_args = 0,
     .max_args = kVariadic,
     .body = SetHas,
     .signature = "set_has(set: set, member: any) -> bool",
     .doc = "Whether the set has a member `==` the value.",
     .example = "print(set_has(Set([1, 2]), 2.0)) => true"},
    {.name = "set_union",
     .min_args = 0,
     .max_args = kVariadic,
     .body = SetUnion,
     .flags = NativeFunction::kConsumes,
     .signature = "set_union(a: set, b: set) -> set",
     .doc = "The members of `a`, then the new ones of `b`.",
     .example = "print(set_union(Set([1, 2]), Set([2, 3]))) => Set([1, 2, 3])"},
    {.name = "set_intersect",
     .min_args = 0,
     .max_args = kVariadic,
     .body = SetIntersect,
     .signature = "set_intersect(a: set, b: set) -> set",
     .doc = "The members of `a` that `b` has too.",
     .example = "print(set_intersect(Set([1, 2]), Set([2, 3]))) => Set([2])"},
    {.name = "set_difference",
     .min_args = 0,
     .max_args = kVariadic,
     .body = SetDifference,
     .signature = "set_difference(a: set, b: set) -> set",
     .doc = "The members of `a` that `b` does not have.",
     .example = "print(set_difference(Set([1, 2]), Set([2, 3]))) => Set([1])"},
    {.name = "set_to_array",
     .min_args = 0,
     .max_args = kVariadic,
     .body = SetArray,
     .signature = "set_to_array(set: set) -> array",
     .doc = "The members in the order they were added; [] for anything but a set.",
     .example = "print(set_to_array(Set([2, 1]))) => [2, 1]"},
    {.name = "Queue",
     .min_args = 0,
     .max_args = kVariadic,
     .body = MakeSequence<Kind::kQueue>,
     .signature = "Queue(items: array = []) -> queue",
     .doc = "A queue whose front is the first element; empty for anything but an array.",
     .example = "print(Queue([1, 2])) => Queue([1, 2])"},
    {.name = "queue_enqueue",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Put<Kind::kQueue>,
     .flags = NativeFunction::kConsumes,
     .signature = "queue_enqueue(queue: queue, item: any) -> queue",
     .doc = "The queue with the item at its end; an empty queue for anything but a queue.",
     .example = "print(queue_enqueue(Queue([1]), 2)) => Queue([1, 2])"},
    {.name = "queue_dequeue",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Extract<Kind::kQueue>,
     .flags = NativeFunction::kConsumes,
     .signature = "queue_dequeue(queue: queue) -> [queue, any]",
     .doc = "The queue without its front, and the front (null when empty).",
     .example = "print(queue_dequeue(Queue([1, 2]))) => [Queue([2]), 1]"},
    {.name = "queue_peek",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Peek<Kind::kQueue>,
     .signature = "queue_peek(queue: queue) -> any",
     .doc = "The front; null when empty.",
     .example = "print(queue_peek(Queue([1, 2]))) => 1"},
    {.name = "queue_is_empty",
     .min_args = 0,
     .max_args = kVariadic,
     .body = IsEmptySequence<Kind::kQueue>,
     .signature = "queue_is_empty(queue: queue) -> bool",
     .doc = "Whether the queue has no items.",
     .example = "print(queue_is_empty(Queue())) => true"},
    {.name = "queue_size",
     .min_args = 1,
     .max_args = 1,
     .body = SizeOfSequence<Kind::kQueue>,
     .signature = "queue_size(queue: queue) -> int",
     .doc = "The number of items.",
     .example = "print(queue_size(Queue([1, 2]))) => 2",
     .errors = "queue_size requires a Queue argument",
     .arity_error = "queue_size expects 1 argument (queue), got {}"},
    {.name = "queue_to_array",
     .min_args = 0,
     .max_args = kVariadic,
     .body = SequenceArray<Kind::kQueue>,
     .signature = "queue_to_array(queue: queue) -> array",
     .doc = "The items from front to back; [] for anything but a queue.",
     .example = "print(queue_to_array(Queue([1, 2]))) => [1, 2]"},
    {.name = "Stack",
     .min_args = 0,
     .max_args = kVariadic,
     .body = MakeSequence<Kind::kStack>,
     .signature = "Stack(items: array = []) -> stack",
     .doc = "A stack whose top is the last element; empty for anything but an array.",
     .example = "print(Stack([1, 2])) => Stack([1, 2])"},
    {.name = "stack_push",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Put<Kind::kStack>,
     .flags = NativeFunction::kConsumes,
     .signature = "stack_push(stack: stack, item: any) -> stack",
     .doc = "The stack with the item on top; an empty stack for anything but a stack.",
     .example = "print(stack_push(Stack([1]), 2)) => Stack([1, 2])"},
    {.name = "stack_pop",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Extract<Kind::kStack>,
     .flags = NativeFunction::kConsumes,
     .signature = "stack_pop(stack: stack) -> [stack, any]",
     .doc = "The stack without its top, and the top (null when empty).",
     .example = "print(stack_pop(Stack([1, 2]))) => [Stack([1]), 2]"},
    {.name = "stack_peek",
     .min_args = 0,
     .max_args = kVariadic,
     .body = Peek<Kind::kStack>,
     .signature = "stack_peek(stack: stack) -> any",
     .doc = "The top; null when empty.",
     .example = "print(stack_peek(Stack([1, 2]))) => 2"},
    {.name = "stack_is_empty",
     .min_args = 0,
     .max_args = kVariadic,
     .body = IsEmptySequence<Kind::kStack>,
     .signature = "stack_is_empty(stack: stack) -> bool",
     .doc = "Whether the stack has no items.",
     .example = "print(stack_is_empty(Stack([1]))) => false"},
    {.name = "stack_size",
     .min_args = 1,
     .max_args = 1,
     .body = SizeOfSequence<Kind::kStack>,
     .signature = "stack_size(stack: stack) -> int",
     .doc = "The number of items.",
     .example = "print(stack_size(Stack([1, 2]))) => 2",
     .errors = "stack_size requires a Stack argument",
     .arity_error = "stack_size expects 1 argument (stack), got {}"},
    {.name = "stack_to_array",
     .min_args = 0,
     .max_args = kVariadic,
     .body = SequenceArray<Kind::kStack>,
     .signature = "stack_to_array(stack: stack) -> array",
     .doc = "The items from bottom to top; [] for anything but a stack.",
     .example = "print(stack_to_array(Stack([1, 2]))) => [1, 2]"},
};

}  // namespace

absl::Span<const NativeFunction> CollectionBuiltins() { return kTable; }

}  // namespace ruff
