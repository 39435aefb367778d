#include "ruff/network/url/url.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace ruff {
namespace {

std::string Error(std::string_view text, const Url* base = nullptr) {
  Url url;
  return ParseUrl(text, &url, base);
}

Url Parsed(std::string_view text, const Url* base = nullptr) {
  Url url;
  EXPECT_EQ(ParseUrl(text, &url, base), "") << text;
  return url;
}

TEST(UrlTest, Parts) {
  const Url url = Parsed("https://example.org:8443/a/b?c=d#e");
  EXPECT_EQ(url.text, "https://example.org:8443/a/b?c=d#e");
  EXPECT_EQ(url.scheme, "https");
  EXPECT_EQ(url.host, "example.org");
  EXPECT_EQ(url.port, 8443);
  EXPECT_EQ(url.target, "/a/b?c=d");
  EXPECT_EQ(url.user, "");
  EXPECT_EQ(url.Authority(), "example.org:8443");
}

TEST(UrlTest, Normalisation) {
  EXPECT_EQ(Parsed(" HTTP://LocalHost \n").text, "http://localhost/");
  EXPECT_EQ(Parsed("http://127.1:80/").text, "http://127.0.0.1/");
  EXPECT_EQ(Parsed("http://0x7f.1/").host, "127.0.0.1");
  EXPECT_EQ(Parsed("http://[0:0::1]:81/").Authority(), "[::1]:81");
  EXPECT_EQ(Parsed("http://b\xC3\xBC"
                   "cher.example/")
                .host,
            "xn--bcher-kva.example");
  EXPECT_EQ(Parsed("http://a/b c/\xC3\xBC?d e=\xC3\xBC").target, "/b%20c/%C3%BC?d%20e=%C3%BC");
  EXPECT_EQ(Parsed("http://a/b/../c").target, "/c");
  EXPECT_EQ(Parsed("https://a").port, 443);
  EXPECT_EQ(Parsed("https://a:443").Authority(), "a");
}

TEST(UrlTest, UserAndPassword) {
  const Url url = Parsed("http://me:p%40ss@a/x");
  EXPECT_EQ(url.text, "http://a/x");
  EXPECT_EQ(url.user, "me:p@ss");
  EXPECT_EQ(Parsed("http://me@a/").user, "me:");
}

TEST(UrlTest, Relative) {
  const Url base = Parsed("http://u:p@a:81/x/y?z#f");
  EXPECT_EQ(Parsed("w", &base).text, "http://a:81/x/w");
  EXPECT_EQ(Parsed("/w", &base).text, "http://a:81/w");
  EXPECT_EQ(Parsed("//b/w", &base).text, "http://b/w");
  EXPECT_EQ(Parsed("https://c", &base).text, "https://c/");
  EXPECT_EQ(Parsed("?q", &base).target, "/x/y?q");
  EXPECT_EQ(Error("//[::1", &base), "invalid URL '//[::1': invalid IPv6 address");
}

TEST(UrlTest, Problems) {
  const struct {
    std::string_view text;
    std::string_view problem;
  } kCases[] = {
      {"", "relative URL without a base"},
      {"zz", "relative URL without a base"},
      {"not a url", "relative URL without a base"},
      {"//host/x", "relative URL without a base"},
      {"http://", "empty host"},
      {"http:", "empty host"},
      {"http://:80/", "empty host"},
      {"http://u@/", "empty host"},
      {"http://127.0.0.1:99999/", "invalid port number"},
      {"http://127.0.0.1:x/", "invalid port number"},
      {"http://a:b:c/", "invalid port number"},
      {"http://[::1]:x/", "invalid port number"},
      {"http://256.1.1.1/", "invalid IPv4 address"},
      {"http://1.2.3.4.5/", "invalid IPv4 address"},
      {"http://a.0x1g.256/", "invalid IPv4 address"},
      {"http://[::1", "invalid IPv6 address"},
      {"http://[xyz]/", "invalid IPv6 address"},
      {"http://a b/", "invalid international domain name"},
      {"http://%zz/", "invalid international domain name"},
      {"http://a\xC2\xAD%00/", "invalid international domain name"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(Error(c.text),
              "invalid URL '" + std::string(c.text) + "': " + std::string(c.problem));
  }
}

TEST(UrlTest, SchemesAndPorts) {
  EXPECT_EQ(Error("ftp://127.0.0.1/f"), "unsupported URL scheme 'ftp'; expected http or https");
  EXPECT_EQ(Error("mailto:a@b"), "unsupported URL scheme 'mailto'; expected http or https");
  EXPECT_EQ(Error("file:///etc/passwd"), "unsupported URL scheme 'file'; expected http or https");
  EXPECT_EQ(Error("http://127.0.0.1:0/"), "destination port must be 1-65535");
}

}  // namespace
}  // namespace ruff
