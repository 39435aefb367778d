#include "ruff/network/url/url.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ada.h"

namespace ruff {
namespace {

constexpr std::string_view kInvalidDomain = "invalid international domain name";
constexpr uint16_t kHttpPort = 80;
constexpr uint16_t kHttpsPort = 443;

uint16_t SchemePort(std::string_view scheme) { return scheme == "https" ? kHttpsPort : kHttpPort; }

int HexDigit(char c) {
  if (absl::ascii_isdigit(c)) return c - '0';
  return absl::ascii_isxdigit(c) ? absl::ascii_tolower(c) - 'a' + 10 : -1;
}

std::string PercentDecode(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && HexDigit(text[i + 1]) >= 0 &&
        HexDigit(text[i + 2]) >= 0) {
      out.push_back(static_cast<char>(HexDigit(text[i + 1]) * 16 + HexDigit(text[i + 2])));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

// What the rules look at: without white space around it, without line ends and tabs in it.
std::string Clean(std::string_view text) {
  const auto is_blank = [](char c) { return static_cast<uint8_t>(c) <= ' '; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  std::string clean(text);
  clean.erase(std::remove_if(clean.begin(), clean.end(),
                             [](char c) { return c == '\t' || c == '\n' || c == '\r'; }),
              clean.end());
  return clean;
}

// The length of "scheme:" at the beginning; 0 when there is none.
size_t SchemeLength(std::string_view text) {
  if (text.empty() || !absl::ascii_isalpha(text[0])) return 0;
  size_t i = 1;
  while (i < text.size() &&
         (absl::ascii_isalnum(text[i]) || text[i] == '+' || text[i] == '-' || text[i] == '.')) {
    ++i;
  }
  return i < text.size() && text[i] == ':' ? i + 1 : 0;
}

// Does the host count as an IPv4 address, well-formed or not?
bool EndsInNumber(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  std::string_view last = host.substr(host.rfind('.') + 1);
  if (last.empty()) return false;
  const bool decimal = std::all_of(last.begin(), last.end(), absl::ascii_isdigit);
  if (decimal || !last.starts_with("0x")) return decimal;
  last.remove_prefix(2);
  return std::all_of(last.begin(), last.end(), absl::ascii_isxdigit);
}

std::string_view HostProblem(std::string_view host) {
  if (host.empty()) return "empty host";
  if (host[0] == '[') return "invalid IPv6 address";
  const std::string ascii = ada::idna::to_ascii(PercentDecode(host));
  return EndsInNumber(ascii) ? "invalid IPv4 address" : kInvalidDomain;
}

// Why `text`, which is no URL, is none.
std::string_view Problem(std::string_view text, bool has_base) {
  const std::string clean = Clean(text);
  std::string_view rest = clean;
  const size_t scheme = SchemeLength(rest);
  if (scheme == 0 && !has_base) return "relative URL without a base";
  rest.remove_prefix(scheme);
  rest.remove_prefix(std::min(rest.find_first_not_of("/\\"), rest.size()));
  rest = rest.substr(0, rest.find_first_of("/\\?#"));
  rest.remove_prefix(rest.rfind('@') + 1);
  const size_t bracket = rest.starts_with('[') ? rest.find(']') : 0;
  const size_t colon = bracket == rest.npos ? rest.npos : rest.find(':', bracket);
  const std::string_view host = rest.substr(0, colon);
  if (ada::can_parse(absl::StrCat("http://", host, "/"))) return "invalid port number";
  return HostProblem(host);
}

}  // namespace

std::string Url::Authority() const {
  return port == SchemePort(scheme) ? host : absl::StrCat(host, ":", port);
}

std::string ParseUrl(std::string_view text, Url* url, const Url* base) {
  ada::result<ada::url_aggregator> parsed;
  if (base != nullptr) {
    const auto parsed_base = ada::parse<ada::url_aggregator>(base->text);
    parsed = ada::parse<ada::url_aggregator>(text, &*parsed_base);
  } else {
    parsed = ada::parse<ada::url_aggregator>(text);
  }
  if (!parsed) return absl::StrCat("invalid URL '", text, "': ", Problem(text, base != nullptr));

  url->scheme = parsed->get_protocol();
  url->scheme.pop_back();  // the colon
  if (url->scheme != "http" && url->scheme != "https") {
    return absl::StrCat("unsupported URL scheme '", url->scheme, "'; expected http or https");
  }
  uint32_t port = SchemePort(url->scheme);
  if (!parsed->get_port().empty() && !absl::SimpleAtoi(parsed->get_port(), &port)) port = 0;
  if (port == 0) return "destination port must be 1-65535";
  url->port = static_cast<uint16_t>(port);
  url->host = parsed->get_hostname();
  url->target = absl::StrCat(parsed->get_pathname(), parsed->get_search());
  url->user.clear();
  if (parsed->has_credentials()) {
    url->user = absl::StrCat(PercentDecode(parsed->get_username()), ":",
                             PercentDecode(parsed->get_password()));
    parsed->set_username("");
    parsed->set_password("");
  }
  url->text = parsed->get_href();
  return "";
}

}  // namespace ruff
