// The poller on libuv: work runs on its thread pool, completions come through its loop.
//
// libuv's timers count whole milliseconds; ours are finer and many, so none of them becomes a libuv
// timer: the loop is embedded. Poll waits on the loop's own descriptor with a timeout in
// nanoseconds, then lets the loop handle what has happened.
//
// Ctrl-C sets a flag that the scheduler and the machine look at; a second Ctrl-C ends the process
// the usual way.

#ifndef RUFF_ASYNC_UV_UV_POLLER_H_
#define RUFF_ASYNC_UV_UV_POLLER_H_

#include <memory>

#include "ruff/async/core/poller.h"

namespace ruff {

// With `takes_interrupts` it handles SIGINT as long as it lives; at most one poller of the process
// does so.
std::unique_ptr<Poller> NewUvPoller(bool takes_interrupts);

}  // namespace ruff

#endif  // RUFF_ASYNC_UV_UV_POLLER_H_
