#include "ruff/network/http_server/server_value.h"

#include <algorithm>

#include "ruff/runtime/value/kind_ops.h"

namespace ruff {

HttpServer::HttpServer(Value server, std::string_view method, std::string_view path,
                       Value owned_handler)
    : host_(StateAs<HttpServer>(server)->host_),
      port_(StateAs<HttpServer>(server)->port_),
      method_(method),
      path_(path),
      handler_(owned_handler),
      previous_(server) {}

void HttpServer::Visit(ChildVisitor& visitor) {
  visitor.Visit(handler_);
  visitor.Visit(previous_);
}

const HttpServer* HttpServer::previous() const { return StateAs<HttpServer>(previous_); }

std::vector<const HttpServer*> HttpServer::Routes() const {
  std::vector<const HttpServer*> routes;
  for (const HttpServer* server = this; server->previous() != nullptr;
       server = server->previous()) {
    routes.push_back(server);
  }
  std::reverse(routes.begin(), routes.end());
  return routes;
}

bool HttpServer::Equals(const HandleState& state) const {
  const auto& other = static_cast<const HttpServer&>(state);
  const auto routes = Routes();
  const auto others = other.Routes();
  return host_ == other.host_ && port_ == other.port_ &&
         std::equal(routes.begin(), routes.end(), others.begin(), others.end(),
                    [](const HttpServer* a, const HttpServer* b) {
                      return a->method_ == b->method_ && a->path_ == b->path_ &&
                             a->handler_.tag == b->handler_.tag && a->handler_.i == b->handler_.i;
                    });
}

}  // namespace ruff
