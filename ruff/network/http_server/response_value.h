// Responses as values of programs.

#ifndef RUFF_NETWORK_HTTP_SERVER_RESPONSE_VALUE_H_
#define RUFF_NETWORK_HTTP_SERVER_RESPONSE_VALUE_H_

#include <cstdint>
#include <string_view>
#include <utility>

#include "ruff/network/http_server/server_message.h"
#include "ruff/runtime/value/handle.h"

namespace ruff {

// Never changes; compared by content.
class HttpResponseValue final : public HandleState {
 public:
  static constexpr std::string_view kType = "httpresponse";

  explicit HttpResponseValue(ServerResponse r) : response(std::move(r)) {}
  std::string_view type() const override { return kType; }
  std::string_view title() const override { return "HttpResponse"; }
  bool has_fields() const override { return false; }
  bool Equals(const HandleState& other) const override {
    return response == static_cast<const HttpResponseValue&>(other).response;
  }
  uint64_t Hash() const override { return static_cast<uint64_t>(response.status); }

  const ServerResponse response;
};

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_SERVER_RESPONSE_VALUE_H_
