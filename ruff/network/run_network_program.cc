#include "ruff/network/run_network_program.h"

#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ruff/base/check.h"
#include "ruff/host/run_host_program.h"
#include "ruff/network/network_builtins.h"
#include "ruff/network/socket/socket.h"

namespace ruff {
namespace {

uint16_t FreePort() {
  Socket socket;
  RUFF_CHECK(Listen({*IpAddress::Parse("127.0.0.1"), 0}, &socket) == 0);
  return LocalEndpoint(socket).port;
}

}  // namespace

std::string RunNetworkProgram(std::string_view text, const CapabilityPolicy& policy) {
  RegisterNetworkBuiltins();
  std::map<char, uint16_t> ports;
  std::string program;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '$' && i + 1 < text.size() && absl::ascii_isupper(text[i + 1])) {
      uint16_t& port = ports[text[++i]];
      if (port == 0) port = FreePort();
      absl::StrAppend(&program, port);
    } else {
      program += text[i];
    }
  }
  return RunHostProgram(program, policy);
}

}  // namespace ruff
