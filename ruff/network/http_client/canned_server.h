// A server on this machine that answers with given bytes, for tests.

#ifndef RUFF_NETWORK_HTTP_CLIENT_CANNED_SERVER_H_
#define RUFF_NETWORK_HTTP_CLIENT_CANNED_SERVER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace ruff {

// Gives one answer for each connection, then closes it.
class CannedServer {
 public:
  explicit CannedServer(std::vector<std::string> answers);
  // Waits until all answers have been given.
  ~CannedServer();

  std::string Url(std::string_view path) const;
  // What was sent on each connection. After the last answer has arrived.
  const std::vector<std::string>& requests() const { return requests_; }

 private:
  void Run();

  const std::vector<std::string> answers_;
  std::vector<std::string> requests_;
  int listener_;
  uint16_t port_;
  std::thread thread_;
};

// An answer with a body.
std::string CannedAnswer(std::string_view status, std::string_view body,
                         std::string_view content_type = "application/json");

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_CLIENT_CANNED_SERVER_H_
