#include "ruff/network/http_server/serving.h"

#include "ruff/network/http/body_limit.h"
#include "ruff/network/http_server/request_value.h"
#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/kind_ops.h"
#include "ruff/runtime/vm/function.h"

namespace ruff {
namespace {

constexpr int kNotFound = 404;

// Does a handler get the request?
bool TakesRequest(Value handler) {
  return handler.Is(Kind::kNative) ? handler.native->max_args != 0
                                   : handler.As<Function>()->code->parameter_count != 0;
}

}  // namespace

HttpServing::HttpServing(Scheduler& scheduler, Value owned_server, Socket socket)
    : scheduler_(scheduler),
      server_(owned_server),
      routes_(StateAs<HttpServer>(owned_server)->Routes()),
      listener_(std::make_shared<HttpListener>(scheduler.clock(), scheduler.poller(),
                                               std::move(socket),
                                               ServerLimits{.body_bytes = BodyLimit()}, *this)) {
  for (const HttpServer* route : routes_) router_.Add(route->method(), route->path());
  listener_->Start();
}

HttpServing::~HttpServing() {
  listener_->Close();
  for (const Waiting& waiting : waiting_) waiting.connection->Abandon();
}

void HttpServing::Visit(ChildVisitor& visitor) { visitor.Visit(server_); }

Value HttpServing::Next() {
  if (!waiting_.empty()) {
    Waiting first = std::move(waiting_.front());
    waiting_.pop_front();
    return NewCall(std::move(first));
  }
  next_.emplace(scheduler_);
  return next_->Awaited();
}

void HttpServing::OnRequest(std::shared_ptr<HttpConnection> connection, ServerRequest request) {
  if (!router_.Find(request.method, PathOf(request))) {
    connection->Answer(ServerResponse(kNotFound, "Not Found"));
    return;
  }
  Waiting waiting = {std::move(connection), std::move(request)};
  if (next_.has_value() && next_->is_wanted()) {
    PendingCall next = *std::move(next_);
    next_.reset();
    next.Return(NewCall(std::move(waiting)));
  } else {
    waiting_.push_back(std::move(waiting));
  }
}

Value HttpServing::NewCall(Waiting waiting) {
  const auto match = router_.Find(waiting.request.method, PathOf(waiting.request));
  const Value handler = routes_[match->route]->handler();
  Array* call = NewArray(3, Array::kValues);
  ArrayPush(call, NewHandle(std::make_unique<HttpExchange>(std::move(waiting.connection))));
  ArrayPush(call, Retain(handler));
  if (TakesRequest(handler)) {
    ArrayPush(call, NewRequestValue(waiting.request, match->parameters));
  }
  return Value::Heap(call);
}

}  // namespace ruff
