// Connecting to a host, one address after the other.

#ifndef RUFF_NETWORK_TCP_CONNECT_H_
#define RUFF_NETWORK_TCP_CONNECT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ruff/async/core/watch.h"
#include "ruff/network/destination/ip_address.h"
#include "ruff/network/socket/pending_call.h"
#include "ruff/network/socket/socket.h"

namespace ruff {

// Alive as long as it waits.
class TcpConnect final : public Watcher {
 public:
  // Ends `call` with a stream, or with an error that names `host`. There is at least one address.
  static void Start(PendingCall call, std::string host, uint16_t port,
                    std::vector<IpAddress> addresses);

  TcpConnect(PendingCall call, std::string host, uint16_t port, std::vector<IpAddress> addresses);
  void Ready(bool timed_out) override;

 private:
  void TryAddresses();
  void Succeed();
  void GiveUpAddress(int error);

  PendingCall call_;
  const std::string host_;
  const uint16_t port_;
  const std::vector<IpAddress> addresses_;
  size_t next_ = 0;     // of addresses_
  int last_error_ = 0;  // of the address before
  Socket socket_;
  std::unique_ptr<Watch> watch_;
};

}  // namespace ruff

#endif  // RUFF_NETWORK_TCP_CONNECT_H_
