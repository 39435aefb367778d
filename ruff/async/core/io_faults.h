// Faults that a simulation puts into file operations. Real programs have none.

#ifndef RUFF_ASYNC_CORE_IO_FAULTS_H_
#define RUFF_ASYNC_CORE_IO_FAULTS_H_

#include <cerrno>
#include <cstdint>

namespace ruff {

class IoFaults {
 public:
  enum class Fault : uint8_t {
    kNone,
    kInterrupted,  // the call does nothing and says EINTR
    kShort,        // one byte is transferred
    kError,        // the call fails with error()
  };
  virtual ~IoFaults() = default;
  // What happens to the next system call.
  virtual Fault Next() = 0;
  virtual int error() const { return EIO; }
};

namespace internal {
inline thread_local constinit IoFaults* io_faults = nullptr;
}  // namespace internal

// Of this thread, borrowed; null: none.
inline void SetIoFaults(IoFaults* faults) { internal::io_faults = faults; }
inline int IoFaultError() { return internal::io_faults->error(); }
inline IoFaults::Fault NextIoFault() {
  return internal::io_faults == nullptr ? IoFaults::Fault::kNone : internal::io_faults->Next();
}

}  // namespace ruff

#endif  // RUFF_ASYNC_CORE_IO_FAULTS_H_
