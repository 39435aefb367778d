#include "ruff/network/http_client/canned_server.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace ruff {
namespace {

bool IsComplete(std::string_view request) {
  constexpr std::string_view kLength = "content-length: ";
  const size_t end = request.find("\r\n\r\n");
  if (end == request.npos) return false;
  size_t body = 0;
  if (const size_t at = request.find(kLength); at != request.npos) {
    const size_t begin = at + kLength.size();
    if (!absl::SimpleAtoi(request.substr(begin, request.find('\r', begin) - begin), &body)) {
      return false;
    }
  }
  return request.size() == end + 4 + body;
}

}  // namespace

CannedServer::CannedServer(std::vector<std::string> answers) : answers_(std::move(answers)) {
  listener_ = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  listen(listener_, 16);
  thread_ = std::thread([this] { Run(); });
}

CannedServer::~CannedServer() {
  thread_.join();
  close(listener_);
}

std::string CannedServer::Url(std::string_view path) const {
  return absl::StrCat("http://127.0.0.1:", port_, path);
}

void CannedServer::Run() {
  for (const std::string& answer : answers_) {
    const int connection = accept(listener_, nullptr, nullptr);
    std::string request;
    char buffer[4096];
    while (!IsComplete(request)) {
      const ssize_t size = recv(connection, buffer, sizeof(buffer), 0);
      if (size <= 0) break;
      request.append(buffer, static_cast<size_t>(size));
    }
    requests_.push_back(request);
    send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
    close(connection);
  }
}

std::string CannedAnswer(std::string_view status, std::string_view body,
                         std::string_view content_type) {
  return absl::StrCat("HTTP/1.1 ", status, "\r\nContent-Type: ", content_type,
                      "\r\nContent-Length: ", body.size(), "\r\n\r\n", body);
}

}  // namespace ruff
