#include "ruff/async/core/channel.h"

#include "ruff/runtime/value/format.h"
#include "ruff/runtime/value/heap.h"
#include "ruff/runtime/value/kind_ops.h"

namespace ruff {
namespace {

void VisitChannel(Object* object, ChildVisitor& visitor) {
  auto* channel = reinterpret_cast<Channel*>(object);
  for (uint32_t i = 0; i < channel->values.size; ++i) visitor.Visit(channel->values[i]);
  for (uint32_t i = 0; i < channel->receivers.size; ++i) {
    visitor.VisitObject(channel->receivers[i]);
  }
  for (uint32_t i = 0; i < channel->senders.size; ++i) {
    visitor.VisitObject(channel->senders[i].promise);
    visitor.Visit(channel->senders[i].value);
  }
}

size_t DisposeChannel(Object* object) {
  auto* channel = reinterpret_cast<Channel*>(object);
  channel->values.Free();
  channel->receivers.Free();
  channel->senders.Free();
  return sizeof(Channel);
}

void FormatChannel(const Object*, Form form, FormatParts& parts) {
  parts.Text(form == Form::kDebug ? "Channel" : "<channel>");
}

const KindRegistration kChannelKind(Kind::kChannel, {.visit = VisitChannel,
                                                     .dispose = DisposeChannel,
                                                     .format = FormatChannel});

}  // namespace

Channel* NewChannel(uint64_t capacity) {
  auto* channel = NewObject<Channel>(Kind::kChannel);
  channel->capacity = capacity;
  channel->values = {};
  channel->receivers = {};
  channel->senders = {};
  return channel;
}

void PushReceiver(Channel* channel, Promise* owned) {
  if (channel->receivers.full()) {
    channel->receivers.Filter([](Promise* promise) {
      if (promise->pending()) return true;
      ReleaseObject(promise);
      return false;
    });
  }
  channel->receivers.PushBack(owned);
}

void PushSender(Channel* channel, WaitingSender owned) {
  if (channel->senders.full()) {
    channel->senders.Filter([](const WaitingSender& sender) {
      if (sender.promise->pending()) return true;
      ReleaseObject(sender.promise);
      Release(sender.value);
      return false;
    });
  }
  channel->senders.PushBack(owned);
}

Promise* PopReceiver(Channel* channel) {
  while (channel->receivers.size != 0) {
    Promise* promise = channel->receivers.PopFront();
    if (promise->pending()) return promise;
    ReleaseObject(promise);
  }
  return nullptr;
}

WaitingSender PopSender(Channel* channel) {
  while (channel->senders.size != 0) {
    const WaitingSender sender = channel->senders.PopFront();
    if (sender.promise->pending()) return sender;
    ReleaseObject(sender.promise);
    Release(sender.value);
  }
  return {nullptr, Value::Null()};
}

}  // namespace ruff
