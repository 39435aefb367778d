#include "ruff/async/sim/simulation.h"

#include <algorithm>
#include <utility>

namespace ruff {
namespace {

constexpr int64_t kStepNs = 5'000;  // by which looking at the clock moves it
// When the simulated world begins: 2025-01-01, in ns since 1970.
constexpr int64_t kBeginningNs = 1'735'689'600'000'000'000;
constexpr uint32_t kLongestJobUs = 5'000;
constexpr int64_t kRealStepNs = 1'000'000;  // between two looks at what is real

}  // namespace

// SplitMix64.
uint32_t Random::Below(uint32_t n) {
  uint64_t z = state_ += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return static_cast<uint32_t>((z ^ (z >> 31)) % n);
}

Simulation::Simulation(uint64_t seed, uint32_t fails) : random_(seed), fails_(fails) {
  SetIoFaults(this);
  SetTimeSource(this);
}

Simulation::~Simulation() {
  SetIoFaults(nullptr);
  SetTimeSource(nullptr);
}

int64_t Simulation::SinceEpochNs() { return kBeginningNs + NowNs(); }

int64_t Simulation::NowNs() { return now_ns_ += kStepNs; }

void Simulation::SleepUntil(int64_t ns) { now_ns_ = std::max(now_ns_, ns); }

uint32_t Simulation::Patience() { return 1 + random_.Below(kMostPatience); }

void Simulation::Start(Work* owned) {
  std::unique_ptr<Work> work(owned);
  const bool at_once = random_.Below(2) == 0;
  if (at_once) work->Run();
  const int64_t due_ns = now_ns_ + random_.Below(kLongestJobUs) * int64_t{1'000};
  jobs_.push_back({due_ns, at_once, std::move(work)});
}

size_t Simulation::FirstJob() const {
  const auto first = std::min_element(
      jobs_.begin(), jobs_.end(), [](const Job& a, const Job& b) { return a.due_ns < b.due_ns; });
  return static_cast<size_t>(first - jobs_.begin());
}

void Simulation::Finish(size_t job) {
  Job done = std::move(jobs_[job]);
  jobs_[job] = std::move(jobs_.back());
  jobs_.pop_back();
  if (!done.has_run) done.work->Run();
  done.work->Done();
}

void Simulation::Poll(int64_t until_ns) {
  bool finished = outbox_.Collect();
  finished |= watches_.Poll(0, now_ns_);
  while (!jobs_.empty()) {
    const size_t job = FirstJob();
    const int64_t due_ns = jobs_[job].due_ns;
    if (due_ns > now_ns_) {
      if (finished || due_ns > until_ns) break;
      now_ns_ = due_ns;
    }
    Finish(job);
    finished = true;
  }
  if (!finished && outbox_.size() != 0 && watches_.waiting() == 0 && until_ns > now_ns_) {
    outbox_.Wait(until_ns - now_ns_);
    finished = outbox_.Collect();
  }
  while (!finished && watches_.waiting() != 0 && until_ns > now_ns_) {
    const int64_t step = std::min(until_ns - now_ns_, kRealStepNs);
    const int64_t before_ns = now_ns_;
    now_ns_ += step;  // before those are told whose time is up
    finished = watches_.Poll(step, before_ns);
    finished |= outbox_.Collect();
  }
  if (!finished && until_ns != kForever) now_ns_ = std::max(now_ns_, until_ns);
}

IoFaults::Fault Simulation::Next() {
  if (fails_ != 0 && random_.Below(fails_) == 0) return Fault::kError;
  switch (random_.Below(8)) {
    case 0:
      return Fault::kInterrupted;
    case 1:
      return Fault::kShort;
    default:
      return Fault::kNone;
  }
}

}  // namespace ruff
