// A channel: a queue of values and the tasks that wait at either end of it.
//
// Waiting at a channel is waiting for a promise that only the channel and the waiting task know.
// Promises that are settled already (a timeout, a cancelled task) are skipped when their turn
// comes.

#ifndef RUFF_ASYNC_CORE_CHANNEL_H_
#define RUFF_ASYNC_CORE_CHANNEL_H_

#include <cstdint>

#include "ruff/async/core/promise.h"
#include "ruff/async/core/ring.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

struct WaitingSender {
  Promise* promise;  // owned
  Value value;       // owned
};

struct Channel {
  enum Flag : uint8_t { kClosed = 1 };  // header.flags
  Object header;
  uint64_t capacity;  // 0: unbounded
  Ring<Value> values;
  Ring<Promise*> receivers;  // owned
  Ring<WaitingSender> senders;

  bool closed() const { return (header.flags & kClosed) != 0; }
  bool full() const { return capacity != 0 && values.size >= capacity; }
};

Channel* NewChannel(uint64_t capacity);
void PushReceiver(Channel* channel, Promise* owned);
void PushSender(Channel* channel, WaitingSender owned);
// The oldest task that still waits; its promise null when there is none. Handed over.
Promise* PopReceiver(Channel* channel);
WaitingSender PopSender(Channel* channel);

}  // namespace ruff

#endif  // RUFF_ASYNC_CORE_CHANNEL_H_
