// The engine against the server of the openssl program, where there is one.

#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gtest/gtest.h"
#include "ruff/host/posix/child.h"
#include "ruff/network/http_client/engine.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

constexpr char kSearchPath[] = "/usr/local/bin:/usr/bin:/bin";

// Starts `openssl ARGUMENTS`; null when there is no such program.
std::unique_ptr<Child> StartOpenssl(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "openssl");
  auto child = std::make_unique<Child>();
  const FailureText failure = child->Start(
      {.arguments = std::move(arguments), .search_path = kSearchPath, .has_input_pipe = true});
  return failure.empty() ? std::move(child) : nullptr;
}

// Everything that arrives on the output until it closes, or holds `last`.
std::string ReadUntil(const Child& child, std::string_view last) {
  std::string text;
  char buffer[512];
  for (;;) {
    pollfd ready = {.fd = child.output.get(), .events = POLLIN, .revents = 0};
    if (poll(&ready, 1, 20'000) != 1) return text;
    const ssize_t got = read(child.output.get(), buffer, sizeof(buffer));
    if (got <= 0) return text;
    text.append(buffer, static_cast<size_t>(got));
    const size_t found = text.find(last);
    if (!last.empty() && found != text.npos && text.find('\n', found) != text.npos) return text;
  }
}

class TlsTest : public testing::Test {
 protected:
  void SetUp() override {
    const std::string key = dir_.Join("key.pem");
    const auto maker = StartOpenssl(
        {"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate_});
    if (maker == nullptr) GTEST_SKIP() << "there is no openssl";
    ReadUntil(*maker, "");
    ASSERT_EQ(maker->Reap(), 0);
    server_ = StartOpenssl(
        {"s_server", "-accept", "127.0.0.1:0", "-key", key, "-cert", certificate_, "-www"});
    ASSERT_NE(server_, nullptr);
    const std::string said = ReadUntil(*server_, "ACCEPT");
    const size_t colon = said.rfind(':');
    ASSERT_TRUE(absl::SimpleAtoi(said.substr(colon + 1), &port_)) << said;
  }
  void TearDown() override { unsetenv("SSL_CERT_FILE"); }

  HttpResponse Get(std::string_view host) const {
    HttpResponse result;
    absl::Notification done;
    HttpEngine::Shared().Start({.surface = {"HTTP GET"}, .url = Url(host)},
                               [&](HttpResponse response) {
                                 result = std::move(response);
                                 done.Notify();
                               });
    done.WaitForNotification();
    return result;
  }
  std::string Url(std::string_view host) const {
    return absl::StrCat("https://", host, ":", port_, "/");
  }
  std::string CannotConnect(std::string_view host) const {
    return absl::StrCat("HTTP GET failed: error sending request for url (", Url(host),
                        "): error trying to connect: ");
  }

  const TempDir dir_;
  const std::string certificate_ = dir_.Join("certificate.pem");
  std::unique_ptr<Child> server_;
  int port_ = 0;
};

TEST_F(TlsTest, ATrustedServer) {
  setenv("SSL_CERT_FILE", certificate_.c_str(), 1);
  const HttpResponse response = Get("localhost");
  EXPECT_EQ(response.error, "");
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(absl::StrContains(response.body, "TLSv1.3")) << response.body;
}

TEST_F(TlsTest, AServerThatNobodyVouchesFor) {
  const std::string error = Get("localhost").error;
  EXPECT_TRUE(absl::StartsWith(error, CannotConnect("localhost"))) << error;
  EXPECT_TRUE(absl::StrContains(error, "certificate")) << error;
}

TEST_F(TlsTest, AServerOfAnotherName) {
  setenv("SSL_CERT_FILE", certificate_.c_str(), 1);
  const std::string error = Get("127.0.0.1").error;
  EXPECT_TRUE(absl::StartsWith(error, CannotConnect("127.0.0.1"))) << error;
}

TEST_F(TlsTest, NoCertificatesToTrust) {
  setenv("SSL_CERT_FILE", dir_.Join("no_such_file").c_str(), 1);
  const std::string error = Get("localhost").error;
  EXPECT_TRUE(absl::StartsWith(error, CannotConnect("localhost"))) << error;
}

}  // namespace
}  // namespace ruff
