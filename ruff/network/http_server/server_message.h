// What a server receives and what it answers.

#ifndef RUFF_NETWORK_HTTP_SERVER_SERVER_MESSAGE_H_
#define RUFF_NETWORK_HTTP_SERVER_SERVER_MESSAGE_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ruff/network/http/header.h"

namespace ruff {

struct ServerRequest {
  std::string method;
  std::string target;           // as sent, ASCII
  std::vector<Header> headers;  // names as sent, in order
  std::string body;
  bool is_http_1_0 = false;
  bool keeps_alive = false;  // the client would send more requests
};

// Copies are cheap: they share the body.
struct ServerResponse {
  static constexpr int kLeastStatus = 100;
  static constexpr int kMostStatus = 999;

  ServerResponse(int code, std::string text)
      : status(code), body(std::make_shared<const std::string>(std::move(text))) {}

  // Does nothing when HTTP does not allow it.
  void SetHeader(std::string_view name, std::string_view value);
  bool HasBody() const { return status >= 200 && status != 204 && status != 304; }
  bool operator==(const ServerResponse& other) const;

  int status;
  std::map<std::string, Header> headers;  // by the name in lower case; names as given
  std::shared_ptr<const std::string> body;
};

// How a response is sent.
struct Framing {
  bool is_head = false;      // the answer to HEAD: headers only
  bool is_http_1_0 = false;  // the client speaks no better
  bool closes = false;       // nothing comes after it on this connection
};

// Appends the response as it is sent.
void AppendResponse(const ServerResponse& response, const Framing& framing, std::string* out);
// Must the connection end after it?
bool ClosesConnection(const ServerResponse& response);

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_SERVER_SERVER_MESSAGE_H_
