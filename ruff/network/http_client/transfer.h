// One request on the wire and the response to it, without redirects.
//
// A transfer owns a handle of libcurl, which calls it back with every header line and every piece
// of the body. Somebody else drives the handle (engine.h).

#ifndef RUFF_NETWORK_HTTP_CLIENT_TRANSFER_H_
#define RUFF_NETWORK_HTTP_CLIENT_TRANSFER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ruff/network/destination/ip_address.h"
#include "ruff/network/http/header.h"
#include "ruff/network/http_client/proxy.h"
#include "ruff/network/url/url.h"

struct curl_slist;

namespace ruff {

class Transfer {
 public:
  // What to send, borrowed until the transfer has ended.
  struct Order {
    const Url& url;
    const std::string& method;
    const HeaderList& headers;
    const std::string* body;                  // null: none
    const std::vector<IpAddress>& addresses;  // of the host; empty: to be found out
    const ProxySettings& proxies;
    bool deny_private;  // no connection to a private address
    int64_t timeout_ms;
    uint64_t body_limit;
  };

  Transfer();
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // Sets the handle up for an order; forgets the one before.
  void Prepare(const Order& order);
  void* handle() { return handle_; }

  // Below: once libcurl is done with the handle.

  // What went wrong, for the end of a message; empty when there is a response. `code` is a
  // CURLcode.
  std::string Error(int code) const;
  // The bytes of a body that is larger than allowed, as far as known; 0: it is not.
  uint64_t too_large() const { return too_large_; }
  // The private address to which the connection would have gone.
  const std::optional<IpAddress>& refused() const { return refused_; }
  int status() const { return status_; }
  // Where the response points to instead; a response that redirects has no body.
  const std::optional<std::string>& location() const { return location_; }
  HeaderList& headers() { return headers_; }
  std::string& body() { return body_; }

 private:
  static size_t OnHeader(char* data, size_t size, size_t count, void* transfer);
  static size_t OnBody(char* data, size_t size, size_t count, void* transfer);
  static int OnConnected(void* transfer, char* address, char*, int, int);

  bool TakeHeaderLine(std::string_view line);
  bool EndOfHeaders();
  bool TakeBody(std::string_view piece);
  void AppendHeader(const std::string& line);
  void SetHeaders(const Order& order);

  void* const handle_;
  curl_slist* sent_headers_ = nullptr;
  curl_slist* resolved_ = nullptr;
  std::vector<char> message_;  // of libcurl, about an error

  bool is_head_ = false;
  bool sends_body_ = false;
  uint64_t body_limit_ = 0;
  bool in_headers_ = false;
  bool cut_short_ = false;  // the rest of the response is not wanted
  uint64_t too_large_ = 0;
  std::optional<IpAddress> refused_;
  int status_ = 0;
  std::optional<std::string> location_;
  HeaderList headers_;
  std::string body_;
};

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_CLIENT_TRANSFER_H_
