#include "ruff/network/http_client/transfer.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "curl/curl.h"
#include "ruff/base/check.h"
#include "ruff/base/os_error.h"
#include "ruff/base/utf8.h"

namespace ruff {
namespace {

constexpr int64_t kConnectTimeoutMs = 10'000;  // for each address of a host
constexpr uint64_t kLargestIgnoredBody =
    64 * 1024;  // of a redirect, read so that the connection can be kept
constexpr long kReceiveBuffer = 64 * 1024;

// Where systems keep the certificates they trust.
constexpr const char* kTrustedCertificates[] = {
    "/etc/ssl/certs/ca-certificates.crt",  // Debian, Ubuntu, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",    // Fedora, RHEL
    "/etc/ssl/ca-bundle.pem",              // SUSE
    "/etc/ssl/cert.pem",                   // Alpine, BSD, macOS
};

// As OpenSSL's own programs do, SSL_CERT_FILE and SSL_CERT_DIR come before the system's.
void SetTrustedCertificates(CURL* handle) {
  const char* file = std::getenv("SSL_CERT_FILE");
  const char* directory = std::getenv("SSL_CERT_DIR");
  if (directory != nullptr) curl_easy_setopt(handle, CURLOPT_CAPATH, directory);
  if (file == nullptr && directory == nullptr) {
    for (const char* usual : kTrustedCertificates) {
      if (file == nullptr && access(usual, R_OK) == 0) file = usual;
    }
  }
  if (file != nullptr) curl_easy_setopt(handle, CURLOPT_CAINFO, file);
}

bool IsRedirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool ExpectsBody(std::string_view method) {
  return method == "POST" || method == "PUT" || method == "PATCH";
}

}  // namespace

Transfer::Transfer() : handle_(curl_easy_init()), message_(CURL_ERROR_SIZE) {
  RUFF_CHECK(handle_ != nullptr);
}

Transfer::~Transfer() {
  curl_easy_cleanup(handle_);
  curl_slist_free_all(sent_headers_);
  curl_slist_free_all(resolved_);
}

void Transfer::AppendHeader(const std::string& line) {
  sent_headers_ = curl_slist_append(sent_headers_, line.c_str());
}

// libcurl would write "Host" and its like with capitals. "Name:" takes one away, after which one in
// small letters is ours; "name;" is a header without a value.
void Transfer::SetHeaders(const Order& order) {
  curl_slist_free_all(std::exchange(sent_headers_, nullptr));
  AppendHeader("Host:");
  AppendHeader("Content-Type:");
  AppendHeader("Accept:");
  const std::string* host = FindHeader(order.headers, "host");
  AppendHeader(absl::StrCat("host: ", host != nullptr ? *host : order.url.Authority()));
  if (FindHeader(order.headers, "accept") == nullptr) AppendHeader("accept: */*");
  if (FindHeader(order.headers, "expect") == nullptr) AppendHeader("Expect:");
  for (const auto& [name, value] : order.headers) {
    // How long the body is and how it is framed is not for the program to say.
    if (name == "host" || name == "content-length" || name == "transfer-encoding") continue;
    const bool blank = absl::StripAsciiWhitespace(value).empty();
    AppendHeader(blank ? absl::StrCat(name, ";") : absl::StrCat(name, ": ", value));
  }
  if (order.body != nullptr || ExpectsBody(order.method)) {
    AppendHeader(absl::StrCat("content-length: ", order.body == nullptr ? 0 : order.body->size()));
  }
  curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, sent_headers_);
}

void Transfer::Prepare(const Order& order) {
  is_head_ = order.method == "HEAD";
  sends_body_ = order.body != nullptr;
  body_limit_ = order.body_limit;
  in_headers_ = cut_short_ = false;
  too_large_ = 0;
  refused_.reset();
  status_ = 0;
  location_.reset();
  headers_.clear();
  body_.clear();
  message_[0] = 0;

  curl_easy_reset(handle_);
  const Url& url = order.url;
  curl_easy_setopt(handle_, CURLOPT_URL,
                   absl::StrCat(url.scheme, "://", url.host, ":", url.port, url.target).c_str());
  curl_easy_setopt(handle_, CURLOPT_PROTOCOLS_STR, "http,https");
  if (url.scheme == "https") SetTrustedCertificates(handle_);
  curl_easy_setopt(handle_, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
  curl_easy_setopt(handle_, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle_, CURLOPT_BUFFERSIZE, kReceiveBuffer);
  curl_easy_setopt(handle_, CURLOPT_ERRORBUFFER, message_.data());
  curl_easy_setopt(handle_, CURLOPT_HTTP_CONTENT_DECODING, 0L);
  if (order.body != nullptr) {
    curl_easy_setopt(handle_, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(order.body->size()));
    curl_easy_setopt(handle_, CURLOPT_POSTFIELDS, order.body->data());
  } else if (is_head_) {
    curl_easy_setopt(handle_, CURLOPT_NOBODY, 1L);
  }
  curl_easy_setopt(handle_, CURLOPT_CUSTOMREQUEST, order.method.c_str());
  SetHeaders(order);

  const int64_t addresses = std::max<int64_t>(static_cast<int64_t>(order.addresses.size()), 1);
  curl_easy_setopt(handle_, CURLOPT_TIMEOUT_MS, static_cast<long>(order.timeout_ms));
  curl_easy_setopt(handle_, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(std::min(order.timeout_ms, kConnectTimeoutMs * addresses)));
  const std::string& proxy = order.proxies.ForScheme(url.scheme);
  curl_easy_setopt(handle_, CURLOPT_PROXY, proxy.c_str());
  curl_easy_setopt(handle_, CURLOPT_NOPROXY, order.proxies.except.c_str());
  curl_easy_setopt(handle_, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_slist_free_all(std::exchange(resolved_, nullptr));
  if (!order.addresses.empty()) {
    const auto append_text = [](std::string* out, const IpAddress& address) {
      const std::string text = address.Text();
      absl::StrAppend(out, text.find(':') == text.npos ? text : absl::StrCat("[", text, "]"));
    };
    resolved_ =
        curl_slist_append(nullptr, absl::StrCat("+", url.host, ":", url.port, ":",
                                                absl::StrJoin(order.addresses, ",", append_text))
                                       .c_str());
    curl_easy_setopt(handle_, CURLOPT_RESOLVE, resolved_);
  }
  if (order.deny_private && proxy.empty()) {
    curl_easy_setopt(handle_, CURLOPT_PREREQFUNCTION, &Transfer::OnConnected);
    curl_easy_setopt(handle_, CURLOPT_PREREQDATA, this);
  }

  curl_easy_setopt(handle_, CURLOPT_HEADERFUNCTION, &Transfer::OnHeader);
  curl_easy_setopt(handle_, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, &Transfer::OnBody);
  curl_easy_setopt(handle_, CURLOPT_WRITEDATA, this);
}

// --- Callbacks: a result that is not the size ends the transfer. ---

size_t Transfer::OnHeader(char* data, size_t size, size_t count, void* transfer) {
  const std::string_view line(data, size * count);
  return static_cast<Transfer*>(transfer)->TakeHeaderLine(line) ? line.size() : 0;
}

size_t Transfer::OnBody(char* data, size_t size, size_t count, void* transfer) {
  const std::string_view piece(data, size * count);
  return static_cast<Transfer*>(transfer)->TakeBody(piece) ? piece.size() : piece.size() + 1;
}

// The connection is there, maybe one that was made earlier, and nothing has been sent yet.
int Transfer::OnConnected(void* transfer, char* address, char*, int, int) {
  const auto ip = IpAddress::Parse(address);
  if (!ip || !ip->IsPrivate()) return CURL_PREREQFUNC_OK;
  static_cast<Transfer*>(transfer)->refused_ = ip;
  return CURL_PREREQFUNC_ABORT;
}

bool Transfer::TakeHeaderLine(std::string_view line) {
  line = absl::StripTrailingAsciiWhitespace(line);
  if (line.starts_with("HTTP/")) {  // an interim response may have come before
    headers_.clear();
    location_.reset();
    in_headers_ = true;
    const std::string_view code = line.substr(std::min(line.find(' ') + 1, line.size()));
    if (!absl::SimpleAtoi(code.substr(0, 3), &status_)) status_ = 0;
    return true;
  }
  if (!in_headers_) return true;  // a trailer
  if (line.empty()) {
    in_headers_ = false;
    return EndOfHeaders();
  }
  const size_t colon = line.find(':');
  if (colon == line.npos || colon == 0) return true;
  headers_.push_back({absl::AsciiStrToLower(line.substr(0, colon)),
                      std::string(absl::StripAsciiWhitespace(line.substr(colon + 1)))});
  return true;
}

bool Transfer::EndOfHeaders() {
  const std::string* location = FindHeader(headers_, "location");
  if (IsRedirect(status_) && location != nullptr && IsValidUtf8(*location)) location_ = *location;
  if (status_ < 200 || status_ == 204 || status_ == 304) return true;
  if (is_head_) {
    cut_short_ = sends_body_;  // libcurl does not know then that the response has none
    return !cut_short_;
  }
  const std::string* length = FindHeader(headers_, "content-length");
  uint64_t size = 0;
  const bool known = FindHeader(headers_, "transfer-encoding") == nullptr && length != nullptr &&
                     absl::SimpleAtoi(*length, &size);
  if (location_.has_value()) {
    cut_short_ = !known || size > kLargestIgnoredBody;
    return !cut_short_;
  }
  if (known && size > body_limit_) {
    too_large_ = size;
    return false;
  }
  if (known) body_.reserve(size);
  return true;
}

bool Transfer::TakeBody(std::string_view piece) {
  if (location_.has_value()) return true;
  if (piece.size() > body_limit_ - body_.size()) {
    too_large_ = body_limit_ + 1;
    return false;
  }
  body_.append(piece);
  return true;
}

// --- The outcome. ---

std::string Transfer::Error(int code) const {
  if (cut_short_) return "";
  long os_error = 0;
  curl_easy_getinfo(handle_, CURLINFO_OS_ERRNO, &os_error);
  const std::string_view message = message_.data();
  switch (static_cast<CURLcode>(code)) {
    case CURLE_OK:
      return "";
    case CURLE_OPERATION_TIMEDOUT:
      return "operation timed out";
    case CURLE_COULDNT_CONNECT:
      return absl::StrCat(
          "error trying to connect: tcp connect error: ",
          os_error != 0 ? OsErrorText(static_cast<int>(os_error)) : std::string(message));
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return "error trying to connect: dns error: failed to lookup address information: Name or "
             "service not known";
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
      return "invalid HTTP response";
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
      return "connection closed before message completed";
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
      return os_error != 0
                 ? absl::StrCat("connection error: ", OsErrorText(static_cast<int>(os_error)))
                 : "connection closed before message completed";
    default:
      break;
  }
  std::string text(message.empty() ? curl_easy_strerror(static_cast<CURLcode>(code)) : message);
  switch (static_cast<CURLcode>(code)) {
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_PROXY:
      return absl::StrCat("error trying to connect: ", text);
    default:
      return text;
  }
}

}  // namespace ruff
