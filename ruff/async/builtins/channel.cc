// channel() and the methods of channels.

#include "absl/strings/str_cat.h"
#include "ruff/async/builtins/families.h"
#include "ruff/async/core/scheduler.h"
#include "ruff/runtime/builtins/arguments.h"

namespace ruff {
namespace {

constexpr std::string_view kTimeoutError =
    "Channel.receive_timeout requires a non-negative integer";

Value MakeChannel(NativeContext& context, Value* args, uint32_t count) {
  if (count == 0) return Value::Heap(NewChannel(0));
  if (!args[0].IsInt()) return context.Fail("channel() capacity must be an integer");
  if (args[0].i <= 0) {
    return context.Fail(absl::StrCat("channel() capacity must be > 0, got ", args[0].i));
  }
  return Value::Heap(NewChannel(static_cast<uint64_t>(args[0].i)));
}

Value Send(NativeContext& context, Value* args, uint32_t) {
  auto* channel = args[0].As<Channel>();
  if (channel->closed()) return context.Fail("Failed to send to channel");
  return Scheduler::Of(context).Send(channel, TakeArgument(args, 1));
}

Value Receive(NativeContext& context, Value* args, uint32_t) {
  return Scheduler::Of(context).Receive(args[0].As<Channel>());
}

Value TryReceive(NativeContext& context, Value* args, uint32_t) {
  Value value = Value::Null();
  Scheduler::Of(context).TakeValue(args[0].As<Channel>(), &value);
  return value;
}

Value ReceiveTimeout(NativeContext& context, Value* args, uint32_t) {
  if (!args[1].IsInt() || args[1].i < 0) return context.Fail(std::string(kTimeoutError));
  return Scheduler::Of(context).ReceiveWithin(args[0].As<Channel>(), args[1].i);
}

Value Close(NativeContext& context, Value* args, uint32_t) {
  return Value::Bool(Scheduler::Of(context).Close(args[0].As<Channel>()));
}

Value IsClosed(NativeContext&, Value* args, uint32_t) {
  return Value::Bool(args[0].As<Channel>()->closed());
}

Value Length(NativeContext&, Value* args, uint32_t) {
  return Value::Int(args[0].As<Channel>()->values.size);
}

constexpr uint8_t kMethod = NativeFunction::kHidden;
constexpr uint8_t kWaiting = NativeFunction::kHidden | NativeFunction::kAwaits;

// The receiver does not count in the message.
#define RUFF_CHANNEL_METHOD(method, arguments, implementation, method_flags) \
  {.name = "__Channel_" method,                                              \
   .min_args = 1 + arguments,                                                \
   .max_args = 1 + arguments,                                                \
   .body = implementation,                                                   \
   .flags = method_flags,                                                    \
   .arity_error = "Channel." method " expects " #arguments " arguments, got {-1}"}

constexpr NativeFunction kTable[] = {
    {.name = "channel",
     .min_args = 0,
     .max_args = 1,
     .body = MakeChannel,
     .signature = "channel(capacity: int = unbounded) -> channel",
     .doc = "A queue of values between tasks; with a capacity, a full one makes senders wait.",
     .example = "ch := channel(); ch.send(1); print(ch.receive()) => 1",
     .errors = "channel() capacity must be an integer\n"
               "channel() capacity must be > 0, got CAPACITY",
     .arity_error = "channel() expects 0 to 1 arguments, got {}"},
    RUFF_CHANNEL_METHOD("send", 1, Send, kWaiting),
    RUFF_CHANNEL_METHOD("receive", 0, Receive, kWaiting),
    RUFF_CHANNEL_METHOD("try_receive", 0, TryReceive, kMethod),
    RUFF_CHANNEL_METHOD("receive_timeout", 1, ReceiveTimeout, kWaiting),
    RUFF_CHANNEL_METHOD("close", 0, Close, kMethod),
    RUFF_CHANNEL_METHOD("is_closed", 0, IsClosed, kMethod),
    RUFF_CHANNEL_METHOD("len", 0, Length, kMethod),
};

}  // namespace

absl::Span<const NativeFunction> ChannelBuiltins() { return kTable; }

}  // namespace ruff
