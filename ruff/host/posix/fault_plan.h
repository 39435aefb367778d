// Faults for tests: which system call of this thread meets which one.

#ifndef RUFF_HOST_POSIX_FAULT_PLAN_H_
#define RUFF_HOST_POSIX_FAULT_PLAN_H_

#include <cerrno>
#include <cstdint>
#include <functional>
#include <utility>

#include "ruff/async/core/io_faults.h"

namespace ruff {

// As long as it lives, `plan(n)` says what happens at question n, from 0. A call asks once before
// it is made and, if it transfers bytes, once more how many.
class FaultPlan final : public IoFaults {
 public:
  explicit FaultPlan(std::function<Fault(uint32_t)> plan, int error = EIO)
      : plan_(std::move(plan)), error_(error) {
    SetIoFaults(this);
  }
  ~FaultPlan() override { SetIoFaults(nullptr); }
  FaultPlan(const FaultPlan&) = delete;
  FaultPlan& operator=(const FaultPlan&) = delete;

  Fault Next() override { return plan_(asked_++); }
  int error() const override { return error_; }
  uint32_t asked() const { return asked_; }

 private:
  std::function<Fault(uint32_t)> plan_;
  int error_;
  uint32_t asked_ = 0;
};

// Question number `n` meets an error, all others nothing.
inline auto ErrorAt(uint32_t n) {
  return [n](uint32_t i) { return i == n ? IoFaults::Fault::kError : IoFaults::Fault::kNone; };
}
// The same, and what comes before it transfers single bytes.
inline auto ErrorAfterShortTransfers(uint32_t n) {
  return [n](uint32_t i) {
    return i == n  ? IoFaults::Fault::kError
           : i < n ? IoFaults::Fault::kShort
                   : IoFaults::Fault::kNone;
  };
}
// Interruptions and short transfers all the time, but no error.
inline IoFaults::Fault Hiccups(uint32_t i) {
  return i % 3 == 0   ? IoFaults::Fault::kInterrupted
         : i % 3 == 1 ? IoFaults::Fault::kShort
                      : IoFaults::Fault::kNone;
}

}  // namespace ruff

#endif  // RUFF_HOST_POSIX_FAULT_PLAN_H_
