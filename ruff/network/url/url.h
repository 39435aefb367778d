// HTTP URLs by the WHATWG rules: lenient in what they accept, exact in what comes out.

#ifndef RUFF_NETWORK_URL_URL_H_
#define RUFF_NETWORK_URL_URL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ruff {

struct Url {
  std::string text;    // the whole, normalised, without user and password
  std::string scheme;  // "http" or "https"
  std::string host;    // in ASCII; an IPv6 address in brackets
  uint16_t port = 0;   // 1 to 65535
  std::string target;  // path and query, percent-encoded, at least "/"
  std::string user;    // "user:password", decoded; empty: none given

  // "host", or "host:port" if the port is not that of the scheme.
  std::string Authority() const;
};

// Parses `text`, which is UTF-8; with `base`, it may be relative to that. Returns why it is no URL
// of a server to connect to, for the end of a message ("unsupported URL scheme 'ftp'; expected http
// or https"), or an empty string and the URL in `*url`.
std::string ParseUrl(std::string_view text, Url* url, const Url* base = nullptr);

}  // namespace ruff

#endif  // RUFF_NETWORK_URL_URL_H_
