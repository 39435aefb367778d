// A simulated world: time that passes only when the program waits, work that takes a random while,
// and random choices wherever the rules leave an order open. Everything follows from a seed, so a
// run can be repeated byte by byte.

#ifndef RUFF_ASYNC_SIM_SIMULATION_H_
#define RUFF_ASYNC_SIM_SIMULATION_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "ruff/async/core/io_faults.h"
#include "ruff/async/core/outbox.h"
#include "ruff/async/core/polled_watches.h"
#include "ruff/async/core/poller.h"
#include "ruff/base/clock/time_source.h"

namespace ruff {

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  // 0 … n - 1.
  uint32_t Below(uint32_t n);

 private:
  uint64_t state_;
};

class Simulation final : public Clock, public Poller, public IoFaults, public TimeSource {
 public:
  // With `fails`, one system call in `fails` fails with an I/O error; 0: none does.
  explicit Simulation(uint64_t seed, uint32_t fails = 0);
  ~Simulation() override;

  int64_t NowNs() override;
  void SleepUntil(int64_t ns) override;

  void Start(Work* owned) override;
  // What is sent out, and sockets, are real, and a program with nothing else to do really waits.
  void SendOut(Work* owned) override { outbox_.Send(owned); }
  void Return(Work* sent) override { outbox_.Return(sent); }
  uint32_t threads() const override { return 4; }
  std::unique_ptr<Watch> NewWatch(int descriptor, Watcher& watcher) override {
    return watches_.NewWatch(descriptor, watcher);
  }
  size_t in_flight() const override { return jobs_.size() + outbox_.size() + watches_.needed(); }
  size_t watching() const override { return watches_.waiting(); }
  void Poll(int64_t until_ns) override;
  uint32_t Patience() override;

  Fault Next() override;

  int64_t MonotonicNs() override { return NowNs(); }
  int64_t SinceEpochNs() override;

 private:
  struct Job {
    int64_t due_ns;
    bool has_run;
    std::unique_ptr<Work> work;
  };

  void Finish(size_t job);
  // The job that ends first.
  size_t FirstJob() const;

  Random random_;
  const uint32_t fails_;
  int64_t now_ns_ = 0;
  std::vector<Job> jobs_;
  Outbox outbox_;
  PolledWatches watches_;
};

}  // namespace ruff

#endif  // RUFF_ASYNC_SIM_SIMULATION_H_
