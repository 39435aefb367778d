// Servers as values of programs: where to listen, and the routes.

#ifndef RUFF_NETWORK_HTTP_SERVER_SERVER_VALUE_H_
#define RUFF_NETWORK_HTTP_SERVER_SERVER_VALUE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ruff/runtime/value/handle.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

// Never changes: with another route it is another server, which owns the one before. Compared by
// content, handlers by identity.
class HttpServer final : public HandleState {
 public:
  static constexpr std::string_view kType = "httpserver";

  // Without routes.
  HttpServer(std::string_view host, uint16_t port) : host_(host), port_(port) {}
  // `server` (owned) with one more. The method is in capital letters.
  HttpServer(Value server, std::string_view method, std::string_view path, Value owned_handler);

  std::string_view type() const override { return kType; }
  std::string_view title() const override { return "HttpServer"; }
  bool has_fields() const override { return false; }
  void Visit(ChildVisitor& visitor) override;
  bool Equals(const HandleState& other) const override;
  uint64_t Hash() const override { return port_; }

  const std::string& host() const { return host_; }
  uint16_t port() const { return port_; }
  // Of the last route.
  const std::string& method() const { return method_; }
  const std::string& path() const { return path_; }
  Value handler() const { return handler_; }
  // The server of each route, in order; all live as long as this one does.
  std::vector<const HttpServer*> Routes() const;

 private:
  const HttpServer* previous() const;

  std::string host_;
  uint16_t port_;
  std::string method_;
  std::string path_;
  Value handler_ = Value::Null();
  Value previous_ = Value::Null();  // null: this one has no route
};

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_SERVER_SERVER_VALUE_H_
