// The HTTP traffic of the process.
//
// One thread carries all transfers out; since name resolution blocks, a few more look names up. At
// most kMostExchanges go on at a time, the others wait in line (which does not count towards their
// time limit). Nothing here knows values or promises. Threads are started when they are first
// needed and end with the process.

#ifndef RUFF_NETWORK_HTTP_CLIENT_ENGINE_H_
#define RUFF_NETWORK_HTTP_CLIENT_ENGINE_H_

#include <cstdint>
#include <memory>

#include "absl/functional/any_invocable.h"
#include "ruff/network/http_client/http_request.h"

namespace ruff {

class HttpEngine {
 public:
  static constexpr int kMostExchanges = 256;
  static constexpr int kMostLookups = 8;

  using Id = uint64_t;
  // Called once, on the engine's thread; must not block.
  using Done = absl::AnyInvocable<void(HttpResponse)>;

  static HttpEngine& Shared();

  // On any thread.
  Id Start(HttpRequest request, Done done);
  // Nobody is interested any more: ends it, with some error. Nothing happens when it has ended.
  void Abort(Id id);

 private:
  class Impl;

  HttpEngine();

  Impl* const impl_;
};

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_CLIENT_ENGINE_H_
