// Sending and receiving (A70 … A73).

#include <utility>

#include "ruff/async/core/reason.h"
#include "ruff/async/core/scheduler.h"

namespace ruff {
namespace {

Promise* NewChannelPromise(Promise::Origin origin, Channel* channel) {
  Promise* promise = NewPromise();
  promise->SetOrigin(origin, RetainObject(channel));
  promise->Set(Promise::kObserved);
  return promise;
}

}  // namespace

Value Scheduler::Send(Channel* channel, Value owned) {
  if (Promise* receiver = PopReceiver(channel)) {
    Fulfil(receiver, owned);
    ReleaseObject(receiver);
    return Value::Bool(true);
  }
  if (!channel->full()) {
    channel->values.PushBack(owned);
    if (owned.IsHeap() && channel->header.aux == 0) NotePossibleCycle(&channel->header);
    return Value::Bool(true);
  }
  Promise* promise = NewChannelPromise(Promise::kSend, channel);
  PushSender(channel, {RetainObject(promise), owned});
  return Value::Heap(promise);
}

bool Scheduler::TakeValue(Channel* channel, Value* out) {
  if (channel->values.size == 0) return false;
  *out = channel->values.PopFront();
  if (channel->senders.size != 0 && !channel->full()) {
    if (const WaitingSender sender = PopSender(channel); sender.promise != nullptr) {
      channel->values.PushBack(sender.value);
      Fulfil(sender.promise, Value::Bool(true));
      ReleaseObject(sender.promise);
    }
  }
  return true;
}

Promise* Scheduler::AwaitValue(Channel* channel, Promise::Origin origin) {
  Promise* promise = NewChannelPromise(origin, channel);
  PushReceiver(channel, RetainObject(promise));
  return promise;
}

Value Scheduler::Receive(Channel* channel) {
  Value value;
  if (TakeValue(channel, &value)) {
    return value.Is(Kind::kPromise) ? Value::Heap(NewFulfilled(value)) : value;
  }
  if (channel->closed()) return Value::Null();
  return Value::Heap(AwaitValue(channel, Promise::kReceive));
}

Value Scheduler::ReceiveWithin(Channel* channel, int64_t ms) {
  const bool empty = channel->values.size == 0;
  if (empty && ms == 0) return Value::Null();
  const Value value = Receive(channel);
  if (empty && value.Is(Kind::kPromise)) {
    timers_.Add(DeadlineAfter(ms), RetainObject(value.As<Promise>()));
  }
  return value;
}

bool Scheduler::Close(Channel* channel) {
  if (channel->closed()) return false;
  channel->header.flags |= Channel::kClosed;
  RetainObject(channel);
  while (Promise* receiver = PopReceiver(channel)) {
    const bool next = receiver->origin_tag() == Promise::kReceiveNext;
    ReleaseObject(receiver->OriginAs<Channel>());
    receiver->origin = Promise::kUnknown;
    Fulfil(receiver, next ? Value::Unset() : Value::Null());
    ReleaseObject(receiver);
  }
  for (;;) {
    const WaitingSender sender = PopSender(channel);
    if (sender.promise == nullptr) break;
    Release(sender.value);
    Settle(sender.promise, Promise::kRejected, TextReason("Failed to send to channel"));
    ReleaseObject(sender.promise);
  }
  ReleaseObject(channel);
  return true;
}

AsyncHooks::Awaited Scheduler::ReceiveNext(Vm& vm, Value channel_value, Value* out) {
  auto* channel = channel_value.As<Channel>();
  Value value;
  if (!TakeValue(channel, &value)) {
    if (channel->closed()) return Awaited::kThrow;
    *out = Value::Heap(AwaitValue(channel, Promise::kReceiveNext));
    return Awaited::kSuspend;
  }
  if (!Exhausted(vm.fiber)) {
    *out = value;
    return Awaited::kValue;
  }
  // The budget is spent: the loop awaits a promise of what it has got.
  *out = Value::Heap(NewFulfilled(value));
  awaits_.back() = kBudget - 1;
  return Awaited::kSuspend;
}

// The task that waited for `promise`, which is in a queue of a channel, is gone.
void Scheduler::Abandon(Promise* promise) {
  ReleaseObject(promise->OriginAs<Channel>());
  promise->origin = Promise::kUnknown;
  SetSettled(promise, Promise::kFulfilled, Value::Null());
}

// A value that a task did not live to see goes to the next one, or back to the front.
void Scheduler::GiveBack(Channel* channel, Value owned) {
  if (Promise* receiver = PopReceiver(channel)) {
    Fulfil(receiver, owned);
    ReleaseObject(receiver);
  } else {
    channel->values.PushFront(owned);
  }
}

}  // namespace ruff
