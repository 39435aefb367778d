// Requests and the promises of their outcomes, on the side of the program.

#ifndef RUFF_NETWORK_HTTP_CLIENT_PENDING_REQUEST_H_
#define RUFF_NETWORK_HTTP_CLIENT_PENDING_REQUEST_H_

#include "absl/functional/any_invocable.h"
#include "ruff/async/core/scheduler.h"
#include "ruff/network/http_client/http_request.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

// How a promise is settled: with an owned value, or rejected with a message.
struct HttpOutcome {
  enum Kind { kValue, kThrown, kReason } kind;
  Value value;  // owned; of a rejection: a string
};
// Makes the outcome of a response; on the scheduler's thread, once. A value that is a promise is
// adopted: what it leads to is the outcome.
using HttpFinish =
    absl::AnyInvocable<HttpOutcome(const HttpRequest& request, HttpResponse& response)>;

// Starts a request. `can_abort`: a timeout of the promise gives it up.
Promise* StartHttpRequest(Scheduler& scheduler, HttpRequest request, HttpFinish finish,
                          bool can_abort);

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_CLIENT_PENDING_REQUEST_H_
