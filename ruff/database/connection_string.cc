#include "ruff/database/connection_string.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace ruff {
namespace {

bool IsPort(std::string_view text) {
  uint32_t port;
  return std::all_of(text.begin(), text.end(), absl::ascii_isdigit) &&
         absl::SimpleAtoi(text, &port) && port <= UINT16_MAX;
}

// Is every % followed by two hexadecimal digits?
bool IsEscaped(std::string_view text) {
  for (size_t i = text.find('%'); i != text.npos; i = text.find('%', i + 1)) {
    if (i + 2 >= text.size() || !absl::ascii_isxdigit(static_cast<unsigned char>(text[i + 1])) ||
        !absl::ascii_isxdigit(static_cast<unsigned char>(text[i + 2]))) {
      return false;
    }
  }
  return true;
}

// "user:password@host:port/database?options", what follows "scheme://".
struct ServerUrl {
  explicit ServerUrl(std::string_view rest) {
    const size_t question = rest.find('?');
    if (question != rest.npos) options = rest.substr(question + 1);
    rest = rest.substr(0, question);
    const size_t slash = rest.find('/');
    if (slash != rest.npos) database = rest.substr(slash + 1);
    rest = rest.substr(0, slash);
    const size_t at = rest.rfind('@');
    if (at != rest.npos) user = rest.substr(0, at);
    hosts = rest.substr(at == rest.npos ? 0 : at + 1);
  }
  std::string_view user;   // with the password
  std::string_view hosts;  // with their ports
  std::string_view database;
  std::string_view options;
};

// "host:port", "host", "[address]:port": splits the port off. False when it is none.
bool SplitPort(std::string_view* host) {
  const size_t colon = host->rfind(':');
  if (colon == host->npos || absl::StrContains(host->substr(colon), ']')) return true;
  const std::string_view port = host->substr(colon + 1);
  *host = host->substr(0, colon);
  return IsPort(port);
}

// --- PostgreSQL. ---

constexpr std::string_view kPostgresKeys[] = {"user",
                                              "password",
                                              "dbname",
                                              "options",
                                              "application_name",
                                              "sslmode",
                                              "sslnegotiation",
                                              "host",
                                              "hostaddr",
                                              "port",
                                              "connect_timeout",
                                              "tcp_user_timeout",
                                              "keepalives",
                                              "keepalives_idle",
                                              "keepalives_interval",
                                              "keepalives_retries",
                                              "target_session_attrs",
                                              "channel_binding",
                                              "load_balance_hosts"};

bool IsPostgresOption(std::string_view key, std::string_view value) {
  if (std::find(std::begin(kPostgresKeys), std::end(kPostgresKeys), key) ==
      std::end(kPostgresKeys)) {
    return false;
  }
  if (key != "port") return true;
  const std::vector<std::string_view> ports = absl::StrSplit(value, ',');
  return std::all_of(ports.begin(), ports.end(), IsPort);
}

bool IsPostgresUrl(std::string_view rest) {
  const ServerUrl url(rest);
  if (!IsEscaped(rest)) return false;
  for (std::string_view host : absl::StrSplit(url.hosts, ',')) {
    if (!SplitPort(&host)) return false;
  }
  for (const std::string_view option : absl::StrSplit(url.options, '&', absl::SkipEmpty())) {
    const std::pair<std::string_view, std::string_view> parts =
        absl::StrSplit(option, absl::MaxSplits('=', 1));
    if (!absl::StrContains(option, '=') || !IsPostgresOption(parts.first, parts.second)) {
      return false;
    }
  }
  return true;
}

bool IsBlank(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }

std::string_view SkipBlanks(std::string_view text) {
  return absl::StripLeadingAsciiWhitespace(text);
}

// Takes a value off the front: to the next blank, or in quotes; a backslash makes the next
// character an ordinary one. False when its quote is not closed.
bool TakeValue(std::string_view* text, std::string* value) {
  const bool quoted = text->starts_with('\'');
  if (quoted) text->remove_prefix(1);
  while (!text->empty()) {
    char c = text->front();
    if (quoted ? c == '\'' : IsBlank(c)) break;
    text->remove_prefix(1);
    if (c == '\\' && !text->empty()) {
      c = text->front();
      text->remove_prefix(1);
    }
    value->push_back(c);
  }
  if (!quoted) return !value->empty();
  if (text->empty()) return false;
  text->remove_prefix(1);
  return true;
}

bool IsPostgresKeyList(std::string_view text) {
  for (text = SkipBlanks(text); !text.empty(); text = SkipBlanks(text)) {
    const size_t end = std::min(text.find_first_of("= \t\r\n"), text.size());
    const std::string_view key = text.substr(0, end);
    text = SkipBlanks(text.substr(end));
    if (!text.starts_with('=')) return false;
    text = SkipBlanks(text.substr(1));
    std::string value;
    if (!TakeValue(&text, &value) || !IsPostgresOption(key, value)) return false;
  }
  return true;
}

}  // namespace

bool IsPostgresConnectionString(std::string_view text) {
  for (const std::string_view scheme : {"postgres://", "postgresql://"}) {
    if (text.starts_with(scheme)) return IsPostgresUrl(text.substr(scheme.size()));
  }
  return IsPostgresKeyList(text);
}

std::string CheckMysqlConnectionString(std::string_view text) {
  constexpr std::string_view kScheme = "mysql";
  const size_t end = text.find("://");
  if (end == text.npos) return "relative URL without a base";
  const std::string_view scheme = text.substr(0, end);
  if (!absl::EqualsIgnoreCase(scheme, kScheme)) {
    return absl::StrCat("unsupported URL scheme '", scheme, "'; expected ", kScheme);
  }
  const ServerUrl url(text.substr(end + 3));
  std::string_view host = url.hosts;
  if (!SplitPort(&host)) return "invalid port number";
  if (host.empty()) return "empty host";
  if (!IsEscaped(url.user) || !IsEscaped(url.database)) return "invalid percent-encoding";
  return "";
}

}  // namespace ruff
