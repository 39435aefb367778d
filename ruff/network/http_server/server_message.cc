#include "ruff/network/http_server/server_message.h"

#include <stdio.h>
#include <time.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ruff/network/http/status.h"

namespace ruff {
namespace {

constexpr char kDefaultType[] = "text/plain; charset=UTF-8";

// The headers that frame a message are ours.
bool IsFraming(std::string_view lower_name) {
  return lower_name == "content-length" || lower_name == "transfer-encoding" ||
         lower_name == "connection";
}

// "Tue, 15 Nov 1994 08:12:31 GMT", of this second.
std::string_view DateNow() {
  static thread_local time_t last = 0;
  static thread_local char text[32];
  const time_t now = time(nullptr);
  if (now != last) {
    last = now;
    constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    tm t;
    gmtime_r(&now, &t);
    snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays[t.tm_wday], t.tm_mday,
             kMonths[t.tm_mon], t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
  }
  return text;
}

}  // namespace

void ServerResponse::SetHeader(std::string_view name, std::string_view value) {
  if (!IsHttpToken(name) || !IsHeaderValue(value)) return;
  headers.insert_or_assign(absl::AsciiStrToLower(name),
                           Header{std::string(name), std::string(value)});
}

bool ServerResponse::operator==(const ServerResponse& other) const {
  return status == other.status && *body == *other.body &&
         std::equal(headers.begin(), headers.end(), other.headers.begin(), other.headers.end(),
                    [](const auto& a, const auto& b) {
                      return a.first == b.first && a.second.value == b.second.value;
                    });
}

bool ClosesConnection(const ServerResponse& response) {
  if (response.status < 200) return true;  // the client would wait for another one
  const auto found = response.headers.find("connection");
  if (found == response.headers.end()) return false;
  for (const std::string_view option : absl::StrSplit(found->second.value, ',')) {
    if (absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(option), "close")) return true;
  }
  return false;
}

void AppendResponse(const ServerResponse& response, const Framing& framing, std::string* out) {
  absl::StrAppend(out, "HTTP/1.1 ", response.status, " ", StatusReason(response.status), "\r\n");
  for (const auto& [name, header] : response.headers) {
    if (!IsFraming(name)) absl::StrAppend(out, header.name, ": ", header.value, "\r\n");
  }
  if (response.HasBody()) {
    if (!response.headers.contains("content-type")) {
      absl::StrAppend(out, "Content-Type: ", kDefaultType, "\r\n");
    }
    absl::StrAppend(out, "Content-Length: ", response.body->size(), "\r\n");
  }
  if (!response.headers.contains("date")) absl::StrAppend(out, "Date: ", DateNow(), "\r\n");
  if (framing.closes) {
    out->append("Connection: close\r\n");
  } else if (framing.is_http_1_0) {
    out->append("Connection: keep-alive\r\n");
  }
  out->append("\r\n");
  if (response.HasBody() && !framing.is_head) out->append(*response.body);
}

}  // namespace ruff
