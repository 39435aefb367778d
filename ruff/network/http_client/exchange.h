// One request from the text of a URL to the response, over any redirects.
//
// An exchange decides what comes next and leaves the doing to the engine: every step ends in the
// wish for a name to be looked up or a transfer to be carried out, or in the response.
//
//    Begin ──► kResolve ──► Resolved ──► kTransfer ──► Transferred ──► kFinished
//                 ▲                                        │
//                 └──────────── redirect ──────────────────┘
//
// Each hop is checked anew: the URL, then the policy, then (once) the program's headers.

#ifndef RUFF_NETWORK_HTTP_CLIENT_EXCHANGE_H_
#define RUFF_NETWORK_HTTP_CLIENT_EXCHANGE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ruff/network/destination/resolve.h"
#include "ruff/network/http_client/http_request.h"
#include "ruff/network/http_client/transfer.h"
#include "ruff/network/url/url.h"

namespace ruff {

class Exchange {
 public:
  static constexpr int kMostRedirects = 9;

  enum class Step {
    kResolve,   // look `host()` up, call Resolved
    kTransfer,  // carry `transfer()` out, call Transferred
    kFinished,  // `response()` is complete
  };

  explicit Exchange(HttpRequest request);

  // The clock of the time limit begins to run. Times are monotonic, in ms.
  Step Begin(int64_t now_ms);
  Step Resolved(const AddressLookup& lookup, int64_t now_ms);
  Step Transferred(int curl_code, int64_t now_ms);
  // The time is up, or nobody is interested any more; whatever was under way has been stopped.
  Step GiveUp();

  int64_t deadline_ms() const { return deadline_ms_; }
  const std::string& host() const { return url_.host; }
  Transfer& transfer() { return transfer_; }
  HttpResponse& response() { return response_; }

 private:
  Step Hop(int64_t now_ms);
  Step Send(std::vector<IpAddress> addresses, int64_t now_ms);
  Step Redirect(int64_t now_ms);
  bool CheckHeaders();
  // Finishes with a message: as it is, or after "SURFACE failed: ", or of the sending of a request.
  Step Fail(std::string message);
  Step FailCall(std::string_view detail);
  Step FailSending(std::string_view detail);

  const HttpRequest request_;
  HttpResponse response_;
  Transfer transfer_;
  int64_t deadline_ms_ = 0;
  int redirects_ = 0;

  // Of the current hop.
  Url url_;
  std::string method_;
  HeaderList headers_;
  const std::string* body_ = nullptr;  // of the request
  std::vector<IpAddress> addresses_;   // that have been looked up
};

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_CLIENT_EXCHANGE_H_
