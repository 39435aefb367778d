#include "ruff/network/http_client/exchange.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace ruff {
namespace {

// The address that a host is, when it is no name.
std::optional<IpAddress> Literal(std::string_view host) {
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  return IpAddress::Parse(std::string(host));
}

// What `next` is told about where the request comes from; empty: nothing.
std::string Referer(const Url& previous, const Url& next) {
  if (previous.scheme == "https" && next.scheme == "http") return "";
  return previous.text.substr(0, previous.text.find('#'));
}

}  // namespace

Exchange::Exchange(HttpRequest request) : request_(std::move(request)) {}

Exchange::Step Exchange::Fail(std::string message) {
  response_ = {.error = std::move(message)};
  return Step::kFinished;
}

Exchange::Step Exchange::FailCall(std::string_view detail) {
  return Fail(absl::StrCat(request_.surface.name, " failed: ", detail));
}

Exchange::Step Exchange::FailSending(std::string_view detail) {
  return Fail(absl::StrCat(request_.surface.sending, " failed: error sending request for url (",
                           url_.text, "): ", detail));
}

Exchange::Step Exchange::GiveUp() { return FailSending("operation timed out"); }

Exchange::Step Exchange::Begin(int64_t now_ms) {
  deadline_ms_ = now_ms + request_.timeout_ms;
  const std::string problem = ParseUrl(request_.url, &url_);
  if (!problem.empty()) return FailCall(problem);
  method_ = request_.method;
  headers_ = request_.headers;
  if (request_.body.has_value()) body_ = &*request_.body;
  return Hop(now_ms);
}

Exchange::Step Exchange::Hop(int64_t now_ms) {
  if (!request_.policy.error.empty()) return Fail(request_.policy.error);
  if (const auto literal = Literal(url_.host)) {
    std::string refusal = CheckDestination(request_.policy, request_.surface.name, {*literal});
    return refusal.empty() ? Send({}, now_ms) : Fail(std::move(refusal));
  }
  // A proxy looks the name up itself.
  const bool proxied = !request_.proxies.ForScheme(url_.scheme).empty();
  return proxied && !request_.policy.deny_private ? Send({}, now_ms) : Step::kResolve;
}

Exchange::Step Exchange::Resolved(const AddressLookup& lookup, int64_t now_ms) {
  if (!lookup.error.empty()) {
    return request_.policy.deny_private
               ? Fail(UnresolvedDestination(url_.host, url_.port, lookup.error))
               : FailSending(absl::StrCat("error trying to connect: dns error: ", lookup.error));
  }
  std::string refusal = CheckDestination(request_.policy, request_.surface.name, lookup.addresses);
  return refusal.empty() ? Send(lookup.addresses, now_ms) : Fail(std::move(refusal));
}

Exchange::Step Exchange::Send(std::vector<IpAddress> addresses, int64_t now_ms) {
  if (redirects_ == 0 && !CheckHeaders()) return Step::kFinished;
  if (now_ms >= deadline_ms_) return GiveUp();
  if (!url_.user.empty() && FindHeader(request_.headers, "authorization") == nullptr) {
    SetHeader(&headers_, "authorization", absl::StrCat("Basic ", absl::Base64Escape(url_.user)));
  }
  addresses_ = std::move(addresses);
  transfer_.Prepare({.url = url_,
                     .method = method_,
                     .headers = headers_,
                     .body = body_,
                     .addresses = addresses_,
                     .proxies = request_.proxies,
                     .deny_private = request_.policy.deny_private,
                     .timeout_ms = deadline_ms_ - now_ms,
                     .body_limit = request_.body_limit});
  return Step::kTransfer;
}

bool Exchange::CheckHeaders() {
  for (const auto& [name, value] : headers_) {
    if (!IsHttpToken(name)) {
      FailCall("builder error: invalid HTTP header name");
      return false;
    }
    if (!IsHeaderValue(value)) {
      FailCall("builder error: failed to parse header value");
      return false;
    }
  }
  return true;
}

Exchange::Step Exchange::Transferred(int curl_code, int64_t now_ms) {
  if (transfer_.refused().has_value()) {
    return Fail(CheckDestination(request_.policy, request_.surface.name, {*transfer_.refused()}));
  }
  if (transfer_.too_large() != 0) {
    return FailCall(absl::StrCat("response body exceeds maximum network body size (",
                                 transfer_.too_large(), " bytes > ", request_.body_limit,
                                 " bytes)"));
  }
  const std::string error = transfer_.Error(curl_code);
  if (!error.empty()) return FailSending(error);
  if (transfer_.location().has_value()) return Redirect(now_ms);
  response_.status = transfer_.status();
  response_.headers = std::move(transfer_.headers());
  response_.body = std::move(transfer_.body());
  return Step::kFinished;
}

Exchange::Step Exchange::Redirect(int64_t now_ms) {
  if (redirects_ == kMostRedirects) {
    Url first;
    ParseUrl(request_.url, &first);
    return Fail(absl::StrCat(request_.surface.sending,
                             " failed: error following redirect for url (", first.text,
                             "): too many redirects"));
  }
  ++redirects_;
  Url next;
  const std::string problem = ParseUrl(*transfer_.location(), &next, &url_);
  if (!problem.empty()) return FailCall(problem);

  if (transfer_.status() < 307) {
    if (method_ != "HEAD") method_ = "GET";
    body_ = nullptr;
    for (const char* name :
         {"content-type", "content-encoding", "content-length", "transfer-encoding"}) {
      RemoveHeader(&headers_, name);
    }
  }
  if (next.host != url_.host || next.port != url_.port) {
    for (const char* name : {"authorization", "cookie", "proxy-authorization"}) {
      RemoveHeader(&headers_, name);
    }
  }
  RemoveHeader(&headers_, "host");
  const std::string referer = Referer(url_, next);
  if (referer.empty()) {
    RemoveHeader(&headers_, "referer");
  } else {
    SetHeader(&headers_, "referer", referer);
  }
  url_ = std::move(next);
  return Hop(now_ms);
}

}  // namespace ruff
